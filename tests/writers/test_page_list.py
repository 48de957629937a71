"""The pages of the print edition in the e-book: each mark stands where that page begins."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from exporter import fonts, pipeline, themes
from exporter.article import Article, NoteRef, Paragraph, Table, Text
from exporter.choices import Device, Settings
from exporter.publication import Artifact, Cover, PrintEdition, single
from exporter.transforms import transform
from exporter.writers import epub
from tests.judges.epubcheck import Check
from tests.writers.book import (
    ARTICLE,
    NO_COVER,
    PLAIN,
    documents,
    find,
    inlines,
    package,
    paragraph,
    unpacked,
    written,
)

CHAPTER = "EPUB/text/article-001.xhtml"


def published(article: Article, **settings: str) -> tuple[Artifact, dict[str, bytes]]:
    theme = themes.load("naskh", Settings(**settings))  # type: ignore[arg-type]
    book, paper = pipeline.publish(article, theme, formats=["epub", "pdf"], cover=NO_COVER)
    return paper, unpacked(book.data)


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        return [re.sub("[\u200e\u200f]", "", text) for text in texts]  # they are no letters
    finally:
        document.close()


def letters(text: str) -> str:
    return "".join(filter(fonts.counts_as_letter, text))


def after_marks(files: dict[str, bytes]) -> dict[str, str]:
    """The letters that follow each mark, by its identifier."""
    root = documents(files)[CHAPTER]
    found = {}
    for identifier in find(root, "//*[@role='doc-pagebreak']/@id"):
        following = find(root, f"//*[@id='{identifier}']/following::text()")
        found[identifier] = letters("".join(following))[:400]
    return found


def long(words: int = 900) -> Article:
    prose = " ".join(f"كلمة{number}" for number in range(words))
    blocks = tuple(paragraph(prose[start : start + 400]) for start in range(0, len(prose), 400))
    return replace(PLAIN, body=blocks)


def test_each_mark_is_where_its_page_begins() -> None:
    paper, files = published(long())
    pages = page_texts(paper.data)
    marks = after_marks(files)
    assert len(pages) == len(marks) > 3
    for number, page in enumerate(pages[1:], start=2):
        # The numbers in the words tell them apart, and come out of every PDF as they are.
        wanted = [word for word in page.split() if word.startswith("كلمة")][1]
        at = marks[f"page-{number}"].find(wanted)
        assert 0 <= at < 14, (number, wanted, marks[f"page-{number}"][:40])


def test_the_list_has_every_page_in_the_digits_of_the_article() -> None:
    paper, files = published(long())
    nav = documents(files)["EPUB/nav.xhtml"]
    labels = find(nav, "//h:nav[@id='pages']//h:a/text()")
    count = len(page_texts(paper.data))
    numbers = [str(number) for number in range(1, count + 1)]
    assert labels == numbers
    assert find(etree.fromstring(files["EPUB/toc.ncx"]), "//ncx:pageTarget/@value") == numbers
    root = package(files)
    assert find(root, "//opf:meta[@property='pageBreakSource']/text()") == [
        "عنوان (PDF, 210 × 297 mm)"
    ]
    features = find(root, "//opf:meta[@property='schema:accessibilityFeature']/text()")
    assert {"pageBreakMarkers", "pageNavigation"} <= set(features)


def test_a_book_made_alone_has_no_pages() -> None:
    files = unpacked(written(PLAIN).data)
    assert b"page-list" not in files["EPUB/nav.xhtml"]
    assert b"pagebreak" not in files[CHAPTER]
    assert b"pageBreak" not in files["EPUB/content.opf"]


def test_the_order_of_the_formats_changes_nothing() -> None:
    theme = themes.load("naskh", Settings())
    one = pipeline.publish(ARTICLE, theme, formats=["pdf", "epub"], cover=NO_COVER)
    other = pipeline.publish(ARTICLE, theme, formats=["epub", "pdf"], cover=NO_COVER)
    assert one[1].data == other[0].data


def test_pages_that_are_not_this_book_s_are_not_listed() -> None:
    paper, _ = published(long())
    other = replace(single(PLAIN, cover=NO_COVER), print_edition=paper.print_edition)
    assert paper.print_edition != PrintEdition()
    made = epub.write(other, themes.load("naskh", Settings()), pipeline.engine())
    assert b"pagebreak" not in unpacked(made.data)[CHAPTER]


def test_notes_and_repeated_headers_of_tables_count_nowhere() -> None:
    rows = tuple((inlines(f"خلية{number}"), inlines("قيمة")) for number in range(120))
    body = (
        Paragraph((Text("نص له هامش"), NoteRef("n"), Text(" وبقية، وهامش مرة أخرى"), NoteRef("n"))),
        Table(rows, (inlines("الاسم"), inlines("القيمة")), inlines("جدول")),
        *long(200).body,
    )
    paper, files = published(
        replace(PLAIN, body=body, notes={"n": (paragraph("هامش طويل. " * 9),)})
    )
    assert len(after_marks(files)) == len(page_texts(paper.data)) > 3


def test_every_sample_and_shape_of_content_has_its_pages(seeds: tuple[Path, ...]) -> None:
    articles = [ARTICLE]
    for path in seeds:
        (reading,) = pipeline.read(str(path))
        articles.append(transform(reading.article))
    for article in articles:
        paper, files = published(article, page="a5")
        assert len(after_marks(files)) == len(page_texts(paper.data)), article.metadata.title


@pytest.mark.judge
@pytest.mark.slow
def test_epubcheck_accepts_the_page_list(tmp_path: Path, epubcheck: Check) -> None:
    paths = []
    for device in (Device.GENERIC, Device.KOBO):
        theme = themes.load("naskh", Settings(device=device, page="a5"))
        book, _ = pipeline.publish(ARTICLE, theme, formats=["epub", "pdf"], cover=Cover())
        paths.append(tmp_path / f"{device}.epub")
        paths[-1].write_bytes(book.data)
    assert not any(epubcheck(paths).values())
