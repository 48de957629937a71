"""The font files are what fonts.toml says: complete, unchanged, licensed, named as they behave."""

import hashlib
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from exporter.assets import fonts_folder

TABLES = tomllib.loads((fonts_folder() / "fonts.toml").read_text(encoding="utf-8"))["family"]


@dataclass(frozen=True)
class Face:
    family: str
    version: str
    path: Path
    weight: int
    style: str
    sha256: str


FACES = [
    Face(
        family["name"],
        face.get("version", family["version"]),
        fonts_folder() / family["folder"] / face["file"],
        face["weight"],
        face["style"],
        face["sha256"],
    )
    for family in TABLES
    for face in family["face"]
]
each_face = pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
each_family = pytest.mark.parametrize("family", TABLES, ids=lambda family: family["name"])

# OS/2.fsSelection and head.macStyle (OpenType 1.9): the bits by which programs choose a face.
FS_ITALIC, FS_BOLD, FS_REGULAR = 1 << 0, 1 << 5, 1 << 6
MAC_BOLD, MAC_ITALIC = 1 << 0, 1 << 1


def test_every_font_file_is_listed() -> None:
    listed = {face.path for face in FACES}
    assert listed == set(fonts_folder().glob("*/*.ttf"))


@each_face
def test_the_file_is_the_one_that_was_bundled(face: Face) -> None:
    assert hashlib.sha256(face.path.read_bytes()).hexdigest() == face.sha256


@each_face
def test_the_name_table_fits(face: Face) -> None:
    with TTFont(face.path) as font:
        names = font["name"]
        assert names.getBestFamilyName() == face.family
        # ttfautohint adds itself after the number.
        assert names.getDebugName(5).partition(";")[0] == f"Version {face.version}"
        assert names.getDebugName(6) == face.path.stem
        assert "SIL Open Font License" in names.getDebugName(13)


@each_face
def test_weight_and_style_fit(face: Face) -> None:
    bold, italic = face.weight == 700, face.style == "italic"
    with TTFont(face.path) as font:
        selection, style = font["OS/2"].fsSelection, font["head"].macStyle
        assert font["OS/2"].usWeightClass == face.weight
        assert (font["post"].italicAngle != 0) is italic
        assert [bool(selection & bit) for bit in (FS_BOLD, FS_ITALIC, FS_REGULAR)] == [
            bold,
            italic,
            not bold and not italic,
        ]
        assert [bool(style & bit) for bit in (MAC_BOLD, MAC_ITALIC)] == [bold, italic]


@each_face
def test_embedding_and_subsetting_are_allowed(face: Face) -> None:
    with TTFont(face.path) as font:
        assert font["OS/2"].fsType == 0


@each_family
def test_the_licence_lies_beside_the_files(family: dict[str, str]) -> None:
    text = (fonts_folder() / family["folder"] / family["licence_file"]).read_text(encoding="utf-8")
    assert family["licence"] == "OFL-1.1"
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in text
    assert "PERMISSION & CONDITIONS" in text
    assert text.startswith("Copyright")


ARABIC = frozenset(map(ord, "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ،؛؟٠١٢٣٤٥٦٧٨٩پچژگکی"))
_POINTS = {*range(0x0591, 0x05C8)} - {0x05C3}
_GREEK = {*range(0x0391, 0x03CA), *range(0x1F00, 0x2000)}
_UNASSIGNED = {code for code in _GREEK if not unicodedata.name(chr(code), "")}
CHARACTERS = {
    # Letters, points and accents, the maqaf, geresh and gershayim, the shekel.
    "Noto Serif Hebrew": {*range(0x05D0, 0x05EB), *_POINTS, *range(0x20, 0x7F), *map(ord, "־׳״₪׃")},
    "Noto Sans Mono": {*range(0x20, 0x7F), *map(ord, "αβγабв←→")},
    # Greek of every age, Cyrillic with that of before 1918 and of the Caucasus.
    "Noto Serif": {*(_GREEK - _UNASSIGNED), *range(0x0400, 0x0530), *map(ord, "№†‡")},
    "Noto Sans Math": {*range(0x2190, 0x2200), *range(0x2200, 0x2300), *map(ord, "⟨⟩ℝ𝑥★✓")},
    "Noto Sans Symbols": {*range(0x2460, 0x2500), *map(ord, "☪☮♪♫Ⅳ")},
    "Noto Sans Symbols 2": {*range(0x25A0, 0x2600), *map(ord, "✓✔✗☎☞❤⚠⌘")},
    "Noto Emoji": {*range(0x1F600, 0x1F650), *range(0x1F3FB, 0x1F400), *map(ord, "🇸🇦❤☎🎉✨")},
}


@each_family
def test_a_family_has_the_characters_it_is_there_for(family: dict[str, str]) -> None:
    wanted = CHARACTERS.get(family["name"], ARABIC)
    for face in FACES:
        if face.family == family["name"]:
            with TTFont(face.path) as font:
                missing = wanted - font.getBestCmap().keys()
            assert not missing, "".join(map(chr, sorted(missing)))
