"""A Hebrew article: set in a font of its own, with its points, on paper and in the e-book."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from exporter import pipeline, themes
from exporter.article import Article, Creator, Emphasis, Heading, Metadata, Paragraph, Strong, Text
from exporter.choices import Settings
from exporter.publication import Cover
from tests.judges.epubcheck import Check
from tests.judges.verapdf import Validate
from tests.writers.book import PLAIN, unpacked, written

POINTED = "בְּרֵאשִׁית בָּרָא אֱלֹהִים"
ARTICLE = Article(
    Metadata(
        "אגם המלח",
        creators=(Creator("דנה לוי"),),
        issued="2024-05-12",
        language="he",
        identifier="urn:uuid:00000000-0000-5000-8000-00000000000e",
    ),
    (
        Heading((Text("כותרת"),)),
        Paragraph((Text("קו לבן של מלח (2024), "), Strong((Text("מודגש"),)), Text(" ו־Chrome"))),
        Paragraph((Emphasis((Text("מוטעם"),)), Text(f" {POINTED}."))),
    ),
)
FONT = "NotoSerifHebrew-Regular.ttf"


@pytest.fixture(scope="module")
def made() -> tuple[bytes, bytes]:
    """The article as PDF and EPUB."""
    artifacts = pipeline.publish(
        ARTICLE, themes.load("naskh", Settings()), formats=["pdf", "epub"], cover=Cover()
    )
    assert [artifact.notices for artifact in artifacts] == [(), ()]
    pdf, epub = artifacts
    return pdf.data, epub.data


def test_the_pages_are_in_the_hebrew_font_and_nothing_is_slanted(made: tuple[bytes, bytes]) -> None:
    with pymupdf.open(stream=made[0]) as document:
        page = document[0]
        fonts = {font[3].partition("+")[2] for font in page.get_fonts()}
        assert {"Noto-Serif-Hebrew", "Noto-Serif-Hebrew-Bold"} <= fonts
        assert not any("Italic" in font or "Oblique" in font for font in fonts)
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        hebrew = [span["font"] for span in spans if "מלח" in span["text"]]
        assert all("Hebrew" in font for font in hebrew)
        assert {font for font in fonts if "Mono" in font} == set()


def test_the_e_book_brings_the_font_with_what_it_draws(made: tuple[bytes, bytes]) -> None:
    files = unpacked(made[1])
    assert f"EPUB/fonts/{FONT}" in files
    assert len(files[f"EPUB/fonts/{FONT}"]) < 20_000
    assert 'dir="rtl"' in files["EPUB/text/article-001.xhtml"].decode()


def test_an_arabic_book_has_no_use_for_it() -> None:
    assert f"EPUB/fonts/{FONT}" not in unpacked(written(PLAIN).data)


@pytest.mark.judge
@pytest.mark.slow
def test_the_judges_find_nothing_in_hebrew(
    made: tuple[bytes, bytes], tmp_path: Path, epubcheck: Check, verapdf: Validate
) -> None:
    page, book = tmp_path / "hebrew.pdf", tmp_path / "hebrew.epub"
    page.write_bytes(made[0])
    book.write_bytes(made[1])
    assert verapdf([page], "ua1") == {page: ()}
    assert {path: found for path, found in epubcheck([book]).items() if found} == {}
