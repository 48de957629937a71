"""Pages laid out by the engine, and what stands where on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import line_size

from exporter import fonts
from exporter.typesetting.engine import HOOKS, Engine
from exporter.typesetting.hooks import Hook, Hooks

CSS = """
@page { size: 300px 400px; margin: 20px }
html { font: 16px Amiri }
body { margin: 0 } p { margin: 0; text-align: justify }
"""
PAGE = '<html lang="ar" dir="{direction}"><body>{body}</body></html>'


# Words are stretched only where what draws them keeps the strokes out of the text: this draws as
# stock does, and says that it doesn't.
STAND_IN = Hook("weasyprint.draw.text", "draw_first_line", "1bb8eae6d88e71b1", lambda stock: stock)
ALL = HOOKS


@cache
def engine(hooks: Sequence[Hook] = ALL) -> Engine:
    """An engine with these hooks only."""
    made = Engine([face.path for family in fonts.families() for face in family.faces])
    made._hooks = Hooks(hooks)
    return made


def lay_out(
    body: str, *, css: str = CSS, direction: str = "rtl", hooks: Sequence[Hook] = ALL
) -> Document:
    page = PAGE.format(body=body, direction=direction)
    return engine(tuple(hooks)).lay_out(page, css=css, resources={})


def pdf(body: str, *, css: str = CSS, direction: str = "rtl", hooks: Sequence[Hook] = ALL) -> bytes:
    page = PAGE.format(body=body, direction=direction)
    return engine(tuple(hooks)).render_pdf(page, css=css)


def lines(document: Document) -> Iterator[boxes.LineBox]:
    """Every line of text of the pages, in order."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox) and texts(box):
                yield box


def texts(line: boxes.LineBox) -> list[boxes.TextBox]:
    return [box for box in line.descendants() if isinstance(box, boxes.TextBox) and box.text]


def drawn(line: boxes.LineBox) -> str:
    """The characters that are drawn, with the tatweels."""
    return "".join(text.pango_layout.text for text in texts(line))


def drawn_width(text: boxes.TextBox) -> float:
    text.pango_layout.reactivate(text.style)
    line, _ = text.pango_layout.get_first_line()
    width, _ = line_size(line, text.style)
    text.pango_layout.deactivate()
    return float(width)


def edges(line: boxes.LineBox) -> tuple[float, float]:
    """The left and the right edge of the line's text."""
    found = texts(line)
    return (
        min(text.position_x for text in found),
        max(text.position_x + text.width for text in found),
    )
