"""The library of a theme: the families it may draw with, a user's own and the bundled ones."""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from exporter import fonts
from exporter.errors import UsageError
from exporter.font_outlines import CHANGES, quadratic
from exporter.fonts import Face, FontFamily, FontRole
from exporter.kept import kept
from exporter.records import dataclass

# What is set beside a text in another family is as tall as the text: as its Latin letters, which
# type designers draw to go with their Arabic. The bundled families of these roles share one height.
_BESIDE = frozenset((FontRole.LETTERS, FontRole.SYMBOLS, FontRole.EMOJI))
_SIGNS = frozenset((FontRole.SYMBOLS, FontRole.EMOJI))
_THEIR_HEIGHT = 0.536
_SMALLEST, _LARGEST, _STEP = 0.7, 1.0, 0.05


@dataclass(frozen=True, slots=True)
class Library:
    """A user's own families, and by how much those beside a text are drawn larger.

    A family of the user's own stands for the bundled one of its name.
    """

    own: tuple[FontFamily, ...] = ()
    scale: float = 1.0

    @property
    def families(self) -> tuple[FontFamily, ...]:
        """Every family, the user's own first, then the bundled ones in the order of fonts.toml."""
        return _families(self)

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face of every family."""
        return tuple(face for family in self.families for face in family.faces)

    def family(self, name: str) -> FontFamily:
        """Return the family with this name; raises UsageError, with the names there are."""
        return _named(name, self.families)

    def text_family(self, name: str) -> FontFamily:
        """Return the family with this name, if an article can be set in it; raises as `family`."""
        return _named(name, [one for one in self.families if one.role not in _SIGNS])

    def chain(self, names: Iterable[str]) -> tuple[FontFamily, ...]:
        """Return the families of these names, each once, in order."""
        return _chain(self, tuple(names))


def _named(name: str, families: Sequence[FontFamily]) -> FontFamily:
    for family in families:
        if family.name.casefold() == name.casefold():
            return family
    known = ", ".join(family.name for family in families)
    raise UsageError("font-unknown", subject=name, detail=known)


@cache
def _families(library: Library) -> tuple[FontFamily, ...]:
    names = {family.name.casefold() for family in library.own}
    bundled = (one for one in fonts.families() if one.name.casefold() not in names)
    return (*library.own, *(_fitted(one, library.scale) for one in bundled))


@cache
def _chain(library: Library, names: tuple[str, ...]) -> tuple[FontFamily, ...]:
    return tuple(library.family(name) for name in dict.fromkeys(names))


def _fitted(family: FontFamily, scale: float) -> FontFamily:
    if scale == 1 or family.role not in _BESIDE:
        return family
    faces = tuple(replace(face, scale=scale) for face in family.faces)
    return replace(family, faces=faces)


def beside(text: FontFamily, *, own: Sequence[FontFamily] = ()) -> Library:
    """Return the library of a text family, with what is set beside it as tall as that.

    In steps, so that most text families share one scale.
    """
    height = fonts.x_height(text.regular)
    steps = round(height / _THEIR_HEIGHT / _STEP)
    scale = min(_LARGEST, max(_SMALLEST, steps * _STEP)) if height else _LARGEST
    return Library(tuple(own), round(scale, 2))


def files(faces: Iterable[Face]) -> tuple[Path, ...]:
    """Return a TrueType file for each face; what is in no file as it is needed is put into one."""
    return tuple(_file(face) if _is_changed(face) else face.path for face in faces)


def _is_changed(face: Face) -> bool:
    return bool(face.axes) or face.scale != 1 or fonts.is_postscript(face)


@cache
def _file(face: Face) -> Path:
    data = fonts.data_of(face)
    if fonts.is_postscript(face):
        # It takes a second or two for a font of thousands of glyphs.
        digest = sha256(data).hexdigest()
        data = kept("outlines", f"{CHANGES} {digest}", lambda: quadratic(data))
    path = _folder() / f"{sha256(repr(face).encode()).hexdigest()}.ttf"
    path.write_bytes(data)
    return path


@cache
def _folder() -> Path:
    """Return a folder of this process, which goes with it."""
    made = TemporaryDirectory(prefix="exporter-fonts-")
    atexit.register(made.cleanup)
    return Path(made.name)
