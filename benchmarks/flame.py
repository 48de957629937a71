"""Where the time goes: stacks of a function at work, and a flame graph of them as SVG."""

from __future__ import annotations

import html
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

_EVERY = 0.002
_WIDTH, _ROW = 1200, 17
_NARROWEST = 2.0
_COLOURS = {"exporter": "#7fb0a0", "weasyprint": "#e0b070", "": "#c9c4bc"}

Stack = tuple[str, ...]


def sampled(work: Callable[[], object]) -> Counter[Stack]:
    """Return how often each stack of functions was seen while `work` ran, by processor time."""
    stacks: Counter[Stack] = Counter()
    base = len(_stack(sys._getframe()))  # noqa: SLF001 (there is no other name for it)

    def look(_signal: int, frame: FrameType | None) -> None:
        stacks[_stack(frame)[base:]] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return stacks


def _stack(frame: FrameType | None) -> Stack:
    """Return the functions at work, the outermost first."""
    names = []
    while frame is not None:
        names.append(_name(frame))
        frame = frame.f_back
    return tuple(reversed(names))


def _name(frame: FrameType) -> str:
    path = Path(frame.f_code.co_filename)
    known = [part for part in path.parts if part in {"exporter", "weasyprint"}]
    place = ".".join(path.parts[path.parts.index(known[-1]) :]) if known else path.name
    return f"{place.removesuffix('.py')} {frame.f_code.co_qualname}"


@dataclass(slots=True)
class _Node:
    count: int = 0
    inner: dict[str, _Node] = field(default_factory=dict)


def flame_graph(stacks: Mapping[Stack, int], *, title: str) -> str:
    """Return an SVG in which a function is as wide as its share of the time, over its callers."""
    root = _Node()
    for stack, count in stacks.items():
        node = root
        node.count += count
        for name in stack:
            node = node.inner.setdefault(name, _Node())
            node.count += count
    boxes = [*_boxes(root, left=0.0, depth=0, per=_WIDTH / max(1, root.count))]
    height = (max((depth for _, _, depth, _ in boxes), default=0) + 2) * _ROW
    drawn = "\n".join(_drawn(box, height=height, total=root.count) for box in boxes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="sans-serif" font-size="11">\n<title>{html.escape(title)}</title>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="4" y="12">{html.escape(title)}</text>\n{drawn}\n</svg>\n'
    )


_Box = tuple[str, float, int, int]


def _boxes(node: _Node, *, left: float, depth: int, per: float) -> Iterator[_Box]:
    for name, inner in sorted(node.inner.items()):
        if inner.count * per >= _NARROWEST:
            yield name, left, depth, inner.count
            yield from _boxes(inner, left=left, depth=depth + 1, per=per)
        left += inner.count * per


def _drawn(box: _Box, *, height: int, total: int) -> str:
    name, left, depth, count = box
    width = count * _WIDTH / total
    top = height - (depth + 1) * _ROW
    colour = next(colour for part, colour in _COLOURS.items() if name.startswith(part))
    label = name.partition(" ")[2].rpartition("<locals>.")[2] or name
    shown = label[: int(width / 6.2)] if width > 28 else ""
    return (
        f"<g><title>{html.escape(name)}: {100 * count / total:.1f} %</title>"
        f'<rect x="{left:.1f}" y="{top}" width="{max(0.5, width - 0.5):.1f}" height="{_ROW - 1}" '
        f'fill="{colour}"/><text x="{left + 3:.1f}" y="{top + 12}">{html.escape(shown)}</text></g>'
    )


def summary(
    stacks: Mapping[Stack, int], *, parts: Mapping[str, tuple[str, ...]]
) -> dict[str, float]:
    """Return the share of the time, in per cent, that is spent in each part.

    A part is a set of functions by the beginnings of their names; a stack belongs to the first
    part that has one of its functions, seen from the innermost.
    """
    total = sum(stacks.values())
    shares: Counter[str] = Counter()
    for stack, count in stacks.items():
        shares[_part(stack, parts)] += count
    return {part: 100 * shares[part] / total for part in (*parts, "the rest")}


def _part(stack: Stack, parts: Mapping[str, tuple[str, ...]]) -> str:
    for name in reversed(stack):
        for part, beginnings in parts.items():
            if name.startswith(beginnings):
                return part
    return "the rest"


def timed(work: Callable[[], object], *, times: int) -> float:
    """Return the least processor time that `work` took, in seconds."""
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least
