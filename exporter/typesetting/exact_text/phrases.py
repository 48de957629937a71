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
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from exporter.typesetting.exact_text.encoding import is_emoji

LRM, PDI = "\N{LEFT-TO-RIGHT MARK}", "\N{POP DIRECTIONAL ISOLATE}"
RLI = "\N{RIGHT-TO-LEFT ISOLATE}"
# What reads on over a cut, and the mark of its kind.
_READ_ON = {"L": LRM, "W": PDI}
# What pdfium leaves in the drawing's order.
_WEAK = {"CS", "ES", "ET", "EN", "AN", "BN", "NSM"}
_KINDS = {"L": "L", "R": "R", "AL": "R"} | dict.fromkeys(_WEAK, "W")
# pdfium drops a code that was among its last seven at about the same place, and a text object that
# is as one of the last five.
_LAST, _SPACES, _MARKS = 5, 4, 3


@cache
def kind(character: str) -> str:
    """Return the kind of segment that pdfium counts a character to: L, R, W(eak) or N(eutral).

    It has no class for the halves of one beyond U+FFFF.
    """
    if character > "\uffff":
        return "N"
    bidi_class = unicodedata.bidirectional(character) if len(character) == 1 else ""
    return _KINDS.get(bidi_class, "N")


def segments(text: str) -> list[str]:
    """Return the kinds of the segments that pdfium parts a text into."""
    return [one for one, _ in groupby(map(kind, text))]


def is_picture(text: str) -> bool:
    """Whether a text is an emoji of several segments."""
    return is_emoji(text) and len(segments(text)) > 1 and "L" not in segments(text)


class Stretch(NamedTuple):
    """A text in one font."""

    text: str
    font: Hashable = None


class Anchor(NamedTuple):
    """A character that is not seen; of several codes for it, the one of this number."""

    text: str
    variant: int = 0


class Piece(NamedTuple):
    """A part of a run: what it begins with at the right end, which how-manieth it is there.

    `turn` is which it is of one part that a tag or a font cuts. One without anchors stands where it
    stands. `reach` is the mark with which it ends at the right end, if it does; `from_left` says
    that it begins at the left end instead, `is_led` that a mark reaches from there to it.
    """

    text: str
    anchors: tuple[Anchor, ...] = ()
    number: int = 0
    turn: int = 0
    reach: str = ""
    from_left: bool = False
    is_led: bool = False

    @property
    def is_space(self) -> bool:
        """Whether nothing is to be seen of it; pdfium passes over one that is drawn alone."""
        return self.text.isspace()

    def reaching(self) -> Piece:
        """Return the piece with an end at the right end."""
        return self._replace(reach=self.anchors[-1].text.replace(" ", LRM))


Whole = Sequence[Stretch]
"""What pdfium takes for one part, though tags or fonts cut it."""


def pieces_of(
    boxes: Sequence[Sequence[Stretch]], *, before: str = " ", after: str = " "
) -> tuple[tuple[Piece, ...], ...]:
    """Return the parts of the texts of a left-to-right run; one alone needs no anchor.

    `before` and `after` are what stands beside it in a right-to-left line.
    """
    cut = [[part for stretch in box for part in _parts(stretch)] for box in boxes]
    wholes = _wholes([part for parts in cut for part in parts])
    inked = [place for place, whole in enumerate(wholes) if not _text(whole).isspace()]
    anchors = _Anchors(wholes, inked)
    pieces = [[Piece(part.text) for part in whole] for whole in wholes]
    for number in reversed(range(len(inked) - 1)):
        pieces[inked[number]] = anchors.pieces(number)
    for number in anchors.far:
        pieces[inked[number]][-1] = pieces[inked[number]][-1].reaching()
    if len(inked) > 1 and not before.endswith(" "):
        pieces[inked[0]][-1] = pieces[inked[0]][-1].reaching()
    if len(inked) > 1 and _begins_at_left([*map(_text, wholes)], after):
        first = pieces[-1][0].text
        pieces[-1][0] = Piece(first, (Anchor(LRM),), len(inked) - 1, from_left=True)
    elif len(inked) > 1 and not after.startswith(" ") and len(wholes) - 1 in inked:
        pieces[-1][0] = pieces[-1][0]._replace(is_led=True)
    left = iter([piece for whole in pieces for piece in whole])
    return tuple(tuple(islice(left, len(parts))) for parts in cut)


def _parts(stretch: Stretch) -> Iterator[Stretch]:
    """Yield what pdfium takes for one each."""
    # White space beside other neutral characters is of one segment with them.
    for _, members in groupby(zip(_kinds(stretch.text), stretch.text, strict=True), itemgetter(0)):
        yield Stretch("".join(character for _, character in members), stretch.font)


