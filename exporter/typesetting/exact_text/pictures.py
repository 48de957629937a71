"""Emoji of several characters, whose parts pdfium is to meet from the last to the first.

It parts a line into segments of one kind and returns them from the last to the first where pages
turn to the left; a joiner or a selector (U+200D, U+FE0F) is of another kind than what it joins. So
the parts stand next to each other from the right to the left. What pdfium is to see needs a box:
each part is the whole picture, of which only the last is painted. PDFBox and pdf.js go by the order
in which they are drawn, MuPDF and poppler by the text beside (`pieces.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import groupby
from typing import Any

from weasyprint.text.ffi import FROM_UNITS

from exporter.typesetting.exact_text.clusters import Cluster
from exporter.typesetting.exact_text.directions import LRM, Marks
from exporter.typesetting.exact_text.pen import Pen
from exporter.typesetting.exact_text.phrases import PDI, Anchor, kind
from exporter.typesetting.exact_text.pieces import (
    NO_TEXT,
    PAINTED,
    UNPAINTED,
    Content,
    Font,
)

# How far apart the parts are, in em, and how wide: pdfium takes what is nearer for one drawn twice,
# and PDFBox puts a selector that overlaps a picture between its halves.
_STEP, _ROOM = 0.06, 0.05


def draw_picture(
    stream: Any,
    textbox: Any,
    clusters: Sequence[Cluster],
    *,
    encodings: Mapping[Any, Font],
    marks: Marks,
    place: Sequence[float],
) -> None:
    """Draw the clusters of one emoji."""
    whole = reduce(Cluster.beside, clusters)
    picture = _Picture(stream, encodings[whole.pango_font], place)
    content = Content(stream, textbox)
    parts = ["".join(members) for _, members in groupby(whole.text, kind)]
    width = whole.advance * FROM_UNITS
    step = min(_STEP * picture.font[1], width / (2 * len(parts)))
    room = step * _ROOM / _STEP
    right = step * len(parts)
    picture.draw_marks(marks.left)
    content.begin(whole.text)
    stream.begin_marked_content("Piece", NO_TEXT)
    picture.draw_mark(0, 0)
    stream.set_text_rendering(UNPAINTED)
    for number, part in enumerate(parts, start=1):
        if number == len(parts):
            stream.set_text_rendering(PAINTED)
        with _apart(stream, number):
            picture.draw(whole, part, at=right - step * number, width=room)
    # To its right end for PDFBox, which has no mark like this one.
    picture.draw_mark(room, width - room, text=PDI)
    # pdfium returns what comes before a left-to-right letter as it is.
    stream.set_text_rendering(UNPAINTED)
    picture.draw(whole, LRM, at=right, width=width - right)
    stream.set_text_rendering(PAINTED)
    stream.end_marked_content()
    picture.draw_mark(0, width)
    content.end()
    picture.draw_marks(marks.right, at=width)
    picture.draw_marks(marks.turn, at=width)


@contextmanager
def _apart(stream: Any, number: int) -> Iterator[None]:
    """Put every second part in one content more.

    pdfium passes over what is in the same content as the last, where that has a text beside it.
    """
    if number % 2:
        stream.begin_marked_content("Part")
    yield
    if number % 2:
        stream.end_marked_content()


class _Picture:
    def __init__(self, stream: Any, font: Font, place: Sequence[float]) -> None:
        self._stream = stream
        self.font = font
        self._place = place

    def draw(self, whole: Cluster, text: str, *, at: float, width: float) -> None:
        pen = self._pen(at)
        pen.show_glyphs(whole.glyphs, text, width=width)
        pen.lift()

    def draw_mark(self, at: float, width: float, *, text: str = LRM) -> None:
        pen = self._pen(at)
        pen.show_anchor(Anchor(text), width=width)
        pen.lift()

    def draw_marks(self, marks: str, *, at: float = 0) -> None:
        pen = self._pen(at)
        pen.show_marks(marks)
        pen.lift()

    def _pen(self, at: float) -> Pen:
        place = self._place
        self._stream.set_text_matrix(*place[:4], round(place[4] + at, 3), place[5])
        pen = Pen(self._stream)
        pen.take(*self.font)
        return pen
