"""MuPDF, of SumatraPDF and many readers, shows our e-books in our font and leads where they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from exporter import pipeline, themes
from exporter.choices import Settings
from exporter.publication import Cover
from tests.writers.book import ARTICLE

pytestmark = [pytest.mark.judge, pytest.mark.slow]


def opened(article: object) -> pymupdf.Document:
    theme = themes.load("naskh", Settings())
    (book,) = pipeline.publish(article, theme, formats=["epub"], cover=Cover())  # type: ignore[arg-type]
    return pymupdf.open(stream=book.data, filetype="epub")


@pytest.fixture(scope="module")
def long(seeds: tuple[Path, ...]) -> Iterator[pymupdf.Document]:
    """The long sample with headings."""
    (reading,) = pipeline.read(str(next(path for path in seeds if path.stem == "long-read")))
    with opened(reading.article) as document:
        yield document


def spans(page: pymupdf.Page) -> Iterator[tuple[str, str, float]]:
    """Yield each run of a page: its text, its font, how far its right end is from the page's."""
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                yield span["text"], span["font"], page.rect.x1 - line["bbox"][2]


def test_it_opens_on_the_cover(long: pymupdf.Document) -> None:
    assert long[0].get_text().strip() == ""
    assert not long[0].get_pixmap(dpi=36).is_unicolor


def test_every_line_of_the_contents_leads_to_its_heading_on_the_right(
    long: pymupdf.Document,
) -> None:
    lines = long.get_toc()
    assert len(lines) > 3
    for level, label, number in lines:
        found = [right for text, _, right in spans(long[number - 1]) if text in label]
        assert found, label
        assert level == 1 or min(found) < 40  # the title is centred


def test_the_text_is_in_our_font(long: pymupdf.Document) -> None:
    fonts = {font for page in long.pages() for text, font, _ in spans(page) if text.strip() != "•"}
    assert fonts == {"Amiri Regular", "Amiri Bold"}


def test_words_are_found(long: pymupdf.Document) -> None:
    assert sum(len(page.search_for("الورق")) > 0 for page in long.pages()) > 3
    assert not any(page.search_for("كلمةلاوجودلها") for page in long.pages())


def test_a_note_leads_to_its_words_and_back() -> None:
    with opened(ARTICLE) as document:
        call = next(
            (page, link)
            for page in document.pages()
            for link in page.get_links()
            if link["kind"] == pymupdf.LINK_GOTO and page.get_textbox(link["from"]).strip() == "1"
        )
        page, link = call
        target = document[link["page"]]
        assert "فقرة ثانية" in target.get_text()
        assert page.number in {back.get("page") for back in target.get_links()}
