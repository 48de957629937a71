"""The pixels of a cover: a ground that is drawn once for many covers, and the words over it.

The ground is the drawing that the body of a cover begins with. It is kept as the PNG has it, in
bands that are compressed each for itself, so that a cover costs its words alone.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import pypdfium2
from PIL import Image
from PIL import __version__ as pillow_version

from exporter.kept import kept
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.typesetting.engine import Engine
from exporter.version import __version__

LARGEST_DRAWN_BYTES = 120_000
_PIXELS_PER_POINT = 96 / 72
_GROUND = compiled(r"<body[^>]*>\s*(<svg .*?</svg>)", re.DOTALL)

_BAND = 64
"""Rows of a band."""
_COARSE = 8
"""How many pixels wide and high is one of the picture in which the words are looked for."""

# The fewer colours, the smaller the file: the first count that keeps the limit is taken.
_COLOURS = (48, 24, 12)
_LARGEST_GROUND = 80_000
# A colour on so much of the ground is kept as it is.
_FLAT = 1 / 200
_MOST_INKS = 6
_SHADES = 16
_CLEAR = (0, 0, 0, 0)

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
    drawing = _GROUND.search(html)
    if drawing is None:
        return _png(_ground(raster(engine.render_pdf(html, css=css))))
    # A cover is seldom the only one of its palette.
    ground = _ground_of(f"<html><body>{drawing[1]}</body></html>", css, engine)
    words = engine.render_pdf(html.replace(drawing[1], ""), css=css)
    return _png(_over(ground, words))


def raster(pdf: bytes) -> Image.Image:
    """Return the first page of a PDF as a picture, a pixel for each of CSS."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[0].render(scale=_PIXELS_PER_POINT).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


# --- the ground -----------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _ground_of(html: str, css: str, engine: Engine) -> _Ground:
    drawn_by = (pillow_version, str(pypdfium2.PYPDFIUM_INFO), engine.version)
    made_by = (__version__, *drawn_by, zlib.ZLIB_RUNTIME_VERSION, _source())
    return _unpacked(
        kept(
            "covers",
            "\0".join((*made_by, html, css)),
            lambda: _packed(_ground(raster(engine.render_pdf(html, css=css)))),
        )
    )


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
    found = sorted(_counted(picture), reverse=True)
    flat = [(red, green, blue) for number, (red, green, blue) in found if number >= least]
    mixed = picture.quantize(count, dither=Image.Dither.NONE).getpalette() or []
    rest = list(zip(mixed[0::3], mixed[1::3], mixed[2::3], strict=True))
    return tuple(dict.fromkeys((*flat, *rest)))[:count]


def _counted(picture: Image.Image) -> Sequence[tuple[int, tuple[int, ...]]]:
    """Return how many pixels have which colour; nothing for a picture that has very many."""
    found: Sequence[tuple[int, tuple[int, ...]]] = picture.getcolors(1 << 16) or []  # type: ignore[assignment]
    return found


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
    """A part of the page in which words stand, from which band on, and the ground under it."""

    box: _Box
    first: int
    picture: Image.Image
    under: Image.Image


