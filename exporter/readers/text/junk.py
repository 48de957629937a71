"""Rules for a site's own lines: in the menus before an article, after it, and between its lines.

A phrase of the catalogue is a signal, its place decides: a sentence of the article stays, and so
does every line of which the rules are not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.arabic.boilerplate import BoilerplateClass, Extent, is_trail
from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold, fold_words
from exporter.readers.text.features import Ending
from exporter.readers.text.labels import Label, Marks, unmarked
from exporter.readers.text.lines import Document
from exporter.readers.text.page import credits_someone

_SHORT = 4
_WHOLE_BY_PLACE = frozenset(
    (
        BoilerplateClass.READ_ALSO,
        BoilerplateClass.SHARE,
        BoilerplateClass.FOLLOW_US,
        BoilerplateClass.BACK_TO_TOP,
        BoilerplateClass.COPYRIGHT,
        BoilerplateClass.CAPTCHA,
    )
)
_SENTENCES_OF_SITES = (
    BoilerplateClass.COMMENTS,
    BoilerplateClass.CONTACT,
    BoilerplateClass.COPYRIGHT,
)
_BARE = (BoilerplateClass.RELATED, BoilerplateClass.READ_ALSO, BoilerplateClass.TAGS)
_OPENS_A_TAIL = frozenset(
    (
        BoilerplateClass.RELATED,
        BoilerplateClass.READ_ALSO,
        BoilerplateClass.COMMENTS,
        BoilerplateClass.NAVIGATION,
        BoilerplateClass.TAGS,
        BoilerplateClass.COPYRIGHT,
        BoilerplateClass.SHARE,
        BoilerplateClass.FOLLOW_US,
        BoilerplateClass.BACK_TO_TOP,
    )
)


def _kind(document: Document, at: int) -> BoilerplateClass | None:
    found = document.features[at].boilerplate
    return found.kind if found else None


def _is_whole(document: Document, at: int) -> bool:
    found = document.features[at].boilerplate
    return bool(found and found.extent is Extent.WHOLE)


# --- the source label -----------------------------------------------------------------------

_MOST_WORDS_OF_A_NAME = 6
_LABELLED = re.compile(r"[^:]{1,30}[:]\s*(?P<name>\S.*)")


def source_label(document: Document, marks: Marks) -> Marks:
    """Mark the label `المصدر`, and the line with the publisher's name that follows it.

    A label and name on one line are the publisher's line.
    """
    new: dict[int, Label | BoilerplateClass] = {}
    for at in unmarked(document, marks):
        if _kind(document, at) is not BoilerplateClass.SOURCE or not _is_margin(document, at):
            continue
        if not _is_whole(document, at):
            if _is_publisher(publisher_name(document.text(at))):
                new[at] = Label.PUBLISHER
            continue
        if at + 1 < len(document) and _names_publisher(document, at + 1):
            new |= {at: BoilerplateClass.SOURCE, at + 1: Label.PUBLISHER}
        elif at + 1 == len(document) or document.features[at + 1].boilerplate:
            new[at] = BoilerplateClass.SOURCE
    return new


def _is_margin(document: Document, at: int) -> bool:
    prose = document.prose
    return at <= prose.start + 4 or at >= prose.stop - 2


def _names_publisher(document: Document, at: int) -> bool:
    feature = document.features[at]
    return not feature.boilerplate and _is_publisher(document.text(at))


def _is_publisher(name: str) -> bool:
    words = name.strip("() ").split()
    return 0 < len(words) <= _MOST_WORDS_OF_A_NAME and name[-1:] not in ".؟!،؛"


def publisher_name(text: str) -> str:
    """Return the name that a publisher's line gives, without its label and brackets."""
    found = _LABELLED.fullmatch(text)
    return (found["name"] if found else text).strip("() ")


# --- before the article ---------------------------------------------------------------------


