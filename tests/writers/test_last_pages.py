"""An article doesn't end in a page of a line or two, where its end can be parted in another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes

from exporter import publication, themes
from exporter.article import Article, Block, Inlines, List, Metadata, Text, Verse, VerseLine
from exporter.choices import Settings
from exporter.publication import Cover
from exporter.rendering import render_stylesheet
from tests.test_bundled_themes import laid_out as sample
from tests.writers.page import METADATA, p
from tests.writers.paper import laid_out

WORDS = "كلام يملأ الأسطر حتى تنتهي عند آخرها ثم يعود إلى أولها "
PLAIN = replace(METADATA, publisher="", source="", rights="")


def lines_of(page: Page) -> int:
    """How many lines of the article a page has, without those of the source note."""

    def walk(box: boxes.Box) -> Iterator[boxes.LineBox]:
        if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)):
            return
        if box.element is not None and box.element.get("class") == "source-note":
            return
        if isinstance(box, boxes.LineBox):
            yield box
            return
        for child in getattr(box, "children", ()):
            yield from walk(child)

    return sum(1 for _ in walk(page._page_box))


def ends(
    *end: Block, theme: str, page: str = "a5", metadata: Metadata = PLAIN
) -> Iterator[tuple[int, int]]:
    """How many lines the last two pages have, where the end comes lower and lower on its page."""
    for count in range(8, 30):
        before = p(WORDS * 12, *(Text("\N{LINE SEPARATOR}سطر") for _ in range(count)))
        body = (*(p("سطر") for _ in range(count)), before, *end)
        document: Document = laid_out(Article(metadata, body), theme=theme, page=page)
        *_, last_but_one, last = (0, *map(lines_of, document.pages))
        yield last_but_one, last


@pytest.mark.parametrize("theme", ["naskh", "sahafa", "bahth"])
@pytest.mark.parametrize(("length", "least"), [(3, 4), (9, 5)])
def test_the_last_page_has_some_lines_of_a_paragraph(theme: str, length: int, least: int) -> None:
    for before, last in ends(p(WORDS * length), theme=theme):
        assert not before or last >= least


@pytest.mark.parametrize("theme", ["naskh", "sahafa", "bahth"])
@pytest.mark.parametrize("length", [1, 9])
def test_some_lines_of_the_text_stand_above_the_source_on_a_low_page(
    theme: str, length: int
) -> None:
    end = p(WORDS * length)
    for before, last in ends(end, theme=theme, page="eink6", metadata=METADATA):
        assert not before or last >= 3


def test_the_source_doesnt_stand_alone_on_the_lowest_page() -> None:
    three_lines = p(" ".join(WORDS.split() * 2)[:85])
    for before, last in ends(three_lines, theme="kabir", page="eink6", metadata=METADATA):
        assert not before or last >= 2


def couplets(count: int) -> Verse:
    halves: tuple[Inlines, ...] = ((Text("مرت بنا الأيام في"),), (Text("دار بها طاب المقام"),))
    return Verse((VerseLine(halves),) * count)


def test_the_last_page_of_a_poem_has_five_lines_or_more() -> None:
    for before, last in ends(couplets(12), theme="naskh"):
        assert not before or last >= 5


def test_no_item_stands_alone_on_the_last_page() -> None:
    items = List(((p("بند قصير"),),) * 6)
    for before, last in ends(items, theme="naskh"):
        assert not before or last >= 2


@pytest.mark.parametrize(
    ("name", "theme", "page"),
    [
        ("essay", "sahafa", "a5"),
        ("essay", "bahth", "a4"),
        ("poem", "sahafa", "a5"),
        ("vocalised", "naskh", "a4"),
        ("news-scraped", "naskh", "a5"),
    ],
)
def test_a_sample_that_ended_in_two_or_three_lines_ends_in_five(
    name: str, theme: str, page: str
) -> None:
    assert lines_of(sample(name, theme, page).pages[-1]) >= 5


@pytest.mark.parametrize("settings", [{"page": "a5", "theme": "kabir"}, {"theme": "sahafa"}])
def test_no_five_lines_are_kept_for_low_pages_and_columns(settings: dict[str, str]) -> None:
    theme = themes.load(settings.pop("theme"), Settings(**settings))  # type: ignore[arg-type]
    bound = publication.single(Article(METADATA, (p(WORDS),)), cover=Cover())
    assert "widows: 5" not in render_stylesheet("print.css", theme, bound)


def test_articles_of_a_book_that_follow_one_another_on_a_page_are_parted_as_before() -> None:
    theme = themes.load("naskh", Settings())
    bound = publication.single(Article(METADATA, (p(WORDS),)), cover=Cover())
    for start, wanted in (("run-on", False), ("recto", True), ("page", True)):
        css = render_stylesheet("print.css", theme, bound, more={"start": start})
        assert ("widows: 5" in css) is wanted
