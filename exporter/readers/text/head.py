"""Rules for what stands around the text of an article: title, standfirst, lede, byline, date."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.dates import Doubt, date_line
from exporter.arabic.folding import fold, fold_words
from exporter.arabic.names import (
    byline,
    credits_of,
    is_credit,
    is_place,
    looks_like_name,
    name_and_place,
    parted_from_date,
)
from exporter.patterns import compiled
from exporter.readers.text.features import Ending
from exporter.readers.text.labels import Label, Mark, Marks, unmarked
from exporter.readers.text.lines import Document, Weight
from exporter.readers.text.lists import marker
from exporter.readers.text.page import stems
from exporter.readers.text.publishers import publisher_name

_HEAD, _NEAR, _FOOT = 14, 5, 4
# In letters and in words; more where a byline or a date follows.
_LONGEST_TITLE, _LONGEST_SIGNED_TITLE = (220, 30), (320, 50)


def byline_and_date(document: Document, marks: Marks) -> Marks:
    """Mark lines that only credit someone or only give a date, near the top or at the very end.

    A bare name counts only under the title or next to a date.
    """
    free = list(unmarked(document, marks))
    first = min((at for at, mark in marks.items() if mark is Label.TITLE), default=-1)
    head = [at for at in free if at > first][:_HEAD]
    new: dict[int, Mark] = dict(_dates(document, head))
    new |= {at: Label.BYLINE for at in head if _is_byline(document.text(at))}
    if first < 0 and _is_name_above(document, head, known=new):
        new[head[0]] = Label.BYLINE
    title = first if first >= 0 else next((at for at in head if at not in new), -1)
    if Label.BYLINE not in new.values():
        new |= _bare_name(document, title, known=new)
    for at in free[-_FOOT:]:
        if at > title and at >= document.prose.stop and at not in new:
            new |= _foot(document, at, known=new)
    new.pop(title, None)
    return new


# `القاهرة، 6 أكتوبر 2024`, `القاهرة في 6 أكتوبر 2024`.
_PLACED = compiled(
    r"(?P<place>[^\W\d][^\d،,:()–—-]{1,24}?)"
    r"(?:\s*[،,–—-]\s*|\s+(?=(?:في|يوم|بتاريخ)\s))(?P<date>\S.*)"
)


def placed_date(text: str) -> tuple[str, str]:
    """Return the place before a line's date and the date; without a place, nothing and the text."""
    found = _PLACED.fullmatch(text)
    is_placed = found is not None and is_place(found["place"]) and date_line(found["date"])
    return (found["place"], found["date"]) if found and is_placed else ("", text)


def _is_byline(text: str) -> bool:
    return bool(byline(text) or byline(parted_from_date(text)[0]))


def _dates(document: Document, head: list[int]) -> Iterator[tuple[int, Mark]]:
    """Yield the dates of issue and change; the same day again is the site's, another day stays.

    Words such as `منذ يومين` are a date right under the title only.
    """
    issued, modified = "", ""
    for number, at in enumerate(head):
        found = date_line(placed_date(document.text(at))[1])
        if number >= _NEAR and Doubt.RELATIVE in found.doubts:
            continue
        iso = found.issued or found.modified
        is_new = (found.issued and not issued) or (found.modified and not modified)
        if is_new or (found and not iso and not issued):
            yield at, Label.DATE
        elif found and (not iso or iso[:10] in (issued[:10], modified[:10])):
            yield at, BoilerplateClass.META
        issued, modified = issued or found.issued, modified or found.modified


def _foot(document: Document, at: int, *, known: Marks) -> Marks:
    text = document.text(at)
    if date_line(text) and Label.DATE not in known.values():
        return {at: Label.DATE}
    return {at: Label.BYLINE} if byline(text) or is_credit(text) else {}


def _bare_name(document: Document, title: int, *, known: Marks) -> Marks:
    for at in range(title + 1, min(title + 6, len(document))):
        if document.features[at].is_prose and at > title + 2:
            break
        is_near = at == title + 1 or any(abs(at - other) <= 2 for other in known)
        text = document.text(at)
        is_of_title = (
            bool(stems(text)) and title >= 0 and stems(text) <= stems(document.text(title))
        )
        if at in known or not is_near or is_of_title:
            continue
        if looks_like_name(text) or is_credit(text):
            return {at: Label.BYLINE}
    return _name_over_a_date(document, title + 1, known=known)


_WORDS_OF_A_NAME = range(2, 5)


def _name_over_a_date(document: Document, at: int, *, known: Marks) -> Marks:
    """Mark a few words between the title and the date that the article does not have."""
    if at in known or known.get(at + 1) is not Label.DATE or document.features[at].boilerplate:
        return {}
    text, feature = document.text(at), document.features[at]
    others = "\n".join(map(document.text, document.prose))[:_COMPARED]
    is_name = feature.words in _WORDS_OF_A_NAME and feature.ending is Ending.NONE
    is_apart = not stems(text) & stems(f"{document.text(at - 1)}\n{others}")
    return {at: Label.BYLINE} if is_name and is_apart and credits_of(text).creators else {}


