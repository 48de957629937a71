"""The page: where its article stands, when menus stand above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from exporter.arabic.boilerplate import BoilerplateClass, Extent, is_section, is_trail
from exporter.arabic.captions import is_credited
from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold_words
from exporter.arabic.names import byline, looks_like_name
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, Features, has_letters, is_labelled
from exporter.readers.text.stretches import LISTED, Stretch, stretches
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: its prose, and the title under the menus of a page.

    `title` is -1 where nothing stands above the article that is surely a page's menus.
    """

    prose: range
    title: int = -1


def place(texts: Sequence[str], features: Sequence[Features]) -> Place:
    """Return where the article stands.

    Of the heaviest stretches of prose it is the one whose words the title above it shares: a page
    may hold more sentences about comments and accounts than its article has.
    """
    found = stretches(texts, features)
    places = [(_under_menus(texts, features, stretch=one), one) for one in found]
    titled = [(title, one) for title, one in places if title.at >= 0]
    is_light = not titled or found[0].weight < _LIGHT
    short = _short_lines(texts, features) if is_light else None
    return short or (_best(titled, features) if titled else Place(found[0].lines))


def _best(titled: Sequence[tuple[_Title, Stretch]], features: Sequence[Features]) -> Place:
    """Return the heaviest stretch with the best title, from the first sentence under the title."""
    best, stretch = max(titled, key=lambda pair: pair[1].weight * (1 + max(0.0, pair[0].score)))
    start = max(stretch.lines.start, best.at + 1)
    first = (at for at in range(best.at + 1, start) if features[at].is_prose)
    return Place(range(next(first, start), stretch.lines.stop), best.at)


# A poem or a list has no prose; some comment under it may.
_LIGHT, _FEWEST_SHORT_LINES, _MOST_PLACES = 8.0, 6, 100


def _short_lines(texts: Sequence[str], features: Sequence[Features]) -> Place | None:
    """Return the longest run of short lines under a title that the page says again, or signs.

    It ends with the first line that is the site's, a date, or a name.
    """
    best: Place | None = None
    for at in islice(_said_again_and_dated(texts, features), _MOST_PLACES):
        lines = range(at + 1, _end_of_short_lines(texts, features, start=at + 1))
        is_longer = len(lines) >= max(_FEWEST_SHORT_LINES, len(best.prose) + 1 if best else 0)
        if is_longer and are_menus(texts, features, range(at)):
            best = Place(lines, at)
    return best


def _said_again_and_dated(texts: Sequence[str], features: Sequence[Features]) -> Iterator[int]:
    """Yield the lines that a page says twice, once beside a date."""
    for at, (text, feature) in enumerate(zip(texts, features, strict=True)):
        is_again = feature.repeats > 1 and feature.words >= _FEWEST_WORDS
        near = range(max(0, at - 2), min(at + 3, len(texts))) if is_again else ()
        if any(date_line(texts[other]) for other in near) and _could_be_title(text, feature):
            yield at


def _end_of_short_lines(texts: Sequence[str], features: Sequence[Features], *, start: int) -> int:
    at = start
    while at < len(texts):
        is_site = bool(features[at].boilerplate) or is_furniture(texts[at], features[at])
        if is_site or (at > start + 1 and is_sign(texts[at], features[at])):
            break
        at += 1
    return at


# --- the title ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Title:
    at: int
    score: float


_NO_TITLE = _Title(-1, 0.0)
_ABOVE, _INSIDE, _LEAST_SCORE, _NEARLY = 40, 6, 1.2, 1.1
_COMPARED, _LONGEST_ECHO = 6000, 300
# After one of these come the headlines of other articles, or a form.
LABELS_OF_OTHERS = (BoilerplateClass.META, BoilerplateClass.RELATED, BoilerplateClass.READ_ALSO)


def _under_menus(texts: Sequence[str], features: Sequence[Features], *, stretch: Stretch) -> _Title:
    """Return the best title over a stretch, if what stands above it is a page's furniture."""
    lines = stretch.lines
    window = range(max(0, lines.start - _ABOVE), min(lines.start + _INSIDE, lines.stop))
    if not lines:
        return _NO_TITLE
    signs = [at for at in window if is_sign(texts[at], features[at])]
    candidates = [
        at
        for at in window
        if _could_be_title(texts[at], features[at])
        and (at <= lines.start or any(at < sign <= at + 2 for sign in signs))
    ]
    titles = [
        _Title(at, _score(at, texts=texts, features=features, lines=lines, signs=signs))
        for at in candidates
    ]
    best = max(titles, key=lambda one: (one.score, -one.at), default=_NO_TITLE)
    best = _topmost(best, titles, texts=texts, features=features)
    is_sure = best.score >= _LEAST_SCORE and are_menus(texts, features, range(best.at))
    return best if is_sure else _NO_TITLE


