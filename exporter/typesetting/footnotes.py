"""Footnotes on the page of their call, however the area of the notes looks.

Stock WeasyPrint 70 asks whether the notes fit their area by comparing two sums of the same lengths,
taken in different orders. With a border, a padding or a margin in `@footnote` they differ by a
rounding error, the note is taken for too long and goes to the next page. Here an area whose height
nothing limits holds what it is given.

Where a line doesn't fit and `orphans` forbid to end the page before it, stock also sends notes of
earlier lines to the next page to make room. Here the paragraph goes there, with its notes.

Where all notes of a page go to the next one with their lines, stock keeps the margins, the border
and the padding of their area free at the foot, and may send text there too that stood at the foot
already. An area that holds nothing is no area: CSS Generated Content for Paged Media §2.2.
"""

from __future__ import annotations

from math import inf
from typing import Any

from exporter.typesetting.hooks import Function, Hook, edited, edited_lines, together

_STOCK_EMPTIED = """\
        self.current_footnote_area.height = 0
        if not self.in_column:
            self.page_bottom -= self.current_footnote_area.margin_height()
"""
# As it is before the first note.
_EMPTIED = "        self.current_footnote_area.height = 'auto'\n"


def _make_area(stock: Function) -> Function:
    updated = edited_lines(stock, {_STOCK_EMPTIED: _EMPTIED})

    def _update_footnote_area(context: Any) -> bool:
        overflows: bool = updated(context)
        return overflows and _is_limited(context.current_footnote_area.style)

    return _update_footnote_area


def _is_limited(style: Any) -> bool:
    return style["height"] != "auto" or getattr(style["max_height"], "value", 0) != inf


def _make_report(stock: Function) -> Function:
    # An area that holds nothing has no height to ask for.
    return edited(
        stock,
        line="while context.current_footnote_area",
        by="while context.current_page_footnotes and context.current_footnote_area",
    )


def _make_lines(stock: Function) -> Function:
    return edited(
        stock,
        line="report = not context.in_column and can_break_now and not could_break_before",
        by="report = False",
    )


AREA = Hook(
    "weasyprint.layout", "LayoutContext._update_footnote_area", "2e317e4b066fb80c", _make_area
)
REPORT = Hook("weasyprint.layout.column", "_report_footnotes", "0e9226e4e92830f0", _make_report)
LINES = Hook("weasyprint.layout.block", "_linebox_layout", "e07bbe000974787e", _make_lines)
HOOKS = (*together((AREA, REPORT)), LINES)