def menus(document: Document, marks: Marks) -> Marks:
    """Mark the title of an article that stands under a site's menus, and the menus."""
    if not document.is_page or document.title in marks:
        return {}
    above = (at for at in unmarked(document, marks) if at < document.title)
    navigation = {at: _kind(document, at) or BoilerplateClass.NAVIGATION for at in above}
    return {**navigation, document.title: Label.TITLE}


def leftovers(document: Document, marks: Marks) -> Marks:
    """Mark the short lines under a site's own line between a title under menus and the prose."""
    if BoilerplateClass.NAVIGATION not in marks.values():
        return {}
    title = next((at for at, mark in marks.items() if mark is Label.TITLE), len(document))
    new: dict[int, BoilerplateClass] = {}
    for at in range(title + 1, document.prose.start):
        if at in marks or credits_someone(document.text(at)) or date_line(document.text(at)):
            continue
        feature = document.features[at]
        kind = _kind(document, at) or new.get(at - 1)
        if kind and (feature.boilerplate or feature.words <= 3 or feature.ending is Ending.CALL):
            new[at] = kind
    return new


_MOST_LINES_ABOVE = 8
_MOST_WORDS_OF_A_CHANGE = 10
_CHANGE = re.compile(r"(?:اخر تحديث|تاريخ التحديث|تم التحديث|last updated?)\s*[:|]?\s*\S")


def above(document: Document, marks: Marks) -> Marks:
    """Mark breadcrumbs, and times of change that are no date, above the prose.

    The first line that opens the text, with a colon too, ends what is above it.
    """
    new: dict[int, BoilerplateClass] = {}
    last = document.prose.start if document.prose else len(document) - 1
    for at in range(min(last, _MOST_LINES_ABOVE)):
        text, feature = document.text(at), document.features[at]
        if feature.ending in (Ending.SENTENCE, Ending.COLON) and feature.words > _SHORT:
            break
        if at not in marks and is_trail(text):
            new[at] = BoilerplateClass.NAVIGATION
        elif at not in marks and _is_change(document, at) and not date_line(text):
            new[at] = BoilerplateClass.META
    return new


def _is_change(document: Document, at: int) -> bool:
    is_short = document.features[at].words <= _MOST_WORDS_OF_A_CHANGE
    return is_short and bool(_CHANGE.match(fold(document.text(at))))


def repeated_title(document: Document, marks: Marks) -> Marks:
    """Mark the line that says the title again right under it, or in a page's menus and tail.

    In a poem the title may be a line that returns.
    """
    titles = [at for at, mark in marks.items() if mark is Label.TITLE]
    if not titles:
        return {}
    title, words = titles[0], fold_words(document.text(titles[0])[:400])
    on_a_page = BoilerplateClass.NAVIGATION in marks.values()
    return {
        at: BoilerplateClass.NAVIGATION
        for at in unmarked(document, marks)
        if document.features[at].length <= 400
        and (at == title + 1 or (on_a_page and at not in document.prose))
        and fold_words(document.text(at)) == words
    }


# --- after the article ----------------------------------------------------------------------


def tail(document: Document, marks: Marks) -> Marks:
    """Mark what a site put after the article, from its first own line on.

    Sentences in it that are no phrase of a site stay. Where no line of the text is prose or
    verse, at least half of the lines from there on must be a site's own.
    """
    end = max([document.prose.stop, *(at + 1 for at, mark in marks.items() if _is_content(mark))])
    rest = [at for at in range(end, len(document)) if at not in marks]
    phrases = [at for at in rest if _is_phrase(document, at)]
    if not phrases:
        return {}
    after = [at for at in rest if at >= phrases[0]]
    opens = any(_opens(document, at) for at in phrases)
    if end == 0 and len(phrases) * 2 < len(after):
        return {at: _surely(document, at) for at in phrases if _is_whole(document, at)}
    if not opens or (len(phrases) == 1 and not _opens_headlines(document, phrases[0])):
        return {at: _surely(document, at) for at in phrases}
    return dict(_tail_marks(document, after))


