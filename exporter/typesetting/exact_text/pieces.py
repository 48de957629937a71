"""Left-to-right runs drawn in pieces, of which pdfium takes the last first (`phrases.py`).

An anchor is text to those who know no better, and between two words it would part them. So each
piece with anchors is a `Span` with its text beside it (`/ActualText`, ISO 32000-1 §14.9.4), by
which MuPDF and poppler go. They need something in it that stands where the piece does: a mark that
is as wide. pdfium would go by it as well, and would not know where the letters are. It asks the
innermost content, and where that has an empty text it goes by what is drawn; it passes over what
is alone and is not seen. PDFBox drops what is drawn twice, so that all of it stands first.

Where words have tags, each piece is a content of its own there: poppler takes the end of content
within a tag's for the end of that.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

import pydyf
from weasyprint.text.ffi import FROM_UNITS

from exporter.typesetting.exact_text.brackets import to_isolate
from exporter.typesetting.exact_text.clusters import Cluster
from exporter.typesetting.exact_text.directions import RLM, Marks, bidi_class
from exporter.typesetting.exact_text.encoding import Encoding
from exporter.typesetting.exact_text.pen import Pen
from exporter.typesetting.exact_text.phrases import LRM, PDI, RLI, Anchor, Piece, kind
from exporter.typesetting.exact_text.reading_order import levels_of, starts_of
from exporter.typesetting.hooks import is_hooked

# How far from the right end of its run a piece begins, in em, and from one to the next, in pixels.
_INSIDE, _STEP = 0.04, 0.004
# How far from the first one the others of a part begin: two texts agree to a thousandth.
_TURNS = (0, 0.002, 0.003)
_RIGHT_TO_LEFT = {"R", "AL"}
# The embedding level of a number among right-to-left words.
_NUMBER = 2
# ISO 32000-1 §9.3.6.
PAINTED, UNPAINTED = 0, 3

NO_TEXT = pydyf.Dictionary({"ActualText": pydyf.String("")})

Font = tuple[Encoding, float]
"""An encoding and the size of its font."""


class Part(NamedTuple):
    """What WeasyPrint knows the tag of a text's further content by: how-manieth it is."""

    textbox: Any
    number: int


def is_in_pieces(clusters: Sequence[Cluster], pieces: Sequence[Piece]) -> bool:
    """Whether MuPDF takes each piece of these for one: it is of one direction and one font."""
    texts = "".join(cluster.text for cluster in clusters)
    if "AN" in map(unicodedata.bidirectional, texts):
        return False
    return all(
        len({cluster.pango_font for cluster in members}) == 1
        for _, _, members in _members(clusters, pieces)
    )


def draw_pieces(
    stream: Any,
    textbox: Any,
    clusters: Sequence[Cluster],
    *,
    encodings: Mapping[Any, Font],
    marks: Marks,
    place: Sequence[float],
) -> None:
    """Draw the clusters of a run from left to right; its marks stand alone at its ends."""
    content = Content(stream, textbox)
    _Run(content, encodings, marks, place).draw(clusters)


class Content:
    """The content of a text, cut where a part of it has a text beside it."""

    def __init__(self, stream: Any, textbox: Any) -> None:
        self.stream = stream
        self._textbox = textbox
        self._number = 0
        self._has_text = False
        has_tag = stream._tags is not None and textbox in stream._tags  # noqa: SLF001
        self._has_tag = has_tag and is_hooked("weasyprint.pdf", "add_tags")

    def begin(self, text: str) -> None:
        """Begin a part with its text beside it, which ends the one before."""
        if not self._has_tag:
            self.end()
        properties = {"ActualText": pydyf.String(text)}
        if self._has_tag:
            self._cut(properties)
        else:
            self.stream.begin_marked_content("Span", pydyf.Dictionary(properties))
        self._has_text = True

    def end(self) -> None:
        """End such a part."""
        if self._has_text and self._has_tag:
            self._cut({})
        elif self._has_text:
            self.stream.end_marked_content()
        self._has_text = False

    def _cut(self, properties: Mapping[str, Any]) -> None:
        stream, tags = self.stream, self.stream._tags  # noqa: SLF001
        self._number += 1
        number = len(tags)
        tags[Part(self._textbox, self._number)] = {"tag": "Span", "mcid": number}
        # Both are within one another (ISO 32000-1 §14.6.1).
        stream.end_text()
        stream.end_marked_content()
        stream.begin_marked_content("Span", pydyf.Dictionary({"MCID": number, **properties}))
        stream.begin_text()


class _Placed(NamedTuple):
    """A piece where it stands, or the part of one that is at one embedding level.

    `before` is a mark that comes first, for PDFBox alone, and is reached from `start`, `after` one
    that comes last, at `end`. `is_late` says that it is met later than what is on its right;
    `opens` and `closes` that an isolate begins before it and ends behind it (`isolates.py`).
    """

    piece: Piece
    members: Sequence[Cluster]
    level: int
    x: float
    before: str = ""
    start: float = 0
    after: str = ""
    end: float = 0
    is_late: bool = False
    opens: bool = False
    closes: bool = False

    @property
    def right(self) -> float:
        """Where its right end is."""
        return self.x + _width(self.members)


