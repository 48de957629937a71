"""Joins across tags: WeasyPrint shapes each element by itself, so a word cut by a tag falls apart.

A pair of zero width joiners on both sides of the cut keeps the letters' joined forms (The Unicode
Standard §9.2; lam-alef can't ligate across it). It belongs to the drawing alone: the PDF writer
takes it out of the text that is extracted, and the e-book never has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from exporter.arabic.fribidi import JOINS_FOLLOWING, JOINS_PRECEDING, TRANSPARENT, joining_types
from exporter.article import (
    CodeSpan,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    NoteRef,
    Text,
)

# Two of them: an author's own joiner is a single one, and stays in the text.
JOIN = "\N{ZERO WIDTH JOINER}" * 2


def join_across(inlines: Inlines) -> Inlines:
    """Return the inlines with a joiner on both sides of every tag that cuts a joined pair."""
    texts = [_first_and_last(leaf) for leaf in _leaves(inlines)]
    joined = [left[1] and right[0] for left, right in pairwise(texts)]
    before, after = iter([False, *joined]), iter([*joined, False])
    return _add_joiners(inlines, before, after)


def _leaves(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Text() | CodeSpan() | NoteRef() | Image() | LineBreak():
                yield inline
            case Isolate(children):
                yield LineBreak()  # an isolate's edge never joins
                yield from _leaves(children)
                yield LineBreak()
            case _:
                yield from _leaves(inline.children)


def _first_and_last(leaf: Inline) -> tuple[bool, bool]:
    """Return whether the text joins what is before it and what is after it."""
    if not isinstance(leaf, Text):
        return False, False
    types = [mask for mask in joining_types(leaf.text) if not mask & TRANSPARENT]
    if not types:
        return False, False
    return bool(types[0] & JOINS_PRECEDING), bool(types[-1] & JOINS_FOLLOWING)


def _add_joiners(inlines: Inlines, before: Iterator[bool], after: Iterator[bool]) -> Inlines:
    joined: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(text):
                start, end = JOIN * next(before), JOIN * next(after)
                joined.append(Text(f"{start}{text}{end}"))
            case CodeSpan() | NoteRef() | Image() | LineBreak():
                next(before), next(after)
                joined.append(inline)
            case Isolate(children):
                next(before), next(after)
                joined.append(replace(inline, children=_add_joiners(children, before, after)))
                next(before), next(after)
            case _:
                children = _add_joiners(inline.children, before, after)
                joined.append(replace(inline, children=children))
    return tuple(joined)
