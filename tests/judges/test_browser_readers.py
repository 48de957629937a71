"""Real readers open our books from the right, in our font, and find their way in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from exporter import pipeline, themes
from exporter.choices import Settings
from exporter.publication import Cover
from tests.conftest import require_judges
from tests.judges import browser as judge
from tests.judges.browser import EPUBJS, FOLIATE, READIUM, THORIUM, Reader
from tests.writers.book import ARTICLE

pytestmark = [pytest.mark.judge, pytest.mark.long]

every_engine = pytest.mark.parametrize("engine", judge.ENGINES)
# The search of Thorium is its application's; Readium's navigator for the web has none.
SEARCHING = (FOLIATE, EPUBJS)


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    require_judges(judge.is_installed(), "the readers")
    with judge.browser() as running:
        yield running


def made(article: object) -> bytes:
    theme = themes.load("naskh", Settings())
    book, _ = pipeline.publish(article, theme, formats=["epub", "pdf"], cover=Cover())  # type: ignore[arg-type]
    return book.data


@pytest.fixture(scope="module")
def books(seeds: tuple[Path, ...]) -> dict[str, bytes]:
    """A long sample with headings, and the article with every shape of content."""
    long = next(path for path in seeds if path.stem == "long-read")
    (reading,) = pipeline.read(str(long))
    return {"long": made(reading.article), "everything": made(ARTICLE)}


@pytest.fixture
def reader(engine: str, started: Browser, books: dict[str, bytes]) -> Iterator[Reader]:
    """The long sample in the engine of the test."""
    with judge.opened(started, books["long"], engine=engine) as opened:
        yield opened


def to_the_text(reader: Reader) -> None:
    """Go to the article's title."""
    reader.go_to(reader.contents()[0].href)


@every_engine
def test_it_opens_on_its_cover_and_turns_to_the_left(reader: Reader) -> None:
    assert reader.ask("direction") == "rtl"
    assert reader.ask("section") == 0
    assert reader.probe("probe.seen('img').length") == 1
    reader.turn_left()
    assert reader.ask("section") == 1
    reader.turn_right()
    assert reader.ask("section") == 0


@every_engine
def test_the_next_page_of_the_text_is_on_the_left(reader: Reader) -> None:
    to_the_text(reader)
    assert reader.seen("h1")
    # What is not on this page waits on its left, and nothing waits on its right.
    boxes = reader.probe("probe.all('.body p').map(paragraph => probe.place(paragraph))")
    assert any(box["right"] <= 0 for box in boxes)
    assert not any(box["left"] >= judge.WINDOW["width"] for box in boxes)


@every_engine
def test_the_page_on_the_left_is_the_next_one(reader: Reader) -> None:
    to_the_text(reader)
    before = reader.ask("position")
    reader.turn_left()
    assert reader.ask("position") > before
    assert reader.seen("h1") == []
    assert reader.seen(".body p")
    reader.turn_right()
    assert reader.seen("h1")


@every_engine
def test_the_left_leads_from_the_cover_over_the_contents_to_the_text(reader: Reader) -> None:
    reader.turn_left()
    assert reader.seen("nav a")[0].startswith("من الخرقة")
    for _ in range(3):  # the contents may take two pages
        if reader.ask("section") < 2:
            reader.turn_left()
    assert reader.seen("h1")[0].startswith("من الخرقة")


@every_engine
def test_the_text_is_in_our_font_and_right_to_left(reader: Reader) -> None:
    to_the_text(reader)
    fonts = reader.probe("probe.fonts()")
    assert fonts["family"].startswith(("Amiri", '"Amiri"'))
    assert "Amiri loaded" in fonts["faces"]
    assert reader.probe("getComputedStyle(probe.all('.body p')[0]).direction") == "rtl"
    assert reader.probe("probe.all('html')[0].lang") == "ar"


@every_engine
def test_arabic_letters_are_joined(reader: Reader) -> None:
    to_the_text(reader)
    word = "مستقبلهم"
    joined = reader.probe(f"probe.width('{word}')")
    apart = sum(reader.probe(f"probe.width('{letter}')") for letter in word)
    assert 0 < joined < 0.75 * apart


@pytest.mark.parametrize(
    "engine",
    [
        FOLIATE,
        EPUBJS,
        THORIUM,
        # Inside a right-to-left chapter `go_id` of its ColumnSnapper takes a negative offset for
        # a positive one, and shows the chapter's first page, whatever the book.
        pytest.param(READIUM, marks=pytest.mark.xfail(strict=True, raises=AssertionError)),
    ],
)
def test_every_line_of_the_contents_leads_to_its_heading(reader: Reader) -> None:
    lines = reader.contents()
    assert len(lines) > 3
    for line in lines:
        reader.go_to(line.href)
        assert line.label in reader.seen("h1, h2, h3"), line


@every_engine
def test_the_cover_is_known_to_the_reader(reader: Reader) -> None:
    assert reader.ask("hasCover")


@every_engine
def test_every_line_of_the_contents_is_a_heading_of_the_text(reader: Reader) -> None:
    to_the_text(reader)
    assert [line.label for line in reader.contents()] == reader.probe(
        "probe.all('h1, h2, h3').map(probe.text)"
    )


@pytest.mark.parametrize("engine", SEARCHING)
def test_words_are_found(reader: Reader) -> None:
    assert reader.ask("search", "الورق") > 3
    assert reader.ask("search", "كلمةلاوجودلها") == 0


def press_the_first_note(reader: Reader) -> None:
    to_the_text(reader)
    reader.probe("probe.all('a[role=doc-noteref]')[0].click()")
    reader.settle()
    reader.settle()


@pytest.mark.parametrize("engine", [FOLIATE, THORIUM])
def test_a_note_pops_up(engine: str, started: Browser, books: dict[str, bytes]) -> None:
    with judge.opened(started, books["everything"], engine=engine) as reader:
        press_the_first_note(reader)
        assert "فقرة ثانية" in str(reader.ask("note"))


def test_a_note_leads_to_its_words(started: Browser, books: dict[str, bytes]) -> None:
    with judge.opened(started, books["everything"], engine=EPUBJS) as reader:
        press_the_first_note(reader)
        assert any("فقرة ثانية" in note for note in reader.seen("aside[role=doc-footnote]"))


@every_engine
def test_night_mode_turns_text_links_and_borders(
    engine: str, started: Browser, books: dict[str, bytes]
) -> None:
    """A reader of the night sets ground and colour on the body alone: everything must follow."""
    with judge.opened(started, books["everything"], engine=engine) as reader:
        to_the_text(reader)
        reader.probe(
            "probe.all('body').forEach(body => {"
            " body.style.setProperty('background', '#000', 'important');"
            " body.style.setProperty('color', 'rgb(200, 200, 200)', 'important') })"
        )
        colours = reader.probe(
            "[...new Set(probe.all('.body *, .title-block *, .notes *, .source-note *')"
            ".flatMap(one => { const style = getComputedStyle(one);"
            " const border = parseFloat(style.borderTopWidth) ? [style.borderTopColor] : [];"
            " return [style.color, ...border] }))]"
        )
        assert colours == ["rgb(200, 200, 200)"]
        grounds = reader.probe(
            "[...new Set(probe.all('.body *').map(one => getComputedStyle(one).backgroundColor))]"
        )
        assert grounds == ["rgba(0, 0, 0, 0)"]
