"""Rules for what a site puts between the lines of its article."""

from __future__ import annotations

from exporter.arabic.boilerplate import BoilerplateClass, Extent
from exporter.readers.text.features import Ending
from exporter.readers.text.junk import kind_of
from exporter.readers.text.labels import Marks, unmarked
from exporter.readers.text.lines import Document

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
# Such a box holds three headlines at most; what comes after them may be the article's.
_MOST_HEADLINES, _MOST_HEADLINES_ON_A_PAGE = 3, 8
_MOST_WORDS_OF_A_CALL, _MOST_WORDS_OF_A_PITCH, _FEW_WORDS = 14, 35, 8
_HEADED = (BoilerplateClass.READ_ALSO, BoilerplateClass.RELATED)


def between(document: Document, marks: Marks) -> Marks:
    """Mark a site's stand-alone lines among the paragraphs, with the bare headlines under them.

    Words that an article may use as a sub-heading count only at the edges, or when repeated. In a
    page, phrases beside those that are sure go with them.
    """
    new: dict[int, BoilerplateClass] = {}
    for at in unmarked(document, marks):
        found = document.features[at].boilerplate
        if not found or at in new or not _is_call(document, at):
            continue
        new[at] = found.kind
        if found.kind in _HEADED and found.extent is Extent.WHOLE:
            new |= dict.fromkeys(_headlines(document, at), found.kind)
    if document.is_page:
        new |= _beside(document, marks, known=new)
    return new


def _beside(document: Document, marks: Marks, *, known: Marks) -> dict[int, BoilerplateClass]:
    """Return the phrases of sites beside lines that are a site's, and a question over them."""
    new: dict[int, BoilerplateClass] = {}
    for at in unmarked(document, marks):
        feature, kind = document.features[at], kind_of(document, at)
        near = [other for other in (at - 1, at + 1, at - 2, at + 2) if other in known]
        if at in known or not near:
            continue
        is_call = feature.ending is Ending.CALL and feature.words <= _FEW_WORDS
        if kind and feature.words <= _MOST_WORDS_OF_A_PITCH:
            new[at] = kind
        elif is_call and known.get(at + 1) is BoilerplateClass.FOLLOW_US:
            new[at] = BoilerplateClass.FOLLOW_US
    return new


def _is_call(document: Document, at: int) -> bool:
    feature, found = document.features[at], document.features[at].boilerplate
    if found is None:
        return False
    if found.extent is Extent.WHOLE:
        sure = found.kind in _WHOLE_BY_PLACE and feature.words > 1
        sure = sure or (document.is_page and found.kind is BoilerplateClass.META)
        sure = sure or (
            found.kind in _HEADED and feature.words > 1 and _leads_to_headlines(document, at)
        )
        return sure or at not in document.prose or feature.repeats > 1 or feature.words > 3
    if document.is_page and found.kind is BoilerplateClass.FOLLOW_US and _has_form(document, at):
        return feature.words <= _MOST_WORDS_OF_A_PITCH
    open_ended = feature.ending is not Ending.SENTENCE or at not in document.prose
    return feature.words <= _MOST_WORDS_OF_A_CALL + 8 and open_ended and _is_sure(document, at)


def _leads_to_headlines(document: Document, at: int) -> bool:
    """Say whether two bare lines or more stand under a label, before the next sentence."""
    below = range(at + 1, min(at + 3, len(document)))
    return len(below) > 1 and all(
        document.features[other].ending in (Ending.NONE, Ending.CALL)
        and not document.features[other].is_prose
        for other in below
    )


def _has_form(document: Document, at: int) -> bool:
    """Say whether a field or a button of a form stands right under a line."""
    return at + 1 < len(document) and document.features[at + 1].boilerplate is not None


def _is_sure(document: Document, at: int) -> bool:
    match kind_of(document, at):
        case BoilerplateClass.READ_ALSO | BoilerplateClass.META | BoilerplateClass.COMMENTS:
            return True
        case BoilerplateClass.FOLLOW_US | BoilerplateClass.SHARE:
            return document.features[at].words <= _MOST_WORDS_OF_A_CALL
        case _:
            return at not in document.prose


def _headlines(document: Document, label: int) -> list[int]:
    """Return the headlines under a bare `اقرأ أيضا`, with their dates, up to the next sentence.

    The last one right above a sentence stays when it is shorter than the others by half: it may be
    a sub-heading.
    """
    most = _MOST_HEADLINES_ON_A_PAGE if document.is_page else _MOST_HEADLINES
    found: list[int] = []
    sections = document.contents
    for at in range(label + 1, min(label + 1 + most, len(document))):
        feature = document.features[at]
        if document.text(at) in sections:
            return found
        if feature.is_prose or feature.boilerplate or feature.ending is Ending.SENTENCE:
            break
        found.append(at)
    follows = found[-1] + 1 if found else len(document)
    if len(found) > 1 and follows < len(document):
        *others, last = [document.features[at].words for at in found]
        if last <= _FEW_WORDS - 2 and (not document.is_page or last * 2 <= max(others)):
            found.pop()
    return found
