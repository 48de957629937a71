"""Rules for the captions of pictures that did not come with the text."""

from __future__ import annotations

from exporter.arabic.captions import is_bare_credit, is_credited
from exporter.arabic.dates import date_line
from exporter.arabic.names import byline
from exporter.readers.text.features import Ending
from exporter.readers.text.labels import Label, Marks, unmarked
from exporter.readers.text.lines import Document
from exporter.readers.text.page import shared


def captions(document: Document, marks: Marks) -> Marks:
    """Mark lines that credit a picture, the line beside a bare credit, and the first picture's.

    In a page the words of the title again, between its date and the text, are that of the picture
    over the text.
    """
    new: dict[int, Label] = {}
    for at in unmarked(document, marks):
        text = document.text(at)
        if is_bare_credit(text):
            new |= dict.fromkeys((at, *_beside(document, at, marks=marks)), Label.CAPTION)
        elif _is_caption(document, at) or _is_of_first_picture(document, at, marks=marks):
            new[at] = Label.CAPTION
    return new


def _beside(document: Document, credit: int, *, marks: Marks) -> tuple[int, ...]:
    """Return the caption under a bare credit, else over it: a phrase, and in a page only."""
    if not document.is_page:
        return ()
    for at in (credit + 1, credit - 1):
        is_free = document.title < at < len(document) and at not in marks
        if is_free and document.features[at].is_phrase:
            return (at,)
    return ()


_FEWEST_WORDS, _MOST_WORDS, _FEW_WORDS, _SAID_AGAIN = 3, 20, 8, 0.5


def _is_caption(document: Document, at: int) -> bool:
    """Say whether a line credits a picture and is neither a byline nor a paragraph."""
    text, feature = document.text(at), document.features[at]
    is_text = feature.is_prose and feature.words > _MOST_WORDS
    return is_credited(text) and not is_text and not byline(text)


def _is_of_first_picture(document: Document, at: int, *, marks: Marks) -> bool:
    if not document.is_page or not document.title < at < document.prose.start:
        return False
    feature, text = document.features[at], document.text(at)
    signs = (other for other in marks if document.title < other < at)
    is_signed = any(marks[other] in (Label.DATE, Label.BYLINE) for other in signs)
    is_open = feature.ending is Ending.NONE and not feature.is_prose and not date_line(text)
    is_again = shared(text, document.text(document.title)) >= _SAID_AGAIN
    is_last = at == document.prose.start - 1 and feature.words <= _FEW_WORDS
    is_short = _FEWEST_WORDS <= feature.words <= _MOST_WORDS
    return is_signed and is_open and is_short and (is_again or is_last)
