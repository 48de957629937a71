"""The marks of direction with which the runs of a line are read in order.

Extractors have a line as it is drawn and turn it back, each by rules of its own. PDFBox asks Java's
bidirectional algorithm, which takes the first letter for the direction of the whole line, and would
return our runs from the last to the first. MuPDF counts punctuation to the letter drawn before it,
and turns Arabic digits round. So where runs could be taken wrongly stand LRM and RLM, on the side
where they show the order that is meant (The Unicode Standard §23.2). Of plain Arabic only lines
that end in punctuation need one.

pdfium turns a line round by segments of one direction, a word or a number each, so that the words
of a Latin phrase and the parts of an address come from the last to the first. No mark helps there;
such a phrase has to be a line of its own to pdfium, which is what `apart` is for.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import replace
from functools import cache, reduce
from itertools import groupby, pairwise

from exporter.records import dataclass
from exporter.typesetting.exact_text.brackets import BRACKETS, to_isolate
from exporter.typesetting.exact_text.clusters import Cluster, text_alone
from exporter.typesetting.exact_text.encoding import is_emoji
from exporter.typesetting.exact_text.phrases import (
    Piece,
    Stretch,
    is_picture,
    pieces_of,
    segments,
)

LRM, RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_RIGHT_TO_LEFT = {"R", "AL"}
_STRONG_TO_MUPDF = {"L", "R", "AL", "AN"}
# What MuPDF takes for left-to-right wherever it is, and what pdfium leaves in the drawing's order.
_LEFT_TO_RIGHT_TO_MUPDF = {"EN", "ES", "ET"}
_WEAK_TO_PDFIUM = {"CS", "ES", "ET", "EN", "AN", "BN"}


@dataclass(frozen=True, slots=True)
class Box:
    """A text of a line, whole and in logical order, its direction, and where its left end is.

    Of a left-to-right one there can be the fonts that it is in, and their size.
    """

    text: str
    rtl: bool
    left: float = 0
    width: float = 0
    stretches: tuple[Stretch, ...] = ()
    size: float = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands to the left and to the right of a text, each from left to right.

    `apart` is drawn before the text, as far from it as `shift` says and a little lower, so that
    pdfium begins a line.
    """

    left: str = ""
    right: str = ""
    apart: str = ""
    shift: float = 0
    pieces: tuple[Piece, ...] = ()
    """The parts of a left-to-right text that pdfium is to meet from the last to the first."""
    end: float = 0
    """How far the right end of its run is from its left end."""
    start: float = 0
    """How far the left end of its run is from its left end."""
    size: float = 0
    """The size of the largest font of its run, where there are several."""
    is_led: bool = False
    """Whether a mark reaches from the left end of its run to the last part."""
    is_picture: bool = False
    """Whether the text is an emoji of which pdfium is to meet the last part first."""
    turn: str = ""
    """What is drawn alone behind a text with another one in its direction on its left.

    MuPDF allows a jump to the left where the direction changes, pdfium passes over what is alone.
    """
    is_isolated: bool = False
    """Whether the text is in an isolate for PDFBox (`isolates.py`)."""


@cache
def bidi_class(character: str) -> str:
    """Return the Bidi_Class of a character (UAX #9 table 4), of anything else an empty one."""
    return unicodedata.bidirectional(character) if len(character) == 1 else ""


def marks_of_line(
    boxes: Sequence[Box], *, rtl: bool = True, turning: bool = False
) -> tuple[Marks, ...]:
    """Return the marks of each box of a line, given in the order of the text.

    `rtl` is the direction of the line itself; `turning` says that the pages of the PDF turn to the
    left, for which pdfium takes every line to be right-to-left.
    """
    before = (None, *boxes[:-1])
    marks = [Marks()] * len(boxes)
    if len(boxes) > 1 or (turning and boxes and not boxes[0].rtl and is_emoji(boxes[0].text)):
        marks = [_between(previous, box) for previous, box in zip(before, boxes, strict=True)]
        marks = [*_with_turns(marks, boxes)]
    if turning and not all(box.rtl for box in boxes):
        marks = [*_with_pieces(marks, boxes, rtl=rtl)]
        marks = _with_isolates(marks, boxes) if rtl else marks
    if turning and rtl:
        return tuple(marks)
    edges = (0, *_starts_of_lines(boxes, rtl=rtl, turning=turning), len(boxes))
    lines = [range(start, end) for start, end in pairwise(edges)]
    for line, following in pairwise(lines):
        _end(marks, boxes, line)
        _begin(marks, boxes, following)
    return tuple(marks)


