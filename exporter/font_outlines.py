"""Outlines of PostScript fonts as those of TrueType ones, which the paper's text is made of.

What is shaped with a font stays the same; a curve is off by a thousandth of an em at most.
"""

from __future__ import annotations

import io

CHANGES = 1
"""To be counted up with every change here: what an older version made is kept."""

_LARGEST_ERROR = 1 / 1000


def quadratic(data: bytes) -> bytes:
    """Return a font with PostScript outlines (CFF) as one with TrueType outlines."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    drawn = font.getGlyphSet()
    error = font["head"].unitsPerEm * _LARGEST_ERROR
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    builder = FontBuilder(font=font)
    builder.isTTF = True
    font["maxp"].tableVersion = 0x00010000
    builder.setupMaxp()
    builder.setupGlyf(glyphs)
    builder.setupPost(keepGlyphNames=False)
    font.sfntVersion = "\000\001\000\000"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
