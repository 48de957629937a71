"""Lists as Arabic numbers them: markers that CommonMark doesn't know become ones that it does.

`١. ` and `١- ` become `1. `; `أ. ` and `أ- ` become `1) `, and the places where a list of letters
begins are remembered. Each line keeps its number, and its text the column where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exporter.arabic.folding import fold
from exporter.article import ListKind
from exporter.patterns import compiled
from exporter.records import dataclass

_FENCE = compiled(r"[ >]*(?P<fence>`{3,}|~{3,})")
_NUMBER = compiled(r"\A(?P<margin>[ >]*)(?P<number>[٠-٩۰-۹]{1,3})[.)–-](?=[ \t]+\S)")
_LETTER = compiled(r"\A(?P<margin>[ >]*)(?P<letter>[ء-يپچژگکی])ـ?[-–.)](?P<space> {1,3})(?=\S)")
_TO_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
# Folded: the three forms of alef are one.
_ORDERS = {
    ListKind.LETTERED: "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    ListKind.ALPHABETICAL: "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text whose markers CommonMark knows, and the kind of the list that opens on a line."""

    text: str
    kinds: Mapping[int, ListKind]


def known_markers(text: str) -> Marked:
    """Return a text with the markers of its lists in the form of CommonMark."""
    lines = text.split("\n")
    prose = list(_outside_fences(lines))
    kinds: dict[int, ListKind] = {}
    for kind, run in _lettered(lines, prose):
        kinds |= dict.fromkeys(run, kind)
        for at in run:
            lines[at] = _LETTER.sub(_numbered, lines[at], count=1)
    for at in prose:
        lines[at] = _NUMBER.sub(_in_western, lines[at], count=1)
    return Marked("\n".join(lines), kinds)


def _outside_fences(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are in no fenced code."""
    fence = ""
    for at, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and not fence:
            fence = found["fence"]
        elif found and found["fence"].startswith(fence) and not line[found.end() :].strip():
            fence = ""
        elif not fence:
            yield at


def _lettered(lines: list[str], prose: list[int]) -> Iterator[tuple[ListKind, list[int]]]:
    """Yield the lines of each list of letters: two or more in order, from the first letter on.

    One alone is an abbreviation, as in `د. سعاد`; a heading ends the list.
    """
    runs: dict[str, list[int]] = {}
    letters: dict[str, str] = {}
    for at in prose:
        if lines[at].startswith("#"):
            yield from _told(runs, letters)
            runs, letters = {}, {}
        found = _LETTER.match(lines[at])
        if not found:
            continue
        margin, letter = found["margin"], fold(found["letter"])
        so_far = letters.get(margin, "") + letter
        if runs.get(margin) and any(order.startswith(so_far) for order in _ORDERS.values()):
            runs[margin].append(at)
            letters[margin] = so_far
        elif letter == "ا":
            yield from _told({margin: runs.get(margin, [])}, letters)
            runs[margin], letters[margin] = [at], letter
    yield from _told(runs, letters)


def _told(
    runs: Mapping[str, list[int]], letters: Mapping[str, str]
) -> Iterator[tuple[ListKind, list[int]]]:
    for margin, run in runs.items():
        if len(run) > 1:
            kinds = (kind for kind, order in _ORDERS.items() if order.startswith(letters[margin]))
            yield next(kinds), run


def _numbered(found: re.Match[str]) -> str:
    """Return a letter's marker as a number's, as wide as it was."""
    width = len(found[0]) - len(found["margin"])
    return f"{found['margin']}1)".ljust(len(found["margin"]) + min(width, 5))


def _in_western(found: re.Match[str]) -> str:
    return f"{found['margin']}{found['number'].translate(_TO_WESTERN)}."
