"""Names and titles in Latin letters keep their marks and their places among others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from lxml import etree

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Creator,
    Emphasis,
    Heading,
    Link,
    Metadata,
    Role,
    Text,
)
from exporter.choices import Settings
from exporter.publication import Cover, Index, Makeup, Part, Publication, single
from exporter.rendering import render_template
from exporter.transforms import transform
from exporter.writers import cover, epub, pdf
from tests.writers.book import documents, find, unpacked
from tests.writers.page import PROSE, p

COMMA = "\N{ARABIC COMMA}"
NAMED = Metadata(
    title="Jeopardy!",
    subtitle="Ready?",
    creators=(
        Creator("Robert Downey Jr."),
        Creator("Jane Doe"),
        Creator("Wham!", Role.TRANSLATOR),
        Creator("محمد علي", Role.TRANSLATOR),
        Creator("Sam Smith", Role.TRANSLATOR),
    ),
    publisher="Yahoo!",
    issued="2024-05-12",
    source="Help! magazine, vol. three.",
    subjects=("Oh!", "Dogs", "كتب"),
    rights="All rights reserved!",
    identifier="urn:uuid:00000000-0000-5000-8000-000000000001",
)
BODY = (
    p(PROSE * 4),
    Heading((Text("Enough!"),)),
    p(
        "قال في «Encore!» إن موقع (Ebay!) هو “Who’s there?”، ثم ",
        Emphasis((Text("Hair!"),)),
        " وسكت.",
    ),
    p("وزار ", Link((Text("Zing!"),), "https://example.org/"), " ثم عاد. " + PROSE * 3),
)
ARTICLE = transform(Article(NAMED, BODY))
BOOK = Publication(
    Metadata(
        title="Is it true?",
        creators=(Creator("John Smith"), Creator("Wham!")),
        publisher="Yahoo!",
        is_part_of="Oh no!",
        group_position="3",
        rights="All rights reserved!",
        identifier="urn:uuid:00000000-0000-5000-8000-000000000002",
    ),
    (ARTICLE, transform(Article(Metadata("مقال", publisher="Time"), BODY))),
    Cover(),
    makeup=Makeup(
        parts=(Part("Part one!", range(1, 2)), Part("قسم", range(2, 3))),
        indexes=(Index.AUTHORS, Index.SUBJECTS),
    ),
)
PUBLICATIONS = {"article": single(ARTICLE, cover=Cover()), "book": BOOK}


@cache
def printed(name: str, theme: str = "naskh") -> bytes:
    chosen = themes.load(theme, Settings(page="a5"))
    return pdf.write(PUBLICATIONS[name], chosen, pipeline.engine()).data


@cache
def bound(name: str, theme: str = "naskh") -> dict[str, etree._Element]:
    chosen = themes.load(theme, Settings())
    return documents(unpacked(epub.write(PUBLICATIONS[name], chosen, pipeline.engine()).data))


def lines(data: bytes) -> Iterator[str]:
    """Yield the lines of a PDF as they are seen, from left to right."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            letters: dict[int, list[tuple[float, str]]] = {}
            for number in range(text.count_chars()):
                letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, number))
                if letter.isprintable() and not letter.isspace():
                    _, height = text.get_charbox(number, loose=True)[1::2]
                    letters.setdefault(round(height), []).append(
                        (text.get_charbox(number)[0], letter)
                    )
            for _, line in sorted(letters.items(), reverse=True):
                yield "".join(letter for _, letter in sorted(line))


@pytest.mark.parametrize(
    ("name", "theme"),
    [("article", "naskh"), ("article", "sahafa"), ("article", "bahth"), ("book", "naskh")],
)
def test_a_mark_stands_on_the_right_of_its_name_on_paper(name: str, theme: str) -> None:
    seen = [
        f"{before}{mark}"
        for line in lines(printed(name, theme))
        for before, mark in pairwise(f" {line}".replace("?", "!"))
        if mark == "!"
    ]
    # Title, subtitle, publisher twice, translator, source, rights, heading, five in the text.
    assert len(seen) > 12
    assert not [pair for pair in seen if not pair[0].isascii() or not pair[0].isalpha()]


@pytest.mark.parametrize(
    ("name", "theme"),
    [("article", "naskh"), ("article", "sahafa"), ("article", "bahth"), ("book", "naskh")],
)
def test_a_mark_is_isolated_with_its_name_on_screen(name: str, theme: str) -> None:
    seen = 0
    for root in bound(name, theme).values():
        for element in root.find("{*}body").iter():  # type: ignore[union-attr]
            inside = (element.text, element)
            after = (element.tail, element.getparent())
            for text, parent in (inside, after):
                if text and parent is not None and ("!" in text or "?" in text):
                    assert parent.xpath("string(ancestor-or-self::*[@dir][1]/@dir)") == "ltr", text
                    seen += 1
    assert seen > 12


def test_latin_names_are_read_from_right_to_left_on_paper_and_on_screen() -> None:
    shown = [line for line in lines(printed("article")) if "Downey" in line]
    (byline,) = shown
    assert byline.index("JaneDoe") < byline.index(COMMA) < byline.index("RobertDowneyJr.")
    article = bound("article")["EPUB/text/article-001.xhtml"]
    names = find(article, '//*[@class="byline"]/*[@dir="ltr"]/text()')
    assert names == ["Robert Downey Jr.", "Jane Doe", "Wham!", "Sam Smith"]


def test_names_of_a_list_in_a_book_are_read_from_right_to_left() -> None:
    shown = [line for line in lines(printed("book")) if "Time" in line and "Yahoo!" in line]
    assert shown
    assert all(line.index("Time") < line.index("Yahoo!") for line in shown)
    root = bound("book")["EPUB/text/colophon.xhtml"]
    names = find(root, '//*[@dir="ltr"]/text()')
    assert "Yahoo!" in names
    assert "Time" in names


def test_names_on_a_cover_are_read_from_right_to_left_with_their_marks() -> None:
    theme = themes.load("naskh", Settings())
    context = cover.context_of(BOOK, theme, boxes=cover._boxes(theme))
    page = pipeline.engine().render_pdf(
        render_template("cover.xhtml", theme, context),
        css=render_template("cover.css", theme, {"theme": theme}),
    )
    (names,) = (line for line in lines(page) if "Smith" in line)
    assert names == f"Wham!{COMMA}JohnSmith"
    assert any("Isittrue?" in line for line in lines(page))
