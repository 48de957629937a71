"""Verse: the two hemistichs of a line of classical poetry, however they are parted."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.patterns import compiled

STARS = compiled(r"\s*[*٭]{2,7}\s*|\s+\*\s+")
"""What parts the halves where it is asterisks."""

_GAPS = (STARS, compiled(r"\s*(?:\.{3,9}|…+)\s+"), compiled(r"\t+|\s{3,}"))
_SLASH = compiled(r"\s+/{1,2}\s+")
_LONGEST_VERSE = 300


def hemistichs(text: str) -> tuple[str, ...]:
    """Return the two halves of a line of classical verse, or the whole line as one."""
    if len(text) > _LONGEST_VERSE:
        return (text,)
    for gap in (*_GAPS, _SLASH):
        halves = gap.split(text)
        if len(halves) == 2 and _are_halves(halves[0], halves[1]):
            return halves[0], halves[1]
    return (text,)


def stanza(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the lines of a poem in their halves, or whole where most of them have none.

    In free verse three full stops in a line are its poet's.
    """
    halves = tuple(map(hemistichs, lines))
    parted = sum(len(one) > 1 for one in halves)
    return halves if 2 * parted >= len(halves) else tuple((line,) for line in lines)


def _are_halves(first: str, second: str) -> bool:
    words = len(first.split()), len(second.split())
    if any(character.isdigit() for character in first + second):
        return False  # a title beside its date, a thing beside its price
    return min(words) >= 2 and max(words) <= 12 and max(words) <= 2.5 * min(words)
