"""The page: where its article stands, when menus stand above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.arabic.boilerplate import BoilerplateClass, Extent, is_section, is_trail
from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold_words
from exporter.arabic.names import byline, looks_like_name
from exporter.readers.text.features import Ending, Features
from exporter.readers.text.stretches import Stretch, stretches


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
    if not titled:
        return Place(found[0].lines)
    best, stretch = max(titled, key=lambda pair: pair[1].weight * (1 + max(0.0, pair[0].score)))
    prose = range(max(stretch.lines.start, best.at + 1), stretch.lines.stop)
    return Place(prose, best.at)


# --- the title ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Title:
    at: int
    score: float


_NO_TITLE = _Title(-1, 0.0)
_ABOVE, _INSIDE, _LEAST_SCORE, _NEARLY = 40, 6, 1.5, 2.5
_COMPARED = 6000
# After one of these come the headlines of other articles, or a form.
LABELS_OF_OTHERS = (BoilerplateClass.META, BoilerplateClass.RELATED, BoilerplateClass.READ_ALSO)


def _under_menus(texts: Sequence[str], features: Sequence[Features], *, stretch: Stretch) -> _Title:
    """Return the best title over a stretch, if what stands above it is a page's furniture."""
    lines = stretch.lines
    window = range(max(0, lines.start - _ABOVE), min(lines.start + _INSIDE, lines.stop))
    if not lines:
        return _NO_TITLE
    signs = [at for at in window if is_sign(texts[at], features[at])]
    candidates = [at for at in window if _could_be_title(texts[at], features[at])]
    if lines.start not in candidates:
        candidates = [at for at in candidates if at < lines.start or _is_signed(at, signs)]
    scores = [
        _Title(at, _score(at, texts=texts, features=features, lines=lines, signs=signs))
        for at in candidates
    ]
    best = _over_signs(
        max(scores, key=lambda one: (one.score, -one.at), default=_NO_TITLE), scores, signs
    )
    is_sure = best.score >= _LEAST_SCORE and are_menus(texts, features, range(best.at))
    return best if is_sure else _NO_TITLE


def _over_signs(best: _Title, others: Sequence[_Title], signs: Sequence[int]) -> _Title:
    """Return the line above the date or the byline, where the best is a caption under them."""
    above = [
        other
        for other in others
        if other.score >= best.score - _NEARLY
        and any(other.at < sign < best.at <= sign + 3 for sign in signs)
    ]
    return max(above, key=lambda one: one.score, default=best)


def is_sign(text: str, feature: Features) -> bool:
    """Say whether a line gives the date of an article or credits someone."""
    return bool(date_line(text)) or (
        feature.words <= _MOST_WORDS_OF_A_SIGN and credits_someone(text)
    )


def _is_signed(at: int, signs: Sequence[int]) -> bool:
    return any(at < sign <= at + 2 for sign in signs)


_MOST_WORDS_OF_A_SIGN, _LONGEST_CREDIT = 12, 120
_PLACE = re.compile(r"\s+[-–—ـ/|]\s+|\s*-\s+")


def credits_someone(text: str) -> bool:
    """Say whether a line is a byline, or a name beside a place."""
    if len(text) > _LONGEST_CREDIT:
        return False
    return bool(byline(text)) or any(map(looks_like_name, _PLACE.split(text)))


# The agency in brackets that ends a caption.
_CREDIT = re.compile(r"\(\s*(?:[^\s()]+\s*){1,4}\)$")


def _could_be_title(text: str, feature: Features) -> bool:
    return (
        2 <= feature.words <= 32
        and feature.length <= 260
        and not feature.boilerplate
        and feature.ending not in (Ending.COLON, Ending.PAUSE)
        and not date_line(text)
        and not is_trail(text)
        and not is_section(text)
        and not (credits_someone(text) and feature.words <= 7)
    )


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
        4.0 * shared(texts[at], text)
        + min(feature.words, 10) / 5
        + max(0.0, 2.0 - 0.5 * after)
        + max(0.0, 0.8 - 0.2 * before)
        + 1.0 * (feature.repeats > 1 and feature.words > _SHORT)
        - 2.0 * bool(above and above.kind in LABELS_OF_OTHERS)
        - 1.0 * (feature.ending is Ending.SENTENCE)
        - 1.0 * (feature.words > 20)
        - 3.0 * bool(_CREDIT.search(texts[at][-40:]))
        - 0.05 * max(0, lines.start - at)
    )


# --- the words that a title and its text share ------------------------------------------------

_PREFIX = re.compile(r"^(?:[وف]?(?:ال|بال|كال|لل)|[وفبل](?=\w{4}))")
_STEM, _SHORTEST = 5, 3


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words, without the article and joined prepositions."""
    words = (_PREFIX.sub("", word) for word in fold_words(text).split())
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)


def shared(phrase: str, text: str) -> float:
    """Return the share of a phrase's words that a text has; 0 where that is a single word."""
    wanted = stems(phrase)
    common = len(wanted & stems(text))
    return common / len(wanted) if common > 1 else 0.0


# --- menus ----------------------------------------------------------------------------------

_FEWEST_LINES, _FEWEST_BARE_LINES = 4, 12
_SHORT, _MOST_WORDS_ON_AVERAGE = 4, 2.6


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
    words = sum(features[at].words for at in part)
    is_open = all(features[at].ending is not Ending.SENTENCE for at in part)
    is_bare = words <= _MOST_WORDS_ON_AVERAGE * len(part) and is_open
    return len(part) >= _FEWEST_BARE_LINES and is_bare


def is_furniture(text: str, feature: Features) -> bool:
    """Say whether a line is a site's own by its wording, a section, or short and repeated."""
    if feature.boilerplate:
        return feature.boilerplate.extent is Extent.WHOLE
    is_repeated = feature.repeats > 1 and feature.words <= _SHORT
    return is_repeated or is_section(text) or is_trail(text)
