"""The indent of a right-to-left paragraph at its right end, where its first line begins.

Stock WeasyPrint 70 makes the line narrower by `text-indent` and then leaves the gap at its left.
"""

from __future__ import annotations

from typing import Any

from exporter.typesetting.hooks import Function, Hook


def _make(stock: Function) -> Function:
    def text_align(context: Any, line: Any, *args: Any, **kwargs: Any) -> float:
        if line.text_indent and line.style["direction"] == "rtl":
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(dx=-line.text_indent, ignore_floats=True)
        offset: float = stock(context, line, *args, **kwargs)
        return offset

    return text_align


HOOK = Hook("weasyprint.layout.inline", "text_align", "e953d41b87ccfc30", _make)
