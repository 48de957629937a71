"""The clusters of a shaped line, from left to right: what is drawn, and for which text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, pango

from exporter.arabic.joins import JOIN
from exporter.patterns import compiled
from exporter.typesetting.exact_text.encoding import is_thin

# What is in a layout and is no text: our joiners, zero width spaces of addresses and WeasyPrint's
# own, soft hyphens, and marks of direction, which the article has as isolates.
_NO_TEXT = compiled(f"{JOIN}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def text_alone(text: str) -> str:
    """Return what of a layout is text."""
    return _NO_TEXT.sub("", text)


LEAST_ROOM = 0.12
"""The room that a letter with marks should have, in em: poppler takes the same mark twice within a
tenth of an em for one printed twice."""


Columns = tuple[list[int], list[int], list[int], list[int]]
"""The numbers of glyphs, their widths, and where they stand from the pen, x and y."""


class Glyph(NamedTuple):
    """A glyph from where the pen stands, in Pango units; y grows downwards."""

    number: int
    x: int
    y: int
    width: int


class Cluster(NamedTuple):
    """Glyphs that stand for characters together.

    `pango_font` is the font as Pango has it; `text` reads from left to right, as it is drawn;
    `glyphs` holds visible ones and spaces; `is_whole` says that its text is to have one code.
    """

    pango_font: Any
    rtl: bool
    text: str
    glyphs: tuple[Glyph, ...]
    advance: int
    is_whole: bool = False

    def mark(self, character: str) -> Cluster:
        """Return a character that is not seen, beside this cluster."""
        return Cluster(self.pango_font, self.rtl, character, (), 0)

    def led_by(self, mark: str) -> Cluster:
        """Return the cluster with a mark of direction on its left, in one code with it."""
        return self._replace(text=mark + self.text, is_whole=True)

    def beside(self, right: Cluster) -> Cluster:
        """Return this and the next cluster as one."""
        moved = (one._replace(x=one.x + self.advance) for one in right.glyphs)
        return self._replace(
            text=self.text + right.text,
            glyphs=(*self.glyphs, *moved),
            advance=self.advance + right.advance,
        )


# PangoGlyphInfo as integers: its fields are read at once, as cffi is slow.
_FIELDS = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("int")
_GEOMETRY = ffi.offsetof("PangoGlyphInfo", "geometry") // ffi.sizeof("int")


class Run(NamedTuple):
    """A run of a shaped line: glyphs of one font, from left to right, and their clusters.

    `offset` and `length` are bytes of the line's UTF-8. Of each glyph there are its number, its
    width, where it stands from the pen, and where in the run its cluster begins.
    """

    font: Any
    rtl: bool
    offset: int
    length: int
    numbers: list[int]
    widths: list[int]
    xs: list[int]
    ys: list[int]
    places: list[int]

    @property
    def is_known(self) -> bool:
        """Whether the font has every character."""
        # PANGO_GLYPH_EMPTY is the largest number without the flag.
        return bool(max(self.numbers, default=0) < _UNKNOWN)

    def clusters(self, text: Callable[[int, int], str], font: Any) -> Iterator[Cluster]:
        """Yield the clusters, given what the text between two offsets is."""
        places = self.places
        # HarfBuzz gives clusters in the order of the drawing.
        ends = dict(pairwise([*sorted(set(places)), self.length]))
        step = -1 if self.rtl else 1
        count, first = len(places), 0
        while first < count:
            place = places[first]
            last = first + 1
            while last < count and places[last] == place:
                last += 1
            words = text(self.offset + place, self.offset + ends[place])[::step]
            advance, drawn = self._drawn(first, last)
            yield Cluster(font, self.rtl, words, drawn, advance)
            first = last

    def _drawn(self, first: int, last: int) -> tuple[int, tuple[Glyph, ...]]:
        """Return how far the pen moves over some glyphs, and those that there are."""
        advance = 0
        drawn = []
        for at in range(first, last):
            if self.numbers[at] != _EMPTY:
                x = advance + self.xs[at]
                drawn.append(Glyph(self.numbers[at], x, self.ys[at], self.widths[at]))
            advance += self.widths[at]
        return advance, tuple(drawn)


_UNKNOWN, _EMPTY = pango.PANGO_GLYPH_UNKNOWN_FLAG, pango.PANGO_GLYPH_EMPTY


def runs_of(line: Any) -> list[Run]:
    """Return the runs of a line of Pango's from left to right."""
    if line.runs == ffi.NULL:  # nothing is left of the text, as where a line breaks before it
        return []
    runs = []
    node = line.runs[0]
    while node != ffi.NULL:
        item, glyphs = node.data.item, node.data.glyphs
        count = glyphs.num_glyphs
        fields = ffi.unpack(ffi.cast("int *", glyphs.glyphs), count * _FIELDS)
        widths, xs, ys = (fields[_GEOMETRY + place :: _FIELDS] for place in range(3))
        analysis = item.analysis
        places = ffi.unpack(glyphs.log_clusters, count)
        rtl = bool(analysis.level % 2)
        runs.append(
            Run(
                *(analysis.font, rtl, item.offset, item.length),
                *(fields[::_FIELDS], widths, xs, ys, places),
            )
        )
        node = node.next
    return runs