def _is_name_above(document: Document, head: list[int], *, known: Marks) -> bool:
    """Say whether the first line is the author over the title: a name of which the text is not."""
    if len(head) < 3 or head[0] in known or head[1] in known:
        return False
    name, title = document.text(head[0]), head[1]
    if looks_like_name(document.text(title)):
        return False  # of two names the second signs what the first is about
    can_be_title = document.features[title].words > 1 and not document.features[title].is_prose
    if not can_be_title or not looks_like_name(name) or not _is_title(document, title):
        return False
    words = f" {' '.join(fold_words(name_and_place(name)[0]).split()[:2])} "
    texts = (f" {fold_words(document.text(at)[:_COMPARED])} " for at in head[1:])
    return bool(document.prose) and not any(words in text for text in texts)


_TEXT = (None, Label.VERSE, Label.CODE)


def title(document: Document, marks: Marks) -> Marks:
    """Mark the first free line as the title, if it can be one and something follows it."""
    if Label.TITLE in marks.values():
        return {}
    first = _typed_title(document, marks)
    if first < 0:
        first = next(unmarked(document, marks), len(document))
    follows = any(marks.get(at) in _TEXT for at in range(first + 1, len(document)))
    is_signed = marks.get(first + 1) in (Label.BYLINE, Label.DATE)
    longest = _LONGEST_SIGNED_TITLE if is_signed else _LONGEST_TITLE
    return {first: Label.TITLE} if follows and _is_title(document, first, longest=longest) else {}


def _typed_title(document: Document, marks: Marks) -> int:
    """Return the line typed as a heading under one that leads to it, -1 without one."""
    free = list(islice(unmarked(document, marks), _MOST_ABOVE_A_TITLE + 1))
    leads = bool(free) and document.features[free[0]].ending in (Ending.COLON, Ending.CALL)
    below = free[1:] if leads else []
    return next((at for at in below if document.lines[at].weight is Weight.HEADING), -1)


_MOST_ABOVE_A_TITLE = 2


def _is_title(document: Document, at: int, *, longest: tuple[int, int] = _LONGEST_TITLE) -> bool:
    feature = document.features[at]
    letters, words = longest
    if feature.length > letters or feature.words > words:
        return False
    if feature.ending in (Ending.COLON, Ending.PAUSE) or marker(document.text(at)).kind in set(
        "•-–*"
    ):
        return False
    return feature.ending is not Ending.SENTENCE or feature.words <= 12


# --- the standfirst -------------------------------------------------------------------------

_COMPARED = 6000
_MOST_WORDS_OF_A_STANDFIRST, _MOST_SENTENCES = 45, 2
_LEAST_PARAGRAPHS = 3
_SENTENCE_END = compiled(r"[.!؟?۔][\"»”)]?(?=\s|$)")
_SITE = compiled(r"(?P<name>[^:\n]{2,45})\s*[:]\s+(?=\S)")
_DATELINE = compiled(
    r"[^\s.::][^.::()–—]{1,30}(?:\s*\([^()]{1,25}\))?\s*(?:[-–—ـ]{1,2}\s*[^.::]{2,30})?\s*[::–—]\s"
)
# What parts a place and an agency on a line of theirs only, which belongs to the text under it.
_PLACE_END = compiled(r"\s*[-–—ـ/|،]\s*|\s*\((?=[^()]{2,30}\)$)")
_AGENCIES = compiled(r"(?:ال)?(?:وكالات|وكاله|متابعات|مراسل(?:نا|تنا|و)?|خاص|انباء)\b")
_LONGEST_DATELINE, _MOST_WORDS_OF_A_DATELINE = 80, 6
_LEAST_WORDS_OF_A_TEASER, _MOST_WORDS_OF_A_TEASER, _WORDS_BEFORE_A_TEASER = 6, 150, 12
_SITE_WORDS = frozenset(
    (
        "نيوز وكاله صحيفه جريده مجله موقع شبكه قناه اخبار برس تايمز الانباء بوست اونلاين نت تي في"
    ).split()
)


def standfirst(document: Document, marks: Marks) -> Marks:
    """Mark the standfirst and subtitle, and a lede that only says the standfirst again.

    It is a standfirst when the first paragraph begins with its words or repeats it after the
    site's name, when a byline or a date parts it from the text, or when the next line has a
    dateline. A long one, or one of several sentences, is the text's.
    """
    top = next((at for at, mark in marks.items() if mark is Label.TITLE), -1)
    free = [at for at in islice(unmarked(document, marks), 4) if at > top]
    if top < 0 or not free or free[0] > top + 6:
        return {}
    if _is_dateline(document, free[0]):
        return {free[0]: Label.PARAGRAPH}
    if len(free) > 1 and _says_again(document, free[0], free[1:]):
        return _teaser_or_lede(document, free[0], free[1], marks=marks)
    return _by_place(document, top, free, marks=marks)


