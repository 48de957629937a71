"""Running heads: taken from a page without laying it out again, and left out of parts of a book.

Stock WeasyPrint 70 lays out every page twice on which a running element stands for the first time,
as it does for notes, whose area takes room on the page. A head takes none. The same function looks
through the anchors of all pages for each page (`long_documents.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from exporter.typesetting.hooks import Function, Hook, edited_lines
from exporter.typesetting.long_documents import ANCHORS, STOCK_ANCHORS

_LINE = "if runnings := running_elements[name]:"
_NOTES_ALONE = """if runnings := [
                    one for one in running_elements[name] or () if one.is_note()
                ]:"""

_left_out: ContextVar[bool] = ContextVar("exporter_margin_boxes_left_out", default=False)


@contextmanager
def margin_boxes_left_out() -> Iterator[None]:
    """Lay out pages in this block without heads and folios."""
    token = _left_out.set(True)
    try:
        yield
    finally:
        _left_out.reset(token)


def _make_page(stock: Function) -> Function:
    return edited_lines(stock, {_LINE: _NOTES_ALONE, STOCK_ANCHORS: ANCHORS})


def _make_margin_boxes(stock: Function) -> Function:
    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterable[Any]:
        made: Iterable[Any] = () if _left_out.get() else stock(context, page, state)
        return made

    return make_margin_boxes


HOOKS = (
    Hook("weasyprint.layout.page", "make_page", "656f183328e8b1b5", _make_page),
    Hook("weasyprint.layout", "make_margin_boxes", "4a2d2e301eb3bc47", _make_margin_boxes),
)