def _over(ground: _Ground, pdf: bytes) -> _Ground:
    """Return the ground with the page of a PDF over it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        parts = [_drawn(document[0], box, ground) for box in _boxes(document[0], ground.size)]
    finally:
        document.close()
    palette = _with_shades(ground.palette, parts)
    swatch = _swatch(palette)
    bands = list(ground.bands)
    for part in parts:
        under = part.under.convert("RGB")
        under.paste(part.picture, part.box[:2], part.picture.getchannel("A"))
        indexed = under.quantize(palette=swatch, dither=Image.Dither.NONE)
        for top in range(0, indexed.height, _BAND):
            rows = indexed.crop((0, top, indexed.width, min(indexed.height, top + _BAND)))
            bands[part.first + top // _BAND] = _band(rows, level=6)
    return _Ground(ground.size, palette, tuple(bands))


def _boxes(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Iterator[_Box]:
    """Yield whole bands in which something is drawn, neighbours as one, as wide as needed.

    It is looked for in a coarse picture, with a dot of it to spare on each side.
    """
    scale = _PIXELS_PER_POINT / _COARSE
    coarse = page.render(scale=scale, fill_color=_CLEAR, maybe_alpha=True).to_pil()
    ink = coarse.getchannel("A")
    dots = _BAND // _COARSE
    inked = [
        ink.crop((0, number * dots - 1, ink.width, (number + 1) * dots + 1)).getbbox() is not None
        for number in range(-(-size[1] // _BAND))
    ]
    for is_inked, run in groupby(range(len(inked)), key=inked.__getitem__):
        first, *more = run
        if is_inked:
            top, bottom = first * _BAND, min(size[1], (first + len(more) + 1) * _BAND)
            rows = (0, top // _COARSE - 1, ink.width, bottom // _COARSE + 1)
            left, _, right, _ = ink.crop(rows).getbbox() or (0, 0, 0, 0)
            yield (
                max(0, (left - 1) * _COARSE),
                top,
                min(size[0], (right + 1) * _COARSE),
                bottom,
            )


def _drawn(page: pypdfium2.PdfPage, box: _Box, ground: _Ground) -> _Words:
    left, top, right, bottom = box
    width, height = ground.size
    edges = (left, height - bottom, width - right, top)
    picture = page.render(
        scale=_PIXELS_PER_POINT,
        crop=tuple(edge / _PIXELS_PER_POINT for edge in edges),
        fill_color=_CLEAR,
        maybe_alpha=True,
    ).to_pil()
    first, last = top // _BAND, -(-bottom // _BAND)
    rows = b"".join(
        zlib.decompressobj(-zlib.MAX_WBITS).decompress(band.data)
        for band in ground.bands[first:last]
    )
    # Each row of a PNG has the number of its filter before it.
    filtered = Image.frombytes("P", (width + 1, bottom - top), rows)
    filtered.putpalette([value for colour in ground.palette for value in colour])
    under = filtered.crop((1, 0, width + 1, bottom - top))
    return _Words((left, 0, right, bottom - top), first, picture, under)


def _with_shades(palette: tuple[Colour, ...], parts: Sequence[_Words]) -> tuple[Colour, ...]:
    """Return the palette with the colours of the words, and what is between them and the ground."""
    inks: dict[tuple[Colour, Colour], None] = {}
    for part in parts:
        histogram = part.under.crop(part.box).histogram()
        paper = palette[histogram.index(max(histogram))]
        solid = sorted(
            (number, (red, green, blue))
            for number, (red, green, blue, alpha) in _counted(part.picture)
            if alpha == 255
        )
        inks |= {(paper, ink): None for _, ink in solid[: -_MOST_INKS - 1 : -1]}
    shades = (
        _between(paper, ink, step / _SHADES)
        for paper, ink in [*inks][:_MOST_INKS]
        for step in range(1, _SHADES + 1)
    )
    return tuple(dict.fromkeys((*palette, *shades)))[:256]


def _between(paper: Colour, ink: Colour, share: float) -> Colour:
    red, green, blue = (
        round(one + (other - one) * share) for one, other in zip(paper, ink, strict=True)
    )
    return red, green, blue


# --- the file -------------------------------------------------------------------------------


def _band(rows: Image.Image, *, level: int) -> _Band:
    filtered = Image.new("P", (rows.width + 1, rows.height), 0)
    filtered.paste(rows, (1, 0))
    plain = filtered.tobytes()
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    # After a full flush nothing refers to what was before it (RFC 1951).
    data = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    return _Band(data, zlib.adler32(plain), len(plain))


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
        (struct.pack(">L", len(data)), kind, data, struct.pack(">L", zlib.crc32(kind + data)))
    )
