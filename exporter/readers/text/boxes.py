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
    match kind_of(document, at):
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
