"""The fonts of a book: each face once, or as often as a long book needs."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from exporter.article import Figure, Image, Resource
from exporter.bookbinding import Arrangement, GroupBy
from exporter.publication import Artifact
from exporter.typesetting.binding import codes
from tests.pictures import samples
from tests.writers.test_book import FIVE, bound_of, is_a, pages_of

# Each part is laid out apart from the others.
PARTED = Arrangement(group_by=GroupBy.SOURCE)


def test_each_face_is_in_the_book_once_and_a_shared_picture_too() -> None:
    picture = {"a": Resource("a.png", "image/png", samples.file("PNG"))}
    shown = [
        replace(article, body=(*article.body, Figure(Image("a", "نجمة"))), resources=picture)
        for article in FIVE
    ]
    made = bound_of(shown, arrangement=PARTED)
    with pikepdf.open(BytesIO(made.data)) as file:
        pictures = [one for one in file.objects if is_a(one, "/Subtype", "/Image")]
    assert len(pictures) == 1
    assert sorted(name.partition("+")[2] for name in subsets(made)) == ["Amiri", "Amiri-Bold"]


def test_a_book_with_more_characters_than_a_font_has_codes_for_has_the_font_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roomy = bound_of(FIVE, arrangement=PARTED)
    monkeypatch.setattr(codes, "_MOST_CODES", 200)
    full = bound_of(FIVE, arrangement=PARTED)
    assert len(set(subsets(full))) == len(subsets(full)) > len(subsets(roomy))
    assert pages_of(full) == pages_of(roomy)
    assert pictures_of(full) == pictures_of(roomy)


def subsets(artifact: Artifact) -> list[str]:
    """Return the name of each font in the file."""
    with pikepdf.open(BytesIO(artifact.data)) as file:
        fonts = [one for one in file.objects if is_a(one, "/Type", "/FontDescriptor")]
        return [str(one.FontName) for one in fonts]


def pictures_of(artifact: Artifact) -> list[bytes]:
    """Return the pixels of each page."""
    with pypdfium2.PdfDocument(artifact.data) as document:
        return [page.render().to_pil().tobytes() for page in document]
