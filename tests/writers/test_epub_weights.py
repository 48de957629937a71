"""What a theme sets in bold in the e-book has all its letters in the bold face."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes

from exporter import pipeline, themes
from exporter.article import Emphasis, NoteRef, Paragraph, Text
from exporter.choices import Settings
from exporter.publication import Artifact, single
from exporter.writers import epub
from exporter.writers.epub.weights import bold_names
from tests.writers.book import METADATA, NO_COVER, PLAIN, body_of, unpacked
from tests.writers.page import p

WORDS = "جذع ثوب ضخم غيظ 250"
SAID = replace(METADATA, title="عنوان", subtitle=WORDS, description=WORDS, publisher=WORDS)
NOTED = replace(
    PLAIN,
    metadata=SAID,
    body=(Paragraph((Text("نص"), NoteRef("a"))),),
    notes={"a": (p("حاشية"),)},
)


def book_in(theme: str) -> Artifact:
    loaded = themes.load(theme, Settings())
    return epub.write(single(NOTED, cover=NO_COVER), loaded, pipeline.engine())


def drawn_in(files: dict[str, bytes], face: str) -> set[str]:
    return {*map(chr, TTFont(io.BytesIO(files[f"EPUB/fonts/{face}.ttf"])).getBestCmap())}


@pytest.mark.parametrize("theme", ["sahafa", "kabir"])
def test_a_bold_standfirst_or_subtitle_has_its_letters_in_bold(theme: str) -> None:
    bold = drawn_in(unpacked(book_in(theme).data), "NotoNaskhArabic-Bold")
    assert {letter for letter in WORDS if letter.isalpha()} <= bold


def test_the_bold_call_of_a_note_has_its_brackets_in_bold() -> None:
    files = unpacked(book_in("kabir").data)
    faces = [name for name in files if name.endswith("-Bold.ttf")]
    letters = set().union(*(TTFont(io.BytesIO(files[face])).getBestCmap() for face in faces))
    assert {ord("("), ord(")")} <= letters


def test_stress_in_a_latin_chapter_stays_slanted_and_not_bold() -> None:
    article = body_of(Paragraph((Emphasis((Text("much"),)),)))
    english = replace(article, metadata=replace(article.metadata, language="en", title="One"))
    loaded = themes.load("naskh", Settings())
    files = unpacked(epub.write(single(english, cover=NO_COVER), loaded, pipeline.engine()).data)
    assert "EPUB/fonts/Amiri-Italic.ttf" in files


def test_what_a_sheet_sets_in_bold_is_found_by_class_or_element() -> None:
    css = """
    /* .said { font-weight: bold; } */
    .kicker, .title-block p.standfirst { color: red; font-weight: bold; }
    @media print { .a > .b::before { font-weight: 700; } }
    .credits p { font-weight: 600; }
    summary { font-weight: bold; }
    .light { font-weight: 400; }
    """
    assert bold_names(css) == {".kicker", ".standfirst", ".b", ".credits", "summary"}


@pytest.mark.parametrize("theme", ["sahafa", "kabir"])
def test_the_title_of_a_book_is_centred_as_all_of_its_title_page(theme: str) -> None:
    """Where titles of articles begin at the edge too."""
    page = '<section class="title-page"><h1>عنوان</h1><p>دار</p></section>'
    sheet = unpacked(book_in(theme).data)["EPUB/styles/book.css"].decode()
    document = HTML(string=f'<body dir="rtl">{page}').render(stylesheets=[CSS(string=sheet)])
    lines = [
        box.position_x + box.width / 2
        for box in document.pages[0]._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    ]
    assert len(lines) == 2
    assert lines[0] == pytest.approx(lines[1], abs=1)
