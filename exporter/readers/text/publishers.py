"""Rules for the line that says who published an article, and the name on it."""

from __future__ import annotations

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.patterns import compiled
from exporter.readers.text.junk import is_whole, kind_of
from exporter.readers.text.labels import Label, Marks, unmarked
from exporter.readers.text.lines import Document

_MOST_WORDS_OF_A_NAME = 6
_LABELLED = compiled(r"[^:]{1,30}[:]\s*(?P<name>\S.*)")


def source_label(document: Document, marks: Marks) -> Marks:
    """Mark the label `المصدر`, and the line with the publisher's name that follows it.

    A label and name on one line are the publisher's line.
    """
    new: dict[int, Label | BoilerplateClass] = {}
    for at in unmarked(document, marks):
        if kind_of(document, at) is not BoilerplateClass.SOURCE or not _is_margin(document, at):
            continue
        if not is_whole(document, at):
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
