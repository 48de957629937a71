"""Isolates around right-to-left texts of which a bracket would pair with one of another text.

PDFBox has the texts of a line one after the other, each from left to right, and asks Java's
bidirectional algorithm for their order. That pairs brackets across them (UAX #9 rule N0): in
`المصدر [12] هنا` both would be left-to-right, as the number between them, and stand outside of the
words beside them. No bracket in an isolate pairs with one out of it (rule BD16). As MuPDF and
pdfium would turn round what is in one, its characters have an empty text beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from exporter.typesetting.exact_text.directions import LRM, Marks
from exporter.typesetting.exact_text.pen import Pen
from exporter.typesetting.exact_text.phrases import PDI, RLI, Anchor
from exporter.typesetting.exact_text.pieces import Content, Font


@contextmanager
def isolated(
    stream: Any, textbox: Any, *, marks: Marks, font: Font, place: Sequence[float]
) -> Iterator[None]:
    """Draw what is drawn in this block within an isolate, if its marks say so."""
    if not marks.is_isolated:
        yield
        return
    content = Content(stream, textbox)
    # Java finds the direction of a line in no isolate (UAX #9 rule P2).
    _draw(content, LRM + RLI, font=font, place=place)
    yield
    right = round(place[4] + textbox.width, 3)
    _draw(content, PDI, font=font, place=(*place[:4], right, place[5]))


def _draw(content: Content, characters: str, *, font: Font, place: Sequence[float]) -> None:
    content.begin("")
    for character in characters:  # pdfium passes over one alone
        content.stream.set_text_matrix(*place)
        pen = Pen(content.stream)
        pen.take(*font)
        pen.show_anchor(Anchor(character))
        pen.lift()
    content.end()
