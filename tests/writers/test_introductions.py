"""A paragraph that ends in a colon stands on the page of what it introduces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from weasyprint.document import Document

from exporter.article import Article, Block, Code, List, Quote, Table, Text, Verse, VerseLine
from tests.test_bundled_themes import laid_out as sample
from tests.writers.page import METADATA, p
from tests.writers.paper import laid_out, texts

_BEGIN, _END, _WORDS = "بداية", "النهاية", "كلام يملأ السطر "
_CELL, _BEGINNING = (Text(_WORDS),), (Text(f"{_BEGIN} {_WORDS}"),)
_INTRODUCED: dict[str, Block] = {
    "list": List(((p(f"{_BEGIN} {_WORDS}"),), (p(_WORDS),), (p(_WORDS),))),
    "quotation": Quote((p(f"{_BEGIN} {_WORDS * 8}"),)),
    "verse": Verse(tuple(VerseLine((_BEGINNING, _CELL)) for _ in range(3))),
    "table": Table(((_BEGINNING, _CELL), (_CELL, _CELL)), header=(_BEGINNING, _CELL)),
    "code": Code(f"{_BEGIN}\nls\nmake"),
    "paragraph": p(f"{_BEGIN} {_WORDS * 12}"),
}


def _pages_of(document: Document, word: str) -> Iterator[int]:
    for number, page in enumerate(document.pages):
        if any(word in text.text for text in texts(page._page_box)):
            yield number


@pytest.mark.parametrize("kind", _INTRODUCED)
@pytest.mark.parametrize("theme", ["naskh", "bahth", "kabir"])
def test_what_a_colon_introduces_begins_on_its_page(theme: str, kind: str) -> None:
    block = _INTRODUCED[kind]
    seen = set()
    for count in range(4, 24):
        before = tuple(p("سطر") for _ in range(count))
        body = (*before, p(f"{_WORDS * 3}{_END}:"), block, p(_WORDS * 40))
        document = laid_out(Article(METADATA, body), theme=theme, page="a5")
        end, begin = next(_pages_of(document, _END)), next(_pages_of(document, _BEGIN))
        assert begin == end
        seen.add(end)
    assert len(seen) > 1, "the colon comes to the foot of a page"


def test_what_introduces_a_table_stays_with_the_text_where_a_page_holds_few_lines() -> None:
    document = sample("saved-page", "kabir", "eink6")
    (heading,) = _pages_of(document, "الدقيق")
    assert heading in _pages_of(document, "kilowatt")
    assert next(_pages_of(document, "أيام")) == heading + 1
