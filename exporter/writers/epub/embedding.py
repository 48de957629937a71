"""The fonts of the e-book: which face draws what, each cut down to that, and their CSS."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from exporter import fonts
from exporter.choices import BookFonts
from exporter.fonts import Face, FontFamily, FontRole, Style, is_drawn
from exporter.records import dataclass
from exporter.theme_languages import family_in
from exporter.themes import Theme
from exporter.writers.epub.package import Item

FOLDER = "fonts"
_BOLD, _REGULAR = 700, 400
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"


@dataclass(frozen=True, slots=True)
class StyledText:
    """Text as the style sheet sets it; `language` is that of its family, if it has its own."""

    text: str
    bold: bool = False
    italic: bool = False
    monospaced: bool = False
    heading: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The font files of a book, the style sheet that declares them, and what no font has.

    `families` are those that the style sheet of the text has to name.
    """

    items: tuple[Item, ...]
    css: str
    missing: tuple[str, ...]
    families: tuple[str, ...]


def gathered(texts: Iterable[StyledText]) -> tuple[StyledText, ...]:
    """Return each style once, with its words once: what fonts are asked for."""
    words: dict[StyledText, dict[str, None]] = {}
    for text in texts:
        words.setdefault(replace(text, text=""), {}).update(dict.fromkeys(text.text.split()))
    return tuple(replace(style, text=" ".join(found)) for style, found in words.items())


def embed(texts: Iterable[StyledText], theme: Theme) -> Embedding:
    """Return the theme's faces with just the characters that each is to draw, unless it has none.

    A family's regular face holds all that the family draws, so that a reader who turns bold off
    still has every letter; another face is there only when a text asks for it.
    """
    if theme.fonts is BookFonts.NONE:
        return Embedding((), "", (), theme.families)
    used: dict[tuple[FontFamily, Face], set[str]] = {}
    everything = []
    for text in gathered(texts):
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
        tuple(dict.fromkeys((theme.font, *(family.name for (family, _), _ in chosen)))),
    )


def _face(family: FontFamily, text: StyledText) -> Face:
    style = Style.ITALIC if text.italic else Style.NORMAL
    return family.face(_BOLD if text.bold else _REGULAR, style)


def _shares(text: StyledText, theme: Theme) -> Iterable[tuple[FontFamily, set[str]]]:
    """Yield each family with the characters that fall to it.

    A reader looks for a fallback by the cluster, base and marks together, and joins letters of one
    font only; so a family gets every character it has of the words that the families before it
    can't draw whole. What is to be shown as an emoji it looks for among the emoji first (Unicode
    Technical Standard #51 §1.4.3).
    """
    names = theme.heading_families if text.heading else theme.families
    if text.language and names == theme.families:
        names = (family_in(theme, text.language).name, *names)
    names = (theme.monospace, *names) if text.monospaced else names
    words: Sequence[str] = [*_words(text.text)]
    pictures = "".join(word for word in text.text.split() if _EMOJI_STYLE in word)
    for family in theme.library.chain(names):
        known = fonts.characters_of(family.regular)
        wanted = pictures if family.role is FontRole.EMOJI else ""
        characters = {*"".join(words), *wanted} & known
        if characters:
            yield family, characters
        words = [word for word in words if any(map(is_drawn, set(word) - known))]
        if not words and not pictures:
            return


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, and each character between them."""
    for is_word, characters in groupby(text, _is_of_word):
        found = "".join(characters)
        yield from (found,) if is_word else filter(is_drawn, found)


@cache
def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


def _item(face: Face, characters: set[str]) -> Item:
    name = _file_name(face)
    kind = "otf" if name.endswith(".otf") else "ttf"
    data = fonts.subset(face, characters)
    return Item(f"font-{Path(name).stem.lower()}", f"{FOLDER}/{name}", f"font/{kind}", data)


def _file_name(face: Face) -> str:
    """Return a name that every reading system can bear, another one for each face."""
    stem = "".join(re.findall("[A-Za-z0-9-]+", face.path.stem))
    weight = f"-{face.weight}" if face.axes else ""
    if stem != face.path.stem:  # of a user's own: two could have the same letters left
        stem += f"-{sha256(face.path.name.encode()).hexdigest()[:6]}"
    return f"{stem}{weight}{'.otf' if fonts.is_postscript(face) else '.ttf'}"


def _rule(family: FontFamily, face: Face) -> str:
    name = _file_name(face)
    kind = "opentype" if name.endswith(".otf") else "truetype"
    return (
        "@font-face {\n"
        f'  font-family: "{family.name}";\n'
        f"  font-style: {face.style};\n"
        f"  font-weight: {face.weight};\n"
        f'  src: url("../{FOLDER}/{name}") format("{kind}");\n'
        "}\n\n"
    )
