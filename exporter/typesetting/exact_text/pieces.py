"""Left-to-right runs drawn in pieces, of which pdfium takes the last first (`phrases.py`).

An anchor is text to those who know no better, and between two words it would part them. So each
piece with anchors is a `Span` with its text beside it (`/ActualText`, ISO 32000-1 §14.9.4), by
which MuPDF and poppler go. They need something in it that stands where the piece does: a mark that
is as wide. pdfium would go by it as well, and would not know where the letters are. It asks the
innermost content, and where that has an empty text it goes by what is drawn; it passes over what
is alone and is not seen. PDFBox drops what is drawn twice, so that all of it stands first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.text.ffi import FROM_UNITS

from exporter.typesetting.exact_text.clusters import Cluster
from exporter.typesetting.exact_text.directions import Marks
from exporter.typesetting.exact_text.encoding import Encoding
from exporter.typesetting.exact_text.pen import Pen
from exporter.typesetting.exact_text.phrases import LRM, Anchor, Piece

# How far from the right end of its run a piece begins, in em, and from one to the next, in pixels.
_INSIDE, _STEP = 0.04, 0.004

_NO_TEXT = pydyf.Dictionary({"ActualText": pydyf.String("")})

Font = tuple[Encoding, float]
"""An encoding and the size of its font."""


def is_in_pieces(clusters: Sequence[Cluster]) -> bool:
    """Whether MuPDF takes a piece of these for one: of one font and one direction."""
    fonts = {cluster.pango_font for cluster in clusters}
    texts = "".join(cluster.text for cluster in clusters)
    return len(fonts) == 1 and "AN" not in map(unicodedata.bidirectional, texts)


def draw_pieces(
    stream: Any,
    clusters: Sequence[Cluster],
    encodings: Mapping[Any, Font],
    *,
    marks: Marks,
    place: Sequence[float],
) -> None:
    """Draw the clusters of a run from left to right; its marks stand alone at its ends."""
    _Run(stream, encodings[clusters[0].pango_font], marks, place).draw(clusters)


class _Run:
    def __init__(self, stream: Any, font: Font, marks: Marks, place: Sequence[float]) -> None:
        self._stream = stream
        self._font = font
        self._marks = marks
        self._place = place
        self._begin = place[4] + marks.end - _INSIDE * font[1]

    def draw(self, clusters: Sequence[Cluster]) -> None:
        found, left = [], self._place[4]
        for piece, members in _members(clusters, self._marks.pieces):
            found.append((piece, members, left))
            left += sum(cluster.advance for cluster in members) * FROM_UNITS
        if self._marks.left:
            pen = self._at(self._place[4])
            pen.show_marks(self._marks.left)
            pen.lift()
        self._draw_for_pdfbox([(piece, x) for piece, _, x in found if piece.anchors])
        for piece, members, x in found:
            if piece.anchors:
                self._draw_anchored(piece, members, x)
            else:
                pen = self._at(x)
                pen.show(map(pen.step, members))
                pen.lift()
        if self._marks.right:
            pen = self._at(left)
            pen.show_marks(self._marks.right)
            pen.lift()

    def _draw_for_pdfbox(self, found: Sequence[tuple[Piece, float]]) -> None:
        """Draw what is not seen of later pieces where it will be; backwards, as it is no text."""
        if len(found) < 2 and not any(piece.number for piece, _ in found):
            return
        texts = {anchor.text: None for piece, _ in found for anchor in piece.anchors}
        self._mark_content("")
        for text in texts:
            pen = self._at(self._begin)
            pen.show_anchor(Anchor(text))
            pen.lift()
        for _, x in reversed(found):
            pen = self._at(x)
            pen.show_anchor(Anchor(LRM))
            pen.lift()
        self._stream.end_marked_content()

    def _draw_anchored(self, piece: Piece, members: Sequence[Cluster], x: float) -> None:
        text = "".join(cluster.text for cluster in members)
        width = sum(cluster.advance for cluster in members) * FROM_UNITS
        self._mark_content(text)
        self._stream.begin_marked_content("Piece", _NO_TEXT)
        self._draw_mark(x, 0)  # where poppler puts the text
        start = round(self._begin - _STEP * piece.number, 3)
        pen = self._at(start)
        pen.show_anchors(piece.anchors, back=start - x)
        pen.show(map(pen.step, members))
        pen.lift()
        self._stream.end_marked_content()
        self._draw_mark(x, width)  # where MuPDF puts it
        self._stream.end_marked_content()

    def _draw_mark(self, x: float, width: float) -> None:
        """Draw a mark about as wide as a piece, alone."""
        pen = self._at(x)
        pen.show_anchor(Anchor(LRM), width=width)
        pen.lift()

    def _mark_content(self, text: str) -> None:
        properties = pydyf.Dictionary({"ActualText": pydyf.String(text)})
        self._stream.begin_marked_content("Span", properties)

    def _at(self, x: float) -> Pen:
        place = self._place
        self._stream.set_text_matrix(*place[:4], round(x, 3), place[5])
        pen = Pen(self._stream)
        pen.take(*self._font)
        return pen


def _members(
    clusters: Sequence[Cluster], pieces: Sequence[Piece]
) -> Iterator[tuple[Piece, Sequence[Cluster]]]:
    """Yield the clusters of each piece; one of two pieces belongs to the first."""
    waiting, length, end = [*clusters], 0, 0
    for piece in pieces:
        end += len(piece.text)
        members = []
        while waiting and (length < end or piece is pieces[-1]):
            members.append(waiting.pop(0))
            length += len(members[-1].text)
        if members:
            yield piece, members
