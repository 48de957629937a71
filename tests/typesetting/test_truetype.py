"""A font made of outlines in use draws what the whole font draws."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from exporter import fonts
from exporter.typesetting.exact_text.truetype import Outline, TrueType, build

FILES = {family.name: family.regular.path for family in fonts.families()}
every_font = pytest.mark.parametrize("name", FILES)


def drawn(font: TTFont, glyph: str, *, x: int = 0, y: int = 0) -> list[tuple[object, ...]]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return [
        (operator, *((point[0] + x, point[1] + y) for point in points if point is not None))
        for operator, points in pen.value
    ]


@every_font
def test_glyphs_alone_and_together_are_drawn_as_in_the_whole_font(name: str) -> None:
    data = FILES[name].read_bytes()
    whole, source = TTFont(BytesIO(data)), TrueType(data)
    cmap = whole.getBestCmap()
    letters = [cmap[code] for code in map(ord, "אבהABé") if code in cmap]
    letters += [cmap[code] for code in map(ord, "كتبءج😀🎉❤") if code in cmap]
    numbers = [whole.getGlyphID(letter) for letter in letters]
    alone = [Outline(((number, 0, 0),), source.advance(number)) for number in numbers]
    moved = ((numbers[0], 0, 0), (numbers[1], 300, -40), (numbers[2], -5, 200))
    outlines = [*alone, Outline(moved, 777), Outline((), 55)]
    built, places = build(source, outlines)
    made = TTFont(BytesIO(built))
    order = made.getGlyphOrder()
    for letter, place in zip(letters, places, strict=False):
        assert drawn(made, order[place]) == drawn(whole, letter)
        assert made["hmtx"][order[place]][0] == whole["hmtx"][letter][0]
    together = [
        step
        for (number, x, y) in moved
        for step in drawn(whole, whole.getGlyphName(number), x=x, y=y)
    ]
    assert drawn(made, order[places[-2]]) == together
    assert drawn(made, order[places[-1]]) == []
    assert [made["hmtx"][order[place]][0] for place in places[-2:]] == [777, 55]


@every_font
def test_the_file_is_sound(name: str) -> None:
    data = FILES[name].read_bytes()
    source = TrueType(data)
    number = next(number for number in range(3, 900) if not source.is_blank(number))
    built, _ = build(source, [Outline(((number, 10, 20), (number, 0, 900)), 400)])
    made = TTFont(BytesIO(built), checkChecksums=2)
    assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp"} == set(made.keys()) - {"GlyphOrder"}
    glyphs = made.getGlyphSet()
    for glyph in made.getGlyphOrder()[1:]:
        pen = BoundsPen(glyphs)
        glyphs[glyph].draw(pen)
        header = made["glyf"][glyph]
        assert pen.bounds is not None
        assert made["hmtx"][glyph][1] == header.xMin
    again, _ = build(source, [Outline(((number, 10, 20), (number, 0, 900)), 400)])
    assert again == built


def test_fonts_that_are_no_plain_truetype_are_left_alone() -> None:
    assert TrueType.fits(b"\0\1\0\0", ["glyf", "loca", "cmap"])
    assert not TrueType.fits(b"OTTO", ["CFF ", "cmap"])
    assert not TrueType.fits(b"\0\1\0\0", ["glyf", "loca", "fvar"])
    assert not TrueType.fits(b"\0\1\0\0", ["glyf", "loca", "COLR"])
