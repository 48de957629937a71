"""The marks of direction with which the runs of a line are read in order.

Extractors have a line as it is drawn and turn it back, each by rules of its own. PDFBox asks Java's
bidirectional algorithm, which takes the first letter for the direction of the whole line, and would
return our runs from the last to the first. MuPDF counts punctuation to the letter drawn before it,
and turns Arabic digits round. So where runs could be taken wrongly stand LRM and RLM, on the side
where they show the order that is meant (The Unicode Standard §23.2). Of plain Arabic only lines
that end in punctuation need one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import groupby

from exporter.typesetting.exact_text.clusters import Cluster
from exporter.typesetting.exact_text.encoding import is_emoji

LRM, RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_RIGHT_TO_LEFT = {"R", "AL"}
_STRONG_TO_MUPDF = {"L", "R", "AL", "AN"}
_BRACKETS = frozenset("()[]{}")
# What MuPDF takes for left-to-right wherever it is, and what pdfium leaves in the drawing's order.
_LEFT_TO_RIGHT_TO_MUPDF = {"EN", "ES", "ET"}
_WEAK_TO_PDFIUM = {"CS", "ES", "ET", "EN", "AN", "BN"}


@dataclass(frozen=True, slots=True)
class Box:
    """A text of a line, whole and in logical order, and whether its style is right-to-left."""

    text: str
    rtl: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands to the left and to the right of a text, each from left to right."""

    left: str = ""
    right: str = ""


@cache
def bidi_class(character: str) -> str:
    """Return the Bidi_Class of a character (UAX #9 table 4), of anything else an empty one."""
    return unicodedata.bidirectional(character) if len(character) == 1 else ""


def marks_of_line(boxes: Sequence[Box]) -> tuple[Marks, ...]:
    """Return the marks of each box of a line, given in the order of the text."""
    if len(boxes) < 2:
        return (Marks(),) * len(boxes)
    before = (None, *boxes[:-1])
    return tuple(_between(previous, box) for previous, box in zip(before, boxes, strict=True))


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
    and marks to no run. pdfium would put the mark of a letter after the punctuation that follows.
    """
    if not cluster.rtl or not cluster.text:
        return False
    first = bidi_class(cluster.text[0])
    if not last:
        return first not in _STRONG_TO_MUPDF
    return first == "NSM" and bidi_class(last) in _WEAK_TO_PDFIUM


def _parts_bracket(cluster: Cluster, last: str) -> bool:
    """Whether a bracket and a space or punctuation stand side by side.

    Java pairs brackets across the runs of a line (UAX #9 rule N0) and would take what is beside
    them along, so that two words become one.
    """
    sides = last, cluster.text[:1]
    weak = (bidi_class(side) not in {"", "L", "R", "AL", "NSM"} for side in sides)
    return cluster.rtl and not _BRACKETS.isdisjoint(sides) and all(weak)


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