class _Run:
    def __init__(
        self,
        content: Content,
        fonts: Mapping[Any, Font],
        marks: Marks,
        place: Sequence[float],
    ) -> None:
        self._content = content
        self._stream = content.stream
        self._fonts = fonts
        self._font: Font
        self._marks = marks
        self._place = place
        self._begin = place[4] + marks.end

    def draw(self, clusters: Sequence[Cluster]) -> None:
        found: list[_Placed] = []
        left = self._place[4]
        self._font = self._fonts[clusters[0].pango_font]
        self._begin -= _INSIDE * (self._marks.size or self._font[1])
        for piece, level, members in _members(clusters, self._marks.pieces):
            found.append(_Placed(_turned(piece, level), members, level, left))
            left += _width(members)
        if self._marks.left:
            self._show_marks(self._marks.left, self._place[4])
        found = _as_read(found)
        self._draw_for_pdfbox([one for one in found if one.piece.anchors])
        if self._marks.is_led:
            self._draw_lead(found)
        for one in found:
            self._font = self._fonts[one.members[0].pango_font]
            if one.before or one.opens:
                self._draw_before(one)
            if one.piece.anchors:
                self._draw_anchored(one.piece, one.members, one.x)
            else:
                self._content.end()
                pen = self._at(one.x)
                pen.show(map(pen.step, _kept_in_run(one.members)))
                pen.lift()
            self._draw_after(one)
        self._content.end()
        for marks in filter(None, (self._marks.right, self._marks.turn)):
            self._show_marks(marks, left)

    def _draw_before(self, one: _Placed) -> None:
        self._content.begin("")
        if one.before and one.start < one.x:
            # Not LRM, which may be near, and not where the words on the left have their RLM.
            start = one.start + _INSIDE * self._font[1]
            self._draw_mark(start, one.x - start, RLM)
        self._show_marks(one.before, one.x)
        if one.opens:
            self._draw_mark(one.x, 0, RLI)

    def _draw_after(self, one: _Placed) -> None:
        if one.closes:
            self._content.begin("")
            self._draw_mark(one.right, 0, PDI)
        if one.after and one.is_late:
            self._content.begin("")
            self._draw_mark(one.right, one.end - one.right, PDI)
        if one.after:
            self._content.end()
            self._show_marks(one.after, one.end)

    def _show_marks(self, marks: str, x: float) -> None:
        pen = self._at(x)
        pen.show_marks(marks)
        pen.lift()

    def _draw_for_pdfbox(self, found: Sequence[_Placed]) -> None:
        """Draw what is not seen of later pieces where it will be; backwards, as it is no text."""
        if len(found) < 2 and not any(one.piece.number for one in found):
            return
        texts = {anchor.text: None for one in found for anchor in one.piece.anchors}
        self._content.begin("")
        for text in texts:
            pen = self._at(self._begin)
            pen.show_anchor(Anchor(text))
            pen.lift()
        for one in sorted(found, key=lambda one: one.x, reverse=True):
            if one.is_late:
                continue
            pen = self._at(one.x)
            pen.show_anchor(Anchor(LRM))
            pen.lift()

    def _draw_lead(self, found: Sequence[_Placed]) -> None:
        """Draw a mark from the left end to the last part, with the box that pdfium asks for.

        It is a glyph that is not painted. Where the last part is of another text, PDFBox finds a
        mark here already, so that none is within the phrase.
        """
        self._content.begin("")
        start = self._place[4] + self._marks.start
        pen = self._at(start)
        pen.show_anchor(Anchor(RLM))
        pen.lift()
        for one in found:
            if one.piece.is_led:
                self._font = self._fonts[one.members[0].pango_font]
                self._stream.set_text_rendering(UNPAINTED)
                pen = self._at(start)
                pen.show_glyphs(one.members[0].glyphs[:1], RLM, width=one.x - start)
                pen.lift()
                self._stream.set_text_rendering(PAINTED)

    def _draw_anchored(self, piece: Piece, members: Sequence[Cluster], x: float) -> None:
        text = "".join(cluster.text for cluster in members)
        width = _width(members)
        self._content.begin(text)
        self._stream.begin_marked_content("Piece", NO_TEXT)
        mark = RLM if members[0].rtl else LRM
        self._draw_mark(x, 0, mark)  # where poppler puts the text
        start = round(self._begin - _STEP * piece.number + _TURNS[min(piece.turn, 2)], 3)
        if piece.from_left:
            left = self._place[4] + self._marks.start
            pen = self._at(left)
            pen.show_anchor(piece.anchors[0], width=x - left)
        else:
            pen = self._at(start)
            pen.show_anchors(piece.anchors, back=start - x)
        pen.show(map(pen.step, members))
        if piece.reach:
            pen.show_anchor(Anchor(piece.reach), width=start - x - width)
        pen.lift()
        self._stream.end_marked_content()
        self._draw_mark(x, width, mark)  # where MuPDF puts it

    def _draw_mark(self, x: float, width: float, mark: str) -> None:
        """Draw a mark about as wide as a piece, alone."""
        pen = self._at(x)
        pen.show_anchor(Anchor(mark), width=width)
        pen.lift()

    def _at(self, x: float) -> Pen:
        place = self._place
        self._stream.set_text_matrix(*place[:4], round(x, 3), place[5])
        pen = Pen(self._stream)
        pen.take(*self._font)
        return pen


