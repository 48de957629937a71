"""Tables on paper: how small they are set and which words are broken, so that they fit the page."""

from __future__ import annotations

from itertools import zip_longest

from exporter.article import Inlines, Table, inline_text
from exporter.patterns import compiled
from exporter.records import dataclass

# Where a line may end in a word.
_BREAKS = compiled("[\\s\N{ZERO WIDTH SPACE}-]+")

# How wide a character is, and what a cell has on both sides, in em of the table: as `print.css`
# sets tables, and those of its class `dense`.
_CHARACTER, _LOOSE, _DENSE = 0.55, 1.4, 0.8


@dataclass(frozen=True, slots=True)
class TableFit:
    """How a table fits between the margins: its class, and its longest word that is not broken.

    The length is 0 where none has to be.
    """

    density: str
    longest_word: int


def longest_word(cell: Inlines) -> int:
    """Return how many characters the longest word of a cell has, which may end at a hyphen."""
    return max(map(len, _BREAKS.split(inline_text(cell))))


def fit(table: Table, *, room: float, dense: float) -> TableFit:
    """Return how a table fits into a room, in em of the text.

    Where its words don't fit beside one another it is set in the dense size, in em of the text too;
    where that isn't enough the longest are broken first, whichever column they are in.
    """
    rows = (table.header, *table.rows) if table.header else table.rows
    columns = [max(map(longest_word, cells)) for cells in zip_longest(*rows, fillvalue=())]
    if sum(columns) * _CHARACTER + len(columns) * _LOOSE <= room:
        return TableFit("", 0)
    characters = (room / dense - len(columns) * _DENSE) / _CHARACTER
    whole = longest = max(columns)
    while longest > 1 and sum(min(own, longest) for own in columns) > characters:
        longest -= 1
    return TableFit("dense", longest if longest < whole else 0)
