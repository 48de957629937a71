"""Abjad: numbering by the letters in their old order, as lists and notes have it.

The order is that of `arabic-abjad` in W3C's Ready-made Counter Styles; the letters are written as
labels are, alef with its hamza and heh with its stroke. There is no letter for 29 and more.
"""

from __future__ import annotations

LETTERS = (
    *("أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن"),
    *("س", "ع", "ف", "ص", "ق", "ر", "ش", "ت", "ث", "خ", "ذ", "ض", "ظ", "غ"),
)
"""The letters, from 1 on."""


def to_abjad(number: int) -> str:
    """Return the letter of a number, empty where there is none."""
    return LETTERS[number - 1] if 1 <= number <= len(LETTERS) else ""