def columns_of(runs: Sequence[Run]) -> Columns:
    """Return the glyphs of runs, one after another."""
    return (
        [number for run in runs for number in run.numbers],
        [width for run in runs for width in run.widths],
        [x for run in runs for x in run.xs],
        [y for run in runs for y in run.ys],
    )


def clusters_of(layout: Any, line: Any) -> list[Cluster] | None:
    """Return the clusters of a layout's line; None when a character is in none of the fonts."""
    # A layout of which no line was justified has no kashidas.
    text = text_of(layout.text, getattr(layout, "kashidas", ()))
    runs = runs_of(line)
    if not all(run.is_known for run in runs):
        return None
    return list(
        with_their_letters(cluster for run in runs for cluster in run.clusters(text, run.font))
    )


def text_of(text: str, kashidas: Iterable[int]) -> Callable[[int, int], str]:
    """Return a function that gives the text between two offsets in UTF-8, without what is none.

    `kashidas` is where tatweels were put in.
    """
    encoded = text.encode()
    left_out = _left_out(text, kashidas)
    if not left_out:
        return lambda start, end: encoded[start:end].decode()
    return lambda start, end: bytes(
        encoded[byte] for byte in range(start, end) if byte not in left_out
    ).decode()


def _left_out(text: str, kashidas: Iterable[int]) -> frozenset[int]:
    """Return the bytes that are no text."""
    added = {byte for start in kashidas for byte in (start, start + 1)}
    if not text.isascii():
        for match in _NO_TEXT.finditer(text):
            start = len(text[: match.start()].encode())
            added |= set(range(start, start + len(match[0].encode())))
    return frozenset(added)


def with_their_letters(clusters: Iterable[Cluster]) -> Iterator[Cluster]:
    """Join marks, joiners and strokes without a text (kashidas) to the letter before them.

    In the text, that is: in a right-to-left run it stands to their right.
    """
    waiting: Cluster | None = None
    for cluster in clusters:
        if waiting is None:
            waiting = cluster
        elif waiting.pango_font != cluster.pango_font or waiting.rtl is not cluster.rtl:
            yield waiting
            waiting = cluster
        elif leans(waiting if cluster.rtl else cluster):
            waiting = waiting.beside(cluster)
        else:
            yield waiting
            waiting = cluster
    if waiting is not None:
        yield waiting


def leans(cluster: Cluster) -> bool:
    """Whether a cluster belongs to a letter beside it."""
    return all(map(is_thin, cluster.text)) and (bool(cluster.text) or bool(cluster.glyphs))


def with_room(clusters: Iterable[Cluster], least: Mapping[Any, float]) -> Iterator[Cluster]:
    """Join a letter with marks that has hardly any room to the one on its right.

    `least` is the room that a letter should have, for each font in Pango units.
    """
    waiting: Cluster | None = None
    for cluster in clusters:
        joined = cluster if waiting is None else waiting.beside(cluster)
        if waiting is not None and waiting.pango_font != cluster.pango_font:
            yield waiting
            joined = cluster
        narrow = joined.rtl and len(joined.text) > 1 and joined.advance < least[joined.pango_font]
        waiting = joined if narrow else None
        if not narrow:
            yield joined
    if waiting is not None:
        yield waiting
