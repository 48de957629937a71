"""Fonts: the bundled families, what characters each has, subsets that shape as the whole does."""

from __future__ import annotations

import io
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from exporter import assets
from exporter.errors import UsageError
from exporter.notices import Notice, NoticeCode
from exporter.records import dataclass
from exporter.tables import parsed

# Shaping puts these in or looks for them where a text has none: the space; the no-break space; the
# tatweel; ZWNJ and ZWJ; the dotted circle under a mark without a base.
SHAPING_CHARACTERS = "\N{SPACE}\N{NO-BREAK SPACE}\N{ARABIC TATWEEL}\N{ZERO WIDTH NON-JOINER}\
\N{ZERO WIDTH JOINER}\N{DOTTED CIRCLE}"

# Format characters (Cf) with a shape of their own: Arabic number signs and the end of ayah.
_VISIBLE_FORMATS = frozenset(
    "\N{ARABIC NUMBER SIGN}\N{ARABIC SIGN SANAH}\N{ARABIC FOOTNOTE MARKER}\N{ARABIC SIGN SAFHA}"
    "\N{ARABIC SIGN SAMVAT}\N{ARABIC NUMBER MARK ABOVE}\N{ARABIC END OF AYAH}"
    "\N{ARABIC DISPUTED END OF AYAH}"
)
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))

# OpenType name IDs kept beside HarfBuzz's 0 to 6: the trademark, the licence and its address.
# OFL 1.1 §2: every copy carries the copyright notice (ID 0) and the licence.
_LICENCE_NAMES = (7, 13, 14)
# Family, unique identifier, full and PostScript name; the typographic family and WWS family.
_NAMES_OF_THE_FONT = frozenset((1, 3, 4, 6, 16, 21))


class FontRole(StrEnum):
    """What a family is for: text, code, or what a text family lacks."""

    TEXT = "text"
    MONO = "mono"
    LETTERS = "letters"
    SYMBOLS = "symbols"
    EMOJI = "emoji"


class Style(StrEnum):
    """The slope of a face, as in CSS's `font-style`."""

    NORMAL = "normal"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file; `weight` is a CSS weight, 400 regular and 700 bold.

    `axes` is the place of a variable font that it is, `scale` by how much it is drawn larger than
    its size.
    """

    path: Path
    weight: int
    style: Style
    axes: tuple[tuple[str, float], ...] = ()
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family by its CSS name.

    `leading` is the least height of a line, in em, of a family that needs more than others do.
    """

    name: str
    role: FontRole
    faces: tuple[Face, ...]
    leading: float = 0.0

    @property
    def has_italic(self) -> bool:
        """Whether an italic was drawn; without one, emphasis is shown another way."""
        return any(face.style is Style.ITALIC for face in self.faces)

    def face(self, weight: int, style: Style) -> Face:
        """Return the face nearest to this weight and style, the style counting first."""
        return min(
            self.faces, key=lambda face: (face.style is not style, abs(face.weight - weight))
        )

    @property
    def regular(self) -> Face:
        """The face of running text."""
        return self.face(400, Style.NORMAL)


@cache
def families() -> tuple[FontFamily, ...]:
    """Return the bundled families in the order of fonts.toml."""
    folder = assets.fonts_folder()
    return tuple(
        FontFamily(
            table["name"],
            FontRole(table["role"]),
            tuple(
                Face(folder / table["folder"] / face["file"], face["weight"], Style(face["style"]))
                for face in table["face"]
            ),
            table.get("leading", 0.0),
        )
        for table in _tables()
    )


@cache
def _tables() -> list[dict[str, Any]]:
    text = (assets.fonts_folder() / "fonts.toml").read_text(encoding="utf-8")
    tables: list[dict[str, Any]] = parsed(text)["family"]
    return tables


@dataclass(frozen=True, slots=True)
class AcrossSpaces:
    """What a face moves across a space: one of the letters `after` it behind one of those `before`.

    Nothing else in a line of Arabic words is drawn in another way for what is beyond a space.
    """

    before: frozenset[str]
    after: frozenset[str]


@cache
def across_spaces() -> Mapping[str, AcrossSpaces]:
    """Return what the bundled faces move across a space, by the SHA-256 of their files.

    Of a face that is not among them nothing is known.
    """
    return {
        face["sha256"]: AcrossSpaces(*map(frozenset, table["across-spaces"]))
        for table in _tables()
        if "across-spaces" in table
        for face in table["face"]
    }


def family(name: str) -> FontFamily:
    """Return the family with this name; raises UsageError, with the names there are."""
    for candidate in families():
        if candidate.name.casefold() == name.casefold():
            return candidate
    known = ", ".join(candidate.name for candidate in families())
    raise UsageError("font-unknown", subject=name, detail=known)


@cache
def _opened(face: Face) -> hb.Face:
    if face.axes or face.scale != 1:
        return hb.Face(hb.Blob(data_of(face)))
    return _whole(face.path)


@cache
def _whole(path: Path) -> hb.Face:
    """Return the font in a file as it is there: of all places of its axes, and in its own scale."""
    return hb.Face(hb.Blob.from_file_path(str(path)))


def data_of(face: Face) -> bytes:
    """Return the font file of a face, at its place of the axes and in its scale."""
    data = face.path.read_bytes()
    if face.axes:
        data = _instance(data, face.axes)
    return _scaled(data, face.scale) if face.scale != 1 else data


def _instance(data: bytes, axes: Iterable[tuple[str, float]]) -> bytes:
    """Return one place of a variable font as a font of its own, with all its characters."""
    whole = hb.Face(data)
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    wanted.pin_all_axes_to_default(whole)
    for tag, value in axes:
        wanted.pin_axis_location(whole, tag, value)
    instance: bytes = hb.subset(whole, wanted).blob.data
    return instance


