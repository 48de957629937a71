"""Paragraphs and tables → blocks: lists nested, pictures with their captions, verse in stanzas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from exporter.arabic.verse import hemistichs
from exporter.article import (
    Aside,
    Block,
    Blocks,
    Code,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListKind,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    Verse,
    VerseLine,
    inline_text,
)
from exporter.patterns import compiled
from exporter.readers.docx.numbering import Mark
from exporter.readers.docx.paragraphs import Cell, Item, Kind, Line, Rows, figures_of
from exporter.readers.docx.structure import captioned, without_strong
from exporter.transforms.mapping import map_blocks, runs_of

_RULE = compiled(r"(?:[*•⁂]\s*){3,}|[-–—_ـ]{3,}|⁂")
_NAME = compiled(r"\s*[—–―-]\s*(?=\S)")
_LONGEST_NAME, _MOST_COLUMNS = 90, 64


def blocks_of(items: Sequence[Item]) -> Blocks:
    """Return the blocks that paragraphs and tables are."""
    made = (
        block
        for group, run in groupby(captioned(items), key=_group)
        for block in _GROUPS[group](list(run))
    )
    return map_blocks(made, _without_tabs)


def _without_tabs(inlines: Inlines) -> Inlines:
    return tuple(
        Text(one.text.replace("\t", " ")) if isinstance(one, Text) else one for one in inlines
    )


def _group(item: Item) -> str:
    """Return the kind of group that an item and its like neighbours are."""
    match item:
        case Rows():
            return "tables"
        case Line(kind=Kind.HEADING | Kind.TITLE | Kind.SUBTITLE):
            return "headings"
        case Line(mark=Mark()):
            return "list"
        case Line(kind=Kind.CODE):
            return "code"
        case Line(kind=Kind.QUOTE):
            return "quote"
        case Line() if _verse_lines(item):
            return "verse"
        case Line():
            return "paragraphs"


def _lines(items: Sequence[Item]) -> Iterator[Line]:
    return (item for item in items if isinstance(item, Line))


def _paragraphs(items: Sequence[Item]) -> Iterator[Block]:
    for line in _lines(items):
        figures = figures_of(line)
        yield from figures[:-1]
        if figures:
            yield replace(figures[-1], caption=line.caption)
        if _RULE.fullmatch(line.text):
            yield Rule()
        elif len(figures) == len(line.figures) and line.inlines:
            yield Paragraph(line.inlines)
        yield from _boxes(line)


def _boxes(line: Line) -> Iterator[Block]:
    for box in line.boxes:
        if blocks := blocks_of(box):
            yield Aside(blocks)


def _headings(items: Sequence[Item]) -> Iterator[Block]:
    for line in _lines(items):
        label = line.mark.label.strip() if line.mark and line.mark.kind is not _BULLETED else ""
        inlines = without_strong(line.inlines)
        if inlines:
            yield Heading((Text(f"{label} "), *inlines) if label else inlines, line.level or 1)
        yield from line.figures
        yield from _boxes(line)


_BULLETED = ListKind.BULLETED


def _lists(items: Sequence[Item]) -> Iterator[Block]:
    marked = [(line.mark, line) for line in _lines(items) if line.mark]
    while marked:
        block, marked = _list(marked)
        yield block


def _list(marked: list[tuple[Mark, Line]]) -> tuple[List, list[tuple[Mark, Line]]]:
    """Return the list that marked paragraphs open with, and the paragraphs after it."""
    first = marked[0][0]
    found: list[Blocks] = []
    while marked:
        mark, line = marked[0]
        if found and mark.level > first.level:
            inner, marked = _list(marked)
            found[-1] = (*found[-1], inner)
        elif mark == replace(first, number=first.number + len(found), label=mark.label):
            found.append(tuple(_paragraphs([line])))
            marked = marked[1:]
        else:
            break
    return List(tuple(found), first.kind, first.number), marked


def _code(items: Sequence[Item]) -> Iterator[Block]:
    yield Code("\n".join(inline_text(line.inlines) for line in _lines(items)))


def _quotes(items: Sequence[Item]) -> Iterator[Block]:
    blocks = tuple(_paragraphs(items))
    match blocks:
        case (*above, Paragraph((Text(text), *rest))) if (
            above and len(text) <= _LONGEST_NAME and (dash := _NAME.match(text))
        ):
            yield Quote(tuple(above), (Text(text[dash.end() :]), *rest))
        case _:
            yield Quote(blocks)


# --- verse ----------------------------------------------------------------------------------


def _verse_lines(line: Line) -> tuple[VerseLine, ...]:
    """Return the lines of two halves that a paragraph consists of; none for another one."""
    is_plain = all(isinstance(one, Text | LineBreak) for one in line.inlines)
    if not is_plain or line.figures or line.boxes:
        return ()
    halves = [hemistichs(text.strip()) for text in inline_text(line.inlines).split("\n")]
    if not halves or any(len(each) != 2 for each in halves):
        return ()
    return tuple(
        VerseLine(tuple((Text(" ".join(half.split())),) for half in each)) for each in halves
    )


def _verses(items: Sequence[Item]) -> Iterator[Block]:
    """Yield a stanza; a single line of it is verse only where asterisks part it."""
    lines = list(_lines(items))
    verse = tuple(one for line in lines for one in _verse_lines(line))
    if len(verse) == 1 and "*" not in lines[0].text:
        yield from _paragraphs(items)
    else:
        yield Verse(verse)


# --- tables ---------------------------------------------------------------------------------


def _tables(items: Sequence[Item]) -> Iterator[Block]:
    for table in items:
        if isinstance(table, Rows) and table.rows:
            yield from _table(table)


def _table(table: Rows) -> Iterator[Block]:
    """Yield a table; one of a single cell is a frame around text."""
    if len(table.rows) == 1 and len(table.rows[0]) == 1:
        yield Aside(blocks_of(table.rows[0][0].items))
        return
    rows = tuple(tuple(_cells(row))[:_MOST_COLUMNS] for row in table.rows)
    header = rows[0] if table.has_header and len(rows) > 1 else ()
    yield Table(rows[1:] if header else rows, header, table.caption)


def _cells(row: Sequence[Cell]) -> Iterator[Inlines]:
    """Yield a row's cells; one that is wide, or goes on from above, leaves empty ones."""
    for cell in row:
        yield () if cell.goes_on else _flat(blocks_of(cell.items))
        yield from ((),) * (cell.columns - 1)


def _flat(blocks: Blocks) -> Inlines:
    """Return the blocks of a cell as lines: a table holds no blocks."""
    made: list[Inline] = []
    for line in filter(None, _flat_lines(blocks)):
        made += [LineBreak(), *line] if made else line
    return tuple(made)


def _flat_lines(blocks: Blocks) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Figure(image, caption):
                yield (Image(image.resource, image.alt),)
                yield caption
            case Code(text):
                yield (Text(text),)
            case List(items, kind, start):
                for number, item in enumerate(items, start=start):
                    mark = "•" if kind is ListKind.BULLETED else f"{number}."
                    first, *rest = list(_flat_lines(item)) or [()]
                    yield (Text(f"{mark} "), *first)
                    yield from rest
            case _:
                yield from runs_of((block,))


_GROUPS: Mapping[str, Callable[[Sequence[Item]], Iterator[Block]]] = {
    "tables": _tables,
    "headings": _headings,
    "list": _lists,
    "code": _code,
    "quote": _quotes,
    "verse": _verses,
    "paragraphs": _paragraphs,
}
