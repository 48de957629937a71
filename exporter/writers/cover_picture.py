"""The pixels of a cover: a ground that is drawn once for many covers, and the words over it.

The ground is the drawing that the body of a cover begins with. It is kept as the PNG has it, in
bands that are compressed each for itself, so that a cover costs its words alone.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from PIL import Image, ImageChops
from PIL import __version__ as pillow_version
from zlib_ng import zlib_ng

from exporter.kept import kept
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.typesetting.engine import Engine
from exporter.typesetting.glyphs import Glyphs, MoreThanWordsError
from exporter.typesetting.running_heads import margin_boxes_left_out
from exporter.version import __version__

LARGEST_DRAWN_BYTES = 120_000
_PIXELS_PER_POINT = 96 / 72
_BEFORE_GROUND = compiled(r"<body[^>]*>\s*(?=<svg )")
_END_OF_GROUND = "</svg>"
_BAND = 64
"""Rows of a band."""

# The fewer colours, the smaller the file: the first count that keeps the limit is taken.
_COLOURS = (48, 24, 12)
_LARGEST_GROUND = 80_000
# A colour on so much of the ground is kept as it is.
_FLAT = 1 / 200
_SHADES = 16
_MOST_PAIRS = 12
"""For how many pairs of an ink and what is under it there are shades between the two."""
_APART = 2.5
"""How far apart lines are that are drawn each for itself, in em."""
_ANY = [0, *[255] * 255]
_STEPS = [round(value * _SHADES / 255) for value in range(256)]

Colour = tuple[int, int, int]
_Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of a PNG, compressed for themselves, with the checksum and the size of their bytes."""

    data: bytes
    checksum: int
    size: int


@dataclass(frozen=True, slots=True)
class _Ground:
    """A picture in few colours, in bands from the top."""

    size: tuple[int, int]
    palette: tuple[Colour, ...]
    bands: tuple[_Band, ...]


def picture_of(html: str, *, css: str, engine: Engine) -> bytes:
    """Return the page as a PNG, a pixel for each of CSS."""
    before = _BEFORE_GROUND.search(html)
    if before is None:
        return _png(_ground(raster(engine.render_pdf(html, css=css))))
    drawing, end, after = html[before.end() :].partition(_END_OF_GROUND)
    # A cover is seldom the only one of its palette.
    ground = _ground_of(f"<html><body>{drawing}{end}</body></html>", css, engine)
    try:
        with margin_boxes_left_out():  # they are with the ground
            words = engine.words(f"{html[: before.end()]}{after}", css=css)
    except MoreThanWordsError:
        return _png(_ground(raster(engine.render_pdf(html, css=css))))
    return _png(_over(ground, words))


def raster(pdf: bytes) -> Image.Image:
    """Return the first page of a PDF as a picture, a pixel for each of CSS."""
    import pypdfium2  # only now, as it takes a tenth of a short run, and most grounds are kept

    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[0].render(scale=_PIXELS_PER_POINT).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


# --- the ground -----------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _ground_of(html: str, css: str, engine: Engine) -> _Ground:
    drawn_by = (pillow_version, _pdfium(), engine.version)
    made_by = (__version__, *drawn_by, str(zlib_ng.ZLIBNG_VERSION), _source())
    return _unpacked(
        kept(
            "covers",
            "\0".join((*made_by, html, css)),
            lambda: _packed(_ground(raster(engine.render_pdf(html, css=css)))),
        )
    )


@cache
def _pdfium() -> str:
    """Return which PDFium is here and what calls it, from their files, without loading them."""
    specs = map(find_spec, ("pypdfium2", "pypdfium2_raw"))
    return "".join(_version(Path(spec.origin)) for spec in specs if spec and spec.origin)


def _version(module: Path) -> str:
    version = module.with_name("version.json")
    return version.read_text("ascii") if version.is_file() else str(module.stat().st_mtime_ns)


@cache
def _source() -> str:
    """Return what changes whenever a ground could be drawn in another way by this module."""
    return sha256(Path(__file__).read_bytes()).hexdigest()


def _ground(picture: Image.Image) -> _Ground:
    ground = _in_colours(picture, _COLOURS[0])
    for colours in _COLOURS[1:]:
        if sum(len(band.data) for band in ground.bands) <= _LARGEST_GROUND:
            break
        ground = _in_colours(picture, colours)
    return ground


def _in_colours(picture: Image.Image, count: int) -> _Ground:
    palette = _palette(picture, count)
    indexed = picture.quantize(palette=_swatch(palette), dither=Image.Dither.NONE)
    width, height = picture.size
    bands = (
        _band(indexed.crop((0, top, width, min(height, top + _BAND))), level=9)
        for top in range(0, height, _BAND)
    )
    return _Ground(picture.size, palette, tuple(bands))


