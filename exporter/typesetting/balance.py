"""Titles in lines of about the same length, where stock WeasyPrint 70 has no `text-wrap: balance`.

A page asks for it by the custom property `--lines: balanced`: the lines of a block are as many as
before, and none ends in a word left over. CSS Text Level 4 §6.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

Lines = Callable[[Any], Iterator[Any]]
"""Lays out the lines of a block as wide as the one it is given."""

# More lines than that are no title; and how often the width is halved.
_MOST_LINES = 6
_STEPS = 7


def balanced(block: Any, lines: Lines) -> Any:
    """Return the block, narrowed where its lines are to be balanced.

    It is as narrow as its lines stay as many, and where `text-align` puts them. What is beside the
    lines (a note, a float) would be laid out with each try: a block that has any stays as it is.
    """
    if not _is_asked_for(block.style):
        return block
    edge = _EDGES.get(block.style["text_align_all"])
    if edge is None or not _is_plain(block):
        return block
    width = _least_width(block, lines)
    narrowed = _as_wide_as(block, width)
    is_rtl = block.style["direction"] == "rtl"
    narrowed.position_x += (block.width - width) * edge[is_rtl]
    return narrowed


# Which part of the room is at the left of the lines, in a block from the left and from the right.
_EDGES = {"start": (0, 1), "end": (1, 0), "left": (0, 0), "right": (1, 1), "center": (0.5, 0.5)}


def _is_asked_for(style: Any) -> bool:
    return any(getattr(token, "value", "") == "balanced" for token in style["__lines"])


def _is_plain(block: Any) -> bool:
    return all(box.is_in_normal_flow() and box.footnote is None for box in block.descendants())


def _least_width(block: Any, lines: Lines) -> float:
    def count(width: float) -> int:
        return sum(1 for _ in islice(lines(_as_wide_as(block, width)), _MOST_LINES + 1))

    most = count(block.width)
    if not 1 < most <= _MOST_LINES:
        return float(block.width)
    least, enough = block.width / most, float(block.width)
    for _ in range(_STEPS):
        middle = (least + enough) / 2
        if count(middle) <= most:
            enough = middle
        else:
            least = middle
    return enough


def _as_wide_as(block: Any, width: float) -> Any:
    narrowed = block.copy()
    narrowed.width = width
    return narrowed
