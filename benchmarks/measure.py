"""Measures for texts: how much of the words, the titles, the dates come out as they should."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable


def normal(text: str) -> str:
    """Return text in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def token_f1(found: str, gold: str) -> float:
    """Return the F1 of two multisets of words, parted by white space after NFC."""
    return f1(normal(found).split(), normal(gold).split())


def f1(found: Iterable[str], gold: Iterable[str]) -> float:
    """Return the F1 of two multisets; 1 for two empty ones."""
    mine, theirs = Counter(found), Counter(gold)
    common = (mine & theirs).total()
    if not mine and not theirs:
        return 1.0
    return 2 * common / (mine.total() + theirs.total())


def share(hits: int, total: int) -> str:
    """Return a share as `7/8`, and in per cent where there are many."""
    return f"{hits}/{total}" if total < 50 else f"{hits}/{total} ({100 * hits / total:.1f} %)"
