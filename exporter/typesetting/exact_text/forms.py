"""What a cluster is in a font, whatever the document: what its codes draw and stand for.

A character that is drawn by one glyph, about as wide as in the font, is that glyph. A cluster that
is drawn with several glyphs, or stands for several characters, becomes one composite glyph on the
first of its codes that has room, and blanks for the others; so every extractor finds its characters
in order, where a glyph drawn for two words could have the text of one of them only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from weasyprint.text.ffi import FROM_UNITS

from exporter.typesetting.exact_text.clusters import Cluster, Glyph
from exporter.typesetting.exact_text.encoding import Codes, Form, is_thin
from exporter.typesetting.exact_text.truetype import Outline, Part, TrueType

# By how much a glyph may be wider or narrower than in its font and be drawn as it is, in 1/1000 em.
_LARGEST_GAP = 20
# How wide what has no room of its own is, likewise.
_ANCHOR, _SPACE = 20, 250
_HAIR = 3
# Of all fonts and sizes of a process: about 20 MB.
_MOST_FORMS = 20_000


def thousandths(units: int, size: float) -> float:
    """Return a length of Pango's in 1/1000 em."""
    return float(units * FROM_UNITS * 1000 / size)


def form_of(cluster: Cluster, font: TrueType, size: float) -> Form:
    """Return how a cluster is drawn in a font of this size."""
    _, _, text, glyphs, advance, is_whole = cluster
    if text == " " and len(glyphs) == 1 and font.is_blank(glyphs[0].number):
        return _space(font, glyphs[0].number, is_whole)
    return _form(font, size, text, glyphs, advance, is_whole)


@lru_cache
def whole_space(advance: int) -> Form:
    """Return a space as wide as this in the font's units."""
    return Form((_whole(" ", (), advance),))


@lru_cache
def thin(character: str, font: TrueType) -> Form:
    """Return a character that is not seen."""
    return Form((_thin(character, font),))


@lru_cache
def anchor(text: str, variant: int, font: TrueType, *, more: float = 0) -> Form:
    """Return how a character is drawn that is not seen, in one of several codes."""
    # So wide that PDFBox takes those of a run for one drawn twice, and keeps the first.
    # pdfium and PDFBox take any code of a space for how wide spaces are.
    width = _SPACE if text == " " else _ANCHOR
    advance = round(font.units_per_em * width / 1000 + font.units_per_em * more) + variant
    return Form((_whole(text, (), advance),))


@lru_cache
def standing_for(
    text: str, glyphs: tuple[Glyph, ...], font: TrueType, *, size: float, width: float
) -> Form:
    """Return glyphs that stand for a text which isn't their own, so many em wide."""
    parts = _placed(font, glyphs, size)
    return Form((_whole(text, parts, round(font.units_per_em * width)),))


@lru_cache
def _space(font: TrueType, glyph: int, is_whole: bool) -> Form:  # noqa: FBT001 - a cluster's
    return Form(_blanks(font, " ", [glyph], is_whole))


@lru_cache(_MOST_FORMS)
def _form(
    font: TrueType,
    size: float,
    text: str,
    glyphs: tuple[Glyph, ...],
    advance: int,
    is_whole: bool,  # noqa: FBT001 - a cluster's
) -> Form:
    inked = [one for one in glyphs if not font.is_blank(one.number)]
    if not inked:
        return Form(_blanks(font, text, [one.number for one in glyphs], is_whole))
    if len(text) == len(glyphs) == 1 and _is_plain(font, size, glyphs[0], advance):
        return Form((_glyph(font, inked[0].number, text),))
    parts = _placed(font, inked, size)
    room = round(advance * font.units_per_em * FROM_UNITS / size)
    if is_whole:
        return Form((_whole(text, parts, room),))
    # A stroke with nothing beside it has to stand for something too (PDF/UA-1 §7.21.7).
    return Form((_cells(font, text or "\N{ARABIC TATWEEL}", parts, room),))


def _placed(font: TrueType, glyphs: Iterable[Glyph], size: float) -> tuple[Part, ...]:
    unit = font.units_per_em * FROM_UNITS / size
    return tuple((one.number, round(one.x * unit), -round(one.y * unit)) for one in glyphs)


def _is_plain(font: TrueType, size: float, glyph: Glyph, advance: int) -> bool:
    """Whether a glyph stands about where the font would have it.

    A gap between a code and the next would be read as a space.
    """
    if glyph.x or glyph.y:
        return False
    natural = 1000 * font.advance(glyph.number) / font.units_per_em
    return abs(thousandths(advance, size) - natural) <= _LARGEST_GAP


def _blanks(
    font: TrueType,
    text: str,
    glyphs: Sequence[int],
    is_whole: bool,  # noqa: FBT001 - a cluster's
) -> tuple[Codes, ...]:
    """Return spaces as wide as in the font: what a line adds to them is a distance."""
    if is_whole:
        return (_whole(text, (), font.advance(glyphs[0])),)
    if len(text) == 1 and glyphs:
        return (_glyph(font, glyphs[0], text),)
    return tuple(_thin(character, font) for character in text)


def _glyph(font: TrueType, glyph: int, text: str) -> Codes:
    """Return the code of a glyph that stands for one character, as it is in the font."""
    parts = () if font.is_blank(glyph) else ((glyph, 0, 0),)
    return Codes((glyph, text), ((text, Outline(parts, font.advance(glyph))),))


def _whole(text: str, parts: tuple[Part, ...], advance: int) -> Codes:
    """Return one code for all of a text."""
    key = (text, parts, advance, "whole")
    return Codes(key, ((text, Outline(parts, max(0, advance))),))


def _thin(character: str, font: TrueType) -> Codes:
    return Codes(character, ((character, Outline((), _hair(font))),))


def _hair(font: TrueType) -> int:
    return max(1, round(font.units_per_em * _HAIR / 1000))


def _cells(font: TrueType, text: str, parts: tuple[Part, ...], advance: int) -> Codes:
    """Return a code for each character of a text, given from left to right."""
    outlines = _outlines(text, parts, advance, hair=_hair(font))
    return Codes((text, parts, advance), tuple(zip(text, outlines, strict=True)))


def _outlines(text: str, parts: tuple[Part, ...], advance: int, *, hair: int) -> Iterator[Outline]:
    wide = sum(not is_thin(character) for character in text)
    hair = hair if wide and advance > 4 * hair * len(text) else 0
    room = advance - hair * (len(text) - wide)
    inked = next((i for i, one in enumerate(text) if not is_thin(one)), 0)
    left, cells = 0, 0
    for index, character in enumerate(text):
        width = hair
        if not wide or not is_thin(character):
            # The room that is left goes to the cells that are left, without a rest.
            cells += 1
            width = room * cells // (wide or len(text)) - room * (cells - 1) // (wide or len(text))
        drawn = parts if index == inked else ()
        yield Outline(tuple((glyph, x - left, y) for glyph, x, y in drawn), max(0, width))
        left += max(0, width)
