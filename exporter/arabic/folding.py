"""Folding: the form in which words are compared, never the form in which they are shown."""

from __future__ import annotations

import re
import unicodedata

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
_MARKS = dict.fromkeys(
    [*map(ord, HARAKAT), ord(TATWEEL), *range(0x0653, 0x0656), 0x200C, 0x200D], None
)
_DIGITS = {
    ord(digit): str(value)
    for family in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, digit in enumerate(family)
}
_FOLDED = {**_LETTERS, **_MARKS, **_DIGITS}
_NOT_A_WORD = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Return text with letter variants, vowel signs, digit families and case made one."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED).casefold()


def fold_words(text: str) -> str:
    """Return the folded words of text parted by single spaces, without any punctuation."""
    return _NOT_A_WORD.sub(" ", fold(text)).strip()
