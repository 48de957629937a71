"""What each code of a font's text draws and stands for.

A code is one character on the baseline, whatever the font makes of it. A cluster that is drawn
with several glyphs, or stands for several characters, becomes one composite glyph on the first of
its codes that has room, and blanks for the others; so every extractor finds its characters in
order, where a glyph drawn for two words could have the text of one of them only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import cache
from typing import Any

from exporter.records import dataclass
from exporter.typesetting.exact_text.truetype import Outline, Part, TrueType

Shown = tuple[int, int]
"""A code and its width, in thousandths of an em."""

FIRST_CODE = 1
_CODES = 0xFFFF
# How wide what has no room of its own is, in 1/1000 em.
_HAIR = 3


@cache
def is_thin(character: str) -> bool:
    """Whether a character has no room of its own: a mark or a format character.

    pdf.js takes marks for zero wide and the gap that they leave for a space; pdfium drops what
    is zero wide from the text of an area. So they are as narrow as both bear.
    """
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


# What makes one picture of a character, and one of several.
_OF_EMOJI = frozenset("\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}")


@cache
def is_emoji(text: str) -> bool:
    """Whether a cluster is an emoji (Unicode Technical Standard #51), but no single symbol.

    One of a single character in the Basic Multilingual Plane is drawn as the symbols beside it.
    """
    return any(
        character in _OF_EMOJI
        or (character > "\uffff" and unicodedata.category(character) in {"So", "Sk"})
        for character in text
    )


@dataclass(slots=True)
class Encoding:
    """The codes of one font in one document, in the order of their first use.

    The font is held weakly: a strong reference would keep both for good in the table by fonts.
    """

    _font: Callable[[], Any]
    name: str
    source: TrueType
    texts: list[str] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    drawn: dict[object, tuple[str, int]] = field(default_factory=dict)
    """What was written for a cluster, so that it is found out once: codes and their width."""
    words: dict[object, Any] = field(default_factory=dict)
    """The same for whole words."""
    _codes: dict[object, tuple[Shown, ...]] = field(default_factory=dict)

    @property
    def font(self) -> Any:
        """WeasyPrint's font, which lives as long as its document."""
        return self._font()

    @property
    def has_room(self) -> bool:
        """Whether a line can still be given codes of its own."""
        return len(self.texts) < _CODES - 0xFFF

    def glyph(self, glyph: int, text: str) -> Shown:
        """Return the code of a glyph that stands for one character, as it is in the font."""
        codes = self._codes.get((glyph, text))
        if codes is None:
            parts = () if self.source.is_blank(glyph) else ((glyph, 0, 0),)
            outline = Outline(parts, self.source.advance(glyph))
            codes = self._codes[glyph, text] = (self.add(text, outline),)
        return codes[0]

    def whole(self, text: str, parts: tuple[Part, ...], advance: int) -> Shown:
        """Return one code for all of a text."""
        key = (text, parts, advance, "whole")
        codes = self._codes.get(key)
        if codes is None:
            codes = self._codes[key] = (self.add(text, Outline(parts, max(0, advance))),)
        return codes[0]

    def thin(self, character: str) -> Shown:
        """Return the code of a character that is not seen."""
        codes = self._codes.get(character)
        if codes is None:
            codes = self._codes[character] = (self.add(character, Outline((), self._hair)),)
        return codes[0]

    def cells(self, text: str, parts: tuple[Part, ...], advance: int) -> tuple[Shown, ...]:
        """Return a code for each character of a text, given from left to right."""
        key = (text, parts, advance)
        codes = self._codes.get(key)
        if codes is None:
            codes = self._codes[key] = tuple(self._cells(text, parts, advance))
        return codes

    @property
    def _hair(self) -> int:
        return max(1, round(self.source.units_per_em * _HAIR / 1000))

    def _cells(self, text: str, parts: tuple[Part, ...], advance: int) -> Sequence[Shown]:
        wide = sum(not is_thin(character) for character in text)
        hair = self._hair if wide and advance > 4 * self._hair * len(text) else 0
        room = advance - hair * (len(text) - wide)
        inked = next((i for i, one in enumerate(text) if not is_thin(one)), 0)
        shown, left, cells = [], 0, 0
        for index, character in enumerate(text):
            width = hair
            if not wide or not is_thin(character):
                # The room that is left goes to the cells that are left, without a rest.
                cells += 1
                width = room * cells // (wide or len(text)) - room * (cells - 1) // (
                    wide or len(text)
                )
            drawn = parts if index == inked else ()
            moved = tuple((glyph, x - left, y) for glyph, x, y in drawn)
            shown.append(self.add(character, Outline(moved, max(0, width))))
            left += max(0, width)
        return shown

    def add(self, text: str, outline: Outline) -> Shown:
        """Return a new code and its width."""
        # pdfium reads whole numbers only.
        width = round(outline.advance * 1000 / self.source.units_per_em)
        self.texts.append(text)
        self.outlines.append(outline)
        self.widths.append(width)
        return FIRST_CODE + len(self.texts) - 1, width