def _palette(picture: Image.Image, count: int) -> tuple[Colour, ...]:
    """Return the colours of large areas as they are, and what is left of so many for the rest."""
    least = picture.width * picture.height * _FLAT
    counted: list[Any] = picture.getcolors(1 << 16) or []  # none if there are very many
    found = sorted(counted, reverse=True)
    flat = [(red, green, blue) for number, (red, green, blue) in found if number >= least]
    mixed = picture.quantize(count, dither=Image.Dither.NONE).getpalette() or []
    rest = list(zip(mixed[0::3], mixed[1::3], mixed[2::3], strict=True))
    return tuple(dict.fromkeys((*flat, *rest)))[:count]


def _swatch(palette: Sequence[Colour]) -> Image.Image:
    """Return a picture with a palette; what is empty in it repeats the first colour."""
    swatch = Image.new("P", (1, 1))
    colours = [*palette, *[palette[0]] * (256 - len(palette))]
    swatch.putpalette([value for colour in colours for value in colour])
    return swatch


def _packed(ground: _Ground) -> bytes:
    parts = [struct.pack(">4H", *ground.size, len(ground.palette), len(ground.bands))]
    parts += [bytes(colour) for colour in ground.palette]
    for band in ground.bands:
        parts += [struct.pack(">3L", len(band.data), band.checksum, band.size), band.data]
    return b"".join(parts)


def _unpacked(data: bytes) -> _Ground:
    width, height, colours, count = struct.unpack_from(">4H", data)
    palette = tuple(struct.iter_unpack(">3B", data[8 : 8 + 3 * colours]))
    bands, place = [], 8 + 3 * colours
    for _ in range(count):
        length, checksum, size = struct.unpack_from(">3L", data, place)
        bands.append(_Band(data[place + 12 : place + 12 + length], checksum, size))
        place += 12 + length
    return _Ground((width, height), palette, tuple(bands))


