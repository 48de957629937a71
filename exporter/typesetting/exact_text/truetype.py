"""TrueType files as a PDF needs them: the glyphs in use, and composites made of them.

Only what ISO 32000-1 §9.9 asks of a CIDFontType2 is written: no names, no cmap, no layout tables.
Numbers are in font units. The formats are those of OpenType 1.9.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

Part: TypeAlias = tuple[int, int, int]
"""A glyph of the whole font, and how far it is moved to the right and up."""

# Flags of a composite glyph's component.
_ARGS_ARE_WORDS, _ARGS_ARE_XY, _MORE, _INSTRUCTIONS, _OVERLAP = 0x1, 0x2, 0x20, 0x100, 0x400
_SCALES = {0x8: 2, 0x40: 4, 0x80: 8}

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_VARIABLE_OR_COLOURED = {"fvar", "CBDT", "COLR", "EBDT", "SVG ", "sbix"}


class Outline(NamedTuple):
    """A glyph to be made: nothing, one of the font's as it is, or several in one."""

    parts: tuple[Part, ...]
    advance: int


class Description(NamedTuple):
    """A glyph as a subset has it: without hints, in an even number of bytes.

    `components` are the glyphs it is made of, and where among the bytes the number of each goes.
    """

    data: bytes
    components: Sequence[tuple[int, int]]

    def numbered(self, numbers: Mapping[int, int]) -> bytes:
        """Return the bytes, with the numbers that these glyphs have in the subset."""
        if not self.components:
            return self.data
        data = bytearray(self.data)
        for glyph, place in self.components:
            struct.pack_into(">H", data, place, numbers[glyph])
        return bytes(data)


class Kept(NamedTuple):
    """A glyph of the font and its metrics."""

    description: Description
    metrics: bytes


class TrueType:
    """The glyphs of a font file, as they lie in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (count,) = struct.unpack_from(">H", data, 4)
        records = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
        self._tables = {tag.decode("latin-1"): (offset, size) for tag, _, offset, size in records}
        (self.glyph_count,) = struct.unpack_from(">H", self.table("maxp"), 4)
        self.units_per_em = int.from_bytes(self.table("head")[18:20], "big")
        (self._metrics,) = struct.unpack_from(">H", self.table("hhea"), 34)
        long = struct.unpack_from(">h", self.table("head"), 50)[0]
        letter, unit = ("L", 1) if long else ("H", 2)
        self._unit = unit
        self._loca = struct.unpack_from(f">{self.glyph_count + 1}{letter}", self.table("loca"))
        self._glyf = self._tables["glyf"][0]
        self._hmtx = self._tables["hmtx"][0]
        self._kept: dict[int, Kept] = {}

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, data: bytes) -> TrueType:
        """Return the glyphs of a font that many documents have."""
        return cls(data)

    @staticmethod
    def fits(data: bytes, tables: Iterable[str]) -> bool:
        """Whether this is a plain TrueType font: one face, fixed outlines, no colours."""
        names = set(tables)
        return data[:4] in _TRUETYPE and "glyf" in names and not names & _VARIABLE_OR_COLOURED

    def table(self, tag: str) -> bytes:
        """Return a table, empty when there is none."""
        offset, size = self._tables.get(tag, (0, 0))
        return self._data[offset : offset + size]

    def is_blank(self, glyph: int) -> bool:
        """Whether a glyph has no outline."""
        return bool(self._loca[glyph] == self._loca[glyph + 1])

    def advance(self, glyph: int) -> int:
        """Return how far the pen moves after a glyph."""
        place = self._hmtx + 4 * min(glyph, self._metrics - 1)
        return int.from_bytes(self._data[place : place + 2], "big")

    def side_bearing(self, glyph: int) -> int:
        """Return where the outline begins, from the left edge of the glyph."""
        if glyph < self._metrics:
            place = self._hmtx + 4 * glyph + 2
        else:
            place = self._hmtx + 4 * self._metrics + 2 * (glyph - self._metrics)
        return int.from_bytes(self._data[place : place + 2], "big", signed=True)

    def outline(self, glyph: int) -> bytes:
        """Return a glyph's description as it stands in the file."""
        start, end = self._loca[glyph] * self._unit, self._loca[glyph + 1] * self._unit
        return self._data[self._glyf + start : self._glyf + end]

    def kept(self, glyph: int) -> Kept:
        """Return a glyph as a subset has it."""
        kept = self._kept.get(glyph)
        if kept is None:
            outline = self.outline(glyph)
            metrics = struct.pack(">Hh", self.advance(glyph), self.side_bearing(glyph))
            components = [(one, place + 2) for one, _, place in _components(outline)]
            description = Description(_even(_without_hints(outline)), components)
            kept = self._kept[glyph] = Kept(description, metrics)
        return kept

    def bounds(self, glyph: int) -> tuple[int, int, int, int]:
        """Return xMin, yMin, xMax and yMax of a glyph that is not blank."""
        xmin, ymin, xmax, ymax = struct.unpack_from(">4h", self.outline(glyph), 2)
        return xmin, ymin, xmax, ymax