def _with_pieces(marks: Sequence[Marks], boxes: Sequence[Box], *, rtl: bool) -> Iterator[Marks]:
    """Yield the marks with the pieces of each box, those of a run in one order."""
    # In a left-to-right line what stands before is on the other side.
    texts = [" ", *(box.text for box in boxes), " "] if rtl else [" "] * (len(boxes) + 2)
    place = 0
    for is_rtl, members in groupby(zip(marks, boxes, strict=True), lambda pair: pair[1].rtl):
        run = [*members]
        before, after = texts[place], texts[place + len(run) + 1]
        place += len(run)
        if is_rtl:
            yield from (mark for mark, _ in run)
            continue
        if all(is_picture(box.text) for _, box in run):
            yield from (replace(mark, is_picture=True) for mark, _ in run)
            continue
        start = min(box.left for _, box in run)
        end = max(box.left + box.width for _, box in run)
        pieces = pieces_of([_stretches(box) for _, box in run], before=before, after=after)
        is_whole = not any(one.anchors for own in pieces for one in own)
        is_led = any(one.is_led for own in pieces for one in own)
        sizes = {box.size for _, box in run}
        size = max(sizes) if len(sizes) > 1 else 0
        for (mark, box), own in zip(run, pieces, strict=True):
            moved = replace(mark, pieces=own, start=start - box.left, end=end - box.left, size=size)
            yield mark if is_whole else replace(moved, is_led=is_led)


def _with_turns(marks: Sequence[Marks], boxes: Sequence[Box]) -> Iterator[Marks]:
    """Yield the marks with those between left-to-right runs side by side, as emoji are."""
    for mark, box, after in zip(marks, boxes, (*boxes[1:], None), strict=True):
        is_turned = after is not None and not (box.rtl or after.rtl) and after.left < box.left
        yield replace(mark, turn=RLM) if is_turned else mark


def _with_isolates(marks: Sequence[Marks], boxes: Sequence[Box]) -> list[Marks]:
    drawn = [box.text[::-1] if box.rtl else box.text for box in boxes]
    places = to_isolate(drawn, [box.rtl for box in boxes])
    return [replace(mark, is_isolated=place in places) for place, mark in enumerate(marks)]


def _stretches(box: Box) -> Sequence[Stretch]:
    return box.stretches or [Stretch(text_alone(box.text))]


def _end(marks: MutableSequence[Marks], boxes: Sequence[Box], run: range) -> None:
    """Put in the mark with which these boxes end a line for pdfium: last is the rightmost."""
    last = max(run, key=lambda place: boxes[place].left)
    marks[last] = replace(marks[last], right=marks[last].right or _own(boxes[last]))


def _begin(marks: MutableSequence[Marks], boxes: Sequence[Box], run: range) -> None:
    """Put in the marks with which these boxes begin a line for pdfium.

    It begins one where a text stands at the place of the one before, and higher or lower by more
    than half the width of what was drawn last and of what is drawn first: both have to be marks, in
    codes of their own. Of one alone it takes no notice. First is the leftmost; where that is not
    the first of the text, the marks are a change of direction on each side, for which MuPDF allows
    a jump.
    """
    start, left = run[0], min(run, key=lambda place: boxes[place].left)
    own = _own(boxes[left])
    marks[left] = replace(marks[left], left=own + (marks[left].left or own))
    apart = 2 * _own(boxes[start]) if left == start else RLM + LRM
    shift = boxes[left].left - boxes[start].left
    marks[start] = replace(marks[start], apart=apart, shift=shift)


def _own(box: Box) -> str:
    return RLM if box.rtl else LRM


def _starts_of_lines(boxes: Sequence[Box], *, rtl: bool, turning: bool) -> Iterator[int]:
    """Yield the boxes with which a line has to begin for pdfium.

    A run against the direction of the line is turned round in itself when it has several segments,
    and turns the rest round when its direction has most segments of the line. From the first one on
    every run is a line: pdfium sorts what is in one by position.
    """
    counts = Counter(one for box in boxes for one in segments(box.text))
    turned = turning or (counts["R"] < counts["L"] if rtl else counts["R"] >= counts["L"])
    place, parting = 0, False
    for is_rtl, members in groupby(boxes, lambda box: box.rtl):
        run = [*members]
        text = "".join(box.text for box in run).strip()
        parting = parting or (is_rtl is not rtl and (turned or len(segments(text)) > 1))
        if parting and place:
            yield place
        place += len(run)


