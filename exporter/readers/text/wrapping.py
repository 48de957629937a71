"""Hard-wrapped text: the lines of a paragraph that was cut at a fixed width, joined again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import boilerplate_of
from exporter.arabic.dates import date_line
from exporter.arabic.names import byline
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, ending_of
from exporter.readers.text.forms import fenced, is_left_to_right
from exporter.readers.text.lines import Line

_MARKED = compiled(r"[•·▪●■*–—-]\s|\(?[\d٠-٩۰-۹]{1,3}[.)–-]|```|\S.*(?:\t|\s{3,}|\s\*{2,}\s)")
# The turn of a speaker, where the line before it is at its end.
_TURN = compiled(r"[^:]{1,30}:\s")
# A quotation that has a line of its own.
_QUOTED = compiled(r"[\"“«”][^\"“«”»]{1,200}[\"“”»]")
_NARROWEST, _WIDEST, _FULL = 50, 105, 0.75


def unwrap(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with hard-wrapped paragraphs joined into one line each.

    A run without blank lines between is wrapped when its lines are about as long as one another,
    50 to 105 characters, and do not end as sentences do; two lines alone, when other runs are.
    Narrower lines are joined where the whole text looks wrapped.
    """
    runs = [(run, _width(run)) for run in _runs(lines)]
    widest = max((width for _, width in runs), default=0)
    narrow = 0 if widest else _narrow_width([run for run, _ in runs])
    if narrow:
        runs = [(run, narrow if _is_column(run, width=narrow) else 0) for run, _ in runs]
    joined: list[Line] = []
    for run, own_width in runs:
        width = own_width or (widest if _is_broken_pair(run, width=widest) else 0)
        joined += _join(run, width=width) if width else run
    return tuple(joined)


def _columns(line: Line) -> int:
    return line.indent + len(line.text)


def _is_broken_pair(run: list[Line], *, width: int) -> bool:
    if len(run) != 2 or not width:
        return False
    first = run[0]
    is_full = 0.75 * width <= len(first.text) and max(map(_columns, run)) <= 1.15 * width
    is_open = ending_of(first.text) is not Ending.SENTENCE
    return is_full and is_open and not any(_MARKED.match(line.text) for line in run)


def _runs(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Yield the lines between blank lines; a line of code is by itself, and so never joined."""
    code = code_lines(lines)
    run: list[Line] = []
    for at, line in enumerate(lines):
        if run and (line.blank_before or at in code or at - 1 in code):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def code_lines(lines: tuple[Line, ...]) -> frozenset[int]:
    """Return where lines stand between fences, or are indented and run from left to right."""
    margin = min((line.indent for line in lines), default=0)
    indented = (
        at
        for at, line in enumerate(lines)
        if line.indent >= margin + 4 and is_left_to_right(line.text)
    )
    blocks = fenced((at, line.text) for at, line in enumerate(lines))
    return frozenset(indented).union(*(range(first, last + 1) for first, last in blocks))


def _width(run: list[Line]) -> int:
    """Return the width that a run was wrapped at, or 0 when it was not."""
    longest = max(map(_columns, run))
    if len(run) < 3 or not _NARROWEST <= longest <= _WIDEST:
        return 0
    full = [line for line in run[:-1] if _columns(line) >= _FULL * longest]
    broken = [line for line in full if ending_of(line.text) is not Ending.SENTENCE]
    is_even = len(full) >= 0.7 * (len(run) - 1)
    marked = sum(1 for line in run if _MARKED.match(line.text) or _TURN.match(line.text))
    return longest if is_even and len(broken) >= 0.6 * len(full) and marked < 0.4 * len(run) else 0


def _join(run: list[Line], *, width: int) -> Iterator[Line]:
    parts = [run[0]]
    for line in run[1:]:
        last = parts[-1]
        closed = ending_of(last.text) in (Ending.SENTENCE, Ending.CALL)
        is_end = closed and (len(last.text) < 0.75 * width or bool(_TURN.match(line.text)))
        is_end = is_end or (len(parts) == 1 and closed and bool(_QUOTED.fullmatch(last.text)))
        if is_end or line.indent > last.indent or _MARKED.match(line.text):
            yield _joined(parts)
            parts = []
        parts.append(line)
    yield _joined(parts)


def _joined(parts: list[Line]) -> Line:
    first = parts[0]
    return replace(first, text=" ".join(line.text for line in parts))


# --- narrow columns: a letter, or the text of a page with two columns ------------------------

_NARROWEST_COLUMN, _FEWEST_BREAKS = 24, 6
_WHOLE_SHARE = 0.85


def _narrow_width(runs: list[list[Line]]) -> int:
    """Return the width of the column that a whole text is set in, or 0 without one.

    Paragraphs end as sentences do, some of them before the line is full; the lines in them do
    not, and the next line's first word would not have fitted. Verse breaks its lines elsewhere.
    """
    paragraphs = [run for run in runs if len(run) > 1 and not _are_credits(run)]
    width = max((_columns(line) for run in paragraphs for line in run), default=0)
    breaks = [pair for run in paragraphs for pair in itertools.pairwise(run)]
    if not _NARROWEST_COLUMN <= width <= _WIDEST or len(breaks) < _FEWEST_BREAKS:
        return 0
    closed = [run for run in paragraphs if _is_closed(run[-1])]
    filled = sum(1 for line, after in breaks if _is_filled(line, after, width=width))
    stopped = sum(1 for line, _ in breaks if _is_closed(line))
    short = sum(1 for run in closed if _columns(run[-1]) < _FULL * width)
    looks_wrapped = (
        len(closed) >= 0.6 * len(paragraphs)
        and filled >= _WHOLE_SHARE * len(breaks)
        and stopped <= 0.3 * len(breaks)
        and short >= len(closed) / 3
    )
    return width if looks_wrapped else 0


def _is_closed(line: Line) -> bool:
    return ending_of(line.text) in (Ending.SENTENCE, Ending.CALL, Ending.COLON)


def _is_filled(line: Line, after: Line, *, width: int) -> bool:
    next_word = after.text[:_WIDEST].split(maxsplit=1)[0]
    return _columns(line) + 1 + len(next_word) >= 0.9 * width


def _is_column(run: list[Line], *, width: int) -> bool:
    """Say whether the lines of a run are one paragraph's, or a title's of two lines."""
    if len(run) < 2 or _are_credits(run):
        return False
    return all(_columns(line) >= 0.6 * width for line in run[:-1] if not _is_closed(line))


def _are_credits(run: list[Line]) -> bool:
    """Say whether any line of a run only credits someone, gives a date or is a site's."""
    return any(
        byline(line.text) or date_line(line.text) or boilerplate_of(line.text) for line in run
    )
