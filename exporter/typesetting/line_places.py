"""Where a line may stand and how high it is, found without looking twice.

Stock WeasyPrint 70 goes through the shapes of floats for each line, also where there are none, and
through the fonts of a style for the height of each line and of each piece of it.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import LineBox

from exporter.typesetting.hooks import Function, Hook

_KEPT = "exporter_strut"


def _make_places(stock: Function) -> Function:
    def avoid_collisions(
        context: Any, box: Any, containing_block: Any, *, outer: Any
    ) -> tuple[float, float, float]:
        margins = box.margin_left or box.margin_right or box.margin_top
        if margins or context.excluded_shapes or not isinstance(box, LineBox):
            found: tuple[float, float, float] = stock(context, box, containing_block, outer=outer)
            return found
        left = containing_block.content_box_x()
        right = left + containing_block.width
        if box.style["float"] == "none" and containing_block.style["direction"] == "rtl":
            return right, box.position_y, right - left
        return left, box.position_y, right - left

    return avoid_collisions


def _make_struts(stock: Function) -> Function:
    def strut(style: Any) -> tuple[float, float]:
        known: tuple[float, float] | None = style.__dict__.get(_KEPT)
        if known is None:
            known = style.__dict__[_KEPT] = stock(style)
        return known

    return strut


HOOKS = (
    Hook("weasyprint.layout.inline", "avoid_collisions", "5fc7793c573af328", _make_places),
    Hook("weasyprint.layout.inline", "strut", "b57885b70dd08efe", _make_struts),
)
