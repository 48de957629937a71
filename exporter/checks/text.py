"""What can be told from a text alone: whether it was reshaped or turned round for a display."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.arabic.languages import detect, direction_of
from exporter.article import Direction
from exporter.checks.results import Finding
from exporter.patterns import compiled

# Unicode ch. 9.2: letters in one drawn form, for old systems alone. Not the ligatures of blessings
# and the ornate brackets (U+FD3E to U+FD4F, from U+FDF0), which are written so.
_PRESENTATION_FORM = compiled(r"[\uFB50-\uFBC1\uFBD3-\uFD3D\uFD50-\uFDEF\uFE70-\uFEFC]")
_WORD = compiled(r"[\u0620-\u064A\u066E-\u06D3]+")
_FEWEST_WORDS = 20


def expected_direction(language: str, text: str) -> Direction:
    """Return the direction that a text should have: that of its letters, else of its language."""
    return direction_of(detect(text) if text.strip() else language or "en")


def faults(text: str) -> Iterator[Finding]:
    """Yield what is wrong with a text as it comes out of a file."""
    if not any(map(str.isalpha, text)):
        yield Finding("check-no-text")
        return
    if forms := _PRESENTATION_FORM.findall(text):
        yield Finding("check-presentation-forms", str(len(forms)))
    if _is_reversed(text):
        yield Finding("check-text-reversed")


def _is_reversed(text: str) -> bool:
    """Whether the article is at the end of words instead of at their beginning."""
    words = _WORD.findall(text)
    begins = sum(word.startswith("ال") for word in words)
    ends = sum(word.endswith("لا") and len(word) > 3 for word in words)
    return len(words) >= _FEWEST_WORDS and ends > 3 * begins