def _kinds(text: str) -> list[str]:
    """Return the kinds of characters; the mark of a right-to-left letter is in one code with it."""
    kinds: list[str] = []
    for character in text:
        is_with_letter = kinds[-1:] == ["R"] and unicodedata.bidirectional(character) == "NSM"
        kinds.append("R" if is_with_letter else kind(character))
    return kinds


def _wholes(parts: Sequence[Stretch]) -> list[list[Stretch]]:
    """Return the parts, with what is of one kind and reads on over a cut as one."""
    wholes: list[list[Stretch]] = []
    for part in parts:
        own = kind(part.text[0])
        if wholes and own in _READ_ON and own == kind(wholes[-1][-1].text[-1]):
            wholes[-1].append(part)
        else:
            wholes.append([part])
    return wholes


def _text(whole: Whole) -> str:
    return "".join(part.text for part in whole)


def _begins_at_left(parts: Sequence[str], after: str) -> bool:
    """Whether the last part begins at the left end, where the text before it ends for pdfium.

    With a space before it pdf.js would take it to stand there.
    """
    joined = not any(part.isspace() for part in parts[-2:])
    return joined and (not after.startswith(" ") or kind(parts[-1][0]) == "N")


class _Anchors:
    """Gives out the anchors of a run, from its last part to its first, as pdfium meets them.

    Where one part joins another, pdfium puts a space between what is far apart, and takes it out
    again when what follows begins with a code that was among its last, of the same font. Where the
    code would be further back, the part before reaches up to there.
    """

    def __init__(self, wholes: Sequence[Whole], inked: Sequence[int]) -> None:
        self._wholes = wholes
        self._parts = [*map(_text, wholes)]
        self._inked = inked
        self._variant = 0
        self._font: Hashable = None
        self._lately: list[int] = []  # in which codes spaces are
        self._since = _LAST + 1  # how many characters since the last mark
        self.far: list[int] = []

    def pieces(self, number: int) -> list[Piece]:
        """Return the part that is how-manieth among those that are seen, cut as it was.

        What is within is a mark that pdfium counts to the same kind.
        """
        first, *others = self._wholes[self._inked[number]]
        pieces = [Piece(first.text, self._before(number), number)]
        self._since += len(first.text)
        for turn, part in enumerate(others, start=1):
            mark = _READ_ON[kind(part.text[0])]
            pieces[-1] = pieces[-1]._replace(reach=mark)
            pieces.append(Piece(part.text, (self._new(mark, part.font),), number, turn))
            self._since += len(part.text)
        return pieces

    def _before(self, number: int) -> tuple[Anchor, ...]:
        """Return what the part begins with."""
        place, following = self._inked[number], self._inked[number + 1]
        mark, font = self._mark(number), self._wholes[place][0].font
        if following == place + 1:
            return self._joined(number, mark, font)
        if number == 0:
            first = Anchor(LRM, _MARKS)
            return (first, Anchor(" ")) if following == self._inked[-1] else (first,)
        space = self._space(number)
        begins_joined = self._inked[number - 1] == place - 1
        return (space, self._new(mark, font)) if begins_joined else (space,)

    def _space(self, number: int) -> Anchor:
        """Return a space in a code that the last ones are not in, as pdfium would drop both."""
        lately = self._lately[1 - _SPACES :]
        order = [(number + more) % _SPACES for more in range(_SPACES)]
        self._lately.append(next(one for one in order if one not in lately))
        return Anchor(" ", self._lately[-1])

    def _joined(self, number: int, mark: str, font: Hashable) -> tuple[Anchor, ...]:
        text, following = self._parts[self._inked[number]], self._parts[self._inked[number] + 1]
        is_cut = kind(text[-1]) == kind(following[0]) or font != self._font
        if self._since > _LAST or following.endswith(" ") or is_cut:
            if number + 2 < len(self._inked):
                self.far.append(number + 1)
            return (self._new(mark, font),)
        later = [self._parts[at] for at in self._inked[number + 1 : number + 6]]
        again = (Anchor(mark, self._variant),) * (1 + later.count(text) % 3)
        first = self._wholes[self._inked[number]][0].text
        if self._since + len(first) > _LAST >= len(first):
            return (*again, self._new(mark, font))
        return again

    def _new(self, mark: str, font: Hashable) -> Anchor:
        self._variant = (self._variant + 1) % _MARKS
        self._since = 0
        self._font = font
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
