"""Blocks that are kept whole, and where they are too long for that.

Stock WeasyPrint 70 sends a block that may not be broken to the next page, however much of this one
stays empty: all of it but a heading or a caption, which no page break may part from the block, and
which then stand alone. A block says by the custom property `--whole: 50%` which part of a page it
may take, with the notes that it calls, to be kept whole. One that takes more begins on the page
where it is, if there is a third of a page for it.

Not in columns: they are made equally long by trying one height after another.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.layout.block import remove_placeholders

from exporter.typesetting.column_notes import area_of
from exporter.typesetting.hooks import Function, Hook

_KEPT = frozenset({"avoid", "avoid-page"})
"""The values of `break-inside` that send a block to the next page."""
_WORTH_IT = 1 / 3
"""The part of a page that is not to be left empty."""


def _make(stock: Function) -> Function:
    def block_level_layout_switch(context: Any, box: Any, *args: Any, **options: Any) -> Any:
        # Only within a flex box its options have names.
        if box.style["break_inside"] not in _KEPT or context.in_column or options:
            return stock(context, box, *args, **options)
        place = box.position_x, box.position_y
        bottom_space, skip_stack, parent, is_empty, absolute, fixed, margins, *others = args
        margins = tuple(margins)

        def tried(one: Any, bottom_space: float) -> Any:
            one.position_x, one.position_y = place
            rest = (skip_stack, parent, is_empty, absolute, fixed, [*margins], *others)
            return stock(context, one, bottom_space, *rest)

        result = stock(context, box, *args)
        if result[0] is not None or not _may_be_parted(context, box, place[1] + bottom_space):
            return result
        notes = area_of(context)
        whole = tried(box, -inf)[0]
        if whole is None:
            return result
        height = whole.margin_height() + area_of(context) - notes
        remove_placeholders(context, [whole], absolute, fixed)
        if height <= _most(box) * _page(context).height:
            return result
        begun = tried(_breakable(box), bottom_space)
        return result if begun[0] is None else begun

    return block_level_layout_switch


def _may_be_parted(context: Any, box: Any, top: float) -> bool:
    """Whether a block says how long it may be, and has a part of the page worth beginning on."""
    return _most(box) < 1 and context.page_bottom - top > _page(context).height * _WORTH_IT


def _page(context: Any) -> Any:
    return context.current_footnote_area.page


def _most(box: Any) -> float:
    """Return which part of a page a block may take to be kept whole."""
    said = (token.value for token in box.style["__whole"] if token.type == "percentage")
    return float(next(said, 100)) / 100


def _breakable(box: Any) -> Any:
    one = box.copy()
    one.style = box.style.copy()
    one.style["break_inside"] = "auto"
    return one


HOOK = Hook("weasyprint.layout.block", "block_level_layout_switch", "b963d54014264fcd", _make)
