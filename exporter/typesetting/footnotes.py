"""Footnotes on the page of their call, however the area of the notes looks.

Stock WeasyPrint 70 asks whether the notes fit their area by comparing two sums of the same lengths,
taken in different orders. With a border, a padding or a margin in `@footnote` they differ by a
rounding error, the note is taken for too long and goes to the next page. Here an area whose height
nothing limits holds what it is given.

Where a line doesn't fit and `orphans` forbid to end the page before it, stock also sends notes of
earlier lines to the next page to make room. Here the paragraph goes there, with its notes.
"""

from __future__ import annotations

from math import inf
from typing import Any

from exporter.typesetting.hooks import Function, Hook, edited


def _make_area(stock: Function) -> Function:
    def _update_footnote_area(context: Any) -> bool:
        overflows: bool = stock(context)
        return overflows and _is_limited(context.current_footnote_area.style)

    return _update_footnote_area


def _is_limited(style: Any) -> bool:
    return style["height"] != "auto" or getattr(style["max_height"], "value", 0) != inf


def _make_lines(stock: Function) -> Function:
    return edited(
        stock,
        line="report = not context.in_column and can_break_now and not could_break_before",
        by="report = False",
    )


AREA = Hook(
    "weasyprint.layout", "LayoutContext._update_footnote_area", "2e317e4b066fb80c", _make_area
)
LINES = Hook("weasyprint.layout.block", "_linebox_layout", "e07bbe000974787e", _make_lines)
