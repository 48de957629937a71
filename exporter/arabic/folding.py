"""Folding: the form in which words are compared, never the form in which they are shown."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from exporter.patterns import compiled

HARAKAT = "".join(map(chr, (*range(0x064B, 0x0653), 0x0670)))
TATWEEL = "\N{ARABIC TATWEEL}"

_LETTERS = {
    ord(letter): to
    for letters, to in (
        ("أإآٱ", "ا"),
        ("ىیې", "ي"),
        ("کڪ", "ك"),
        ("ةۀہۂھۃە", "ه"),
        ("ؤ", "و"),
        ("ئ", "ي"),
    )
    for letter in letters
}
_MARKS = dict.fromkeys([*map(ord, HARAKAT), ord(TATWEEL), *range(0x0653, 0x0656), 0x200D], None)
_DIGITS = {
    ord(digit): str(value)
    for family in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, digit in enumerate(family)
}
# Persian writes the plural ها after a ZWNJ, or after a space.
_SPACES = {0x200C: " "}
_FOLDED = {**_SPACES, **_LETTERS, **_MARKS, **_DIGITS}
_NOT_A_WORD = compiled(r"[^\w]+|_+")
_NOT_IN_PHRASES = compiled(r"[^\w|]+|_+")


# UAX #15 §13 (stream-safe text): no writing needs more than 30 marks on one letter, and putting
# a longer run in order takes quadratic time.
_LONG_RUN_OF_MARKS = compiled(
    "([\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0711\u0730-\u074a\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe20-\ufe2f]{31,})"
)


def nfc(text: str) -> str:
    """Return text in NFC, runs of more than 30 combining marks left as they are."""
    if len(text) <= 30:
        return unicodedata.normalize("NFC", text)
    parts = _LONG_RUN_OF_MARKS.split(text)
    parts[::2] = (unicodedata.normalize("NFC", part) for part in parts[::2])
    return "".join(parts)


def fold(text: str) -> str:
    """Return text with letter variants, vowel signs, digit families and case made one."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _folded(text)


def fold_words(text: str) -> str:
    """Return the folded words of text parted by single spaces, without any punctuation."""
    return _kept_words(text) if len(text) <= _LONGEST_KEPT else _folded_words(text)


def folded_list(text: str) -> list[str]:
    """Return what `fold` makes of each of the words that white space parts.

    Tables are folded whole: a call for each of their words would take most of the time of a start.
    """
    words = text.split()
    return _folded("\n".join(words)).split("\n") if words else []


def folded_phrases(text: str) -> list[str]:
    """Return what `fold_words` makes of each of the phrases that `|` parts, folded whole."""
    return [phrase.strip() for phrase in _NOT_IN_PHRASES.sub(" ", _folded(text)).split("|")]


def _folded(text: str) -> str:
    return nfc(text).translate(_FOLDED).casefold()


def _folded_words(text: str) -> str:
    return _NOT_A_WORD.sub(" ", fold(text)).strip()


# Each rule asks about the same lines; what is longer would fill the memory.
_LONGEST_KEPT = 1000
_kept = lru_cache(maxsize=2048)(_folded)
_kept_words = lru_cache(maxsize=1024)(_folded_words)
