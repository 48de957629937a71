"""How even the word spaces of justified Arabic are, with kashida and without, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import pvariance

import pymupdf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from benchmarks.peers import Column, Maker, peers
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
_SIZE, _NARROWEST = 12.5, 0.1


@dataclass(frozen=True, slots=True)
class Lines:
    """The justified lines of a page: what their spaces are widened by, in em, and more."""

    widened: Sequence[float]
    stretched: float
    off: float
    """The share of lines with a kashida, and the farthest that one misses its column, in px."""


def _paragraphs() -> Sequence[str]:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if len(line) > 200]


def html() -> str:
    """Return the running prose of the sample."""
    prose = "".join(f"<p>{line}</p>" for line in _paragraphs())
    return f'<html lang="ar" dir="rtl"><body>{prose}</body></html>'


def css(font: str, *, width: int, kashida: str) -> str:
    """Return the style sheet of a column."""
    return _CSS.format(page=width + 36, font=font, kashida=kashida)


def measure(engine: Engine, font: str, *, width: int, kashida: str) -> Lines:
    """Lay out the sample in a column and measure its lines."""
    sheet = css(font, width=width, kashida=kashida)
    document = engine.lay_out(html(), css=sheet, resources={})
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


def peers_table(engine: Engine, families: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the table that sets the PDFs of several programs side by side."""
    makers: dict[str, Maker] = {
        "kashida": lambda column: _ours(engine, column, kashida="prose"),
        "spaces alone": lambda column: _ours(engine, column, kashida="none"),
        **peers(),
    }
    yield f"| font | column | {' | '.join(makers)} |"
    yield f"| --- | --- |{' --- |' * len(makers)}"
    text = "\n".join(_paragraphs())
    for font in families:
        for width in WIDTHS:
            column = Column(text, font, page_width=width + 36)
            spaces = [drawn_spaces(maker(column), width=width) for maker in makers.values()]
            cells = " | ".join(f"{pvariance(one):.4f} em², {max(one):.2f} em" for one in spaces)
            yield f"| {font} | {width} mm | {cells} |"


def _ours(engine: Engine, column: Column, *, kashida: str) -> bytes:
    sheet = css(column.font, width=round(column.page_width) - 36, kashida=kashida)
    return engine.render_pdf(html(), css=sheet)


def drawn_spaces(pdf: bytes, *, width: float) -> Sequence[float]:
    """Return how wide the spaces of the full lines of a PDF are drawn, in em.

    What stands between the advance boxes of two glyphs is a space: letters of one word touch.
    """
    with pymupdf.open(stream=pdf) as document:
        lines = [line for page in document for line in _glyph_lines(page)]
    return [space for line in lines if _is_full(line, width) for space in _gaps(line)]


def _glyph_lines(page: pymupdf.Page) -> Iterator[Sequence[tuple[float, float]]]:
    """Yield the extents of the glyphs of each line, from left to right, in points."""
    glyphs = sorted(
        (baseline, left, right)
        for span in page.get_texttrace()
        for code, _, (_, baseline), (left, _, right, _) in span["chars"]
        if not chr(max(code, 0)).isspace()
    )
    row: list[tuple[float, float]] = []
    last = 0.0
    for baseline, left, right in glyphs:
        if row and baseline - last > _SIZE / 3:  # a face may raise some of its letters
            yield sorted(row)
            row = []
        row.append((left, right))
        last = baseline
    yield sorted(row)


def _is_full(line: Sequence[tuple[float, float]], width: float) -> bool:
    return max(right for _, right in line) - line[0][0] > width / 25.4 * 72 - 1


def _gaps(line: Sequence[tuple[float, float]]) -> Iterator[float]:
    end = line[0][1]
    for left, right in line[1:]:
        if left - end > _NARROWEST * _SIZE:
            yield (left - end) / _SIZE
        end = max(end, right)


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
