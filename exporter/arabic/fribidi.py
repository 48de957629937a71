"""FriBidi, the Unicode bidirectional algorithm that Pango itself uses, reached through cffi."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from exporter.article import Direction
from exporter.declarations import declared
from exporter.errors import MissingLibraryError

# Names that the dynamic loaders of Linux, macOS and Windows know the library by.
LIBRARY_NAMES = ("libfribidi.so.0", "libfribidi.0.dylib", "fribidi-0.dll", "libfribidi-0.dll")

_DECLARATIONS = """
    void fribidi_get_bidi_types(const uint32_t *str, int len, uint32_t *types);
    void fribidi_get_bracket_types(
        const uint32_t *str, int len, const uint32_t *types, uint32_t *brackets);
    signed char fribidi_get_par_embedding_levels_ex(
        const uint32_t *types, const uint32_t *brackets, int len, uint32_t *base,
        signed char *levels);
    void fribidi_get_joining_types(const uint32_t *str, int len, uint8_t *types);
"""
# FRIBIDI_PAR_RTL and FRIBIDI_PAR_LTR of fribidi-bidi-types.h.
_BASE = {Direction.RTL: 0x00000111, Direction.LTR: 0x00000110}

JOINS_PRECEDING = 0x01
JOINS_FOLLOWING = 0x02
TRANSPARENT = 0x08


@cache
def _fribidi() -> tuple[Any, Any]:
    ffi = declared(_DECLARATIONS)
    for name in LIBRARY_NAMES:
        try:
            return ffi, ffi.dlopen(name)
        except OSError:
            continue
    raise MissingLibraryError("library-missing", subject="FriBidi", detail="libfribidi0")


def embedding_levels(text: str, direction: Direction) -> Sequence[int]:
    """Return the embedding level of every character of one paragraph, by UAX #9 with rule L1.

    Even levels run left to right, odd ones right to left; the paragraph's own level is 0 or 1.
    Raises MissingLibraryError when FriBidi is not installed.
    """
    if not text:
        return ()
    ffi, fribidi = _fribidi()
    length = len(text)
    characters = ffi.new("uint32_t[]", list(map(ord, text)))
    types = ffi.new("uint32_t[]", length)
    brackets = ffi.new("uint32_t[]", length)
    base = ffi.new("uint32_t *", _BASE[direction])
    levels = ffi.new("signed char[]", length)
    fribidi.fribidi_get_bidi_types(characters, length, types)
    fribidi.fribidi_get_bracket_types(characters, length, types, brackets)
    fribidi.fribidi_get_par_embedding_levels_ex(types, brackets, length, base, levels)
    return list(levels)


def joining_types(text: str) -> Sequence[int]:
    """Return a mask of `JOINS_PRECEDING`, `JOINS_FOLLOWING`, `TRANSPARENT` for every character.

    Joining_Type of The Unicode Standard §9.2: a letter joins the one before it, after it, or is a
    mark that joins look through.
    """
    if not text:
        return ()
    ffi, fribidi = _fribidi()
    characters = ffi.new("uint32_t[]", list(map(ord, text)))
    types = ffi.new("uint8_t[]", len(text))
    fribidi.fribidi_get_joining_types(characters, len(text), types)
    return list(types)
