"""Quotation marks: those of the language, nested as it nests them, in place of a keyboard's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from exporter.arabic.normalisation.passages import (
    LETTER,
    Edit,
    applied,
    is_arabic,
    is_in_arabic_script,
    strong_after,
    strong_before,
)
from exporter.patterns import compiled
from exporter.records import dataclass

_OUTER, _INNER = ("«", "»"), ("“", "”")
# Urdu has “ ” outside, and its house styles differ; Hebrew marks are not of this script.
_LANGUAGES = frozenset({"ar", "ckb", "fa", "ps", "ug"})

_DOUBLED = compiled("''|<<|>>|[\"“”„‟«»‘’‚']")
_SINGLE = "‘’‚'"
_DEEPEST = 3
_OPENING, _CLOSING = "([{«“-–—/:", ")]}»”،؛؟!.,;:?…-–—/%"
_HAS_LETTER = compiled(f"[{LETTER}]")


class _Side(Enum):
    """What a mark can be by the characters beside it."""

    OPENS = auto()
    CLOSES = auto()
    EITHER = auto()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark of quotation, its place, and the kind of the mark that can answer it."""

    start: int
    end: int
    kind: str
    side: _Side


@dataclass(frozen=True, slots=True)
class _Pair:
    opening: _Mark
    closing: _Mark
    depth: int


def quotes(text: str, language: str) -> Iterator[Edit]:
    """Write quotations as «…», and “…” inside them, where the marks of a paragraph pair up."""
    if language not in _LANGUAGES or not is_in_arabic_script(text):
        return
    edits = _all_edits(text)
    # Marks that can be read in one way and, once written, in another are left to the author.
    if edits and not _all_edits(applied(text, edits)):
        yield from edits


def _all_edits(text: str) -> list[Edit]:
    pairs = [pair for pair in _pairs(text) if _is_of_arabic(text, pair)]
    edits = [edit for pair in pairs for edit in _edits(text, pair)]
    return sorted(edits, key=lambda edit: edit.start)


def _pairs(text: str) -> Sequence[_Pair]:
    """Return the pairs of the first way of reading the marks that leaves the fewest alone."""
    marks = tuple(_marks(text))
    if not marks:
        return ()
    without_single = tuple(mark for mark in marks if mark.kind != "'")
    for most_alone in (0, 1):
        for candidates in (marks, without_single):
            for reading in (candidates, _by_neighbours(text, candidates)):
                if pairs := _paired(text, reading, most_alone=most_alone):
                    return pairs
    return ()


def _marks(text: str) -> Iterator[_Mark]:
    for match in _DOUBLED.finditer(text):
        mark = match[0]
        side = _side(text, *match.span())
        if mark in _SINGLE:
            # An apostrophe and a letter's name have one too: what counts is a clear single mark.
            if side is not _Side.EITHER and _touches_a_letter(text, match, side):
                yield _Mark(*match.span(), "'", side)
            continue
        if mark in {"«", "<<"}:
            side = _Side.OPENS
        elif mark in {"»", ">>"}:
            side = _Side.CLOSES
        kind = "«" if mark in "«»" else "<<" if mark in {"<<", ">>"} else mark
        yield _Mark(*match.span(), '"' if kind in "“”„‟" else kind, side)


def _side(text: str, start: int, end: int) -> _Side:
    before, after = text[:start][-1:], text[end:][:1]
    starts = not before or before.isspace() or before in _OPENING
    ends = not after or after.isspace() or after in _CLOSING
    if starts == ends:
        return _Side.EITHER
    return _Side.OPENS if starts else _Side.CLOSES


def _touches_a_letter(text: str, match: re.Match[str], side: _Side) -> bool:
    inside = text[match.end() :][:1] if side is _Side.OPENS else text[: match.start()][-1:]
    return is_arabic(inside)


def _by_neighbours(text: str, marks: Sequence[_Mark]) -> tuple[_Mark, ...]:
    """Take guillemets the wrong way round, as they look right on some keyboards: »كذا«."""
    return tuple(
        replace(mark, side=_side(text, mark.start, mark.end)) if mark.kind == "«" else mark
        for mark in marks
    )


def _paired(text: str, marks: Sequence[_Mark], *, most_alone: int) -> tuple[_Pair, ...]:
    """Return the pairs, or none where more marks than that have no partner.

    A quotation may begin in one paragraph and end in another: outside of it only those pairs count
    whose marks can be nothing else.
    """
    pairs: list[_Pair] = []
    open_marks: list[_Mark] = []
    alone = 0
    for mark in marks:
        answers = bool(open_marks) and open_marks[-1].kind == mark.kind
        if mark.side is _Side.OPENS or (mark.side is _Side.EITHER and not answers):
            open_marks.append(mark)
        elif answers:
            pairs.append(_Pair(open_marks.pop(), mark, len(open_marks)))
        elif not _is_of_inches(text, mark, open_marks):
            alone += 1
    alone += len(open_marks)
    is_empty = any(not text[pair.opening.end : pair.closing.start].strip() for pair in pairs)
    if alone > most_alone or is_empty or any(pair.depth > _DEEPEST for pair in pairs):
        return ()
    first = min((mark.start for mark in open_marks), default=len(text))
    return tuple(
        pair for pair in pairs if not alone or (_is_clear(pair) and pair.opening.start < first)
    )


def _is_of_inches(text: str, mark: _Mark, open_marks: Sequence[_Mark]) -> bool:
    return not open_marks and mark.kind == '"' and text[: mark.start][-1:].isdigit()


def _is_clear(pair: _Pair) -> bool:
    return pair.opening.side is _Side.OPENS and pair.closing.side is _Side.CLOSES


def _is_of_arabic(text: str, pair: _Pair) -> bool:
    """Say whether Arabic words stand in a quotation or beside it."""
    inside = text[pair.opening.end : pair.closing.start]
    outside = (strong_before(text, pair.opening.start), strong_after(text, pair.closing.end))
    return bool(_HAS_LETTER.search(inside)) or any(map(is_arabic, outside))


def _edits(text: str, pair: _Pair) -> Iterator[Edit]:
    for mark, wanted in zip((pair.opening, pair.closing), _wanted(pair), strict=True):
        if text[mark.start : mark.end] != wanted:
            yield Edit(mark.start, mark.end, wanted)


def _wanted(pair: _Pair) -> tuple[str, str]:
    return _INNER if pair.depth % 2 else _OUTER
