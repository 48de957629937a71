"""The pieces of a date line: numbers, times and known words, each a letter for its kind."""

from __future__ import annotations

import re

from exporter.arabic.dates.words import MOST_WORDS, WORDS, Entry
from exporter.arabic.folding import fold
from exporter.patterns import compiled
from exporter.records import dataclass

NOTHING = Entry("-")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: its kind, its entry or its numbers.

    To the kinds of words come n a number of one or two digits, y a year, N a numeric date of
    three numbers, T a time of day and o an offset from UTC.
    """

    kind: str
    entry: Entry = NOTHING
    numbers: tuple[int, ...] = ()
    text: str = ""


_ABBREVIATION = compiled(r"(?<![^\W\d_])([^\W\d_])\.\s?([^\W\d_])(?![^\W\d_])\.?")
_SCANNED = compiled(
    r"(?P<numeric>(?:\d{4}|\d{1,2})\s?(?P<sep>[-/.])\s?\d{1,2}\s?(?P=sep)\s?(?:\d{4}|\d{1,2})(?!\d))"
    r"|(?P<time>\d{1,2}\s?:\s?\d\d(?:\s?:\s?\d\d(?:\.\d{1,9})?)?(?!\d)|\d{1,2}h\d\d(?!\d))"
    r"|(?P<offset>(?<=[\dtcm ])[+-]\d\d(?::?\d\d)?(?![\d/.:-])|(?<=[tc])[+-]\d(?!\d))"
    r"|(?P<number>\d{1,4})(?:st|nd|rd|th)?(?!\d)"
    r"|(?P<word>[تك][12](?!\d)|[^\W\d_]+)"
    r"|(?P<nothing>[\s,،;؛|/()\[\]–—_.:@•·-])"
)
_DIGITS = compiled(r"\d+")
_NEXT_WORD = compiled(r" ([^\W\d_]+)")
_UNKNOWN = Entry("?")
_MOST_DIGITS_OF_A_DAY = 2
_QUOTES = compiled("['\u2018\u2019\u05f3\"]")


def folded_line(line: str) -> str:
    """Return a line as `scan` takes it: folded, with single spaces, abbreviations in one word."""
    folded = " ".join(_QUOTES.sub("", fold(line)).split())
    return _ABBREVIATION.sub(r"\1\2", folded)


def scan(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a folded line; none when there is another word or sign in it."""
    pieces: list[Piece] = []
    position = 0
    while position < len(text):
        found = _SCANNED.match(text, position)
        if not found:
            return ()
        kind, position = found.lastgroup or "", found.end()
        if kind == "word":
            entry, position = _longest(text, found)
            if entry.kind == "?":
                return ()
            if entry.kind != "-":
                pieces.append(Piece(entry.kind, entry))
        elif kind == "offset" and not (pieces and pieces[-1].kind in "Thpz"):
            position = found.start() + 1  # a dash before a number
        elif kind != "nothing":
            pieces.append(_numeric(found))
    return tuple(pieces)


def _longest(text: str, first: re.Match[str]) -> tuple[Entry, int]:
    """Return the entry of the most words from here on, and where it ends."""
    words = first[0]
    best, end = WORDS.get(words, _UNKNOWN), first.end()
    position = end
    for _ in range(MOST_WORDS - 1):
        found = _NEXT_WORD.match(text, position)
        if not found:
            break
        words, position = f"{words} {found[1]}", found.end()
        if entry := WORDS.get(words):
            best, end = entry, position
    return (Entry("l"), _after_a_place(text, end)) if best.kind == "b" else (best, end)


def _after_a_place(text: str, position: int) -> int:
    """Return where the name of a place of one or two words ends."""
    for number in range(2):
        found = _NEXT_WORD.match(text, position)
        if not found or (number and found[1] in WORDS):
            break
        position = found.end()
    return position


def _numeric(found: re.Match[str]) -> Piece:
    numbers = tuple(map(int, _DIGITS.findall(found[0])))
    kinds = {"numeric": "N", "time": "T", "offset": "o"}
    kind = kinds.get(found.lastgroup or "", "n")
    if kind == "n" and len(found["number"]) > _MOST_DIGITS_OF_A_DAY:
        kind = "y"
    return Piece(kind, numbers=numbers, text=found[0])
