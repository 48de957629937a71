"""A figure stays on its page, drawn somewhat smaller, where it would leave a half of it empty."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from exporter.article import Article, Block, Figure, Image, Resource, Text
from exporter.typesetting import figures
from exporter.typesetting.hooks import Hook
from tests.pictures import samples
from tests.test_bundled_themes import laid_out
from tests.typesetting.layout import ALL, drawn, lay_out, lines
from tests.writers import paper
from tests.writers.page import METADATA, p

PNG = samples.file("PNG", samples.drawn(size=(160, 200)))
SOURCE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
CSS = """
@page { size: 300px 400px; margin: 20px }
html { font: 16px/20px Amiri }
body, p, figure { margin: 0 }
p { orphans: 2; widows: 2 }
figure { break-inside: avoid }
figure > img { --smallest: 65%; vertical-align: top }
.note { float: footnote; footnote-policy: line }
"""
PAGE = 360
LINE = 20
CAPTION = "<figcaption>شرح الصورة</figcaption>"


@dataclass(frozen=True)
class Drawn:
    """A picture where it is drawn."""

    page: int
    width: float
    height: float
    bottom: float


def body(lines_before: int, *, caption: str = CAPTION, after: str = "<p>بعدها</p>") -> str:
    """As many lines, a figure of 200 px with its caption, and what comes after."""
    before = "<br>".join(["سطر"] * lines_before)
    return f"<p>{before}</p><figure><img src='{SOURCE}' alt=''>{caption}</figure>{after}"


def pictures(document: Document) -> Iterator[Drawn]:
    for number, page in enumerate(document.pages, start=1):
        for box in page._page_box.descendants():
            if isinstance(box, boxes.ReplacedBox):
                bottom = box.position_y + box.margin_height()
                yield Drawn(number, box.width, box.height, bottom)


def picture(html: str, *, css: str = CSS, hooks: Sequence[Hook] = ALL) -> Drawn:
    (found,) = pictures(lay_out(html, css=css, hooks=hooks))
    return found


def test_a_figure_that_finds_room_has_its_size() -> None:
    found = picture(body((PAGE - 200 - LINE) // LINE))
    assert (found.page, found.width, found.height) == (1, 160, 200)


@pytest.mark.parametrize("too_many", [1, 2, 3])
def test_a_figure_with_too_little_room_is_drawn_as_large_as_it_finds_room(too_many: int) -> None:
    found = picture(body((PAGE - 200 - LINE) // LINE + too_many))
    assert found.page == 1
    assert found.height == pytest.approx(200 - LINE * too_many, abs=0.1)
    assert found.width / found.height == pytest.approx(160 / 200)


def test_a_figure_goes_to_the_next_page_in_its_size_rather_than_become_too_small() -> None:
    found = picture(body((PAGE - 200 - LINE) // LINE + 4))
    assert (found.page, found.width, found.height) == (2, 160, 200)


def test_a_figure_that_nobody_wants_smaller_goes_to_the_next_page() -> None:
    html = body((PAGE - 200 - LINE) // LINE + 1)
    assert picture(html, css=CSS.replace("65%", "100%")).page == 2
    assert picture(html, css=CSS.replace("--smallest", "--other")).page == 2


def test_the_text_keeps_its_order_and_goes_on_after_the_figure() -> None:
    html = body((PAGE - 200 - LINE) // LINE + 2, after="<p>أول</p><p>ثان</p>")
    stock = tuple(hook for hook in ALL if hook is not figures.HOOK)
    ours, theirs = (lay_out(html, css=CSS, hooks=hooks) for hooks in (ALL, stock))
    assert [drawn(line) for line in lines(ours)] == [drawn(line) for line in lines(theirs)]
    assert {one.page for one in pictures(ours)} != {one.page for one in pictures(theirs)}


def test_the_note_of_a_caption_takes_its_part_of_the_room() -> None:
    caption = "<figcaption>شرح<span class=note>حاشية</span></figcaption>"
    document = lay_out(body((PAGE - 200 - LINE) // LINE, caption=caption), css=CSS)
    (found,) = pictures(document)
    assert found.page == 1
    assert 130 < found.height < 200
    inside = list(document.pages[0]._page_box.descendants())
    (area,) = (box for box in inside if isinstance(box, boxes.FootnoteAreaBox))
    caption_box = next(box for box in inside if box.element_tag == "figcaption")
    foot = caption_box.position_y + caption_box.height
    assert foot == pytest.approx(area.position_y, abs=0.1)
    assert sum("حاشية" in drawn(line) for line in lines(document)) == 1


def test_a_caption_with_a_rule_under_it_finds_room_too() -> None:
    css = f"{CSS} figcaption {{ border-bottom: 1px solid; padding-bottom: 6px }}"
    found = picture(body((PAGE - 200 - LINE) // LINE + 1), css=css)
    assert found.page == 1
    assert found.bottom + LINE + 7 <= 380


def test_a_picture_in_a_box_that_stays_whole_makes_room_for_all_of_it() -> None:
    css = f"{CSS} aside {{ break-inside: avoid; padding: 5px }}"
    words = f"<aside><figure><img src='{SOURCE}' alt=''></figure><p>كلام</p></aside>"
    found = picture(f"<p>{'سطر<br>' * 7}</p>{words}", css=css)
    assert found.page == 1
    assert 130 < found.height < 200


def test_pictures_in_columns_have_their_size() -> None:
    css = f"{CSS} body {{ columns: 2; column-gap: 10px }} img {{ width: 120px; height: 150px }}"
    for count in range(12, 40):
        assert picture(body(count), css=css).height == 150


@pytest.mark.parametrize(
    ("theme", "page"), [("bahth", "a4"), ("naskh", "a5"), ("sahafa", "a5"), ("kabir", "a4")]
)
def test_the_figure_of_the_paper_leaves_no_half_of_a_page_empty(theme: str, page: str) -> None:
    document = laid_out("paper", theme, page)
    (found,) = pictures(document)
    before = document.pages[found.page - 2]._page_box
    lowest = max(
        line.position_y + line.height
        for line in lines(document)
        if line in set(before.descendants())
    )
    assert lowest > before.content_box_y() + before.height * 0.75


def heights(theme: str) -> set[int]:
    """How high a picture is drawn after one to twelve paragraphs."""
    resource = Resource("a.png", "image/png", samples.file("PNG", samples.drawn(size=(800, 600))))
    figure = Figure(Image("a", ""), (Text("شرح الصورة"),))
    found = set()
    for count in range(1, 13):
        body: list[Block] = [p("كلام يملأ الأسطر حتى تنتهي. " * 4)] * count
        body += [figure, p("بعدها")]
        document = paper.laid_out(Article(METADATA, tuple(body), {}, {"a": resource}), theme=theme)
        found |= {round(one.height) for one in pictures(document) if one.height > 100}
    return found


def test_no_picture_of_large_print_is_drawn_smaller() -> None:
    assert len(heights("kabir")) == 1
    assert len(heights("naskh")) > 1
