"""The contents of books: on paper, tagged, in the e-book, in a theme of a user's own."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pymupdf
import pytest
from lxml import etree

from exporter import pipeline, themes
from exporter.article import Article, Metadata
from exporter.bookbinding import Arrangement, Edition, Entry, GroupBy, bind
from exporter.choices import Settings
from exporter.errors import WriteError
from exporter.publication import Artifact, Cover, CoverKind, Index, Start
from exporter.transforms import transform
from tests.writers.page import p
from tests.writers.test_book import (
    FIVE,
    TITLES,
    book,
    bound_of,
    in_theme,
    is_a,
    letters,
    pages_of,
    western,
)


def test_the_contents_give_the_pages_on_which_articles_open() -> None:
    artifact = book()
    with pymupdf.open(stream=artifact.data) as document:
        page = document[artifact.page_map["contents"] - 1]
        numbers = list(map(int, re.findall(r"\d+", western(page.get_text()))))
        led = [link["page"] + 1 for link in page.get_links()]
    openings = [artifact.page_map[f"article-{number}"] for number in range(1, 6)]
    assert set(openings) <= set(numbers)
    assert set(openings) <= set(led)
    pages = pages_of(artifact)
    assert all(
        letters(title) in letters(pages[n - 1]) for title, n in zip(TITLES, openings, strict=True)
    )


def test_no_page_of_the_contents_has_one_line_alone() -> None:
    """Whatever the number of articles, and where two indexes end the list."""
    indexed = Arrangement(start=Start.RUN_ON, indexes=(Index.AUTHORS, Index.SUBJECTS))
    pages = []
    for count in range(4, 11):
        texts = [
            Article(Metadata(f"مقالة {number}", identifier=f"urn:uuid:of-{number}"), (p("نص"),))
            for number in range(count)
        ]
        artifact = bound_of([*texts, FIVE[0]], arrangement=indexed)
        first, end = artifact.page_map["contents"] - 1, artifact.page_map["article-1"] - 1
        with pymupdf.open(stream=artifact.data) as document:
            lines = [
                {round(link["from"].y0) for link in document[number].get_links()}
                for number in range(first, end)
            ]
        assert sum(map(len, lines)) == count + 3
        pages.append([len(found) for found in lines])
    assert min(last for *_, last in pages) > 1


def test_contents_are_tagged_as_such() -> None:
    with pikepdf.open(BytesIO(book(group_by=GroupBy.SOURCE).data)) as file:
        kinds = [str(one.S) for one in file.objects if is_a(one, "/Type", "/StructElem")]
        (document,) = file.Root.StructTreeRoot.K
        top = [str(one.S) for one in document.K]
    assert {"/TOC", "/TOCI", "/Reference", "/Index"} <= set(kinds)
    assert kinds.count("/TOCI") == 9  # two parts, five articles, two indexes
    assert top.count("/Part") == 2


def test_the_navigation_of_the_e_book_has_parts_with_their_articles() -> None:
    with ZipFile(BytesIO(book(to="epub", group_by=GroupBy.SOURCE).data)) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
        package = archive.read("EPUB/content.opf").decode()
        index = archive.read("EPUB/text/index-authors.xhtml").decode()
    (toc,) = nav.iterfind(".//{*}nav[@id='toc']/{*}ol")
    lines = {label(one): [label(child) for child in one.iterfind("{*}ol/{*}li")] for one in toc}
    assert lines["مجلة سعف"] == [TITLES[number] for number in (0, 2, 4)]
    assert lines["دفتر الحرف"] == [TITLES[number] for number in (1, 3)]
    assert lines["فهرس الكتّاب"] == []
    assert '<meta property="belongs-to-collection" id="series">دفاتر</meta>' in package
    assert '<meta refines="#series" property="group-position">3</meta>' in package
    assert 'href="article-001.xhtml"' in index


def test_an_article_outside_of_the_parts_stands_before_them_on_paper_and_on_screen() -> None:
    theme = themes.load("naskh", Settings(page="100x140mm"))
    parts = ("الباب", "", "الدار", "الباب", "")
    entries = [Entry(transform(one), part) for one, part in zip(FIVE, parts, strict=True)]
    bound = bind(entries, Edition("كتاب"), Arrangement(), theme=theme, cover=Cover(CoverKind.NONE))
    paper, screen = pipeline.written(bound.publication, theme, formats=["pdf", "epub"])
    with ZipFile(BytesIO(screen.data)) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    with pymupdf.open(stream=paper.data) as document:
        outline = [(level, title) for level, title, _ in document.get_toc()]
    (toc,) = nav.iterfind(".//{*}nav[@id='toc']/{*}ol")
    alone, inside = (TITLES[1], TITLES[4]), {"الباب": (0, 3), "الدار": (2,)}
    assert [label(line) for line in toc][:4] == [*alone, *inside]
    for line, numbers in zip(list(toc)[2:4], inside.values(), strict=True):
        titles = [TITLES[number] for number in numbers]
        assert [label(child) for child in line.iterfind("{*}ol/{*}li")] == titles
    of_paper = [title for level, title in outline if level == 1]
    assert [title for title in of_paper if title in {*alone, *inside}] == [*alone, *inside]


def label(line: etree._Element) -> str:
    return "".join(map(str, line[0].itertext()))


def book_in(folder: Path, *, css: str) -> Artifact:
    """Return the book of the five in a theme that adds this to the style sheet of books."""
    (folder / "theme.toml").write_text('extends = "naskh"', encoding="utf-8")
    sheet = f'{{% extends "naskh:book.css" %}}{{% block book_extra %}}{css}{{% endblock %}}'
    (folder / "book.css").write_text(sheet, encoding="utf-8")
    return in_theme(themes.load(f"{folder}/", Settings(page="100x140mm")), FIVE)


def test_contents_that_grow_with_their_page_numbers_are_blamed_on_the_theme(
    tmp_path: Path,
) -> None:
    grown = ".contents .page:not(:empty) { position: static; display: block; height: 20mm; }"
    with pytest.raises(WriteError, match=r"2, 1.*book\.css") as refused:
        book_in(tmp_path, css=grown)
    assert (refused.value.code, refused.value.subject) == ("contents-unsteady", tmp_path.name)
    steady = book_in(tmp_path, css=grown.replace(":not(:empty)", ""))
    assert steady.page_map["article-1"] == steady.page_map["contents"] + 2
    assert "ظلال الطريق" in pages_of(steady)[steady.page_map["article-1"] - 1]
