"""The codes of the book's fonts: those of all its fragments, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from exporter.records import dataclass
from exporter.typesetting.exact_text.apart import FontUse
from exporter.typesetting.exact_text.encoding import FIRST_CODE
from exporter.typesetting.exact_text.truetype import Outline

_MOST_CODES = 0xFFFF - FIRST_CODE


@dataclass(slots=True)
class _Volume:
    """A font of the book; codes are two bytes, so that a long book may need another of the same."""

    use: FontUse
    codes: dict[tuple[str, Outline], int] = field(default_factory=dict)

    def has_room(self, use: FontUse) -> bool:
        return len(self.codes) + len(use.texts) <= _MOST_CODES


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a fragment's font: its place among the book's, and its codes there."""

    font: int
    codes: Sequence[int]


class BookFonts:
    """Gathers codes in the order of the fragments, so that nothing else decides about them."""

    def __init__(self) -> None:
        self._volumes: list[_Volume] = []
        self._current: dict[tuple[bytes, str], int] = {}

    def take(self, use: FontUse) -> Taken:
        """Return where a fragment's font is in the book."""
        key = (use.facts.digest, use.facts.hash)
        place = self._current.get(key)
        if place is None or not self._volumes[place].has_room(use):
            place = self._current[key] = len(self._volumes)
            self._volumes.append(_Volume(_renamed(use, place)))
        codes = self._volumes[place].codes
        taken = [0] * FIRST_CODE
        for pair in zip(use.texts, use.outlines, strict=True):
            taken.append(codes.setdefault(pair, FIRST_CODE + len(codes)))
        return Taken(place, taken)

    @property
    def uses(self) -> tuple[FontUse, ...]:
        """The fonts of the book with all that is drawn in them."""
        return tuple(
            replace(
                volume.use,
                texts=tuple(text for text, _ in volume.codes),
                outlines=tuple(outline for _, outline in volume.codes),
            )
            for volume in self._volumes
        )


def _renamed(use: FontUse, place: int) -> FontUse:
    """Give the subset a name of its own: the six letters before it tell subsets apart."""
    letters = use.facts.hash
    last = chr(ord("A") + (ord(letters[-1]) - ord("A") + place) % 26)
    return replace(use, facts=replace(use.facts, hash=letters[:-1] + last))


def by_name(fonts: Mapping[int, FontUse], taken: Mapping[int, Taken]) -> dict[str, Sequence[int]]:
    """Return a fragment's codes in the book, by the name that its content has for the font."""
    return {fonts[number].name: one.codes for number, one in taken.items()}
