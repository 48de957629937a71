"""Figures drawn smaller where the rest of a page has too little room for them.

Stock WeasyPrint 70 sends a block that may not be broken to the next page, and what was left of
this one stays empty. A picture says by the custom property `--smallest: 65%` how small it may be
drawn to prevent that. Its block then stays where it is in the text, with its caption in the same
type.

Not in columns: they are made equally long by trying one height after another, and would take the
height at which the picture is smallest.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import remove_placeholders

from exporter.typesetting.hooks import Function, Hook

_WHOLE = frozenset({"avoid", "avoid-page"})
"""The values of `break-inside` that send a block to the next page."""
_ROUNDING = 0.01
"""So many pixels of the room are left over, as sums of lengths are rounded."""


def _make(stock: Function) -> Function:
    def block_level_layout(context: Any, box: Any, *args: Any, **options: Any) -> Any:
        # All of it is said where a block is laid out in another one.
        if box.style["break_inside"] not in _WHOLE or context.in_column or len(args) < 7:
            return stock(context, box, *args, **options)
        place = box.position_x, box.position_y
        bottom_space, *others, margins = args[:7]
        margins = tuple(margins)

        def tried(one: Any, bottom_space: float) -> Any:
            one.position_x, one.position_y = place
            return stock(context, one, bottom_space, *others, [*margins], *args[7:], **options)

        result = stock(context, box, *args, **options)
        if result[0] is not None or len([*_pictures(box)]) != 1:
            return result
        whole = tried(box, -inf)[0]
        if whole is None:
            return result
        # Its notes have taken their part of the room.
        room = context.page_bottom - bottom_space - _foot(whole)
        remove_placeholders(context, [whole], *others[-2:])
        smaller = _smaller(box, whole, room)
        if smaller is box:
            return result
        found = tried(smaller, bottom_space)
        return result if found[0] is None else found

    return block_level_layout


def _pictures(box: Any) -> Iterator[Any]:
    return (one for one in box.descendants() if _least(one) < 1)


def _smaller(box: Any, whole: Any, room: float) -> Any:
    """Return a block with its picture as large as it may be and finds room, else the block.

    `whole` is the block laid out, `room` what is left under it, or lacks.
    """
    drawn = next(_pictures(whole), None)
    if drawn is None or not drawn.height:
        return box
    share = 1 + (room - _ROUNDING) / drawn.height
    (picture,) = _pictures(box)
    if not _least(picture) <= share < 1:
        return box
    return _with(box, picture, _scaled(picture, drawn.width * share, drawn.height * share))


def _foot(whole: Any) -> float:
    """Return how far down the page has to have room for a block.

    Stock asks for the room of a lower border and padding twice.
    """
    last, edges = whole, 0.0
    while isinstance(last, boxes.BlockBox):
        edges += last.border_bottom_width + last.padding_bottom
        last = last.children[-1] if last.children else None
    return float(whole.border_box_y() + whole.border_height() + edges)


def _least(box: Any) -> float:
    """Return which part of its size a box may be drawn in."""
    if not isinstance(box, boxes.ReplacedBox):
        return 1
    said = (token.value for token in box.style["__smallest"] if token.type == "percentage")
    return float(next(said, 100)) / 100


def _scaled(picture: Any, width: float, height: float) -> Any:
    scaled = picture.copy()
    scaled.style = picture.style.copy()
    scaled.style["width"] = Dimension(width, "px")
    scaled.style["height"] = Dimension(height, "px")
    return scaled


def _with(box: Any, picture: Any, other: Any) -> Any:
    """Return a box with another picture, all that has no part in it being the same."""
    if box is picture:
        return other
    children = [_with(child, picture, other) for child in box.children]
    if all(one is child for one, child in zip(children, box.children, strict=True)):
        return box
    return box.copy_with_children(children)


HOOK = Hook("weasyprint.layout.block", "block_level_layout", "c1301dde9284e245", _make)
