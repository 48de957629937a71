"""Languages: the direction of each and how one is told from another."""

from __future__ import annotations

from exporter.article import Direction

# The primary subtags of BCP 47 whose usual script runs right to left (CLDR).
_RIGHT_TO_LEFT = frozenset("ar arc arz ary ckb dv fa he iw ks ku-arab nqo ps sd ug ur yi".split())


def direction_of(language: str) -> Direction:
    """Return the direction of a BCP 47 language tag's script."""
    primary = language.lower().split("-")[0]
    return Direction.RTL if primary in _RIGHT_TO_LEFT else Direction.LTR
