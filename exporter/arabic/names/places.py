"""Places: what is one, and the one that stands beside a name."""

from __future__ import annotations

from exporter.arabic.folding import fold_words
from exporter.arabic.names.persons import looks_like_name
from exporter.arabic.names.words import PLACES
from exporter.patterns import compiled

_LONGEST = 120
_JOINT = compiled(r"\s*\|\s*|\s+[-–—]\s+")
_MOST_WORDS_OF_A_PLACE = 2


def is_place(text: str) -> bool:
    """Say whether a text is the name of a city or a country that datelines open with."""
    return fold_words(text) in PLACES


def name_and_place(text: str) -> tuple[str, str]:
    """Return a name and the place that a bar or a dash parts from it; empty without a place."""
    parts = _JOINT.split(text) if len(text) <= _LONGEST else []
    if len(parts) != 2 or not all(parts):
        return text, ""
    first, second = parts
    if is_place(first) and looks_like_name(second):
        return second, first
    is_short = len(second.split()) <= _MOST_WORDS_OF_A_PLACE and not looks_like_name(second)
    if is_place(second) or (looks_like_name(first) and is_short):
        return first, second
    return text, ""
