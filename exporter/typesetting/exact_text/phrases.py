"""The order in which pdfium meets the parts of a left-to-right run where pages turn to the left.

pdfium takes `/Direction /R2L` for the direction of every line: it cuts a line into segments of one
kind (letters, digits and their separators, all else), and returns them from the last to the first.
So they have to come to it from the last to the first. It sorts what is drawn on a line by where
each text object begins: all parts of a run but the last begin at its right end, with characters
that are not seen, and go back from there to where they stand. The others see parts that stand
where they stood, in their order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby, islice
from typing import NamedTuple

LRM, PDI = "\N{LEFT-TO-RIGHT MARK}", "\N{POP DIRECTIONAL ISOLATE}"
# What pdfium leaves in the drawing's order.
_WEAK = {"CS", "ES", "ET", "EN", "AN", "BN", "NSM"}
_KINDS = {"L": "L", "R": "R", "AL": "R"} | dict.fromkeys(_WEAK, "W")
# pdfium drops a code that was among its last seven at about the same place, and a text object that
# is as one of the last five.
_LAST, _SPACES, _MARKS = 5, 4, 3


@cache
def kind(character: str) -> str:
    """Return the kind of segment that pdfium counts a character to: L, R, W(eak) or N(eutral)."""
    bidi_class = unicodedata.bidirectional(character) if len(character) == 1 else ""
    return _KINDS.get(bidi_class, "N")


def segments(text: str) -> list[str]:
    """Return the kinds of the segments that pdfium parts a text into."""
    return [one for one, _ in groupby(map(kind, text))]


class Anchor(NamedTuple):
    """A character that is not seen; of several codes for it, the one of this number."""

    text: str
    variant: int = 0


class Piece(NamedTuple):
    """A part of a run: what it begins with at the right end, which how-manieth it is there.

    One without anchors stands where it stands. `reaches` says that it ends at the right end,
    `from_left` that it begins at the left end instead.
    """

    text: str
    anchors: tuple[Anchor, ...] = ()
    number: int = 0
    reaches: bool = False
    from_left: bool = False

    @property
    def is_space(self) -> bool:
        """Whether nothing is to be seen of it; pdfium passes over one that is drawn alone."""
        return self.text.isspace()


def pieces_of(
    texts: Sequence[str], *, before: str = " ", after: str = " "
) -> tuple[tuple[Piece, ...], ...]:
    """Return the parts of the texts of a left-to-right run; one alone needs no anchor.

    `before` and `after` are what stands beside it in a right-to-left line.
    """
    # White space beside other neutral characters is of one segment with them.
    cut = [["".join(members) for _, members in groupby(text, kind)] for text in texts]
    parts = [part for text in cut for part in text]
    inked = [place for place, part in enumerate(parts) if not part.isspace()]
    anchors = _Anchors(parts, inked)
    pieces = [Piece(part) for part in parts]
    for number in reversed(range(len(inked) - 1)):
        pieces[inked[number]] = Piece(parts[inked[number]], anchors.before(number), number)
    for number in anchors.far:
        pieces[inked[number]] = pieces[inked[number]]._replace(reaches=True)
    if len(inked) > 1 and not before.endswith(" "):
        pieces[inked[0]] = pieces[inked[0]]._replace(reaches=True)
    if len(inked) > 1 and _begins_at_left(parts, after):
        pieces[-1] = Piece(parts[-1], (Anchor(LRM),), len(inked) - 1, from_left=True)
    left = iter(pieces)
    return tuple(tuple(islice(left, len(text))) for text in cut)


def _begins_at_left(parts: Sequence[str], after: str) -> bool:
    """Whether the last part begins at the left end, where the text before it ends for pdfium.

    With a space before it pdf.js would take it to stand there.
    """
    joined = not any(part.isspace() for part in parts[-2:])
    return joined and (not after.startswith(" ") or kind(parts[-1][0]) == "N")


class _Anchors:
    """Gives out the anchors of a run, from its last part to its first, as pdfium meets them.

    Where one part joins another, pdfium puts a space between what is far apart, and takes it out
    again when what follows begins with a code that was among its last. Where the code would be
    further back, the part before reaches up to there.
    """

    def __init__(self, parts: Sequence[str], inked: Sequence[int]) -> None:
        self._parts = parts
        self._inked = inked
        self._variant = 0
        self._since = _LAST + 1  # how many characters since the last mark
        self.far: list[int] = []

    def before(self, number: int) -> tuple[Anchor, ...]:
        """Return what the part begins with that is how-manieth among those that are seen."""
        place, following = self._inked[number], self._inked[number + 1]
        text, mark = self._parts[place], self._mark(number)
        if following == place + 1:
            anchors = self._joined(number, mark)
        elif number == 0:
            first = Anchor(LRM, _MARKS)
            anchors = (first, Anchor(" ")) if following == self._inked[-1] else (first,)
        else:
            anchors = (Anchor(" ", number % _SPACES),)
            if self._inked[number - 1] == place - 1:
                anchors = (*anchors, self._new(mark))
        self._since += len(text)
        return anchors

    def _joined(self, number: int, mark: str) -> tuple[Anchor, ...]:
        text, following = self._parts[self._inked[number]], self._parts[self._inked[number] + 1]
        if self._since > _LAST or following.endswith(" "):
            if number + 2 < len(self._inked):
                self.far.append(number + 1)
            return (self._new(mark),)
        later = [self._parts[at] for at in self._inked[number + 1 : number + 6]]
        again = (Anchor(mark, self._variant),) * (1 + later.count(text) % 3)
        if self._since + len(text) > _LAST >= len(text):
            return (*again, self._new(mark))
        return again

    def _new(self, mark: str) -> Anchor:
        self._variant = (self._variant + 1) % _MARKS
        self._since = 0
        return Anchor(mark, self._variant)

    def _mark(self, number: int) -> str:
        """Return the mark that pdfium has at the end of a word, or at its beginning."""
        inked = self._inked
        ending = next(at for at in inked[number:] if at + 1 not in inked)
        last = kind(self._parts[ending][-1])
        if ending != inked[-1]:
            return PDI if last == "L" else LRM
        is_pair = ending < 2 or ending - 2 not in inked
        return LRM if is_pair or last != "W" else PDI
