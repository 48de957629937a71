"""Labels: what each line of a document is, and the form of a rule that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.readers.text.lines import Document


class Label(StrEnum):
    """What a line is to its article."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    STANDFIRST = "standfirst"
    LEDE = "lede"
    BYLINE = "byline"
    DATE = "date"
    PUBLISHER = "publisher"
    CAPTION = "caption"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    DIALOGUE = "dialogue"
    QUOTATION = "quotation"
    PULL_QUOTE = "pull-quote"
    ATTRIBUTION = "attribution"
    VERSE = "verse"
    CODE = "code"
    FENCE = "fence"
    EDITOR_NOTE = "editor-note"
    RULE = "rule"


Mark = Label | BoilerplateClass
Marks = Mapping[int, Mark]
Rule = Callable[[Document, Marks], Marks]


def unmarked(document: Document, marks: Marks) -> Iterator[int]:
    """Yield the lines that no rule has marked yet."""
    return (at for at in range(len(document)) if at not in marks)
