"""Small fonts of our own making, as a user may have them in a folder: every letter a box."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation

ARABIC = "\N{ARABIC TATWEEL}ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،."
LATIN = "abcdefghijklmnopqrstuvwxyz."
_UNITS, _WIDTH = 1000, 500


def make(
    path: Path, family: str, *, letters: str = ARABIC, weight: int = 400, permission: int = 0
) -> Path:
    """Write a TTF or, where the path says so, an OTF; heavier ones have wider boxes."""
    style = "Bold" if weight >= 600 else "Regular"
    builder = _begun(letters, family, style, is_ttf=path.suffix != ".otf")
    box = _WIDTH * weight // 400 // 2
    if builder.isTTF:
        builder.setupGlyf({name: _box(box, name) for name in builder.font.getGlyphOrder()})
    else:
        strings = {name: _curve(box, name) for name in builder.font.getGlyphOrder()}
        builder.setupCFF(family.replace(" ", ""), {}, strings, {})
    return _saved(builder, path, weight=weight, permission=permission)


def make_variable(path: Path, family: str) -> Path:
    """Write a TTF from 300 to 900, of which the boxes grow with the weight."""
    builder = _begun(ARABIC, family, "Regular", is_ttf=True)
    names = builder.font.getGlyphOrder()
    builder.setupGlyf({name: _box(200, name) for name in names})
    builder.setupFvar([("wght", 300, 400, 900, "Weight")], [])
    heavier = [None, (200, 0), (200, 0), None]
    phantom = [(0, 0), None, None, None]
    builder.setupGvar(
        {
            name: [TupleVariation({"wght": (0, 1, 1)}, [*map(_moved, heavier), *phantom])]
            for name in names
            if name not in {".notdef", "space"}
        }
    )
    builder.setupStat([{"tag": "wght", "name": "Weight", "values": []}])
    return _saved(builder, path, weight=400, permission=0)


def _moved(by: tuple[int, int] | None) -> tuple[int, int]:
    return by or (0, 0)


def _begun(letters: str, family: str, style: str, *, is_ttf: bool) -> FontBuilder:
    builder = FontBuilder(_UNITS, isTTF=is_ttf)
    plain = family.encode("ascii", "ignore").decode().replace(" ", "") or "Own"
    builder.setupNameTable({"familyName": family, "styleName": style, "psName": f"{plain}-{style}"})
    characters = {f"uni{ord(one):04X}": one for one in letters}
    builder.setupGlyphOrder([".notdef", "space", *characters])
    builder.setupCharacterMap({32: "space", **{ord(one): name for name, one in characters.items()}})
    return builder


def _box(width: int, name: str) -> object:
    pen = TTGlyphPen(None)
    _draw(pen, width, name)
    return pen.glyph()


def _curve(width: int, name: str) -> object:
    pen = T2CharStringPen(_WIDTH, None)
    _draw(pen, width, name)
    return pen.getCharString()


def _draw(pen: TTGlyphPen | T2CharStringPen, width: int, name: str) -> None:
    if name in {".notdef", "space"}:
        return
    pen.moveTo((50, 0))
    for corner in ((50, 500), (50 + width, 500), (50 + width, 0)):
        pen.lineTo(corner)
    pen.closePath()


def _saved(builder: FontBuilder, path: Path, *, weight: int, permission: int) -> Path:
    builder.setupHorizontalMetrics(dict.fromkeys(builder.font.getGlyphOrder(), (_WIDTH, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(
        usWeightClass=weight,
        fsType=permission,
        fsSelection=1 << 5 if weight >= 600 else 1 << 6,
        sTypoAscender=800,
        sTypoDescender=-200,
        usWinAscent=800,
        usWinDescent=200,
    )
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path