def _topmost(
    best: _Title,
    titles: Sequence[_Title],
    *,
    texts: Sequence[str],
    features: Sequence[Features],
) -> _Title:
    """Return the first title nearly as good as the best, with no furniture between them.

    A standfirst and a caption share the words of the text as much as the title over them does.
    """
    for title in titles:
        between = range(title.at + 1, best.at)
        is_near = title.score >= max(_LEAST_SCORE, best.score - _NEARLY)
        if is_near and not any(_parts(texts[at], features[at]) for at in between):
            return title if title.at < best.at else best
    return best


def _parts(text: str, feature: Features) -> bool:
    """Say whether a line ends what is above it: menus, not the buttons under a title."""
    kind = feature.boilerplate.kind if feature.boilerplate else BoilerplateClass.NAVIGATION
    return kind is BoilerplateClass.NAVIGATION and is_furniture(text, feature)


def is_sign(text: str, feature: Features) -> bool:
    """Say whether a line gives the date of an article or credits someone."""
    return bool(date_line(text)) or (
        feature.words <= _MOST_WORDS_OF_A_SIGN and credits_someone(text)
    )


_MOST_WORDS_OF_A_SIGN, _MOST_WORDS_OF_A_FACT, _LONGEST_CREDIT = 7, 4, 120
_PLACE = compiled(r"\s+[-–—ـ/|]\s+|\s*-\s+")


def credits_someone(text: str) -> bool:
    """Say whether a line is a byline, or a name beside a place."""
    if len(text) > _LONGEST_CREDIT:
        return False
    return bool(byline(text)) or any(map(looks_like_name, _PLACE.split(text)))


def _could_be_title(text: str, feature: Features) -> bool:
    return (
        2 <= feature.words <= 32
        and feature.length <= 260
        and not feature.boilerplate
        and feature.ending not in (Ending.COLON, Ending.PAUSE)
        and not date_line(text)
        and not is_trail(text)
        and not is_section(text)
        and not (feature.words <= _MOST_WORDS_OF_A_SIGN and credits_someone(text))
        and not (feature.words <= _MOST_WORDS_OF_A_FACT and is_labelled(text))
        and not LISTED.match(text)
        and not is_pointer(text)
        and not _is_numbered(text)
        and has_letters(text)
    )


_NUMBERED = compiled(r"\d{1,2}(?:\.\d{1,2})?\s+(?:\S+\s*){1,5}")


def _is_numbered(text: str) -> bool:
    """Say whether a line is an entry of a table of contents: `3 في الثقافة الشعبية`."""
    return bool(_NUMBERED.fullmatch(text[:_LONGEST_CREDIT]))


def _score(
    at: int,
    *,
    texts: Sequence[str],
    features: Sequence[Features],
    lines: range,
    signs: Sequence[int],
) -> float:
    feature = features[at]
    text = "\n".join(texts[max(at + 1, lines.start) : lines.stop])[:_COMPARED]
    after = min((sign - at for sign in signs if sign > at), default=9)
    before = min((at - sign for sign in signs if sign < at), default=9)
    above = features[at - 1].boilerplate if at else None
    return (
        4.0 * _told(texts[at], text)
        + min(feature.words, 10) / 5
        + max(0.0, 2.0 - 0.5 * after)
        + max(0.0, 0.8 - 0.2 * before)
        + 1.5 * _is_echoed(at, texts, features, lines=lines)
        - 3.0 * (at >= lines.start and not any(at < sign <= at + 3 for sign in signs))
        - 2.0 * bool(above and above.kind in LABELS_OF_OTHERS)
        - 3.0 * any(texts[at] == texts[other] for other in lines if other != at)
        - 1.0 * (feature.words < _FEWEST_WORDS)
        - 2.0 * (feature.words < _FEWEST_WORDS and texts[at] in texts[:at])
        - 1.0 * (feature.ending is Ending.SENTENCE)
        - 1.0 * (feature.words > 20)
        - 3.0 * is_credited(texts[at])
        - 0.02 * max(0, lines.start - at)
    )


def _is_echoed(
    at: int, texts: Sequence[str], features: Sequence[Features], *, lines: range
) -> bool:
    """Say whether a page says a title again: in its ticker, its breadcrumbs, its latest news.

    What the text itself says again is a sub-heading in a table of contents.
    """
    if features[at].words < _FEWEST_WORDS:
        return False
    text = texts[at]
    return any(
        text in other and not features[place].is_prose
        for place, other in enumerate(texts)
        if place != at and place not in lines and len(other) <= _LONGEST_ECHO
    )