def _is_phrase(document: Document, at: int) -> bool:
    """Say whether a line after the article is a site's own; a sentence only where it is sure."""
    sure = _kind(document, at) in _SENTENCES_OF_SITES or not document.features[at].is_prose
    return bool(document.features[at].boilerplate) and sure


def _opens(document: Document, at: int) -> bool:
    return _kind(document, at) in _OPENS_A_TAIL or _is_message(document, at)


def _is_message(document: Document, at: int) -> bool:
    """Say whether a line asks for messages to the author; numbers to send them to follow it."""
    return _kind(document, at) is BoilerplateClass.CONTACT and not _is_whole(document, at)


def _is_content(mark: Label | BoilerplateClass) -> bool:
    return mark in (Label.VERSE, Label.CODE)


def _opens_headlines(document: Document, at: int) -> bool:
    return _is_message(document, at) or (_is_whole(document, at) and _kind(document, at) in _BARE)


def _surely(document: Document, at: int) -> BoilerplateClass:
    return _kind(document, at) or BoilerplateClass.NAVIGATION


def _tail_marks(document: Document, after: list[int]) -> Iterator[tuple[int, BoilerplateClass]]:
    current = BoilerplateClass.RELATED
    for at in after:
        current = _kind(document, at) or current
        if _is_phrase(document, at) or not document.features[at].is_prose:
            yield at, current


# --- between the lines of the article -------------------------------------------------------

# Such a box holds three headlines at most; what comes after them may be the article's.
_MOST_HEADLINES = 3
_MOST_WORDS_OF_A_CALL = 14


def between(document: Document, marks: Marks) -> Marks:
    """Mark a site's stand-alone lines among the paragraphs, with the bare headlines under them.

    Words that an article may use as a sub-heading count only at the edges, or when repeated.
    """
    new: dict[int, BoilerplateClass] = {}
    for at in unmarked(document, marks):
        found = document.features[at].boilerplate
        if not found or at in new or not _is_call(document, at):
            continue
        new[at] = found.kind
        if found.kind is BoilerplateClass.READ_ALSO and found.extent is Extent.WHOLE:
            new |= dict.fromkeys(_headlines(document, at), found.kind)
    return new


def _is_call(document: Document, at: int) -> bool:
    feature, found = document.features[at], document.features[at].boilerplate
    if found is None:
        return False
    if found.extent is Extent.WHOLE:
        sure = found.kind in _WHOLE_BY_PLACE and feature.words > 1
        return sure or at not in document.prose or feature.repeats > 1 or feature.words > 3
    open_ended = feature.ending is not Ending.SENTENCE or at not in document.prose
    return feature.words <= _MOST_WORDS_OF_A_CALL + 8 and open_ended and _is_sure(document, at)


def _is_sure(document: Document, at: int) -> bool:
    match _kind(document, at):
        case BoilerplateClass.READ_ALSO | BoilerplateClass.META | BoilerplateClass.COMMENTS:
            return True
        case BoilerplateClass.FOLLOW_US | BoilerplateClass.SHARE:
            return document.features[at].words <= _MOST_WORDS_OF_A_CALL
        case _:
            return at not in document.prose


def _headlines(document: Document, label: int) -> list[int]:
    """Return the headlines under a bare `اقرأ أيضا`, up to the next sentence.

    A short one right above a sentence stays when it is not the only one: it may be a sub-heading.
    """
    found: list[int] = []
    for at in range(label + 1, min(label + 1 + _MOST_HEADLINES, len(document))):
        feature = document.features[at]
        if feature.is_prose or feature.boilerplate or feature.ending is Ending.SENTENCE:
            break
        found.append(at)
    follows = found[-1] + 1 if found else len(document)
    if len(found) > 1 and follows < len(document) and document.features[found[-1]].words <= 6:
        found.pop()
    return found
