"""Which words of a justified line are stretched by a kashida, where and how far.

A page asks for it by the custom property `--kashida`, which is inherited: `prose` and `verse` are
the limits below; without it no word is stretched. The choice depends on the line and on the one
above it in the paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil, floor
from typing import Any
from weakref import WeakKeyDictionary

from exporter.arabic.kashida import TATWEEL, Place, Rank, places
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.typesetting.hooks import is_hooked
from exporter.typesetting.lines import Span, above
from exporter.typesetting.shaping import Run, right_edges, width_of


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a line may be stretched; lengths are in em.

    `tolerance` is by how much of their width the spaces widen before any word is stretched,
    `share` that of the words which may be; `length` is that of a kashida as it should be,
    `longest` as it may be; `clearance` stays free between those of two lines, one above the other.
    """

    tolerance: float
    share: float
    length: float
    longest: float
    clearance: float | None


LIMITS: Mapping[str, Limits] = {
    "prose": Limits(tolerance=0.08, share=1 / 3, length=0.5, longest=0.8, clearance=0.5),
    "verse": Limits(tolerance=0.0, share=1.0, length=1.0, longest=1.8, clearance=None),
}
"""What `--kashida` may ask for."""

_Word = tuple[int, int, int, Sequence[Place]]
"""A word: its number, counted down in its line, that of its run and where in it the word begins,
and its joins, the best first."""

_WORD = compiled(r"[^ \N{NO-BREAK SPACE}]+")


@dataclass(frozen=True, slots=True)
class Kashida:
    """`count` tatweels before the character `index` of the run with this number."""

    run: int
    index: int
    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Place:
    """A join that can be stretched: in which word and run, and how far from the line's right."""

    word: int
    run: int
    index: int
    at: float


def limits_of(line: Any) -> Limits | None:
    """Return what a line's style asks for.

    Nothing where WeasyPrint itself draws the text: it would give the strokes out as text.
    """
    if not is_hooked("weasyprint.draw.text", "draw_first_line"):
        return None
    words = (token.value for token in line.style["__kashida"] if token.type == "ident")
    return LIMITS.get(next(words, ""))


def kashidas_of(
    context: Any,
    line: Any,
    runs: Sequence[Run],
    *,
    limits: Limits,
    extra: float,
    spaces: int,
) -> Sequence[Kashida]:
    """Return the kashidas of a line that is to be widened by `extra` pixels over its `spaces`."""
    step, space = _measures(context, line.style)
    size = line.style["font_size"]
    units = floor((extra - limits.tolerance * space * spaces) / step) if step > 0 else 0
    if units < 1:
        return ()
    number, words = _words(runs)
    most = max(1, round(number * limits.share))
    chosen = _chosen(
        line,
        runs,
        words,
        most=min(most, ceil(units * step / (limits.length * size))),
        taken=() if limits.clearance is None else above(),
        clearance=(limits.clearance or 0.0) * size,
    )
    counts = _shares(units, len(chosen), most=max(1, floor(limits.longest * size / step)))
    return [
        Kashida(place.run, place.index, count, (place.at, place.at + count * step))
        for place, count in zip(chosen, counts, strict=True)
    ]


def stretched(text: str, kashidas: Iterable[Kashida]) -> tuple[str, frozenset[int]]:
    """Return the text with its tatweels, and the offset of each of these in its UTF-8."""
    parts: list[str] = []
    offsets: list[int] = []
    length = start = 0
    for kashida in sorted(kashidas, key=lambda one: one.index):
        before, strokes = text[start : kashida.index], TATWEEL * kashida.count
        parts += [before, strokes]
        length += len(before.encode())
        offsets += range(length, length + len(strokes.encode()), len(TATWEEL.encode()))
        length += len(strokes.encode())
        start = kashida.index
    return "".join((*parts, text[start:])), frozenset(offsets)


# --- the choice -----------------------------------------------------------------------------


def _words(runs: Sequence[Run]) -> tuple[int, Sequence[list[_Word]]]:
    """Return how many words the line has, and those that can be stretched by their best rank."""
    words: list[list[_Word]] = [[] for _ in range(_RANKS)]
    number = 0
    for run_number, run in enumerate(runs):
        is_rtl = run.box.style["direction"] == "rtl"
        for match in _WORD.finditer(run.box.text):
            number += 1
            if is_rtl and (joins := places(match[0])):
                words[joins[0].rank].append((-number, run_number, match.start(), joins))
    return number, words


_RANKS = max(Rank) + 1


def _chosen(
    line: Any,
    runs: Sequence[Run],
    words: Sequence[list[_Word]],
    *,
    most: int,
    taken: Sequence[Span],
    clearance: float,
) -> list[_Place]:
    """Return the best places: one a word, in no two neighbours, none under another.

    Of two equals the one nearer to the line's end comes first, where scribes stretch. Few joins are
    ever looked at: a word's second best where its best can't be stretched.
    """
    chosen: list[_Place] = []
    edges: dict[int, Callable[[int], float | None]] = {}
    right = line.position_x + line.width
    for rank, of_rank in enumerate(words):
        of_rank.sort()
        for word, number, start, joins in of_rank:
            if any(-2 < word - other.word < 2 for other in chosen):
                continue
            run = runs[number]
            if number not in edges:
                edges[number] = right_edges(run)
            for tried, join in enumerate(joins):
                if join.rank != rank:
                    words[join.rank].append((word, number, start, joins[tried:]))
                    break
                index = start + join.index
                edge = edges[number](len(run.box.text[:index].encode()))
                if edge is None:  # without an edge of its own a letter is part of a ligature
                    continue
                at = right - run.box.position_x - edge
                if not any(near - clearance < at < far + clearance for near, far in taken):
                    chosen.append(_Place(word, number, index, at))
                    break
            if len(chosen) == most:
                return chosen
    return chosen


def _shares(units: int, places: int, *, most: int) -> list[int]:
    """Part tatweels among places as evenly as can be, the best place first."""
    units = min(units, places * most)
    return [units // places + (number < units % places) for number in range(places)]


# --- measures -------------------------------------------------------------------------------

_measured: WeakKeyDictionary[Any, dict[Any, tuple[float, float]]] = WeakKeyDictionary()


def _measures(context: Any, style: Any) -> tuple[float, float]:
    """Return the widths of a tatweel between letters and of a space, in a style."""
    cache = _measured.setdefault(context.font_config, {})
    key = (style["font_family"], style["font_size"], style["font_weight"], style["font_style"])
    if key not in cache:
        one, two = (width_of(context, style, f"س{TATWEEL * count}م") for count in (1, 2))
        near, far = (width_of(context, style, f"م{' ' * count}م") for count in (1, 2))
        cache[key] = (two - one, far - near)
    return cache[key]
