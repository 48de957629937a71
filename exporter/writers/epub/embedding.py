"""The fonts of the e-book: which face draws what, each cut down to that, and their CSS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporter import fonts
from exporter.fonts import Face, FontFamily, Style, is_drawn
from exporter.themes import BookFonts, Theme
from exporter.writers.epub.package import Item

FOLDER = "fonts"
_BOLD, _REGULAR = 700, 400


@dataclass(frozen=True, slots=True)
class StyledText:
    """Text as the style sheet sets it."""

    text: str
    bold: bool = False
    italic: bool = False
    monospaced: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Embedding:
    """The font files of a book, the style sheet that declares them, and what no font has."""

    items: tuple[Item, ...]
    css: str
    missing: tuple[str, ...]


def embed(texts: Iterable[StyledText], theme: Theme) -> Embedding:
    """Return the theme's faces with just the characters that each is to draw, unless it has none.

    A family's regular face holds all that the family draws, so that a reader who turns bold off
    still has every letter; another face is there only when a text asks for it.
    """
    if theme.fonts is BookFonts.NONE:
        return Embedding((), "", ())
    used: dict[tuple[FontFamily, Face], set[str]] = {}
    everything = []
    for text in texts:
        everything.append(text.text)
        for family, characters in _shares(text, theme):
            for face in (family.regular, _face(family, text)):
                used.setdefault((family, face), set()).update(characters)
    order = {face: number for number, face in enumerate(theme.library.faces)}
    chosen = sorted(used.items(), key=lambda entry: order[entry[0][1]])
    return Embedding(
        tuple(_item(face, characters) for (_, face), characters in chosen),
        "".join(_rule(family, face) for (family, face), _ in chosen),
        fonts.missing_characters("".join(everything), theme.chain),
    )


def _face(family: FontFamily, text: StyledText) -> Face:
    style = Style.ITALIC if text.italic else Style.NORMAL
    return family.face(_BOLD if text.bold else _REGULAR, style)


def _shares(text: StyledText, theme: Theme) -> Iterable[tuple[FontFamily, set[str]]]:
    """Yield each family with the characters that fall to it.

    A reader looks for a fallback by the cluster, base and marks together; so a family gets every
    character it has of the words that the families before it can't draw whole.
    """
    names = theme.heading_families if text.heading else theme.families
    names = (theme.monospace, *names) if text.monospaced else names
    words: Sequence[str] = text.text.split()
    for family in theme.library.chain(names):
        known = fonts.characters_of(family.regular)
        characters = set("".join(words)) & known
        if characters:
            yield family, characters
        words = [word for word in words if any(map(is_drawn, set(word) - known))]
        if not words:
            return


def _item(face: Face, characters: set[str]) -> Item:
    return Item(
        f"font-{face.path.stem.lower()}",
        f"{FOLDER}/{face.path.name}",
        "font/ttf",
        fonts.subset(face, characters),
    )


def _rule(family: FontFamily, face: Face) -> str:
    return (
        "@font-face {\n"
        f'  font-family: "{family.name}";\n'
        f"  font-style: {face.style};\n"
        f"  font-weight: {face.weight};\n"
        f'  src: url("../{FOLDER}/{face.path.name}") format("truetype");\n'
        "}\n\n"
    )