def _scaled(data: bytes, scale: float) -> bytes:
    """Return a font whose em is another number of its units: everything in it has another size."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count))
    (head,) = (offset for tag, _, offset, _ in records if tag == b"head")
    place = head + 18
    (units,) = struct.unpack_from(">H", data, place)
    return b"".join((data[:place], struct.pack(">H", round(units / scale)), data[place + 2 :]))


@cache
def is_postscript(face: Face) -> bool:
    """Whether the outlines of a face are those of PostScript (CFF), as most OTF files have them."""
    return not {"CFF ", "CFF2"}.isdisjoint(_whole(face.path).table_tags)


@cache
def characters_of(face: Face) -> frozenset[str]:
    """Return the characters that the face's cmap maps to a glyph."""
    return frozenset(map(chr, _whole(face.path).unicodes))


@cache
def is_drawn(character: str) -> bool:
    """Whether a reader would see the character: no control, space or invisible format."""
    if character in _VISIBLE_FORMATS:
        return True
    if character in _VARIATION_SELECTORS or character == "\N{COMBINING GRAPHEME JOINER}":
        return False
    return unicodedata.category(character) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}


@cache
def counts_as_letter(character: str) -> bool:
    """Whether the character counts where a place in a text is told by the letters before it.

    Spaces and joiners may be other ones on paper and on a screen, and so may tatweel.
    """
    return character != "\N{ARABIC TATWEEL}" and is_drawn(character)


def missing_characters(text: str, families: Iterable[FontFamily]) -> tuple[str, ...]:
    """Return the drawn characters of the text that no family has, in code point order."""
    missing = set(text)
    for family in families:
        missing -= characters_of(family.regular)
    return tuple(sorted(filter(is_drawn, missing)))


def drawing(text: str, families: Sequence[FontFamily]) -> FontFamily:
    """Return the first family that has most of a text's letters: the one it is drawn with."""
    counts = Counter(text)
    letters = {letter: count for letter, count in counts.items() if letter.isalpha()}
    letters_in_all = sum(letters.values())
    for one in families:
        known = characters_of(one.regular)
        drawn = sum(count for letter, count in letters.items() if letter in known)
        if 2 * drawn >= letters_in_all:
            return one
    return families[0]


def replace_missing(text: str, families: Sequence[FontFamily]) -> str:
    """Return the text with U+FFFD for every character that no family has.

    PDF/UA-1 §7.21.8 forbids .notdef, the glyph that a font would show instead.
    """
    missing = missing_characters(text, families)
    return text.translate(dict.fromkeys(map(ord, missing), "\N{REPLACEMENT CHARACTER}"))


def character_name(character: str) -> str:
    """Return a character as Unicode names it: `U+2192 RIGHTWARDS ARROW`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def missing_notices(characters: Iterable[str]) -> tuple[Notice, ...]:
    """Return the notice of each character that no family has."""
    return tuple(
        Notice(NoticeCode.CHARACTER_MISSING, text=character, detail=character_name(character))
        for character in characters
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """A face opened for shaping."""

    font: hb.Font
    units_per_em: int


@cache
def _measure(face: Face) -> _Measure:
    opened = _opened(face)
    return _Measure(hb.Font(opened), opened.upem)


def width(text: str, face: Face) -> float:
    """Return the advance width of one line of text after shaping, in em."""
    measure = _measure(face)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(measure.font, buffer)
    total: int = sum(position.x_advance for position in buffer.glyph_positions or ())
    return total / measure.units_per_em


def x_height(face: Face) -> float:
    """Return the height of a small Latin letter, in em; 0 for a face without one."""
    measure = _measure(face)
    glyph = measure.font.get_nominal_glyph(ord("x"))
    extents = measure.font.get_glyph_extents(glyph) if glyph else None
    return extents.y_bearing / measure.units_per_em if extents else 0.0


def subset(face: Face, characters: Iterable[str]) -> bytes:
    """Return the face as a TTF of these characters only, which shapes them as the whole does.

    Every script, language and feature of the layout tables stays, and with them each glyph that
    these characters can become; hinting goes. The bytes depend on the face and the characters
    alone: `head.modified` keeps the date of the face. A face whose licence reserves its name gets
    another.
    """
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, sorted({*characters, *SHAPING_CHARACTERS})))
    for tags in (wanted.layout_feature_tag_set, wanted.layout_script_tag_set):
        tags.clear()
        tags.invert()
    wanted.name_id_set.update(_LICENCE_NAMES)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    data: bytes = hb.subset(_opened(face), wanted).blob.data
    return _renamed(data) if _reserves_its_name(face) else data


@cache
def _reserves_its_name(face: Face) -> bool:
    """Whether a face's notice, or that beside it, reserves its name (OFL 1.1 §3)."""
    licence = face.path.with_name("OFL.txt")
    header = _opened(face).get_name(hb.OTNameIdPredefined.COPYRIGHT) or ""
    if licence.is_file():
        header += licence.read_text(encoding="utf-8").partition("-----")[0]
    return "reserved font name" in header.lower()


def _renamed(data: bytes) -> bytes:
    """Return a font under a name of our own: OFL 1.1 §3 keeps the reserved one for the whole.

    CSS finds it by the name in `@font-face`, which is no font's own.
    """
    from fontTools.ttLib import TTFont  # WeasyPrint brings it; few faces need it

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    old = font["name"].getDebugName(6) or ""
    new = f"Book Subset {sha256(old.encode()).hexdigest()[:6].upper()}"
    for record in font["name"].names:
        if record.nameID in _NAMES_OF_THE_FONT:
            record.string = new.replace(" ", "") if record.nameID == 6 else new
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
