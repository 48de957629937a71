"""How even the word spaces of justified Arabic are, with kashida and without, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import pvariance

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from exporter import fonts
from exporter.typesetting.engine import Engine
from exporter.typesetting.hooks import Hooks

SAMPLE = Path(__file__).parents[1] / "seeds" / "long-read.txt"
WIDTHS = (112, 80, 55)
"""Columns in mm; the first is that of the theme `naskh` on A5."""

_CSS = """
@page {{ size: {page}mm 210mm; margin: 20mm 18mm 23mm }}
html {{ font: 12.5pt/1.78 "{font}"; --kashida: {kashida} }}
body {{ margin: 0 }} p {{ margin: 0; text-align: justify }}
"""
_ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Lines:
    """The justified lines of a page: what their spaces are widened by, in em, and more."""

    widened: Sequence[float]
    stretched: float
    off: float
    """The share of lines with a kashida, and the farthest that one misses its column, in px."""


def html() -> str:
    """Return the running prose of the sample."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    prose = "".join(f"<p>{line}</p>" for line in lines if len(line) > 200)
    return f'<html lang="ar" dir="rtl"><body>{prose}</body></html>'


def css(font: str, *, width: int, kashida: str) -> str:
    """Return the style sheet of a column."""
    return _CSS.format(page=width + 36, font=font, kashida=kashida)


def measure(engine: Engine, font: str, *, width: int, kashida: str) -> Lines:
    """Lay out the sample in a column and measure its lines."""
    sheet = css(font, width=width, kashida=kashida)
    document = engine.lay_out(html(), css=sheet, resources={}, variant=None)
    widened, stretched, off = [], 0, 0.0
    for line in _justified(document):
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        widened.append(texts[0].justification_spacing / line.style["font_size"])
        stretched += any(getattr(text.pango_layout, "kashidas", ()) for text in texts)
        off = max(off, abs(line.width - width / 25.4 * 96))
    return Lines(widened, stretched / len(widened), off)


def _justified(document: Document) -> Iterator[boxes.LineBox]:
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - WeasyPrint shows it no other way
            if box.element_tag == "p" and isinstance(box, boxes.BlockBox):
                yield from (line for line in box.children if line.resume_at is not None)


def spaces_table(engine: Engine, families: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| font | column | lines | variance of the spaces | widest space | lines with a kashida |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for font in families:
        for width in WIDTHS:
            plain = measure(engine, font, width=width, kashida="none")
            ours = measure(engine, font, width=width, kashida="prose")
            before, after = pvariance(plain.widened), pvariance(ours.widened)
            assert max(plain.off, ours.off) < 0.05  # noqa: S101 - else the table means nothing
            yield (
                f"| {font} | {width} mm | {len(plain.widened)} "
                f"| {before:.4f} → {after:.4f} em² ({after / before - 1:+.0%}) "
                f"| +{max(plain.widened):.2f} → +{max(ours.widened):.2f} em "
                f"| {ours.stretched:.0%} |"
            )


def times_table(engine: Engine) -> Iterator[str]:
    """Yield the table of times, of the processor, each the best of several rounds in turn."""
    stock = Engine([face.path for family in fonts.families() for face in family.faces])
    stock._hooks = Hooks(())  # noqa: SLF001 - nobody else wants an engine without them
    columns = {
        "WeasyPrint alone": (stock, "none"),
        "spaces": (engine, "none"),
        "kashida": (engine, "prose"),
    }
    taken: dict[str, list[float]] = {name: [] for name in columns}
    page = html()
    for _ in range(_ROUNDS):
        for name, (one, kashida) in columns.items():
            start = time.process_time()
            one.render_pdf(page, css=css("Amiri", width=WIDTHS[0], kashida=kashida))
            taken[name].append(time.process_time() - start)
    yield "| | layout and writing |"
    yield "| --- | --- |"
    for name, seconds in taken.items():
        yield f"| {name} | {min(seconds) * 1000:.0f} ms |"
