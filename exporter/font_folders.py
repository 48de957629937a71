"""Folders of a user's own fonts: the families in them, and whether a document may be set in one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from exporter import fonts
from exporter.errors import UsageError, reason_of
from exporter.fonts import Face, FontFamily, FontRole, Style
from exporter.records import dataclass

_ENDINGS = frozenset((".otf", ".ttf"))
_REGULAR, _BOLD = 400, 700
# From what height on a font is taken for one whose words run down, as nastaliq's do, in em.
_TALL, _TALLEST = 2.2, 2.4

# OpenType 1.9, OS/2.fsType: what a font's maker forbids; OS/2.fsSelection: the slope of a face.
_RESTRICTED, _ALLOWED = 0x2, 0x4 | 0x8
_WHOLE_ONLY, _BITMAPS_ONLY = 0x100, 0x200
_ITALIC = 0x1
_NORMAL_WIDTH = 5

_ALPHABETS = (
    frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    frozenset("אבגדהוזחטיכלמנסעפצקרשת"),
)


@dataclass(frozen=True, slots=True)
class _File:
    """A font file as its tables describe it."""

    family: str
    faces: tuple[Face, ...]
    narrowness: int
    """How far its width is from the normal one."""
    height: float
    """How high a line of it is meant to be, in em."""
    is_variable: bool


def families_in(folder: Path) -> tuple[FontFamily, ...]:
    """Return the families of a folder and those below it, by name: TTF and OTF, variable ones too.

    Of each there are the faces nearest to regular and bold, upright and italic. Raises UsageError
    for a folder without fonts, and for a file in it that is none.
    """
    try:
        paths = sorted(path for path in folder.rglob("*") if _is_font(path))
    except OSError as error:
        raise UsageError(
            "font-folder-unreadable", subject=str(folder), detail=reason_of(error)
        ) from error
    if not folder.is_dir() or not paths:
        raise UsageError("font-folder-empty", subject=str(folder))
    by_name: dict[str, list[_File]] = {}
    for path in paths:
        file = _described(path)
        by_name.setdefault(file.family, []).append(file)
    return tuple(_family(name, files) for name, files in sorted(by_name.items()))


def only(families: Sequence[FontFamily], *, folder: Path) -> str:
    """Return the name of the one family of a folder; raises UsageError where there are several."""
    if len(families) > 1:
        names = ", ".join(family.name for family in families)
        raise UsageError("font-folder-several", subject=str(folder), detail=names)
    return families[0].name


def _is_font(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and not path.name.startswith(".") and path.is_file()


def _family(name: str, files: Sequence[_File]) -> FontFamily:
    """Return the family of its files; of two with the same face, the plainer one counts."""
    faces: dict[tuple[int, Style], Face] = {}
    for file in sorted(files, key=lambda one: (one.narrowness, one.is_variable)):
        for face in file.faces:
            faces.setdefault((face.weight, face.style), face)
    every = FontFamily(name, FontRole.TEXT, tuple(faces.values()))
    styles = [style for style in Style if any(face.style is style for face in every.faces)]
    wanted = (every.face(weight, style) for style in styles for weight in (_REGULAR, _BOLD))
    height = max(file.height for file in files)
    leading = min(height, _TALLEST) if height >= _TALL else 0.0
    return FontFamily(name, FontRole.TEXT, tuple(dict.fromkeys(wanted)), leading)


@cache
def _described(path: Path) -> _File:
    from fontTools.ttLib import TTFont, TTLibError  # for a user's own fonts alone

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            name = font["name"].getBestFamilyName() or ""
            if not {"glyf", "CFF ", "CFF2"} & {*font.keys()} or not _is_plain(name):
                raise UsageError("font-unreadable", subject=str(path))
            table = font["OS/2"]
            style = Style.ITALIC if table.fsSelection & _ITALIC else Style.NORMAL
            axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
            places = tuple(_places(axes, table.usWeightClass))
            faces = tuple(Face(path, weight, style, place) for weight, place in places)
            narrowness = abs(table.usWidthClass - _NORMAL_WIDTH)
            lines = font["hhea"]
            height = (lines.ascent - lines.descent + lines.lineGap) / font["head"].unitsPerEm
            return _File(name, faces, narrowness, height, bool(axes))
    except (TTLibError, OSError, KeyError, ValueError, AttributeError, AssertionError) as error:
        raise UsageError("font-unreadable", subject=str(path)) from error


def _is_plain(name: str) -> bool:
    """Whether a name can stand in a style sheet."""
    has_control = any(unicodedata.category(character) == "Cc" for character in name)
    return bool(name) and not has_control and {'"', "\\", "<"}.isdisjoint(name)


def _places(
    axes: dict[str, object], weight: int
) -> Iterator[tuple[int, tuple[tuple[str, float], ...]]]:
    """Yield the weights of a file, each with its place on the axes of a variable font."""
    rest = tuple((tag, axis.defaultValue) for tag, axis in axes.items() if tag != "wght")  # type: ignore[attr-defined]
    if "wght" not in axes:
        yield weight, rest
        return
    axis = axes["wght"]
    for wanted in (_REGULAR, _BOLD):
        value = min(max(wanted, axis.minValue), axis.maxValue)  # type: ignore[attr-defined]
        yield round(value), (("wght", value), *rest)


def check_text(family: FontFamily) -> None:
    """Raise UsageError for a family in which no text of ours can be set."""
    letters = fonts.characters_of(family.regular)
    if not any(alphabet <= letters for alphabet in _ALPHABETS):
        raise UsageError("font-without-arabic", subject=family.name)


def check_embeddable(family: FontFamily) -> None:
    """Raise UsageError for a family whose maker doesn't allow what is done with it."""
    from fontTools.ttLib import TTFont

    for face in family.faces:
        with TTFont(face.path, lazy=True) as font:
            bits = font["OS/2"].fsType
        if bits & _BITMAPS_ONLY or (bits & _RESTRICTED and not bits & _ALLOWED):
            raise UsageError("font-not-embeddable", subject=family.name, detail=face.path.name)
        if bits & _WHOLE_ONLY:
            raise UsageError("font-not-subsettable", subject=family.name, detail=face.path.name)