def build(font: TrueType, outlines: Sequence[Outline]) -> tuple[bytes, tuple[int, ...]]:
    """Return a font file that holds these outlines, and the glyph of each in it.

    Glyph 0 is the blank `.notdef`; hinting is left out, as WeasyPrint leaves it out.
    """
    kept = sorted(_closure(font, {part[0] for one in outlines for part in one.parts}))
    glyphs = _Glyphs(font, {glyph: number for number, glyph in enumerate(kept, start=1)})
    glyphs.add_blank(font.advance(0))
    glyphs.add_originals(kept)
    places = tuple(glyphs.place(outline) for outline in outlines)
    return _file(font, glyphs), places


def _closure(font: TrueType, glyphs: Iterable[int]) -> set[int]:
    """Return the glyphs with all that they are made of."""
    found: set[int] = set()
    waiting = set(glyphs)
    while waiting:
        glyph = waiting.pop()
        found.add(glyph)
        for one, _ in font.kept(glyph).description.components:
            if one not in found:
                waiting.add(one)
    return found


def _components(outline: bytes) -> list[tuple[int, int, int]]:
    """Return the glyph, the flags and the place in bytes of each component of a composite."""
    if outline[:1] < b"\x80":  # blank, or with a number of contours that is not negative
        return []
    components = []
    flags, place = _MORE, 10
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, place)
        components.append((glyph, flags, place))
        place += 4 + (4 if flags & _ARGS_ARE_WORDS else 2)
        place += sum(size for flag, size in _SCALES.items() if flags & flag)
    return components


def _without_hints(outline: bytes) -> bytes:
    """Return a description without instructions."""
    components = _components(outline)
    if not components:
        place = 10 + 2 * int.from_bytes(outline[:2], "big")
        size = int.from_bytes(outline[place : place + 2], "big")
        return outline[:place] + b"\0\0" + outline[place + 2 + size :] if size else outline
    changed = bytearray(outline)
    for _, flags, place in components:
        struct.pack_into(">H", changed, place, flags & ~_INSTRUCTIONS)
    _, flags, place = components[-1]
    size = 8 if flags & _ARGS_ARE_WORDS else 6
    size += sum(scale for flag, scale in _SCALES.items() if flags & flag)
    return bytes(changed[: place + size])


def _even(description: bytes) -> bytes:
    return description + b"\0" * (len(description) % 2)


class _Glyphs:
    """The glyphs of the new font, one after another."""

    def __init__(self, font: TrueType, numbers: Mapping[int, int]) -> None:
        self._font = font
        self._numbers = numbers
        self._made: dict[Outline, int] = {}
        self.descriptions: list[bytes] = []
        self.metrics: list[bytes] = []
        self.most_components = 0
        self.bounds = list(struct.unpack_from(">4h", font.table("head"), 36))

    def add_blank(self, advance: int) -> int:
        return self._add(Description(b"", ()), struct.pack(">Hh", advance, 0))

    def add_originals(self, glyphs: Iterable[int]) -> None:
        for kept in map(self._font.kept, glyphs):
            self._add(kept.description, kept.metrics)

    def _add(self, description: Description, metrics: bytes) -> int:
        self.most_components = max(self.most_components, len(description.components))
        self.descriptions.append(description.numbered(self._numbers))
        self.metrics.append(metrics)
        return len(self.descriptions) - 1

    def place(self, outline: Outline) -> int:
        """Return the glyph for an outline, made when it isn't there yet."""
        if len(outline.parts) == 1 and outline.parts[0][1:] == (0, 0):
            glyph = outline.parts[0][0]
            if self._font.advance(glyph) == outline.advance:
                return self._numbers[glyph]
        if outline not in self._made:
            self._made[outline] = self._compose(outline)
        return self._made[outline]

    def _compose(self, outline: Outline) -> int:
        if not outline.parts:
            return self.add_blank(outline.advance)
        description, bounds = _composed(self._font, outline.parts)
        self.bounds[:2] = map(min, self.bounds[:2], bounds[:2])
        self.bounds[2:] = map(max, self.bounds[2:], bounds[2:])
        return self._add(description, struct.pack(">Hh", outline.advance, bounds[0]))


