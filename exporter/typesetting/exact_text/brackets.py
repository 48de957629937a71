"""Brackets of a line that are a pair, though they are in different texts of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CLOSING = {"(": ")", "[": "]", "{": "}"}

BRACKETS = frozenset([*_CLOSING, *_CLOSING.values()])


def to_isolate(texts: Sequence[str], is_rtl: Sequence[bool]) -> frozenset[int]:
    """Return which right-to-left texts to isolate, so that no bracket pairs with one in another.

    A text is given in the order in which it is drawn.
    """
    for pair in _pairs(texts):
        own = next((place for place in pair if is_rtl[place]), None)
        if own is not None and pair[0] != pair[1]:
            others = ["" if place == own else text for place, text in enumerate(texts)]
            return to_isolate(others, is_rtl) | {own}
    return frozenset()


def _pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield in which texts the brackets of each pair are (UAX #9 BD16)."""
    opened: list[tuple[str, int]] = []
    for place, text in enumerate(texts):
        for character in text:
            if character in _CLOSING:
                opened.append((_CLOSING[character], place))
            elif character in BRACKETS and character in (open_now := [one for one, _ in opened]):
                at = len(open_now) - 1 - open_now[::-1].index(character)
                yield opened[at][1], place
                del opened[at:]
