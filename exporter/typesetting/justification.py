"""Justified lines as wide as their column.

Stock WeasyPrint 70 measures a line shaped as a whole and draws it cut at its spaces, where the
font's kerning across a space is lost: Amiri draws «، و» a quarter of an em wider than measured, and
the line stands out into the margin. Here the line is measured as it will be drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import count_expandable_spaces
from weasyprint.text.line_break import create_layout, line_size

from exporter.typesetting.hooks import Function, Hook


def _make(stock: Function) -> Function:
    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        spaces = count_expandable_spaces(line)
        if line.style["direction"] != "rtl" or not spaces:
            stock(context, line, extra_width)
            return
        gaps = {id(text): _gap(context, text) for text in _texts(line)}
        spacing = (extra_width - sum(gaps.values())) / spaces
        _spread(context, line, spacing=spacing, gaps=gaps)

    return justify_line


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _gap(context: Any, text: Any) -> float:
    """Return how much wider the text is cut at its spaces than as a whole."""
    if not count_expandable_spaces(text):
        return 0.0
    # A spacing that rounds to nothing still cuts the text.
    layout = create_layout(
        text.text, text.style, context, max_width=None, justification_spacing=1e-6
    )
    layout.set_text(text.text, justify=True)
    first_line, _ = layout.get_first_line()
    width, _ = line_size(first_line, text.style)
    layout.deactivate()
    return float(width - text.width)


def _spread(
    context: Any, box: Any, *, spacing: float, gaps: Mapping[int, float], advance: float = 0.0
) -> float:
    """Widen the texts and move every box, from left to right; return how far the next moves."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        wider: float = gaps[id(box)] + spacing * count_expandable_spaces(box)
        if count_expandable_spaces(box):
            box.justification_spacing = spacing
            box.width += wider
            box.pango_layout = create_layout(
                box.text, box.style, context, max_width=None, justification_spacing=spacing
            )
            box.pango_layout.deactivate()
        return advance + wider
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.translate(advance, 0)
        return advance
    box.position_x += advance
    before = advance
    rightwards = box.children[::-1] if box.style["direction"] == "rtl" else box.children
    for child in rightwards:
        if child.is_in_normal_flow():
            advance = _spread(context, child, spacing=spacing, gaps=gaps, advance=advance)
    box.width += advance - before
    return advance


HOOK = Hook("weasyprint.layout.inline", "justify_line", "f83b21ff8793ba6b", _make)