# --- the words ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one colour: how much of each pixel they cover, in a part of the page."""

    ink: Colour
    coverage: Image.Image
    box: _Box

    @property
    def bands(self) -> range:
        """The bands in which they stand."""
        return range(self.box[1] // _BAND, -(-self.box[3] // _BAND))


def _over(ground: _Ground, glyphs: Sequence[Glyphs]) -> _Ground:
    """Return the ground with words over it."""
    words = [part for lines in _together(glyphs) for part in _drawn(lines, ground.size)]
    inked = sorted({number for part in words for number in part.bands})
    pixels = _pixels(ground, inked)
    parts = [_placed(part, pixels) for part in words]
    palette = _with_shades(ground.palette, parts)
    for part in parts:
        _ink(pixels, part, palette)
    bands = list(ground.bands)
    for number in inked:
        top = number * _BAND
        rows = pixels.crop((0, top, pixels.width, min(pixels.height, top + _BAND)))
        bands[number] = _packed_rows(rows.tobytes(), level=4)
    return _Ground(ground.size, palette, tuple(bands))


def _together(glyphs: Sequence[Glyphs]) -> Iterator[Sequence[Glyphs]]:
    """Yield the glyphs of lines that follow one another, in one colour."""
    lines: list[Glyphs] = []
    for one in glyphs:
        if lines and (
            one.colour != lines[-1].colour or abs(one.line - lines[-1].line) > _APART * one.size
        ):
            yield lines
            lines = []
        lines.append(one)
    if lines:
        yield lines


def _drawn(lines: Sequence[Glyphs], size: tuple[int, int]) -> Iterator[_Words]:
    """Yield the words as far as they are on the page, if any of them is seen."""
    pen = hb.RasterDraw()
    for one in lines:
        scale = one.size / one.font.face.upem
        for number, x, y in one.places:
            pen.transform = (scale, 0, 0, scale, x, -y)  # rows are counted from below there
            pen.draw_glyph(one.font, number)
    drawn = pen.render()
    if drawn is None or not (drawn.extents.width and drawn.extents.height):
        return
    left, below, width, height, stride = drawn.extents
    coverage = Image.frombuffer("L", (width, height), drawn.buffer, "raw", "L", stride, -1)
    top = -below - height
    seen = (max(0, left), max(0, top), min(size[0], left + width), min(size[1], top + height))
    if seen[0] < seen[2] and seen[1] < seen[3]:
        part = coverage.crop((seen[0] - left, seen[1] - top, seen[2] - left, seen[3] - top))
        yield _Words(lines[0].colour, part, seen)


def _pixels(ground: _Ground, bands: Sequence[int]) -> Image.Image:
    """Return the picture with these bands filled in, each row after the number of its filter."""
    width, height = ground.size[0] + 1, ground.size[1]
    pixels = Image.new("L", (width, height))
    for number in bands:
        band = ground.bands[number]
        rows = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS).decompress(band.data)
        pixels.paste(Image.frombytes("L", (width, band.size // width), rows), (0, number * _BAND))
    return pixels


@dataclass(frozen=True, slots=True)
class _Placed:
    """Words on their ground: where they cover any of it, and how many pixels of which colours.

    The colours are told by their places in the palette, the most frequent first.
    """

    words: _Words
    box: _Box
    under: Image.Image
    covered: Image.Image
    counts: tuple[tuple[int, int], ...]


def _placed(words: _Words, pixels: Image.Image) -> _Placed:
    """Return words among rows that have the number of a filter before each."""
    left, top, right, bottom = words.box
    box = (left + 1, top, right + 1, bottom)
    under, covered = pixels.crop(box), words.coverage.point(_ANY)
    counts = [pair for pair in enumerate(under.histogram(covered)) if pair[1]]
    counts.sort(key=lambda pair: -pair[1])
    return _Placed(words, box, under, covered, tuple(counts))


def _with_shades(palette: tuple[Colour, ...], parts: Sequence[_Placed]) -> tuple[Colour, ...]:
    """Return the palette with the inks, and what is between them and what they most stand on."""
    pairs: Counter[tuple[Colour, Colour]] = Counter()
    for part in parts:
        for index, count in sorted(part.counts):
            pairs[palette[index], part.words.ink] += count
    shades = (
        _between(paper, ink, step / _SHADES)
        for (paper, ink), _ in pairs.most_common(_MOST_PAIRS)
        for step in range(_SHADES, 0, -1)
    )
    return tuple(dict.fromkeys((*palette, *shades)))[:256]


def _ink(pixels: Image.Image, part: _Placed, palette: Sequence[Colour]) -> None:
    """Draw words over the ground, each pixel in the nearest colour of the palette."""
    for index, _ in part.counts:
        colours = [
            _nearest(palette, _between(palette[index], part.words.ink, step / _SHADES))
            for step in range(_SHADES + 1)
        ]
        shades = part.words.coverage.point([colours[step] for step in _STEPS])
        covered = part.covered
        if len(part.counts) > 1:
            same = part.under.point([255 * (value == index) for value in range(256)])
            covered = ImageChops.darker(covered, same)
        pixels.paste(shades, part.box, covered)


def _nearest(palette: Sequence[Colour], wanted: Colour) -> int:
    """Return the place of a colour in the palette, or of the one that is nearest to it."""
    if wanted in palette:
        return palette.index(wanted)
    return min(
        range(len(palette)),
        key=lambda place: sum(
            (one - other) ** 2 for one, other in zip(palette[place], wanted, strict=True)
        ),
    )


def _between(paper: Colour, ink: Colour, share: float) -> Colour:
    red, green, blue = (
        round(one + (other - one) * share) for one, other in zip(paper, ink, strict=True)
    )
    return red, green, blue


# --- the file -------------------------------------------------------------------------------


def _band(rows: Image.Image, *, level: int) -> _Band:
    filtered = Image.new("P", (rows.width + 1, rows.height), 0)
    filtered.paste(rows, (1, 0))
    return _packed_rows(filtered.tobytes(), level=level)


def _packed_rows(plain: bytes, *, level: int) -> _Band:
    packer = zlib_ng.compressobj(level, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS)
    # After a full flush nothing refers to what was before it (RFC 1951).
    data = packer.compress(plain) + packer.flush(zlib_ng.Z_FULL_FLUSH)
    return _Band(data, zlib_ng.adler32(plain), len(plain))


def _png(ground: _Ground) -> bytes:
    header = struct.pack(">2L5B", *ground.size, 8, 3, 0, 0, 0)
    whole = reduce(_joined, ground.bands)
    last_block = b"\x03\x00"
    pixels = b"".join((b"\x78\xda", *(band.data for band in ground.bands), last_block))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", b"".join(map(bytes, ground.palette))),
            _chunk(b"IDAT", pixels + struct.pack(">L", whole.checksum)),
            _chunk(b"IEND", b""),
        )
    )


def _joined(first: _Band, second: _Band) -> _Band:
    """Return the checksum of two bands as one, from theirs (RFC 1950)."""
    low, high = first.checksum & 0xFFFF, first.checksum >> 16
    more_low, more_high = second.checksum & 0xFFFF, second.checksum >> 16
    low, high = (
        (low + more_low - 1) % 65521,
        (high + more_high + second.size * (low - 1)) % 65521,
    )
    return _Band(b"", high << 16 | low, first.size + second.size)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join(
        (struct.pack(">L", len(data)), kind, data, struct.pack(">L", zlib_ng.crc32(kind + data)))
    )
