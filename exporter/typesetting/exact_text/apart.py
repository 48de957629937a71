"""Fonts kept out of a PDF, with the codes it has of them: the documents of a book share them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from exporter.records import dataclass
from exporter.typesetting.exact_text.truetype import Outline


@dataclass(frozen=True, slots=True)
class FontFacts:
    """What a font's dictionaries say of it; `digest` is that of its file."""

    digest: bytes
    hash: str
    name: bytes
    family: str
    flags: int
    ascent: float
    descent: float
    italic_angle: float
    stemv: float
    stemh: float


@dataclass(frozen=True, slots=True)
class FontUse:
    """The codes that a document has of a font, from `FIRST_CODE` on, under a resource's name."""

    facts: FontFacts
    name: str
    texts: tuple[str, ...]
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Stub:
    """The object that stands for a font which is not put in."""

    reference: Any
    use: FontUse


_stubs: ContextVar[list[Stub] | None] = ContextVar("exporter_font_stubs", default=None)


def stubs_here() -> list[Stub] | None:
    """Return where the fonts of the document at hand are gathered, if they are."""
    return _stubs.get()


@contextmanager
def fonts_apart() -> Iterator[list[Stub]]:
    """Leave our fonts out of the PDFs that are made in this block, and gather what they lack."""
    stubs: list[Stub] = []
    token = _stubs.set(stubs)
    try:
        yield stubs
    finally:
        _stubs.reset(token)
