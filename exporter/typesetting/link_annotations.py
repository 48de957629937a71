"""One annotation a link, whatever is inside it.

Stock WeasyPrint 70 gives every inline box inside a link an annotation of its own, tagged as Span:
PDF/UA-1 §7.18.5 wants each in a Link element, and a screen reader would read the link twice.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from exporter.typesetting.hooks import Function, Hook


def _make(stock: Function) -> Function:
    def gather_anchors(
        box: Any,
        anchors: Any,
        links: Any,
        bookmarks: Any,
        forms: Any,
        parent_matrix: Any = None,
        parent_form: Any = None,
        parent_link: Any = None,
    ) -> None:
        is_part = isinstance(box, boxes.InlineBox) or box.is_absolutely_positioned()
        inside = parent_link and is_part
        link = None if inside else parent_link
        stock(box, anchors, links, bookmarks, forms, parent_matrix, parent_form, link)

    return gather_anchors


HOOK = Hook("weasyprint.anchors", "gather_anchors", "373f8c676f27da3b", _make)
