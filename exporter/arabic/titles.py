"""Titles: the words that a text without one is called by."""

from __future__ import annotations

_MOST_WORDS, _LONGEST_WORD, _LONGEST_TEXT = 8, 80, 2000
_PUNCTUATION = ' .،,؛;:!…-–—*«»"“”()[]'


def first_words(text: str) -> str:
    """Return the first eight words of a text, without punctuation at either end.

    A text of punctuation alone is called by its first word, an empty one by nothing.
    """
    words = [word[:_LONGEST_WORD] for word in text[:_LONGEST_TEXT].split()[:_MOST_WORDS]]
    return " ".join(words).strip(_PUNCTUATION) or "".join(words[:1])
