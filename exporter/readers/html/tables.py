"""Tables: data as rows of cells; tables that only lay out a page are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from exporter.article import (
    Block,
    Blocks,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    List,
    Paragraph,
    Table,
    Text,
    block_text,
    inline_text,
)
from exporter.readers.html.dom import HEADINGS, Element, get, tag, text_of
from exporter.records import dataclass

Inside = Callable[[Element], Blocks]

MOST_CELLS = 200_000
"""The most cells, those that spans add included."""
_WIDEST_SPAN = 100
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_LONGEST_CELL, _MOST_PARAGRAPHS = 700, 3


@dataclass(frozen=True, slots=True)
class Found:
    """A table, None for one without any text, and the pictures that stood in its cells."""

    table: Table | None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    inlines: Inlines
    is_header: bool
    columns: int
    rows: int


def is_layout(table: Element) -> bool:
    """Say whether a table only lays out the page: what is in it is to be read as it stands."""
    if get(table, "role") in {"presentation", "none"}:
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return True
    if next(table.iterdescendants("caption"), None) is not None:
        return False
    rows = [cells for row in _rows(table) if (cells := list(_cells(row)))]
    if max(map(len, rows), default=0) < 2:
        return True
    return any(_is_column(cell) for cells in rows for cell in cells)


def _is_column(cell: Element) -> bool:
    """Say whether a cell holds what a page would: headings, paragraphs, long text."""
    paragraphs = 0
    for each in cell.iterdescendants():
        name = tag(each)
        if name in HEADINGS and tag(cell) != "th":
            return True
        paragraphs += name == "p"
    return paragraphs > _MOST_PARAGRAPHS or len(text_of(cell, most=_LONGEST_CELL)) > _LONGEST_CELL


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if tag(child) == "tr":
            yield child
        elif tag(child) in _ROW_GROUPS:
            yield from (row for row in child if tag(row) == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if tag(cell) in {"td", "th"})


def table(element: Element, *, inside: Inside) -> Found:
    """Return a table of data; a span's text stands in its first cell, the others are empty."""
    figures: list[Figure] = []
    caption: Inlines = ()
    for child in element:
        if tag(child) == "caption":
            caption = cell_inlines(inside(child))

    def words(cell: Element) -> _Cell:
        blocks = inside(cell)
        figures.extend(block for block in blocks if isinstance(block, Figure))
        columns, rows = (_span(get(cell, name)) for name in ("colspan", "rowspan"))
        return _Cell(cell_inlines(blocks), tag(cell) == "th", columns, rows)

    rows = [[words(cell) for cell in _cells(row)] for row in _rows(element)]
    heads = _heads(element, rows)
    head = _headings(_grid(rows[:heads], repeat=True))
    body = [row for row in _grid(rows[heads:], repeat=False) if any(map(inline_text, row))]
    if not body and not head:
        return Found(None, tuple(figures))
    width = max(map(len, (*body, head)))
    return Found(
        Table(
            tuple(tuple(row) + ((),) * (width - len(row)) for row in body),
            header=tuple(head) + ((),) * (width - len(head)) if head else (),
            caption=caption,
        ),
        tuple(figures),
    )


def _span(value: str) -> int:
    number = value[:6]
    return min(max(int(number), 1), _WIDEST_SPAN) if number.isascii() and number.isdecimal() else 1


def _heads(element: Element, rows: list[list[_Cell]]) -> int:
    """Return how many rows from the top are headings: those of `thead`, else one of `th` alone."""
    heads = 0
    for child in element:
        if tag(child) == "thead":
            heads += sum(1 for row in child if tag(row) == "tr")
    if not heads and len(rows) > 1 and rows[0] and all(cell.is_header for cell in rows[0]):
        heads = 1
    return min(heads, len(rows) - 1) if len(rows) > 1 else 0


def _grid(rows: list[list[_Cell]], *, repeat: bool) -> list[list[Inlines]]:
    """Return the cells of each row in their columns (HTML §4.9.12.1)."""
    grid: list[list[Inlines]] = []
    below: dict[int, tuple[int, Inlines]] = {}
    number = 0
    for row in rows:
        made: list[Inlines] = []
        for cell in row:
            _take_down(below, made)
            filler = cell.inlines if repeat else ()
            made += [cell.inlines, *[filler] * (cell.columns - 1)]
            if cell.rows > 1:
                start = len(made) - cell.columns
                below |= dict.fromkeys(range(start, len(made)), (cell.rows, ()))
        _take_down(below, made)
        number += len(made)
        grid.append(made if number <= MOST_CELLS else [cell.inlines for cell in row])
        below = {at: (left - 1, inlines) for at, (left, inlines) in below.items() if left > 1}
    return grid


def _take_down(below: dict[int, tuple[int, Inlines]], made: list[Inlines]) -> None:
    """Fill the columns that a cell of a row above reaches into; one of this row keeps its place."""
    while len(made) in below:
        made.append(below[len(made)][1])


def _headings(rows: list[list[Inlines]]) -> list[Inlines]:
    """Return one row of headings: those over one another joined, each once."""
    if len(rows) < 2:
        return rows[0] if rows else []
    return [_joined(column) for column in zip_longest(*rows, fillvalue=())]


def _joined(column: Iterable[Inlines]) -> Inlines:
    kept: dict[str, Inlines] = {}
    for inlines in column:
        if text := inline_text(inlines).strip():
            kept.setdefault(text, inlines)
    parts: list[Inlines] = [(Text(" – "), *inlines) for inlines in kept.values()]
    return tuple(inline for part in parts for inline in part)[1:] if parts else ()


def cell_inlines(blocks: Iterable[Block]) -> Inlines:
    """Return blocks as the inlines of one cell or caption, a line each."""
    made: list[Inlines] = []
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(inlines):
                made.append(inlines)
            case List(items):
                made += (cell_inlines(item) for item in items)
            case Figure():
                pass
            case _:
                made += ((Text(line),) for line in block_text(block).split("\n") if line.strip())
    kept = [inlines for inlines in made if inlines]
    parted = [inline for inlines in kept for inline in (LineBreak(), *inlines)]
    return tuple(parted[1:])
