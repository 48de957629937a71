"""Style sheets for every engine: physical properties, and media queries in a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.article import Direction
from exporter.patterns import compiled
from exporter.records import dataclass

_SIDES = {
    "block-start": "top",
    "block-end": "bottom",
}
_INLINE = {
    Direction.RTL: {"inline-start": "right", "inline-end": "left", "start": "right", "end": "left"},
    Direction.LTR: {"inline-start": "left", "inline-end": "right", "start": "left", "end": "right"},
}
_DECLARATION = compiled(
    r"(?P<before>[{;]\s*|\*/\s*)(?P<name>[a-z-]+)\s*:\s*(?P<value>[^;{}]+?)\s*(?=[;}])"
)
_BOX = compiled(r"(margin|padding|border)-(block|inline)(?:-(start|end))?")
# CSS Fragmentation 3 §3.4: the names that EPUB 2's engines know.
_BREAKS = {"break-inside", "break-after", "break-before"}
_ALIGNMENTS = {"text-align", "text-align-last"}


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheet that every engine reads, and the one with the media queries; it may be empty."""

    base: str
    queries: str


def sheets_of(css: str, direction: Direction) -> Sheets:
    """Return a theme's sheet for documents of one direction."""
    base, queries = _parted(css)
    return Sheets(_physical(base, direction), _physical(queries, direction))


def _parted(css: str) -> tuple[str, str]:
    """Part the rules inside `@media` from the others.

    The engine of Adobe, which also draws plain EPUBs on Kobo and PocketBook, drops a whole sheet
    for one such rule.
    """
    base, queries = [], []
    position = 0
    while (start := css.find("@media", position)) >= 0:
        end = _end_of_block(css, start)
        base.append(css[position:start])
        queries.append(css[start:end])
        position = end
    base.append(css[position:])
    return "".join(base), "\n\n".join(queries)


def _end_of_block(css: str, start: int) -> int:
    depth = 0
    for position in range(css.find("{", start), len(css)):
        depth += {"{": 1, "}": -1}.get(css[position], 0)
        if depth == 0:
            return position + 1
    return len(css)


def _physical(css: str, direction: Direction) -> str:
    """Return rules in physical properties (CSS Logical Properties 1), for horizontal lines."""
    position, parts = 0, []
    while match := _DECLARATION.search(css, position):
        rewritten = "; ".join(_declarations(match["name"], match["value"], direction))
        parts += [css[position : match.start()], match["before"], rewritten]
        position = match.end()
    return "".join((*parts, css[position:]))


def _declarations(name: str, value: str, direction: Direction) -> Iterator[str]:
    sides = {**_SIDES, **_INLINE[direction]}
    box = _BOX.fullmatch(name)
    if box and box[3]:
        yield f"{box[1]}-{sides[f'{box[2]}-{box[3]}']}: {value}"
    elif box and box[1] != "border":
        first, _, second = value.partition(" ")
        yield f"{box[1]}-{sides[f'{box[2]}-start']}: {first}"
        yield f"{box[1]}-{sides[f'{box[2]}-end']}: {second.strip() or first}"
    elif name in _ALIGNMENTS and value in sides:
        # MuPDF takes the sides of a right-to-left block for the other ones, and each value that it
        # doesn't know for the side where lines start.
        yield f"{name}: {sides[value]}"
        yield f"{name}: {value}"
    else:
        if name in _BREAKS:
            yield f"page-{name}: {value}"
        yield f"{name}: {value}"
