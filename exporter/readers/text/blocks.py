"""Labelled lines → the blocks of an article's body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.verse import stanza
from exporter.article import (
    Aside,
    AsideRole,
    Block,
    Code,
    Emphasis,
    Heading,
    Inlines,
    List,
    ListKind,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Text,
    Verse,
    VerseLine,
)
from exporter.readers.text.forms import fence_language, question, speaker
from exporter.readers.text.labels import Label, Mark, Marks
from exporter.readers.text.lines import Document, Line, Weight
from exporter.readers.text.lists import LETTER, NUMBER, Item, Level, levels
from exporter.readers.text.typed import inlines, plain

DROPPED = frozenset((Label.LEDE, Label.PUBLISHER, Label.CAPTION))
"""The labels of lines that are in no part of an article, each with a notice of its own."""

_METADATA = frozenset((Label.TITLE, Label.SUBTITLE, Label.STANDFIRST, Label.BYLINE, Label.DATE))


def body(document: Document, marks: Marks) -> tuple[Block, ...]:
    """Return the blocks of the lines that belong to the body, in their order."""
    kept = [(at, mark) for at, mark in marks.items() if _is_body(mark)]
    return tuple(_blocks(document, kept))


def _is_body(mark: Mark) -> bool:
    dropped = mark in DROPPED or isinstance(mark, BoilerplateClass)
    return mark not in _METADATA and not dropped


def _blocks(document: Document, kept: list[tuple[int, Mark]]) -> Iterator[Block]:
    fence = ""
    for mark, group in groupby(kept, key=lambda pair: pair[1]):
        lines = [document.lines[at] for at, _ in group]
        if mark is Label.CODE:
            yield Code(_code(lines), fence_language(fence))
        else:
            yield from _MAKERS.get(mark, _paragraphs)(lines)
        fence = lines[-1].text if mark is Label.FENCE else ""


def _paragraphs(lines: list[Line]) -> Iterator[Block]:
    return (Paragraph(_weighed(line)) for line in lines)


def _weighed(line: Line) -> Inlines:
    match line.weight:
        case Weight.STRONG:
            return (Strong(inlines(line.text)),)
        case Weight.EMPHASIS:
            return (Emphasis(inlines(line.text)),)
        case _:
            return inlines(line.text)


def _headings(lines: list[Line]) -> Iterator[Block]:
    return (Heading(inlines(plain(line.text)), level=2) for line in lines)


def _rules(lines: list[Line]) -> Iterator[Block]:
    return (Rule() for _ in lines)


def _quotations(lines: list[Line]) -> Iterator[Block]:
    return (Quote((Paragraph(inlines(line.text)),)) for line in lines)


def _notes(lines: list[Line]) -> Iterator[Block]:
    """Yield each note as its editor typed it, with its brackets."""
    return (Aside((Paragraph(inlines(line.text)),), AsideRole.EDITOR_NOTE) for line in lines)


def _pull_quotes(lines: list[Line]) -> Iterator[Block]:
    return (Aside((Paragraph(inlines(line.text)),), AsideRole.PULL_QUOTE) for line in lines)


def _turns(lines: list[Line]) -> Iterator[Block]:
    for line in lines:
        if asked := question(line.text):
            yield Paragraph((Strong(inlines(asked)),))
            continue
        name = speaker(line.text)
        rest = line.text[len(name) :].strip()
        if name and rest:
            yield Paragraph((Strong(inlines(name)), Text(" "), *inlines(rest)))
        else:
            yield Paragraph(inlines(line.text))


def _lists(lines: list[Line]) -> Iterator[Block]:
    for level in levels(lines):
        yield from _list(level)


def _list(level: Level) -> Iterator[Block]:
    """Yield a list; one marked with letters as paragraphs that keep them."""
    if level.kind == LETTER:
        for item in level.items:
            yield Paragraph(inlines(item.line.text))
            yield from _inner(item)
        return
    items = tuple((Paragraph(inlines(item.mark.rest)), *_inner(item)) for item in level.items)
    if level.kind == NUMBER:
        yield List(items, kind=ListKind.NUMBERED, start=level.items[0].mark.place)
    else:
        yield List(items, kind=ListKind.BULLETED)


def _inner(item: Item) -> Iterator[Block]:
    for level in item.inner:
        yield from _list(level)


def _fences(_: list[Line]) -> Iterator[Block]:
    """Yield nothing: a fence parts one block of code from the next, and names its language."""
    return iter(())


def _code(lines: list[Line]) -> str:
    margin = min(line.indent for line in lines)
    text: list[str] = []
    for line in lines:
        text += [""] * (line.blank_before if text else 0)
        text.append(" " * (line.indent - margin) + line.text)
    return "\n".join(text)


def _verse(lines: list[Line]) -> Iterator[Block]:
    """Yield a stanza for each stretch of lines with no wider gap between them than usual."""
    usual = min((line.blank_before for line in lines[1:]), default=0)
    made: list[VerseLine] = []
    for line, halves in zip(lines, stanza([line.text for line in lines]), strict=True):
        if made and line.blank_before > usual:
            yield Verse(tuple(made))
            made = []
        made.append(VerseLine(tuple(map(inlines, halves))))
    yield Verse(tuple(made))


_MAKERS: Mapping[Mark, Callable[[list[Line]], Iterator[Block]]] = {
    Label.HEADING: _headings,
    Label.LIST_ITEM: _lists,
    Label.DIALOGUE: _turns,
    Label.QUOTATION: _quotations,
    Label.PULL_QUOTE: _pull_quotes,
    Label.VERSE: _verse,
    Label.FENCE: _fences,
    Label.EDITOR_NOTE: _notes,
    Label.RULE: _rules,
}


def with_attributions(document: Document, marks: Marks) -> Iterator[Block]:
    """Yield the body's blocks with each quotation's attribution line inside its quotation."""
    for block_marks in _parted(marks):
        *_, (last, mark) = block_marks
        if mark is not Label.ATTRIBUTION:
            yield from body(document, dict(block_marks))
            continue
        *before, quote = body(document, dict(block_marks[:-1]))
        yield from before
        name = document.text(last).strip("—–ـ- ")
        yield Quote(quote.children, inlines(name)) if isinstance(quote, Quote) else quote


def _parted(marks: Marks) -> Iterator[list[tuple[int, Mark]]]:
    part: list[tuple[int, Mark]] = []
    for at, mark in marks.items():
        part.append((at, mark))
        if mark is Label.ATTRIBUTION:
            yield part
            part = []
    if part:
        yield part