def _is_dateline(document: Document, at: int) -> bool:
    feature = document.features[at]
    is_short = feature.length <= _LONGEST_DATELINE and feature.words <= _MOST_WORDS_OF_A_DATELINE
    if not is_short or feature.ending is not Ending.NONE:
        return False
    place, *agency = _PLACE_END.split(document.text(at), maxsplit=1)
    return bool(agency) and (is_place(place) or bool(_AGENCIES.match(fold(agency[0]))))


def _by_place(document: Document, top: int, free: list[int], *, marks: Marks) -> Marks:
    if signed := _before_a_sign(document, top, free, marks=marks):
        *above, last = signed
        if document.features[last].is_prose or document.features[last].words >= 8:
            return {**dict.fromkeys(above, Label.SUBTITLE), last: Label.STANDFIRST}
        return {last: Label.SUBTITLE}
    if len(free) > 1 and document.features[free[1]].is_prose:
        opens = _is_opened_by_a_dateline(document, free[1])
        if _is_short_prose(document, free[0]) and (opens or _is_open_ended(document, free[0])):
            return {free[0]: Label.STANDFIRST}
    return {}


def _is_opened_by_a_dateline(document: Document, at: int) -> bool:
    """Say whether a paragraph opens with a place, not with who said what follows the colon."""
    found = _DATELINE.match(document.text(at)[:120])
    if not found:
        return False
    place, *rest = _PLACE_END.split(found[0].rstrip().rstrip(":"), maxsplit=1)
    return bool(rest) or is_place(place) or "(" in found[0]


def _before_a_sign(document: Document, top: int, free: list[int], *, marks: Marks) -> list[int]:
    """Return the lines between the title and a byline or a date that are no part of the text.

    The text goes on after the sign, and none of it stands before.
    """
    signs = [at for at, mark in marks.items() if mark in (Label.BYLINE, Label.DATE) and at > top]
    before = [at for at in free[:2] if any(top < at < other <= at + 3 for other in signs)]
    if not before or not any(at > signs[0] for at in unmarked(document, marks)):
        return []
    is_text = document.features[before[0]].is_prose and len(before) > 1
    return [] if is_text or _is_text(document, before[-1]) else before


def _is_text(document: Document, at: int) -> bool:
    """Say whether a line is too long for a standfirst: by its words, or of several sentences."""
    is_long = document.features[at].words > _MOST_WORDS_OF_A_STANDFIRST
    return is_long or len(_SENTENCE_END.findall(document.text(at))) > _MOST_SENTENCES


def _is_open_ended(document: Document, at: int) -> bool:
    """Say whether a line lacks the full stop that the paragraphs of its document have."""
    prose = [feature for feature in document.features if feature.is_prose]
    closed = sum(1 for feature in prose if feature.ending is not Ending.NONE)
    is_telling = len(prose) >= _LEAST_PARAGRAPHS and closed >= 0.8 * len(prose)
    return document.features[at].ending is Ending.NONE and is_telling


def _is_short_prose(document: Document, at: int) -> bool:
    feature = document.features[at]
    is_dated = _DATELINE.match(document.text(at)[:120])
    return feature.words >= 8 and not _is_text(document, at) and not is_dated


def _words(text: str) -> list[str]:
    return fold_words(text[:_COMPARED]).split()


def _says_again(document: Document, first: int, following: list[int]) -> bool:
    """Say whether a line's words are those with which the text begins, in one paragraph or more.

    Its last word may be cut.
    """
    teaser = _words(document.text(first))
    if not _LEAST_WORDS_OF_A_TEASER <= len(teaser) <= _MOST_WORDS_OF_A_TEASER:
        return False
    texts = (document.text(at)[:_COMPARED] for at in following)
    opening = _words("\n".join(texts))[: len(teaser) + _WORDS_BEFORE_A_TEASER]
    *whole, cut = teaser
    for start in range(max(0, min(_WORDS_BEFORE_A_TEASER, len(opening) - len(whole)) + 1)):
        after = opening[start + len(whole) : start + len(teaser)]
        if opening[start : start + len(whole)] == whole:
            return not after or after[0].startswith(cut) or cut.startswith(after[0])
    return False


def _teaser_or_lede(document: Document, first: int, second: int, *, marks: Marks) -> Marks:
    text = document.text(second)
    site = site_before(text)
    rest = text[len(site) :].lstrip(" :") if site else text
    names = [publisher_name(document.text(at)) for at in _publishers(marks)]
    if site and _words(rest) == _words(document.text(first)) and is_site(site, known=names):
        return {first: Label.STANDFIRST, second: Label.LEDE}
    return {first: Label.STANDFIRST}


def _publishers(marks: Marks) -> Iterator[int]:
    return (at for at, mark in marks.items() if mark is Label.PUBLISHER)


def site_before(text: str) -> str:
    """Return the words before a line's first colon, if they are few; else an empty string."""
    found = _SITE.match(text)
    return found["name"].strip() if found and len(found["name"].split()) <= 5 else ""


def is_site(name: str, *, known: list[str]) -> bool:
    """Say whether a name is a publisher's: one already known, or by its words a news site."""
    words = fold_words(name)
    if any(words == fold_words(other) for other in known):
        return True
    return bool(_SITE_WORDS.intersection(words.split())) or words.isascii()
