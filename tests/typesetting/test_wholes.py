"""A block that is kept whole leaves no more of a page empty than it is worth."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from weasyprint.formatting_structure import boxes

from exporter.article import Article, Metadata, Table, Text
from exporter.typesetting import wholes
from exporter.typesetting.hooks import Hook
from tests.typesetting.layout import ALL, drawn, lay_out
from tests.writers import paper
from tests.writers.page import METADATA, p

CSS = """
@page { size: 300px 400px; margin: 20px }
html { font: 16px/20px Amiri }
body, p { margin: 0 }
p { orphans: 2; widows: 2 }
table { border-collapse: collapse }
td { padding: 0 }
caption { break-after: avoid }
.whole { break-inside: avoid; --whole: 50% }
.note { float: footnote; footnote-policy: line }
.note::footnote-call { line-height: 0; vertical-align: baseline }
"""
"""Of pages that hold 18 lines."""
STOCK = tuple(hook for hook in ALL if hook is not wholes.HOOK)
TITLE_ALONE = Metadata(title=METADATA.title, language="ar")


def body(before: int, rows: int, *, cell: str = "خلية", name: str = "whole") -> str:
    """As many lines, and a table of as many rows with its caption."""
    cells = "".join(f"<tr><td>{cell}</td></tr>" for _ in range(rows))
    lines = "<br>".join(["سطر"] * before)
    return f"<p>{lines}</p><table class='{name}'><caption>شرح</caption>{cells}</table><p>بعده</p>"


def pages(html: str, *, hooks: Sequence[Hook] = ALL) -> list[list[str]]:
    """The lines of each page, without those of its notes."""
    return [
        [
            drawn(box)
            for part in page._page_box.children
            if not isinstance(part, (boxes.MarginBox, boxes.FootnoteAreaBox))
            for box in part.descendants()
            if isinstance(box, boxes.LineBox)
        ]
        for page in lay_out(html, css=CSS, hooks=hooks).pages
    ]


def test_a_block_of_more_than_half_a_page_begins_where_it_stands() -> None:
    html = body(9, 10)
    first, last = pages(html)
    assert first == ["سطر"] * 9 + ["شرح"] + ["خلية"] * 8
    assert last == ["خلية"] * 2 + ["بعده"]
    assert pages(html, hooks=STOCK)[0] == ["سطر"] * 9


def test_no_caption_stands_alone_on_its_page() -> None:
    html = body(15, 17).replace("<p>", "<p style='break-after: page'>", 1)
    _, first, last = pages(html)
    assert first == ["شرح"] + ["خلية"] * 17
    assert last == ["بعده"]
    longer = body(15, 18).replace("<p>", "<p style='break-after: page'>", 1)
    assert pages(longer)[1] == first
    assert pages(longer, hooks=STOCK)[1] == ["شرح"]


def test_the_notes_of_a_block_are_part_of_its_height() -> None:
    noted = f"خلية<span class=note>{'حاشية ' * 3}</span>"
    html = body(8, 5, cell=noted)
    first, last = pages(html)
    assert 10 < len(first) < 15
    assert len(first) + len(last) == 15
    document = lay_out(html, css=CSS)
    for page in document.pages:
        tags = [box.element_tag or "" for box in page._page_box.descendants()]
        calls, notes = (
            sum(tag.endswith(f"::footnote-{pseudo}") for tag in tags)
            for pseudo in ("call", "marker")
        )
        assert calls == notes


@pytest.mark.parametrize(
    "html",
    [
        body(12, 8),  # not half a page
        body(12, 10),  # not a third of a page is left
        body(9, 10, name="kept"),  # doesn't say how long it may be
        body(2, 10),  # finds room
        f"<div style='columns: 2'>{body(9, 10)}{body(9, 10)}</div>",
    ],
)
def test_another_page_is_the_same_with_the_hook_and_without(html: str) -> None:
    html = html.replace("class='kept'", "style='break-inside: avoid'")
    assert pages(html) == pages(html, hooks=STOCK)


@pytest.mark.parametrize(("theme", "page"), [("naskh", "a5"), ("bahth", "a5"), ("sahafa", "a4")])
def test_a_long_table_of_few_rows_begins_below_the_text(theme: str, page: str) -> None:
    cell = (Text("كلام في خلية يمتد على أسطر " * (3 if theme == "sahafa" else 1)),)
    table = Table(rows=((cell,) * 5,) * 10, header=((Text("عمود"),),) * 5)
    before = tuple(p("سطر قبل الجدول") for _ in range(24 if theme == "sahafa" else 2))
    document = paper.laid_out(Article(TITLE_ALONE, (*before, table)), theme=theme, page=page)
    rows = [
        sum(isinstance(box, boxes.TableRowBox) for box in page._page_box.descendants())
        for page in document.pages
    ]
    assert rows[0] > 2
    assert sum(rows) == 12, "the header twice"
