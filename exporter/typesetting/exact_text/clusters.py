"""The clusters of a shaped line, from left to right: what is drawn, and for which text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, pango

from exporter.arabic.joins import JOIN
from exporter.typesetting.exact_text.encoding import is_thin

# What is in a layout and is no text: our joiners, zero width spaces of addresses and WeasyPrint's
# own, soft hyphens, and marks of direction, which the article has as isolates.
_NO_TEXT = re.compile(f"{JOIN}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


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


def clusters_of(layout: Any, line: Any) -> list[Cluster] | None:
    """Return the clusters of a layout's line; None when a character is in none of the fonts."""
    if line.runs == ffi.NULL:  # nothing is left of the text, as where a line breaks before it
        return []
    encoded = layout.text.encode()
    left_out = _left_out(layout, encoded)
    clusters: list[Cluster] = []
    run = line.runs[0]
    while run != ffi.NULL:
        found = _clusters_of_run(run.data, lambda start, end: _text(encoded, start, end, left_out))
        if found is None:
            return None
        clusters += found
        run = run.next
    return list(_with_their_letters(clusters))


def _left_out(layout: Any, encoded: bytes) -> frozenset[int]:
    """Return the bytes that are no text; `layout.kashidas` is where tatweels were put in."""
    # A layout of which no line was justified has no such attribute.
    added = {byte for start in getattr(layout, "kashidas", ()) for byte in (start, start + 1)}
    if not layout.text.isascii():
        for match in _NO_TEXT.finditer(layout.text):
            start = len(layout.text[: match.start()].encode())
            added |= set(range(start, start + len(match[0].encode())))
    return frozenset(added) & frozenset(range(len(encoded)))


def _text(encoded: bytes, start: int, end: int, left_out: frozenset[int]) -> str:
    if not left_out:
        return encoded[start:end].decode()
    return bytes(encoded[byte] for byte in range(start, end) if byte not in left_out).decode()


def _clusters_of_run(glyph_item: Any, text: Callable[[int, int], str]) -> list[Cluster] | None:
    item, glyphs = glyph_item.item, glyph_item.glyphs
    count = glyphs.num_glyphs
    offset, font, rtl = item.offset, item.analysis.font, bool(item.analysis.level % 2)
    places = ffi.unpack(glyphs.log_clusters, count)
    ends = dict(pairwise([*sorted(set(places)), item.length]))
    clusters = []
    for place, members in groupby(zip(places, glyphs.glyphs[0:count], strict=True), itemgetter(0)):
        drawn: list[Glyph] = []
        advance = 0
        for _, info in members:
            geometry, number = info.geometry, info.glyph
            width = geometry.width
            if number != pango.PANGO_GLYPH_EMPTY:
                if number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                    return None
                drawn.append(Glyph(number, advance + geometry.x_offset, geometry.y_offset, width))
            advance += width
        words = text(offset + place, offset + ends[place])[:: -1 if rtl else 1]
        clusters.append(Cluster(font, rtl, words, tuple(drawn), advance))
    return clusters


def _with_their_letters(clusters: Sequence[Cluster]) -> Iterator[Cluster]:
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
        elif _leans(waiting if cluster.rtl else cluster):
            waiting = waiting.beside(cluster)
        else:
            yield waiting
            waiting = cluster
    if waiting is not None:
        yield waiting


def _leans(cluster: Cluster) -> bool:
    return all(is_thin(character) for character in cluster.text) and (
        bool(cluster.text) or bool(cluster.glyphs)
    )


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
