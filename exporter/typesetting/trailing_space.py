"""The space at the end of a line that runs right to left, or ends in a text that does.

Stock WeasyPrint 70 moves the whole line to the left by the width of the space it takes away from
such a text, to make up for the space that the old shaping still draws at its left end. A justified
line is shaped anew, so its text then stands out into the margin, with a gap before the run that it
follows; and an English line that ends within an Arabic phrase stands out whatever its alignment.
Here the text is shaped without the space at once. What stands to its right in a right-to-left box
closes up; in a left-to-right one nothing does.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import split_text_box

from exporter.typesetting.hooks import Function, Hook


def _make(stock: Function) -> Function:
    def remove_last_whitespace(context: Any, line: Any) -> None:
        path = _path_to_last(line)
        if not any(box.style["direction"] == "rtl" for box in path):
            stock(context, line)
            return
        text = path[-1]
        if not isinstance(text, boxes.TextBox) or text.style["white_space"] not in _COLLAPSING:
            return
        stripped = text.text.rstrip(" ")
        if stripped != text.text:
            _close_up(path[:-1], by=_strip(context, text, stripped))

    return remove_last_whitespace


_COLLAPSING = ("normal", "nowrap", "pre-line")


def _path_to_last(line: Any) -> list[Any]:
    """Return the line, and the last box in it, in that, and so on to a text or an atomic box."""
    path = [line]
    while isinstance(path[-1], (boxes.LineBox, boxes.InlineBox)) and path[-1].children:
        path.append(path[-1].children[-1])
    return path


def _strip(context: Any, text: Any, stripped: str) -> float:
    """Take the space away and return its width."""
    width = 0.0
    text.text = stripped
    if stripped:
        shaped, _, _ = split_text_box(context, text, None, 0)
        text.pango_layout, width = shaped.pango_layout, shaped.width
    space = text.width - width
    text.width = width
    return float(space)


def _close_up(ancestors: list[Any], *, by: float) -> None:
    for ancestor in ancestors:
        ancestor.width -= by
        if ancestor.style["direction"] == "rtl":
            for child in ancestor.children[:-1]:
                child.translate(dx=-by, ignore_floats=True)


HOOK = Hook("weasyprint.layout.inline", "remove_last_whitespace", "53f0c79c9fbbda50", _make)