@lru_cache(4096)
def _composed(font: TrueType, parts: tuple[Part, ...]) -> tuple[Description, Sequence[int]]:
    """Return a composite of glyphs, and its xMin, yMin, xMax and yMax."""
    boxes = [
        (left + x, low + y, right + x, high + y)
        for glyph, x, y in parts
        for left, low, right, high in [font.bounds(glyph)]
    ]
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    bounds = (min(lefts), min(lows), max(rights), max(highs))
    data, components = struct.pack(">5h", -1, *bounds), []
    for index, (glyph, x, y) in enumerate(parts):
        components.append((glyph, len(data) + 2))
        data += _component(x, y, index=index, count=len(parts))
    return Description(_even(data), components), bounds


def _component(x: int, y: int, *, index: int, count: int) -> bytes:
    small = -128 <= x < 128 and -128 <= y < 128
    flags = _ARGS_ARE_XY | (0 if small else _ARGS_ARE_WORDS)
    flags |= _MORE if index < count - 1 else 0
    flags |= _OVERLAP if index == 0 else 0
    return struct.pack(">HHbb" if small else ">HHhh", flags, 0, x, y)


def _file(font: TrueType, glyphs: _Glyphs) -> bytes:
    places = [0]
    for description in glyphs.descriptions:
        places.append(places[-1] + len(description))
    long = places[-1] >= 1 << 17
    count = len(glyphs.descriptions)
    loca = places if long else [place // 2 for place in places]
    head = bytearray(font.table("head"))
    struct.pack_into(">L", head, 8, 0)  # checkSumAdjustment, set in the finished file
    struct.pack_into(">4h", head, 36, *glyphs.bounds)
    struct.pack_into(">h", head, 50, long)
    maxp = bytearray(font.table("maxp"))
    struct.pack_into(">H", maxp, 4, count)
    # maxCompositePoints and -Contours: no renderer allots by them, and more is allowed than used.
    struct.pack_into(">HH", maxp, 10, 0x7FFF, 0x7FF)
    struct.pack_into(">6H", maxp, 14, 1, 0, 0, 0, 0, 0)  # no instructions
    struct.pack_into(">3H", maxp, 26, 0, max(1, glyphs.most_components), 4)
    hhea = bytearray(font.table("hhea"))
    struct.pack_into(">H", hhea, 34, count)
    tables = {
        b"glyf": b"".join(glyphs.descriptions),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"hmtx": b"".join(glyphs.metrics),
        b"loca": struct.pack(f">{count + 1}{'L' if long else 'H'}", *loca),
        b"maxp": bytes(maxp),
    }
    return _assembled(tables)


def _assembled(tables: Mapping[bytes, bytes]) -> bytes:
    """Return the tables as one file, with its checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(
        ">4s4H", _TRUETYPE[0], count, 16 << power, power, 16 * count - (16 << power)
    )
    offset = len(header) + 16 * count
    records, bodies, sums = [], [], 0
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        checksum = _checksum(padded)
        records.append(struct.pack(">4sLLL", tag, checksum, offset, len(table)))
        bodies.append(padded)
        offset += len(padded)
        sums += checksum
    directory = b"".join((header, *records))
    data = bytearray(directory + b"".join(bodies))
    head = data.index(b"head", len(header))
    (place,) = struct.unpack_from(">L", data, head + 8)
    whole = 0xB1B0AFBA - _checksum(directory) - sums
    struct.pack_into(">L", data, place + 8, whole & 0xFFFFFFFF)
    return bytes(data)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF
