"""Tables on paper: how small they are set, and which words are broken, so that they fit the page.

In large print neither is done: there one that doesn't fit is set as records, a block for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import floor

from exporter import fonts
from exporter.article import (
    CodeSpan,
    Image,
    Inline,
    Inlines,
    LineBreak,
    NoteRef,
    Table,
    Text,
)
from exporter.fonts import FontFamily, Style
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.themes import Theme
from exporter.transforms.addresses import LONGEST_WHOLE

# Where a line may end: a date or a number stays whole at its hyphens.
_BREAKS = compiled("[\\s\N{ZERO WIDTH SPACE}]+")
_BREAKS_OF_CODE = compiled("[\\s\N{ZERO WIDTH SPACE}-]+")

# How wide a character is, and what a cell has on both sides, in em of the table: as `print.css`
# sets tables, and those of its class `dense`.
_CHARACTER, _LOOSE, _DENSE = 0.58, 1.4, 0.8
_CODE = 0.5
"""How wide a character of code is, which is set smaller."""
_SHORTEST_PART = 6
"""How many characters of a broken word stand on a line at least."""
_RULE = 0.07
"""How wide a rule between columns is at most, in em: a point, of letters of fourteen."""
_REGULAR, _BOLD = 400, 700

RECORDS = "records"
"""The density of a table that is set as records."""


@dataclass(frozen=True, slots=True)
class TableFit:
    """How a table fits between the margins.

    `density` is its class, or `RECORDS`, `size` its size in em of the text where that is not the
    one of the class, else 0; `longest_part` how many characters of an address or of code stand on
    a line, 0 where all of them do.
    """

    density: str = ""
    size: float = 0
    longest_part: int = 0

    @property
    def style(self) -> str:
        """What the style sheet can't know: the size, and the room of what is broken."""
        size = f"font-size: {self.size}em" if self.size else ""
        part = f"--part: {self.longest_part * _CODE:.2f}em" if self.longest_part else ""
        return "; ".join(filter(None, (size, part)))


@dataclass(frozen=True, slots=True)
class _Column:
    """The longest word that it keeps whole, and the longest that may be broken, in characters."""

    whole: int
    breakable: int

    def width(self, longest_part: int) -> int:
        return max(self.whole, min(self.breakable, longest_part))


def longest_breakable(cell: Inlines) -> int:
    """Return how many characters the longest word of a cell has that may be broken.

    That is code, and what is too long to be a word: never one of Arabic letters, which join.
    """
    return max((len(word) for word, breaks in _words(cell) if breaks), default=0)


def fit(table: Table, *, room: float, theme: Theme) -> TableFit:
    """Return how a table fits into a room, in em of the text.

    Where its words don't fit beside one another it is set in the theme's dense size, in em of the
    text too; then the longest names of files and addresses are broken, whichever column they are
    in; and where that isn't enough either, it is set as small as it takes. A dense size of 1 says
    that no table may be smaller than the text: there it is set as records, without a broken word.
    """
    dense = theme.dense_table
    rows = (table.header, *table.rows) if table.header else table.rows
    columns = [_column(cells) for cells in zip_longest(*rows, fillvalue=())]
    longest = max(column.breakable for column in columns)
    if _width(columns, longest, _LOOSE) <= room:
        return TableFit()
    if dense == 1 and len(columns) > 1:
        return TableFit("dense" if _whole_width(table, theme) <= room else RECORDS)
    part = max(longest, _SHORTEST_PART)
    while part > _SHORTEST_PART and _width(columns, part, _DENSE) * dense > room:
        part -= 1
    size = floor(100 * room / _width(columns, part, _DENSE)) / 100
    is_smaller = size < dense < 1
    return TableFit("dense", size if is_smaller else 0, part if part < longest else 0)


def records(table: Table) -> Iterator[tuple[tuple[Inlines, Inlines], ...]]:
    """Yield the rows, each cell with the name of its column; what is empty says nothing there."""
    for row in table.rows:
        named = zip_longest(table.header[: len(row)], row, fillvalue=())
        yield tuple((name, cell) for name, cell in named if cell)


def _column(cells: tuple[Inlines, ...]) -> _Column:
    words = [found for cell in cells for found in _words(cell)]
    return _Column(
        max((len(word) for word, breaks in words if not breaks), default=0),
        max((len(word) for word, breaks in words if breaks), default=0),
    )


def _width(columns: list[_Column], longest_part: int, padding: float) -> float:
    """Return the width of columns in em of the table."""
    characters = sum(column.width(longest_part) for column in columns)
    return characters * _CHARACTER + len(columns) * padding


def _whole_width(table: Table, theme: Theme) -> float:
    """Return how wide the columns are with no word broken, in em, as they are drawn."""
    columns = [*zip_longest(table.header, *table.rows, fillvalue=())]
    widths = (
        max(_widest([head], theme, weight=_BOLD), _widest(body, theme, weight=_REGULAR))
        for head, *body in columns
    )
    return sum(widths) + len(columns) * (_DENSE + _RULE) + _RULE


def _widest(cells: list[Inlines], theme: Theme, *, weight: int) -> float:
    code = theme.library.chain((theme.monospace, *theme.families))
    plain = {word for cell in cells for word in _plain_words(cell)}
    named = {word for cell in cells for word in _code_words(cell)}
    widths = (
        *(_drawn(word, theme.chain, weight) for word in plain),
        *(_drawn(word, code, weight) for word in named),
    )
    return max(widths, default=0)


def _drawn(word: str, families: Sequence[FontFamily], weight: int) -> float:
    """Return the width of a word in the family that it is drawn with."""
    whole = (one for one in families if not fonts.missing_characters(word, (one,)))
    family = next(whole, None) or fonts.drawing(word, families)
    return fonts.width(word, family.face(weight, Style.NORMAL))


def _words(cell: Inlines) -> Iterator[tuple[str, bool]]:
    """Yield the words of a cell, and whether each may be broken."""
    yield from ((word, True) for word in _code_words(cell))
    yield from ((word, len(word) > LONGEST_WHOLE) for word in _plain_words(cell))


def _code_words(cell: Inlines) -> Iterator[str]:
    for code in _leaves(cell):
        if isinstance(code, CodeSpan):
            yield from _BREAKS_OF_CODE.split(code.text)


def _plain_words(cell: Inlines) -> list[str]:
    plain = "".join(leaf.text if isinstance(leaf, Text) else " " for leaf in _leaves(cell))
    return _BREAKS.split(plain)


def _leaves(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Text() | CodeSpan() | NoteRef() | Image() | LineBreak():
                yield inline
            case _:
                yield from _leaves(inline.children)
