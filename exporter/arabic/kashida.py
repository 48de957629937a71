"""Where a word may be stretched by a kashida, the best place first.

The ranking is the one that the calligraphers' practice was put into for Microsoft's Internet
Explorer 5.5 and that word processors use since (Khatt Foundation, "The Big Kashida Secret",
https://www.khtt.net/en/page/1821/the-big-kashida-secret).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from exporter.arabic.fribidi import JOINS_FOLLOWING, JOINS_PRECEDING, TRANSPARENT, joining_types
from exporter.patterns import compiled
from exporter.records import dataclass

TATWEEL = "\N{ARABIC TATWEEL}"


class Rank(IntEnum):
    """How well a join bears a kashida; less is better."""

    AFTER_SEEN = 1
    BEFORE_FINAL_HEH = 2
    BEFORE_FINAL_ALEF = 3
    BEFORE_TOOTH = 4
    BEFORE_FINAL_WAW = 5
    BEFORE_FINAL = 6
    MEDIAL = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A join of a word: the index of the letter that the kashida stands before, and its rank."""

    index: int
    rank: Rank


# Letters by their shape: those of Persian and Urdu beside the Arabic ones they are drawn like.
_SEEN = frozenset("سشصضݜۺ")
_ALEF = frozenset("اأإآٱ")
_TOOTH = frozenset("بتثنيئپٹٻیےىې")
_BEFORE_FINAL = {
    Rank.BEFORE_FINAL_HEH: frozenset("ةهدذۀہۃەھڈ"),
    Rank.BEFORE_FINAL_ALEF: _ALEF | frozenset("طظلكکگݣڭڵ"),
    Rank.BEFORE_FINAL_WAW: frozenset("وؤعغقفڤۆۇ"),
}
_RANK_BEFORE = {letter: rank for rank, letters in _BEFORE_FINAL.items() for letter in letters}
# Final forms that are pulled to the tooth before them: the kashida stands before that tooth.
_PULLED = frozenset("رزژڑيىیئې")
_FEWEST_LETTERS = 3

# The name of God in all its forms ends so, whatever is written before it.
_ALLAH = compiled("لله(?:م)?")
_ARTICLE = compiled(f"[وفبكأ]{{0,2}}[{''.join(sorted(_ALEF))}]ل|[وف]?لل")


@dataclass(frozen=True, slots=True)
class _Letter:
    index: int
    character: str
    joins_next: bool
    is_marked: bool


@lru_cache(maxsize=20_000)
def places(word: str) -> tuple[Place, ...]:
    """Return where a word may be stretched, the best place first, the later of two equals first.

    There is none in a word of fewer than three letters, in one that its author has stretched, or
    in the name of God; never between lam and alef, in the article nor after it; and never after a
    letter with a mark, which would be left standing over the stroke.
    """
    if TATWEEL in word:
        return ()
    letters = list(_letters(word))
    spelling = "".join(letter.character for letter in letters)
    if len(letters) < _FEWEST_LETTERS or re.search(f"{_ALLAH.pattern}$", spelling):
        return ()
    article = _ARTICLE.match(spelling)
    first = article.end() if article else 0
    found = [
        Place(letters[number].index, rank) for number, rank in _ranked(letters) if number > first
    ]
    return tuple(sorted(found, key=lambda place: (place.rank, -place.index)))


def _letters(word: str) -> Iterator[_Letter]:
    """Yield the word's joining letters, each with whether it is drawn joined to the next one."""
    types = joining_types(word)
    solid = [index for index, mask in enumerate(types) if not mask & TRANSPARENT]
    for number, index in enumerate(solid):
        if not types[index] & (JOINS_PRECEDING | JOINS_FOLLOWING) or not word[index].isalpha():
            continue
        following = solid[number + 1] if number + 1 < len(solid) else len(word)
        # A zero width joiner makes a letter join, yet no kashida can stand beside it.
        joins_next = (
            following < len(word)
            and word[following].isalpha()
            and bool(types[index] & JOINS_FOLLOWING and types[following] & JOINS_PRECEDING)
        )
        yield _Letter(index, word[index], joins_next, is_marked=following > index + 1)


def _ranked(letters: list[_Letter]) -> Iterator[tuple[int, Rank]]:
    """Yield the number of each letter that a kashida may stand before, with the join's rank."""
    for number in range(1, len(letters)):
        before, letter = letters[number - 1], letters[number]
        is_lam_alef = before.character == "ل" and letter.character in _ALEF
        is_lam_lam = before.character == letter.character == "ل"
        if before.joins_next and not (before.is_marked or is_lam_alef or is_lam_lam):
            yield number, _rank(letters, number)


def _rank(letters: list[_Letter], number: int) -> Rank:
    before, letter = letters[number - 1], letters[number]
    if before.character in _SEEN:
        return Rank.AFTER_SEEN
    if letter.joins_next:
        final = letters[number + 1]
        if letter.character == "ل" and final.character in _ALEF:
            return Rank.BEFORE_FINAL
        is_pulled = final.character in _PULLED and not final.joins_next
        return Rank.BEFORE_TOOTH if is_pulled and letter.character in _TOOTH else Rank.MEDIAL
    if letter.character in _PULLED and before.character in _TOOTH:
        return Rank.MEDIAL
    return _RANK_BEFORE.get(letter.character, Rank.BEFORE_FINAL)