def _between(previous: Box | None, box: Box) -> Marks:
    first, last = bidi_class(box.text[0]), bidi_class(box.text[-1])
    if not box.rtl or _is_number(box.text):
        # A number in Arabic digits brings its own mark.
        led = first == "L" or (first == "AN" and bidi_class(box.text[1:2]) == "AN")
        # To poppler the letters of flags are none, and the end of a keycap belongs to what follows.
        picture = is_emoji(box.text[:1]) or is_emoji(box.text[-1:])
        return Marks("" if led and not picture else LRM, LRM if last == "AN" or picture else "")
    left = "" if last in _RIGHT_TO_LEFT else RLM
    right = "" if first in _RIGHT_TO_LEFT else RLM
    return Marks(LRM + left if _could_run_on(previous, box) else left, right)


def _is_number(text: str) -> bool:
    classes = {bidi_class(character) for character in text}
    return "AN" in classes and classes <= {"AN", "CS"}


def _could_run_on(previous: Box | None, box: Box) -> bool:
    """Whether nothing parts a right-to-left run from the one before; within a word nothing may."""
    if previous is None:
        return True
    return previous.rtl and (previous.text.endswith(" ") or box.text.startswith(" "))


def marked(clusters: Iterable[Cluster], marks: Marks, *, last: str = "") -> Iterator[Cluster]:
    """Yield the clusters of a text with the marks on its left, and those that it needs within.

    `last` is the character on their left.
    """
    left = marks.left
    whole = [*_with_whole_numbers(clusters)]
    for cluster in whole:
        if RLM not in left and (
            _needs_mark(cluster, last) or (marks != Marks() and _parts_bracket(cluster, last))
        ):
            left += RLM
        is_last = cluster is whole[-1]
        if _takes_mark(cluster, is_led=left.endswith(RLM) or (is_last and marks.right == RLM)):
            yield from map(cluster.mark, left.removesuffix(RLM))
            yield cluster.led_by(RLM)
        else:
            yield from map(cluster.mark, left)
            yield cluster
        left, last = "", cluster.text[-1:] or last


def _with_whole_numbers(clusters: Iterable[Cluster]) -> Iterator[Cluster]:
    """Join Arabic digits to one cluster with LRM before it: MuPDF turns round what is apart."""
    for is_number, members in groupby(clusters, _is_in_number):
        run = [*members]
        fonts = {cluster.pango_font for cluster in run}
        digits = any(bidi_class(cluster.text) == "AN" for cluster in run)
        if is_number and digits and len(run) > 1 and len(fonts) == 1:
            yield reduce(Cluster.beside, run).led_by(LRM)
        else:
            yield from run


def _is_in_number(cluster: Cluster) -> bool:
    # A separator is within the number when it goes from left to right with the digits.
    return not cluster.rtl and len(cluster.text) == 1 and bidi_class(cluster.text) in {"AN", "CS"}


def _needs_mark(cluster: Cluster, last: str) -> bool:
    """Whether a right-to-left cluster could be counted to something else than its run.

    `last` is the character on its left, nothing at the left end: there MuPDF counts punctuation
    and marks to no run. pdfium would put the mark of a letter after the punctuation that follows,
    or after what comes with a bracket.
    """
    if not cluster.rtl or not cluster.text:
        return False
    first = bidi_class(cluster.text[0])
    if not last:
        return first not in _STRONG_TO_MUPDF
    is_weak = bidi_class(last) in _WEAK_TO_PDFIUM or bool(unicodedata.mirrored(last))
    return first == "NSM" and is_weak


def _parts_bracket(cluster: Cluster, last: str) -> bool:
    """Whether a bracket and a space or punctuation stand side by side.

    Java pairs brackets across the runs of a line (UAX #9 rule N0) and would take what is beside
    them along, so that two words become one.
    """
    sides = last, cluster.text[:1]
    weak = (bidi_class(side) not in {"", "L", "R", "AL", "NSM"} for side in sides)
    return cluster.rtl and not BRACKETS.isdisjoint(sides) and all(weak)


def _takes_mark(cluster: Cluster, *, is_led: bool) -> bool:
    """Whether RLM has to be in one code with a cluster.

    With hyphens and per cent signs, as MuPDF goes by the first character of a code; with spaces at
    the ends of a run, as pdf.js drops one that has a code of its own.
    """
    if not cluster.rtl or len(cluster.text) != 1 or not cluster.glyphs:
        return False
    if cluster.text == " ":
        return is_led
    return bidi_class(cluster.text) in _LEFT_TO_RIGHT_TO_MUPDF
