"""A page of a long document costs what one of a short document does, and is the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from exporter import pipeline
from exporter.notices import NoticeCode
from exporter.typesetting import long_documents, running_heads
from exporter.typesetting.hooks import Hook
from tests.typesetting.layout import ALL, PAGE, engine, lay_out

STOCK = tuple(hook for hook in ALL if hook not in {*long_documents.HOOKS, *running_heads.HOOKS})
CSS = """
@page { size: 300px 400px; margin: 20px;
  @bottom-center { content: counter(page) "/" counter(pages) } }
@page :first { margin: 60px } @page :left { @top-left { content: string(heading) } }
@page wide { size: 500px 400px; @top-left { content: "ورقة" } }
html { font: 16px Amiri } body { margin: 0 }
h2 { break-before: page; bookmark-level: 1; bookmark-label: content(text);
  string-set: heading content(text) }
h3 { bookmark-level: 2; bookmark-label: content(text) counter(page) }
h2:nth-of-type(5n) { page: wide }
a::after { content: " " target-counter(attr(href), page) }
.seal { position: fixed; bottom: 0; left: 0 } small { float: footnote }
"""
SECTION = """
<h2 id="s{0}">باب {0}</h2>
<p>نص قصير <small>حاشية</small> يليه ما بعده، <a href="#s{1}">صفحة</a>.</p>
<h3>فصل</h3><p>كلام آخر. <a href="#s{2}">صفحة</a></p>
"""


def sections(count: int) -> str:
    made = (SECTION.format(n, (n * 7) % count, (n * 3) % count) for n in range(count))
    return f'<p class="seal">ختم</p>{"".join(made)}<p class="seal">ختم ثان</p>'


def drawn(body: str, hooks: Sequence[Hook]) -> bytes:
    made = engine(tuple(hooks))
    with made._hooks.applied():
        document = made.lay_out(PAGE.format(body=body, direction="rtl"), css=CSS, resources={})
        data: bytes = document.write_pdf(pdf_identifier=b"x")
    return data


def calls(count: int) -> float:
    """How many functions are called for a page of a document of so many."""
    made = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    body = '<p style="break-after: page" id="p{}">نص</p>'
    html = "".join(body.format(number) for number in range(count))
    sys.setprofile(called)
    try:
        lay_out(html)
    finally:
        sys.setprofile(None)
    return made / count


def test_headings_notes_fixed_boxes_and_page_numbers_are_where_stock_puts_them() -> None:
    body = sections(24)
    assert drawn(body, ALL) == drawn(body, STOCK)


def test_a_page_of_many_costs_what_one_of_a_few_does() -> None:
    calls(2)
    assert calls(300) < 1.02 * calls(60)


def test_the_hooks_fit() -> None:
    assert NoticeCode.HOOK_FALLBACK not in {notice.code for notice in pipeline.engine().notices}
