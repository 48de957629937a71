"""Titles in lines of about the same length, where stock WeasyPrint 70 has no `text-wrap: balance`.

A page asks for it by the custom property `--lines: balanced`, for a block of plain text: the lines
are as many as before, and none ends in a word left over. CSS Text Level 4 §6.3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Split = Callable[[str, float], Any]
"""Splits the first line off a text, at a width in CSS pixels, as `split_first_line` does."""

# More lines than that are no title; and how often the width is halved.
_MOST_LINES = 6
_STEPS = 7


def is_asked_for(style: Any) -> bool:
    """Say whether a box's style asks for balanced lines."""
    return any(getattr(token, "value", "") == "balanced" for token in style["__lines"])


def balanced_width(text: str, width: float, *, split: Split) -> float:
    """Return the least width at which a text has as many lines as at this one."""
    lines = _lines(text, width, split)
    if not 1 < lines <= _MOST_LINES:
        return width
    least, enough = width / lines, width
    for _ in range(_STEPS):
        middle = (least + enough) / 2
        if _lines(text, middle, split) <= lines:
            enough = middle
        else:
            least = middle
    return enough


def _lines(text: str, width: float, split: Split) -> int:
    """Return how many lines a text has at a width, or one more than a title has."""
    for number in range(1, _MOST_LINES + 1):
        _, _, resume_at, *_ = split(text, width)
        if resume_at is None:
            return number
        text = text.encode()[resume_at:].decode()
    return _MOST_LINES + 1
