"""The calls of notes behind whole words, where a tag that calls one cuts a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from exporter.article import (
    CodeSpan,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.records import dataclass

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_LETTER = rf"[\w{_MARKS}\N{{ZERO WIDTH NON-JOINER}}\N{{ZERO WIDTH JOINER}}]"
_REST = compiled(rf"(?:['’]?{_LETTER})+")
_IN_A_WORD = compiled(rf"{_LETTER}\Z")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An inline without others in it, and whether a call may stand there."""

    node: Inline
    may_call: bool


def behind_words(inlines: Inlines, *, moves: Callable[[str], bool]) -> Inlines:
    """Return a run with the calls of the notes for which `moves` holds behind whole words.

    Into a link or an isolate no call goes.
    """
    leaves = [*_leaves(inlines, may_call=True)]
    places: dict[int, tuple[int, int]] = {}
    for number, leaf in enumerate(leaves):
        if isinstance(leaf.node, NoteRef) and moves(leaf.node.note):
            place = _end_of_word(leaves, number)
            if place:
                places[number] = place
    if not places:
        return inlines
    calls: dict[int, list[tuple[int, Inline]]] = {}
    for number, (at, end) in places.items():
        calls.setdefault(at, []).append((end, leaves[number].node))
    return tuple(_moved(inlines, count(), gone=frozenset(places), calls=calls))


def _leaves(inlines: Inlines, *, may_call: bool) -> Iterator[_Leaf]:
    for inline in inlines:
        match inline:
            case Text() | CodeSpan() | NoteRef() | Image() | LineBreak():
                yield _Leaf(inline, may_call)
            case Link(children) | Isolate(children):
                yield from _leaves(children, may_call=False)
            case _:
                yield from _leaves(inline.children, may_call=may_call)


def _end_of_word(leaves: list[_Leaf], number: int) -> tuple[int, int] | None:
    """Return the leaf and the character in it with which the word before a call has ended."""
    if not number or not _IN_A_WORD.search(inline_text((leaves[number - 1].node,))):
        return None
    found = None
    for at in range(number + 1, len(leaves)):
        leaf = leaves[at]
        rest = _REST.match(leaf.node.text) if isinstance(leaf.node, Text) else None
        if not leaf.may_call or not rest:
            return found
        found = (at, rest.end())
        if rest.end() < len(rest.string):
            return found
    return found


def _moved(
    inlines: Inlines,
    numbers: Iterator[int],
    *,
    gone: frozenset[int],
    calls: dict[int, list[tuple[int, Inline]]],
) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield from _with_calls(text, calls.get(next(numbers), []))
            case NoteRef() | CodeSpan() | Image() | LineBreak():
                if next(numbers) not in gone:
                    yield inline
            case _:
                children = tuple(_moved(inline.children, numbers, gone=gone, calls=calls))
                yield replace(inline, children=children)


def _with_calls(text: str, calls: list[tuple[int, Inline]]) -> Iterator[Inline]:
    done = 0
    for end, call in calls:
        if text[done:end]:
            yield Text(text[done:end])
        yield call
        done = end
    if text[done:]:
        yield Text(text[done:])
