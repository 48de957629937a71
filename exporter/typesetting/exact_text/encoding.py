"""What each code of a font's text draws and stands for: one character on the baseline."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import field
from functools import cache
from typing import Any, NamedTuple

from exporter.records import dataclass
from exporter.typesetting.exact_text.truetype import Outline, TrueType

Written = tuple[str, int]
"""Codes in hexadecimal, and how wide they are together."""

FIRST_CODE = 1
_CODES = 0xFFFF


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


class Codes(NamedTuple):
    """Codes that a document has once, known by a key: what each stands for, and draws."""

    key: object
    cells: tuple[tuple[str, Outline], ...]


class Form:
    """What is drawn for a cluster. Two that are the same have the same codes."""

    __slots__ = ("codes",)

    def __init__(self, codes: tuple[Codes, ...]) -> None:
        self.codes = codes


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
    written: dict[Form, Written] = field(default_factory=dict)
    """What was written for a form already."""
    _codes: dict[object, Written] = field(default_factory=dict)

    @property
    def font(self) -> Any:
        """WeasyPrint's font, which lives as long as its document."""
        return self._font()

    @property
    def has_room(self) -> bool:
        """Whether a line can still be given codes of its own."""
        return len(self.texts) < _CODES - 0xFFF

    def write(self, form: Form) -> Written:
        """Return what is written for a form."""
        written = self.written.get(form)
        if written is None:
            found = [self._codes.get(one.key) or self._given(one) for one in form.codes]
            codes, widths = zip(*found, strict=True) if found else ((), ())
            written = self.written[form] = ("".join(codes), sum(widths))
        return written

    def _given(self, codes: Codes) -> Written:
        first = FIRST_CODE + len(self.texts)
        for text, outline in codes.cells:
            self.add(text, outline)
        written = "".join(f"{code:04x}" for code in range(first, FIRST_CODE + len(self.texts)))
        found = self._codes[codes.key] = written, sum(self.widths[first - FIRST_CODE :])
        return found

    def add(self, text: str, outline: Outline) -> None:
        """Give the next code to a text and what is drawn for it."""
        self.texts.append(text)
        self.outlines.append(outline)
        # pdfium reads whole numbers only.
        self.widths.append(round(outline.advance * 1000 / self.source.units_per_em))
