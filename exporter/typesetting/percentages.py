"""Lengths of a box resolved in one go.

Stock WeasyPrint 70 goes through three functions for each of a box's fourteen lengths, though most
are plain. What is no length in pixels is still for those functions.
"""

from __future__ import annotations

from math import inf
from operator import itemgetter
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout.percent import adjust_box_sizing, percentage

from exporter.typesetting.hooks import Function, Hook

_ACROSS = (
    *("margin_left", "margin_right", "padding_left", "padding_right"),
    *("width", "min_width", "max_width"),
)
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_NAMES = (*_ACROSS, *_ALONG, *_HEIGHTS)
_lengths = itemgetter(*_NAMES)
_borders = itemgetter(*_BORDERS)


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used lengths of a box."""
    if isinstance(containing_block, Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    along = height if isinstance(box, PageBox) else width
    style, used = box.style, box.__dict__
    heights = (None, 0, inf) if height == "auto" else (height, height, height)
    references = (*(width,) * len(_ACROSS), *(along,) * len(_ALONG), *heights)
    for name, value, reference in zip(_NAMES, _lengths(style), references, strict=True):
        if type(value) is Dimension and value.unit == "px":
            used[name] = value.value
        elif value == "auto":
            used[name] = 0 if name in ("min_width", "min_height") else value
        elif reference is None:  # a height that depends on what is in the containing block
            used[name] = "auto"
        else:
            used[name] = percentage(value, style, reference)
    if style["border_collapse"] == "collapse":  # these are resolved between cells
        for name in _BORDERS:
            used.setdefault(name, style[name])
    else:
        used.update(zip(_BORDERS, _borders(style), strict=True))
    if style["box_sizing"] != "content-box":
        adjust_box_sizing(box, "width")
        adjust_box_sizing(box, "height")


def _make(_: Function) -> Function:
    return resolve_percentages


HOOKS = tuple(
    Hook(f"weasyprint.layout.{module}", "resolve_percentages", "71673078096fcf87", _make)
    for module in ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
)
