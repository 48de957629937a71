"""Shaping: what several pieces of a walk are together: the lines of a poem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exporter.article import Heading, Inlines, Paragraph, Rule, Verse, inline_text
from exporter.readers.html import verse
from exporter.readers.html.dom import Element
from exporter.readers.html.pieces import Piece

_LEAST_HALVES = 6


def shaped(pieces: Sequence[Piece], *, notes: int = 0) -> tuple[Piece, ...]:
    """Return pieces with the lines of a poem put together, and no rule at an end.

    Where notes were taken out, the heading that stood over them goes too.
    """
    made = list(_joined(list(_with_poems(pieces))))
    while made and isinstance(made[-1].block, Heading | Rule if notes else Rule):
        made.pop()
    while made and isinstance(made[0].block, Rule):
        made.pop(0)
    return tuple(made)


def _with_poems(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield stanzas in place of short lines that rhyme, or stand in an element called a poem."""
    for is_short, run in groupby(pieces, key=_is_half):
        part = list(run)
        if is_short and (found := _poem(part)) is not None:
            yield Piece(found, part[0].origin)
        else:
            yield from part


def _is_half(piece: Piece) -> bool:
    return isinstance(piece.block, Paragraph | Heading) and verse.is_half(_text(piece))


def _text(piece: Piece) -> str:
    return inline_text(_inlines(piece))


def _inlines(piece: Piece) -> Inlines:
    return piece.block.inlines if isinstance(piece.block, Paragraph | Heading) else ()


def _poem(part: Sequence[Piece]) -> Verse | None:
    if len(part) < _LEAST_HALVES or len({piece.origin.tag for piece in part}) > 1:
        return None
    ends = [_text(piece) for piece in part[1::2]]
    if not verse.are_rhymed(ends, whole=len(part) // 2):
        return None
    return verse.of_pairs([_inlines(piece) for piece in part])


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines of verse that each had an element in the same one as a stanza."""
    for stanza, run in groupby(pieces, key=_stanza):
        part = list(run)
        lines = [
            line for piece in part if isinstance(piece.block, Verse) for line in piece.block.lines
        ]
        if stanza is not None and len(part) > 1:
            yield replace(part[0], block=Verse(tuple(lines)))
        else:
            yield from part


def _stanza(piece: Piece) -> Element | None:
    """Return the element around a line of verse that has an element of its own."""
    is_line = isinstance(piece.block, Verse) and len(piece.block.lines) == 1
    return piece.origin.getparent() if is_line else None
