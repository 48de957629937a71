"""Justified lines as wide as their column.

Stock WeasyPrint 70 measures a line shaped as a whole and draws it cut at its spaces, where the
font's kerning across a space is lost: Amiri draws «، و» a quarter of an em wider than measured, and
the line stands out into the margin. It widens spaces only. Here words are stretched where the
style asks for it (`kashida.py`), and the line is measured as it will be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import count_expandable_spaces

from exporter.records import dataclass
from exporter.typesetting.hooks import Function, Hook
from exporter.typesetting.kashida import Kashida, Limits, kashidas_of, limits_of, stretched
from exporter.typesetting.lines import Span
from exporter.typesetting.shaping import Run, shape, stretch


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a line is justified: its texts as they are drawn, and what each space is widened by."""

    runs: Sequence[Run]
    spacing: float
    kashidas: tuple[Span, ...]


def _make(stock: Function) -> Function:
    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        if line.style["direction"] != "rtl" or not count_expandable_spaces(line):
            stock(context, line, extra_width)
            return
        texts = list(_texts(line))
        setting = _setting(context, line, texts, extra=extra_width)
        line.kashidas = setting.kashidas
        runs = dict(zip(map(id, texts), setting.runs, strict=True))
        _spread(line, spacing=setting.spacing, runs=runs)

    return justify_line


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _setting(context: Any, line: Any, texts: Sequence[Any], *, extra: float) -> _Setting:
    limits = limits_of(line)
    spaces = count_expandable_spaces(line)
    runs: Sequence[Run] = [
        # A text that can't be widened stays as it is.
        shape(context, text, text.text)
        if limits or count_expandable_spaces(text)
        else Run(text, None, text.width)
        for text in texts
    ]
    kashidas: Sequence[Kashida] = ()
    if limits:
        kashidas, runs = _stretched(context, line, runs, limits=limits, extra=extra)
    for run in runs:
        if run.layout is not None:
            run.layout.deactivate()
    spacing = (extra - _gained(runs)) / spaces
    return _Setting(runs, spacing, tuple(kashida.span for kashida in kashidas))


def _stretched(
    context: Any, line: Any, runs: Sequence[Run], *, limits: Limits, extra: float
) -> tuple[Sequence[Kashida], Sequence[Run]]:
    """Return the kashidas of a line and its texts with them."""
    spaces = count_expandable_spaces(line)
    room = extra - _gained(runs)
    while kashidas := kashidas_of(context, line, runs, limits=limits, extra=room, spaces=spaces):
        longer = [_with(context, run, number, kashidas) for number, run in enumerate(runs)]
        over = _gained(longer) - extra
        if over <= 0:
            return kashidas, longer
        # Letters take other forms beside a kashida, and may be wider in them.
        room -= over
    return (), runs


def _with(context: Any, run: Run, number: int, kashidas: Iterable[Kashida]) -> Run:
    """Return a run with its kashidas, shaped anew where it has any."""
    own = [kashida for kashida in kashidas if kashida.run == number]
    if not own:
        return run
    text, offsets = stretched(run.box.text, own)
    return stretch(context, run, text, kashidas=offsets)


def _gained(runs: Iterable[Run]) -> float:
    """Return by how much the texts are wider than they were measured."""
    gained: float = sum(run.width - run.box.width for run in runs)
    return gained


def _spread(box: Any, *, spacing: float, runs: Mapping[int, Run], advance: float = 0.0) -> float:
    """Widen the texts and move every box, from left to right; return how far the next moves."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        return advance + _widen(box, runs[id(box)], spacing)
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.translate(advance, 0)
        return advance
    box.position_x += advance
    before = advance
    rightwards = box.children[::-1] if box.style["direction"] == "rtl" else box.children
    for child in rightwards:
        if child.is_in_normal_flow():
            advance = _spread(child, spacing=spacing, runs=runs, advance=advance)
    box.width += advance - before
    return advance


def _widen(text: Any, run: Run, spacing: float) -> float:
    """Give a text the layout that draws it, and return by how much that is wider."""
    if run.layout is None:
        return 0.0
    wider: float = run.width - text.width + spacing * count_expandable_spaces(text)
    text.justification_spacing = run.layout.justification_spacing = spacing
    text.pango_layout = run.layout
    text.width += wider
    return wider


HOOK = Hook("weasyprint.layout.inline", "justify_line", "f83b21ff8793ba6b", _make)
