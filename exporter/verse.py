"""Verse on paper: how wide the columns of its hemistichs are."""

from __future__ import annotations

from exporter import fonts
from exporter.article import Blocks, Verse, inline_text, walk

# By how much a stanza may be widened to stand in the columns of another.
_WIDEST = 1.2

# What emphasis or another face may add to the longest hemistich.
_HAIR = 1.02


def is_classical(verse: Verse) -> bool:
    """Whether a stanza has lines of two hemistichs; free verse has none."""
    return any(len(line.hemistichs) > 1 for line in verse.lines)


def hemistich_width(verse: Verse, *, body: Blocks, face: fonts.Face) -> float:
    """Return how wide the columns of a stanza are, in em.

    As wide as its longest hemistich, or as that of a longer stanza of the body, so that stanzas
    stand in the same columns where they can.
    """
    own = _longest_hemistich(verse, face)
    stanzas = (block for block in walk(body) if isinstance(block, Verse) and is_classical(block))
    longest = max((_longest_hemistich(one, face) for one in stanzas), default=own)
    return _HAIR * (longest if longest < own * _WIDEST else own)


def _longest_hemistich(verse: Verse, face: fonts.Face) -> float:
    hemistichs = (hemistich for line in verse.lines for hemistich in line.hemistichs)
    return max(fonts.width(inline_text(hemistich), face) for hemistich in hemistichs)
