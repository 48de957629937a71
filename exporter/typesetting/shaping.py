"""A text of a line shaped as it will be drawn, and what can be measured of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.line_break import create_layout, line_size

from exporter.records import dataclass
from exporter.typesetting.exact_text.clusters import runs_of
from exporter.typesetting.exact_text.words import WordsLayout, put_together


@dataclass(frozen=True, slots=True)
class Run:
    """A text box with the layout that will draw it (None: its own stays) and the width of that.

    Widths are in CSS pixels. `layout.kashidas` is the offset of each tatweel that the typesetting
    has added, in the UTF-8 of `layout.text`: they are no text, only a stroke.
    """

    box: Any
    layout: Any
    width: float


def stretch(context: Any, run: Run, text: str, *, kashidas: frozenset[int]) -> Run:
    """Shape the text of a run with kashidas in it; most of its words stay as they are."""
    if isinstance(run.layout, WordsLayout) and (found := run.layout.stretched(text, kashidas)):
        return Run(run.box, found, found.units * FROM_UNITS)
    return shape(context, run.box, text, kashidas=kashidas)


def shape(context: Any, box: Any, text: str, *, kashidas: frozenset[int] = frozenset()) -> Run:
    """Shape a text in the style of a box, cut at its spaces, as justified text is drawn."""
    if found := put_together(box, text, kashidas):
        return Run(box, found, found.units * FROM_UNITS)
    # A spacing that rounds to nothing still cuts the text.
    layout = create_layout(text, box.style, context, max_width=None, justification_spacing=1e-6)
    layout.set_text(text, justify=True)
    layout.kashidas = kashidas
    line, _ = layout.get_first_line()
    width, _ = line_size(line, box.style)
    return Run(box, layout, float(width))


def width_of(context: Any, style: Any, text: str) -> float:
    """Return the width of a text in a style, in CSS pixels."""
    layout = create_layout(text, style, context, max_width=None, justification_spacing=0)
    line, _ = layout.get_first_line()
    width, _ = line_size(line, style)
    layout.deactivate()
    return float(width)


def right_edges(run: Run) -> Callable[[int], float | None]:
    """Return what finds the right edge of a cluster from the left of the run.

    It is given the cluster's offset in UTF-8, and finds None where no cluster begins.
    """
    if isinstance(run.layout, WordsLayout):
        return run.layout.edges()
    line, _ = run.layout.get_first_line()
    edges: dict[int, float] = {}
    right = 0
    for part in runs_of(line):
        for place, width in zip(part.places, part.widths, strict=True):
            right += width
            edges[part.offset + place] = right * FROM_UNITS
    return edges.get
