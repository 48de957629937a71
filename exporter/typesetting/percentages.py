"""Lengths of a box resolved in one go.

Stock WeasyPrint 70 goes through three functions for each of a box's fourteen lengths, each time the
box is laid out, though most are plain and the same for all boxes of a style. What is no length in
pixels is still for those functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout.percent import adjust_box_sizing, percentage

from exporter.records import dataclass
from exporter.typesetting.hooks import Function, Hook

_SIDES = ("top", "right", "bottom", "left")
_ACROSS = (
    *("margin_left", "margin_right", "padding_left", "padding_right"),
    *("width", "min_width", "max_width"),
)
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_NAMES = (*_ACROSS, *_ALONG, *_HEIGHTS)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)


@dataclass(frozen=True, slots=True)
class _Lengths:
    """What a style says of a box: used lengths, and those that refer to its containing block."""

    used: Mapping[str, Any]
    relative: tuple[tuple[str, Any], ...]
    borders: Mapping[str, float]
    collapses: bool
    has_content_box: bool


_KEPT = "exporter_lengths"


def _lengths(style: Any) -> _Lengths:
    """Return the lengths of a style, found once: WeasyPrint changes those of a copy alone."""
    known: _Lengths | None = style.__dict__.get(_KEPT)
    if known is None:
        known = style.__dict__[_KEPT] = _found(style)
    return known


def _found(style: Any) -> _Lengths:
    used, relative = {}, []
    for name in _NAMES:
        value = style[name]
        if type(value) is Dimension and value.unit == "px":
            used[name] = value.value
        elif value == "auto":
            used[name] = 0 if name in ("min_width", "min_height") else value
        else:
            relative.append((name, value))
    return _Lengths(
        used,
        tuple(relative),
        {name: style[name] for name in _BORDERS},
        style["border_collapse"] == "collapse",
        style["box_sizing"] == "content-box",
    )


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used lengths of a box."""
    style = box.style
    lengths, used = _lengths(style), box.__dict__
    used.update(lengths.used)
    if lengths.relative:
        used.update(_resolved(box, lengths.relative, containing_block))
    if lengths.collapses:  # these are resolved between cells
        for name, value in lengths.borders.items():
            used.setdefault(name, value)
    else:
        used.update(lengths.borders)
    if not lengths.has_content_box:
        adjust_box_sizing(box, "width")
        adjust_box_sizing(box, "height")


def _resolved(
    box: Any, relative: Sequence[tuple[str, Any]], containing_block: Any
) -> Iterator[tuple[str, Any]]:
    if isinstance(containing_block, Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    along = height if isinstance(box, PageBox) else width
    for name, value in relative:
        if name in _ACROSS:
            yield name, percentage(value, box.style, width)
        elif name in _ALONG:
            yield name, percentage(value, box.style, along)
        elif height != "auto":
            yield name, percentage(value, box.style, height)
        elif name == "min_height":
            yield name, percentage(value, box.style, 0)
        elif name == "max_height":
            yield name, percentage(value, box.style, inf)
        else:  # a height that depends on what is in the containing block
            yield name, "auto"


def _make(_: Function) -> Function:
    return resolve_percentages


HOOKS = tuple(
    Hook(f"weasyprint.layout.{module}", "resolve_percentages", "71673078096fcf87", _make)
    for module in ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
)
