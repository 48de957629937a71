"""Right-to-left lines laid out once, and what each knows of the one above it.

Stock WeasyPrint 70 lays out every right-to-left line twice: it looks whether floats have moved the
line by comparing its right edge with the left one, finds a difference and begins anew. Nothing
comes out otherwise the second time. Here right edges are compared, and layout takes two thirds of
the time.

Lines of titles are balanced on the way (`balance.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from math import inf
from typing import Any

from exporter.typesetting.balance import balanced
from exporter.typesetting.hooks import Function, Hook, edited

Span = tuple[float, float]
"""Where a kashida stands: from and to, as distances from the right edge of its line."""

_above: ContextVar[tuple[Span, ...]] = ContextVar("exporter_kashidas_above", default=())


def above() -> tuple[Span, ...]:
    """Return where the kashidas of the line above stand, in the same paragraph."""
    return _above.get()


def _make_once(stock: Function) -> Function:
    return edited(
        stock,
        line="condition = (position_x + line.width, position_y) == (\n"
        "                original_position_x + original_width, original_position_y)",
        by="condition = (position_x, position_y) == (\n"
        "                original_position_x, original_position_y)",
    )


def _make_above(stock: Function) -> Function:
    def iter_line_boxes(context: Any, box: Any, position_y: float, *args: Any) -> Iterator[Any]:
        bottom_space, skip_stack, block, _, _, *styles = args

        def tried(narrowed: Any) -> Iterator[Any]:
            found: Iterator[Any] = stock(
                context, box, position_y, -inf, None, narrowed, [], [], *styles
            )
            return found

        block = balanced(block, tried)
        lines = stock(context, box, position_y, bottom_space, skip_stack, block, *args[3:])
        # Lines after the first can be laid out again, on the next page or in another column.
        kashidas: dict[str, tuple[Span, ...]] = box.__dict__.setdefault("kashidas_before", {})
        position = repr(skip_stack)
        while True:
            token = _above.set(kashidas.get(position, ()))
            try:
                line, resume_at = next(lines)
            except StopIteration:
                return
            finally:
                _above.reset(token)
            position = repr(resume_at)
            kashidas[position] = getattr(line, "kashidas", ())
            yield line, resume_at

    return iter_line_boxes


ONCE = Hook("weasyprint.layout.inline", "get_next_linebox", "67af458c2545e74f", _make_once)
ABOVE = Hook("weasyprint.layout.block", "iter_line_boxes", "04aec48abfcad809", _make_above)
