"""Runs → inlines: neighbours set alike made one, and what is of another language isolated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exporter.arabic.languages import direction_of, is_language_tag
from exporter.article import (
    CodeSpan,
    Direction,
    Emphasis,
    Inline,
    Inlines,
    Isolate,
    Link,
    Strong,
    Sub,
    Sup,
    Text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.records import dataclass

_HEBREW = compiled(r"[\u0590-\u05FF]")
_ARABIC = compiled(r"[\u0600-\u06FF]")
_EDGES = compiled(r"(?P<before>[\s(«]*)(?P<core>.*?)(?P<after>[\s.,;:،؛)»]*)\Z", re.DOTALL)
_VERTICAL: dict[str, Callable[[Inlines], Inline]] = {"superscript": Sup, "subscript": Sub}


_Told = tuple[Direction, str] | tuple[()] | None


@dataclass(frozen=True, slots=True)
class Run:
    """An inline with its look; `rtl` is what Word says of it, `language` only what somebody set."""

    inline: Inline
    bold: bool = False
    italic: bool = False
    vertical: str = ""
    code: bool = False
    href: str = ""
    rtl: bool = False
    language: str = ""
    isolate: tuple[Direction, str] | None = None


def inlines_of(runs: Sequence[Run], *, base: Direction, language: str) -> Inlines:
    """Return the inlines of a paragraph of a direction in an article of a language."""
    told = _told(list(runs), base, language)
    return _linked(tuple(part for run in told for part in _without_edges(run)))


# --- direction and language -----------------------------------------------------------------


def _told(runs: list[Run], base: Direction, language: str) -> list[Run]:
    """Return the runs that are of another direction or language with what they are.

    What has no letters goes with its neighbours: between two alike, or after one where Word sets
    it from left to right too, as the digits of `Python 3`.
    """
    own = [_isolate(run, base, language) for run in runs]
    told: list[Run] = []
    for run, isolate, after in zip(runs, own, _following(own), strict=True):
        before = told[-1].isolate if told else None
        is_numeric = any(one.isdigit() for one in inline_text((run.inline,)))
        goes_on = isolate is None and (before == after or (is_numeric and not run.rtl))
        told.append(replace(run, isolate=before if goes_on else isolate or None))
    return told


def _following(isolates: Sequence[_Told]) -> list[_Told]:
    """Return for each run what the next one with letters is."""
    found: list[_Told] = []
    last: _Told = None
    for isolate in reversed(isolates):
        found.append(last)
        last = last if isolate is None else isolate
    return found[::-1]


def _isolate(run: Run, base: Direction, language: str) -> _Told:
    """Return what a run is to be isolated as: nothing (`()`), or None for one without letters."""
    direction = _direction(run)
    if direction is None:
        return None
    tag = _language(run, direction)
    is_other = direction is not base or (tag and _primary(tag) != _primary(language))
    return (direction, tag) if is_other else ()


def _direction(run: Run) -> Direction | None:
    """Return the direction of the first strong letter of a run; None without one."""
    text = run.inline.text if isinstance(run.inline, Text) and not run.code else ""
    strong = (unicodedata.bidirectional(character) for character in text)
    match next((one for one in strong if one in {"L", "R", "AL"}), ""):
        case "":
            return None
        case "L":
            return Direction.LTR
        case _:
            return Direction.RTL


def _language(run: Run, direction: Direction) -> str:
    """Return the language that somebody set, where the letters can be of it."""
    if not is_language_tag(run.language) or direction_of(run.language) is not direction:
        return ""
    text = inline_text((run.inline,))
    is_hebrew = _primary(run.language) in {"he", "iw", "yi"}
    wrong = _ARABIC if is_hebrew else _HEBREW
    return "" if wrong.search(text) else run.language


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _without_edges(run: Run) -> Iterator[Run]:
    """Yield a run with the spaces and stops at the edges of an isolate outside it."""
    if run.isolate is None or not isinstance(run.inline, Text):
        yield run
        return
    found = _EDGES.match(run.inline.text)
    parts = found.group("before", "core", "after") if found else ("", run.inline.text, "")
    for part, isolate in zip(parts, (None, run.isolate, None), strict=True):
        if part:
            yield replace(run, inline=Text(part), isolate=isolate)


# --- nesting --------------------------------------------------------------------------------


def _linked(runs: Sequence[Run]) -> Inlines:
    """Return the inlines of runs, links outermost."""
    made: list[Inline] = []
    for href, group in groupby(runs, key=lambda run: run.href):
        inside = _isolated(tuple(group))
        made += [Link(inside or (Text(href),), href)] if href else inside
    return tuple(made)


def _isolated(runs: Sequence[Run]) -> Inlines:
    made: list[Inline] = []
    for isolate, group in groupby(_with_gaps(runs), key=lambda run: run.isolate):
        inside = _styled(tuple(group))
        made += [Isolate(inside, isolate[0], isolate[1])] if isolate else inside
    return tuple(made)


def _with_gaps(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with a gap between two of one isolate as part of it."""
    for before, run, after in zip((None, *runs[:-1]), runs, (*runs[1:], None), strict=True):
        is_gap = isinstance(run.inline, Text) and not run.inline.text.strip()
        if is_gap and before and after and before.isolate == after.isolate:
            yield replace(run, isolate=before.isolate)
        else:
            yield run


def _styled(runs: Sequence[Run]) -> Inlines:
    """Return the inlines of runs in their look: strong, emphasis, raised or lowered, code."""
    made: list[Inline] = []
    for bold, strong in groupby(runs, key=lambda run: run.bold):
        inside = _emphasised(tuple(strong))
        made += [Strong(inside)] if bold and _has_words(inside) else inside
    return tuple(made)


def _emphasised(runs: Sequence[Run]) -> Inlines:
    made: list[Inline] = []
    for italic, group in groupby(runs, key=lambda run: run.italic):
        inside = _shifted(tuple(group))
        made += [Emphasis(inside)] if italic and _has_words(inside) else inside
    return tuple(made)


def _shifted(runs: Sequence[Run]) -> Inlines:
    made: list[Inline] = []
    for (vertical, code), group in groupby(runs, key=lambda run: (run.vertical, run.code)):
        inside = _joined(run.inline for run in group)
        if code and inside:
            inside = (CodeSpan(inline_text(inside)),)
        shift = _VERTICAL.get(vertical)
        made += [shift(inside)] if shift and _has_words(inside) else inside
    return tuple(made)


def _joined(inlines: Iterator[Inline]) -> Inlines:
    made: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and made and isinstance(made[-1], Text):
            made[-1] = Text(made[-1].text + inline.text)
        else:
            made.append(inline)
    return tuple(made)


def _has_words(inlines: Inlines) -> bool:
    return bool(inline_text(inlines).strip())
