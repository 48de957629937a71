"""Lines as full as their column allows.

Pango ends a line where its words still fit as part of the paragraph; shaped alone the same words
can be wider by a hair, as kerning with what follows is gone. Stock WeasyPrint 70 then takes the
line for one that can't be broken earlier, and leaves its first word alone on it.

A word that may be broken anywhere, as one in Latin letters that could be longer than its column, is
broken only where it begins the line. Stock takes every text within a bold or linked one that begins
the line for its beginning, and cuts the word that no longer fits.

Most lines are not shaped to be broken: the widths of their words tell (`exact_text/paragraphs.py`).
"""

from __future__ import annotations

from math import inf
from typing import Any

from exporter.typesetting.exact_text.paragraphs import first_line
from exporter.typesetting.hooks import Function, Hook, edited, together

# By how much the column is narrowed, in CSS pixels, until the words before the last one fit.
_HAIRS = (0.5, 1, 2, 4, 8, 16)


def _make(stock: Function) -> Function:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *args: Any, **kwargs: Any
    ) -> Any:
        spacing = args[0] if args else kwargs["justification_spacing"]
        if (told := first_line(text, style, max_width, spacing)) is not None:
            return told
        split = stock(text, style, context, max_width, *args, **kwargs)
        if max_width is None or max_width == inf or not _is_a_word_alone(text, split):
            return split
        for hair in _HAIRS:
            fuller = stock(text, style, context, max_width - hair, *args, **kwargs)
            _, length, _, width, *_ = fuller
            if length > split[1] and width <= max_width:
                return fuller
        return split

    return split_first_line


def _is_a_word_alone(text: str, split: Any) -> bool:
    _, length, resume_at, *_ = split
    return resume_at is not None and " " not in text.encode()[:length].decode().strip(" ")


def _make_start(stock: Function) -> Function:
    return edited(
        stock,
        line="assert isinstance(box, (boxes.LineBox, boxes.InlineBox))",
        by="if isinstance(box, boxes.LineBox): context.line_start = position_x",
    )


def _make_text(stock: Function) -> Function:
    return edited(
        stock,
        line="is_line_start = len(line_children) == 0",
        by="is_line_start = len(line_children) == 0"
        " and position_x <= getattr(context, 'line_start', inf)",
    )


HOOK = Hook("weasyprint.layout.inline", "split_first_line", "39ad1016863ca34d", _make)
STARTS = together(
    (
        Hook("weasyprint.layout.inline", "split_inline_box", "3a0cb7ca7e34c7ef", _make_start),
        Hook("weasyprint.layout.inline", "split_inline_level", "d98c008c8fc00582", _make_text),
    )
)
