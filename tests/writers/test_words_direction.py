"""Words of another script in an item, a cell or a heading keep their marks on the right side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pymupdf
import pypdfium2
import pytest
from lxml import etree

from exporter import publication, themes
from exporter.arabic.bidi import content_direction
from exporter.article import Block, Direction, Heading, List, Paragraph, Table, Text
from exporter.choices import Settings
from exporter.publication import Cover
from exporter.rendering import render_paper
from exporter.transforms import transform
from tests.writers.book import NAMESPACES, documents, unpacked, written
from tests.writers.page import PROSE, article, make, p

LATIN = "Image editor (free)."
BOXES: dict[str, Block] = {
    "item": List(((p(LATIN),),)),
    "cell": Table((((Text("محرر"),), (Text(LATIN),)),)),
    "heading": Heading((Text(LATIN),)),
    "paragraph": p(LATIN),
}


@pytest.mark.parametrize("name", BOXES)
def test_the_full_stop_of_latin_words_is_at_their_right(name: str) -> None:
    lead = p("هذه فقرة عربية تسبق ما فيها من كلام آخر، وتليها أخرى مثلها.")
    made = make(article(lead, BOXES[name], Paragraph((Text("خاتمة."),))))  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(made.data) as document:
        page = document[0].get_textpage()
        shown = "".join(letter for _, letter in sorted(_letters_of(page, "editor")))
    # pdfium mirrors brackets.
    assert LATIN.translate(_NO_BRACKETS) in shown


_NO_BRACKETS = dict.fromkeys(map(ord, "() "))


MARKS = re.compile("[\u200e\u200f]")
SENTENCE = "The word الفصاحة is of use in a paper."


@pytest.mark.parametrize("name", BOXES)
def test_a_sentence_that_quotes_arabic_words_runs_from_left_to_right(name: str) -> None:
    box = {
        "item": List(((p(SENTENCE),),)),
        "cell": Table((((Text("محرر"),), (Text(SENTENCE),)),)),
        "heading": Heading((Text(SENTENCE),)),
        "paragraph": p(SENTENCE),
    }[name]
    made = make(article(p("هذه فقرة عربية تسبق."), box, p("خاتمة.")), page="a4")  # type: ignore[arg-type]
    with pymupdf.open(stream=made.data) as document:
        words = {MARKS.sub("", word[4]): word[0] for word in document[0].get_text("words")}
    places = [words[word] for word in ("word", "الفصاحة", "use", "paper.")]
    assert places == sorted(places)


def test_the_full_stop_of_a_sentence_that_quotes_arabic_is_a_latin_one() -> None:
    plain = "The word is of use in a paper."
    lead = p("هذه فقرة عربية تسبق ما فيها من كلام آخر")
    made = make(article(lead, p(plain), p(SENTENCE), List(((p(SENTENCE),),))), page="a4")  # type: ignore[arg-type]
    with pymupdf.open(stream=made.data) as document:
        page = document[0]
        heights = [_ink_height(page, box) for box in page.search_for("paper.")]
    assert len(heights) == 3
    assert len({*heights}) == 1


def _ink_height(page: pymupdf.Page, box: pymupdf.Rect) -> int:
    """Return how far over the foot of its box the ink of the full stop at its right end is."""
    scale = 20
    clip = pymupdf.Rect(box.x1 - 2, box.y0, box.x1 + 1, box.y1)
    picture = page.get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), clip=clip, colorspace=pymupdf.csGRAY
    )
    rows = [
        row
        for row in range(picture.height)
        if min(picture.samples[row * picture.stride :][: picture.width]) < 128
    ]
    return int(picture.height) - rows[0]


def test_a_sentence_that_quotes_arabic_says_both_languages() -> None:
    body = List(((p(SENTENCE),),))
    chapter = written(transform(article(p(SENTENCE), body)))  # type: ignore[arg-type]
    root = documents(unpacked(chapter.data))["EPUB/text/article-001.xhtml"]
    for path in ("//h:div[@class='body']/h:p", "//h:li/h:span"):
        (sentence,) = root.iterfind(f".{path}", NAMESPACES)
        assert sentence.get("lang") == "en"
        (quoted,) = sentence
        assert (quoted.text, quoted.get("lang")) == ("الفصاحة", "ar")


def _letters_of(page: pypdfium2.PdfTextPage, word: str) -> Iterator[tuple[float, str]]:
    """Yield where the letters stand of the line that has a word."""
    first, _ = page.search(word).get_next()
    _, bottom, _, top = page.get_charbox(first)
    for number in range(page.count_chars()):
        left, lower, _, upper = page.get_charbox(number)
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(page, number))
        if (letter.isalnum() or letter == ".") and bottom - 3 < (lower + upper) / 2 < top + 3:
            yield left, letter


@pytest.mark.parametrize(
    ("text", "default", "direction"),
    [
        (LATIN, Direction.RTL, Direction.LTR),
        ("Visual Studio Code", Direction.RTL, Direction.RTL),
        ("محرر Vim (حر).", Direction.RTL, Direction.RTL),
        ("94.6%", Direction.RTL, Direction.RTL),
        (SENTENCE, Direction.RTL, Direction.LTR),
        ("«كتاب»،", Direction.LTR, Direction.RTL),
        ("", Direction.RTL, Direction.RTL),
    ],
)
def test_the_direction_of_words_is_that_of_all_their_letters(
    text: str, default: Direction, direction: Direction
) -> None:
    assert content_direction(text, default=default) is direction


def test_the_spaces_of_a_latin_item_are_not_stretched() -> None:
    reference = "Marwan, Layla. Line spacing and Arabic dots of the old presses. Tyre: Cedar Press."
    items = List((((Paragraph((Text(reference),))),),))
    spaces = [
        right - left
        for line in _lines_of_words(make(article(p("تمهيد."), items), page="a5").data)  # type: ignore[arg-type]
        for (_, left), (right, _) in pairwise(line)
    ]
    assert max(spaces) < 1.2 * min(spaces)


def _lines_of_words(data: bytes) -> Iterator[list[tuple[float, float]]]:
    """Yield the edges of the Latin words of each line, in pt, from the left."""
    lines: dict[int, list[tuple[float, float]]] = {}
    with pymupdf.open(stream=data) as document:
        for left, _, right, bottom, word, *_ in document[0].get_text("words"):
            if word.isascii() and word[0].isalpha():
                lines.setdefault(round(bottom), []).append((left, right))
    yield from map(sorted, lines.values())


def test_an_english_title_that_quotes_arabic_is_one_sentence_in_the_running_head_too() -> None:
    title = "A short guide to what the readers of كتاب الحيوان should know"
    theme = themes.load("naskh", Settings(page="a5"))
    bound = publication.single(article(p(PROSE * 8), title=title), cover=Cover())
    page = etree.HTML(render_paper(bound, theme))
    (head,) = page.iterfind(".//*[@class='running-title']/*")
    assert (head.get("dir"), head.get("lang")) == ("ltr", "en")
    assert [one.get("lang") for one in head.iterfind(".//*[@dir='rtl']")] == ["ar"]
    with pymupdf.open(stream=make(article(p(PROSE * 8), title=title), page="a5").data) as document:
        assert "the readers of كتاب الحيوان" in document[1].get_text()