def _turned(piece: Piece, level: int) -> Piece:
    """Return a piece with a mark behind signs between right-to-left words: pdfium turns them too.

    It takes what is neither for that which it met last, and that is a mark of the part before.
    """
    text = piece.text
    is_turned = level == 1 and kind(text[0]) == "N" and text != text[::-1] and piece.anchors
    return piece._replace(reach=RLM) if is_turned else piece


def _width(members: Sequence[Cluster]) -> float:
    return float(sum(cluster.advance for cluster in members) * FROM_UNITS)


def _as_read(found: Sequence[_Placed]) -> list[_Placed]:
    """Return pieces from left to right with each number behind the right-to-left words before it.

    UAX #9 has the number of `الكتاب = 1` on the left; MuPDF and PDFBox, which turn words round and
    no number, would have it first. Other readers go by the place.
    """
    levels = {one.level for one in found}
    if _NUMBER not in levels or not levels <= {0, 1, _NUMBER}:
        return [*found]
    ordered: list[_Placed] = []
    for _, group in groupby(found, lambda one: one.level > 0):
        runs = [[*run] for _, run in groupby(group, lambda one: one.level)]
        if ordered and ordered[-1].is_late:
            # MuPDF allows a jump to the right where the direction changes.
            ordered[-1] = ordered[-1]._replace(after=RLM, end=runs[0][0].x)
        start = runs[0][0].x if ordered else None
        for run in reversed(runs):
            if len(runs) == 1:
                ordered += run
            elif run[0].level == _NUMBER:
                ordered += _late(run)
            else:
                ordered += _led(run, start=start)
                start = None
    return _isolated(ordered)


def _isolated(ordered: Sequence[_Placed]) -> list[_Placed]:
    """Return pieces with an isolate around words of which a bracket would pair with others'.

    Where there are PDI among the anchors, these would end it.
    """
    if any(
        PDI in (anchor.text, one.piece.reach) for one in ordered for anchor in one.piece.anchors
    ):
        return [*ordered]
    runs = [[*run] for _, run in groupby(ordered, lambda one: one.level)]
    texts = ["".join(cluster.text for one in run for cluster in one.members) for run in runs]
    for place in to_isolate(texts, [run[0].level == 1 for run in runs]):
        runs[place][0] = runs[place][0]._replace(opens=True)
        runs[place][-1] = runs[place][-1]._replace(closes=True)
    return [one for run in runs for one in run]


def _late(run: Sequence[_Placed]) -> list[_Placed]:
    """Return a number that PDFBox takes for left-to-right."""
    first, *others = (one._replace(is_late=True) for one in run)
    return [first._replace(before=LRM, start=first.x), *others]


def _led(run: Sequence[_Placed], *, start: float | None) -> list[_Placed]:
    """Return words as PDFBox keeps them in a left-to-right line, with the space on their right.

    What stands before them ends where `start` is, in front of their numbers.
    """
    first, last = run[0], run[-1].members[-1].text[-1:]
    lead = first._replace(before="" if start is None else LRM, start=start or 0)
    led = [lead, *run[1:]]
    end = led[-1]
    is_strong = bidi_class(last) in _RIGHT_TO_LEFT
    led[-1] = end._replace(after="" if is_strong else RLM, end=end.right)
    return led


def _kept_in_run(members: Sequence[Cluster]) -> Sequence[Cluster]:
    """Return clusters, where they are a space between right-to-left words with a mark of these.

    MuPDF turns round what is between two left-to-right characters, and counts a space that is drawn
    alone to these.
    """
    is_within = members[0].rtl and all(cluster.text.isspace() for cluster in members)
    return [cluster.led_by(RLM) for cluster in members] if is_within else members


def _members(
    clusters: Sequence[Cluster], pieces: Sequence[Piece]
) -> Iterator[tuple[Piece, int, Sequence[Cluster]]]:
    """Yield the clusters of each piece and level from left to right.

    One of two pieces belongs to the first.
    """
    text = "".join(piece.text for piece in pieces)
    ends = [*accumulate(len(piece.text) for piece in pieces)]
    starts = starts_of(clusters, text)
    numbers = [min(bisect_right(ends, start), len(pieces) - 1) for start in starts]
    placed = zip(zip(numbers, levels_of(starts, text), strict=True), clusters, strict=True)
    for (number, level), members in groupby(placed, itemgetter(0)):
        yield pieces[number], level, [cluster for _, cluster in members]