# --- the words that a title and its text share ------------------------------------------------

_PREFIX = compiled(r"^(?:[وف]?(?:ال|بال|كال|لل)|[وفبل](?=\w{4}))")
_STEM, _SHORTEST = 5, 3
_COMMON_WORDS = frozenset(
    map(
        fold_words,
        (
            "هذا هذه ذلك تلك التي الذي الذين كيف لماذا متى أين بين بعد قبل عند حول ضد مع عن من "
            "في على إلى أن إن كان كانت قد لم لن هو هي هم ما لا أو ثم كل غير منذ خلال حتى أكثر "
            "عام يوم است این آن که برای با از در را شد شده می ها های کرد هم تا بر یک ہے ہیں کے "
            "کی کا کو سے میں نے پر اور یہ وہ بھی تھا את של על עם זה לא כי הוא היא the and of to in"
        ).split(),
    )
)


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words, without the article and joined prepositions."""
    words = (_PREFIX.sub("", word) for word in fold_words(text).split())
    kept = (word for word in words if len(word) >= _SHORTEST and word not in _COMMON_WORDS)
    return frozenset(word[:_STEM] for word in kept)


def shared(phrase: str, text: str) -> float:
    """Return the share of a phrase's words that a text has; 0 where that is a single word."""
    wanted = stems(phrase)
    common = len(wanted & stems(text))
    return common / len(wanted) if common > 1 else 0.0


_TELLING = 3


def _told(phrase: str, text: str) -> float:
    """Return how much of a title a text tells, from 0 to 1: of two words it can be chance."""
    wanted = stems(phrase)
    common = len(wanted & stems(text))
    return common / len(wanted) * min(1.0, common / _TELLING) if wanted else 0.0


# --- menus ----------------------------------------------------------------------------------

_FEWEST_LINES, _FEWEST_BARE_LINES = 4, 12
_SHORT, _BARE_SHARE, _FEWEST_WORDS = 4, 0.8, 3


def are_menus(texts: Sequence[str], features: Sequence[Features], part: range) -> bool:
    """Say whether lines are the menus of a page: short, a site's own, sections, or repeated."""
    if len(part) < _FEWEST_LINES:
        return False
    short = sum(1 for at in part if features[at].words <= _SHORT)
    known = {texts[at] for at in part if is_furniture(texts[at], features[at])}
    if short < 0.5 * len(part):
        return False
    if len(known) >= max(2.0, 0.12 * len({texts[at] for at in part})):
        return True
    is_open = all(features[at].ending is not Ending.SENTENCE for at in part)
    return len(part) >= _FEWEST_BARE_LINES and short >= _BARE_SHARE * len(part) and is_open


def is_furniture(text: str, feature: Features) -> bool:
    """Say whether a line is a site's own by its wording, a section, or short and repeated."""
    if feature.boilerplate:
        return feature.boilerplate.extent is Extent.WHOLE
    is_repeated = feature.repeats > 1 and feature.words <= _SHORT
    return is_repeated or is_section(text) or is_trail(text) or is_pointer(text)


_POINTER = compiled(r"[→←»«‹›◄►▲▼]\s*\S.{0,120}|\S.{0,120}\s[→←»‹›◄►]")


def is_pointer(text: str) -> bool:
    """Say whether a line has an arrow to another page: `← المقال السابق`."""
    return len(text) <= _LONGEST_CREDIT and bool(_POINTER.fullmatch(text)) and "»" not in text[1:-1]


_NEAR_TITLE, _SECTION = 45, 2


def contents(texts: Sequence[str], features: Sequence[Features], *, title: int) -> dict[str, int]:
    """Return the lines near the title of a page that stand again over a section, with their places.

    Those of a menu stand again among others of it, not over a paragraph.
    """
    found: dict[str, int] = {}
    last = min(title + _NEAR_TITLE, len(texts))
    for at in range(title + 1, last) if title >= 0 else ():
        is_again = features[at].repeats > 1 and features[at].is_phrase
        if (
            is_again
            and texts[at] not in found
            and not is_sign(texts[at], features[at])
            and any(
                texts[other] == texts[at] and _heads(texts, features, other)
                for other in range(at + _SECTION, len(texts))
            )
        ):
            found[texts[at]] = at
    return found


def _heads(texts: Sequence[str], features: Sequence[Features], at: int) -> bool:
    """Say whether something longer than a heading, or a list, stands under a line."""
    below = range(at + 1, min(at + 1 + _SECTION, len(texts)))
    return any(
        features[other].is_prose
        or LISTED.match(texts[other])
        or (features[other].repeats == 1 and features[other].words > features[at].words)
        for other in below
    )
