"""Kashida as it is seen: strokes without a seam, dots and marks where they were."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from exporter.arabic.kashida import TATWEEL, places
from tests.typesetting.layout import pdf

CSS = '@page {{ size: 150px 60px; margin: 5px }} html {{ font: 24px "{}" }} body {{ margin: 0 }}'
# One a rank, with dots above and below, loops, tails, marks.
WORDS = ("مدرسة", "مدينة", "كتاب", "كبير", "العلوم", "المستقبل", "بحث", "حكمة", "كَبِيرٌ", "خطّاط")
BLACK, WHITE, SEEN = 0, 255, 128


def pieces(text: str, font: str) -> tuple[int, int, int]:
    """How many pieces of ink a text has that touch nowhere, and their top and bottom in pixels."""
    document = pypdfium2.PdfDocument(pdf(f"<p>{text}</p>", css=CSS.format(font)))
    try:
        picture = document[0].render(scale=4).to_pil().convert("L")
    finally:
        document.close()
    ink: Image.Image = picture.point(lambda value: BLACK if value < 160 else WHITE)
    left, top, right, bottom = ink.point(lambda value: WHITE - value).getbbox() or (0, 0, 0, 0)
    count = 0
    for y in range(top, bottom):
        for x in range(left, right):
            if ink.getpixel((x, y)) == BLACK:
                ImageDraw.floodfill(ink, (x, y), SEEN)
                count += 1
    return count, top, bottom


@pytest.mark.parametrize("font", ["Amiri", "Noto Naskh Arabic"])
@pytest.mark.parametrize("word", WORDS)
def test_a_stroke_has_no_seam_and_moves_no_dot_up_or_down(word: str, font: str) -> None:
    place = places(word)[0]
    count, top, bottom = pieces(word, font)
    for strokes in (1, 3):
        stretched = f"{word[: place.index]}{TATWEEL * strokes}{word[place.index :]}"
        found, highest, lowest = pieces(stretched, font)
        assert found == count
        # A letter may take another form beside a stroke: a tenth of its size at most.
        assert (highest, lowest) == pytest.approx((top, bottom), abs=10)
