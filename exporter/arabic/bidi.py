"""Direction as markup: every run that UAX #9 turns round is wrapped in one element of its own.

WeasyPrint orders inline boxes one by one, not by the bidirectional algorithm, so a name that
crosses a tag (`Google <b>Chrome</b>`) comes out reversed. Resolving the levels here, over the
whole paragraph, and wrapping each run leaves nothing for it to decide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exporter.arabic.foreign import is_running_text
from exporter.arabic.fribidi import embedding_levels
from exporter.article import (
    CodeSpan,
    Direction,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Strong,
    Sub,
    Sup,
    Text,
)
from exporter.patterns import compiled
from exporter.records import dataclass

# UAX #9 §2.7, CSS Writing Modes §2.4: to its surroundings an isolate or an object is one neutral.
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"

_LATIN_WORD = compiled(r"[A-Za-z\u00c0-\u024f]{2,}")
_RTL_WORD = compiled(r"[\u0590-\u08ff\ufb1d-\ufefc]+")
_FEWEST_WORDS = 5
# How many Latin words there are for each right-to-left one in a sentence that only quotes some.
_LATIN_FOR_ONE = 3

_Wrapper = Emphasis | Strong | Link | Sub | Sup | Isolate


@dataclass(frozen=True, slots=True, eq=False)
class _Element:
    """A wrapper on the path to a leaf; two with the same look are still two."""

    node: _Wrapper


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A run of characters at one level, or an object, with the wrappers around it."""

    node: Inline
    path: tuple[_Element, ...]
    level: int = 0

    @property
    def characters(self) -> str:
        return self.node.text if isinstance(self.node, Text) else _OBJECT


_STRONG = frozenset(("L", "R", "AL"))
# Where there is one of these, not every letter runs the other way.
_OWN_LETTER = {
    Direction.RTL: compiled("[\u05d0-\u05ea\u0620-\u064a]"),
    Direction.LTR: compiled("[A-Za-z]"),
}


def paragraph_direction(text: str, *, default: Direction) -> Direction:
    """Return the base direction of one paragraph of an article with the direction `default`.

    A sentence without a single right-to-left letter is a quotation in another script, and its
    full stop belongs at its right end; so does that of an English one with a term in Arabic. UAX #9
    P2 would ask the first letter alone, and turn round every Arabic sentence that begins with a
    Latin name.
    """
    if default is Direction.LTR:
        return default
    words = _LATIN_WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return default
    strong = [one for one in map(unicodedata.bidirectional, text) if one in _STRONG]
    if strong.count("L") == len(strong):
        return Direction.LTR
    others = len(_RTL_WORD.findall(text)) * _LATIN_FOR_ONE
    is_sentence = strong[0] == "L" and len(words) >= others and is_running_text(words)
    return Direction.LTR if is_sentence else default


def content_direction(text: str, *, default: Direction) -> Direction:
    """Return the direction of a few words in a box that stays where `default` puts it.

    Where every letter runs the other way, so do the marks around and between them: `Code (free).`
    in a cell. Words alone need nothing: they are one run. A sentence is one as in a paragraph.
    """
    if _OWN_LETTER[default].search(text) or any(map(_is_mark, set(text))):
        return letters_direction(text, default=default)
    return default


def _is_mark(character: str) -> bool:
    return not (character.isalnum() or character.isspace())


def letters_direction(text: str, *, default: Direction) -> Direction:
    """Return the direction of all letters of a few words, `default` where they have both.

    A sentence has one as in a paragraph.
    """
    if _OWN_LETTER[default].search(text):
        return paragraph_direction(text, default=default)
    other = Direction.LTR if default is Direction.RTL else Direction.RTL
    strong = _STRONG.intersection(map(unicodedata.bidirectional, set(text)))
    is_other = strong == {"L"} if other is Direction.LTR else strong and "L" not in strong
    return other if is_other else default


def has_letters_against(text: str, *, direction: Direction) -> bool:
    """Whether letters in a text run against a direction."""
    strong = _STRONG.intersection(map(unicodedata.bidirectional, set(text)))
    return bool(strong - {"L"} if direction is Direction.LTR else strong & {"L"})


def order_runs(inlines: Inlines, *, direction: Direction) -> Inlines:
    """Return the inlines with every run against `direction` inside one Isolate.

    A run may cross wrappers: they are split at its edges and it goes round their pieces. Isolates
    and code are paragraphs of their own. A line break ends a paragraph (CSS Writing Modes §2.4.2).
    """
    leaves = list(_leaves(inlines, ()))
    base = _base_level(direction)
    ordered: list[_Leaf] = []
    for is_break, group in groupby(leaves, key=lambda leaf: isinstance(leaf.node, LineBreak)):
        line = list(group)
        ordered += line if is_break else _wrap_runs(_split(line, direction), base)
    return _assemble(ordered, 0)


def _base_level(direction: Direction) -> int:
    return 1 if direction is Direction.RTL else 0


def _leaves(inlines: Sequence[Inline], path: tuple[_Element, ...]) -> Iterator[_Leaf]:
    for inline in inlines:
        match inline:
            case Isolate(children, direction):
                inside = order_runs(children, direction=direction)
                yield _Leaf(replace(inline, children=inside), path)
            case Text() | CodeSpan() | NoteRef() | Image() | LineBreak():
                yield _Leaf(inline, path)
            case _:
                yield from _leaves(inline.children, (*path, _Element(inline)))


def _split(leaves: list[_Leaf], direction: Direction) -> list[_Leaf]:
    """Cut the leaves of one bidi paragraph where the level changes."""
    levels = iter(embedding_levels("".join(leaf.characters for leaf in leaves), direction))
    pieces: list[_Leaf] = []
    for leaf in leaves:
        paired = [(character, next(levels)) for character in leaf.characters]
        if not isinstance(leaf.node, Text):
            pieces.append(replace(leaf, level=paired[0][1]))
            continue
        for level, run in groupby(paired, key=lambda pair: pair[1]):
            text = "".join(character for character, _ in run)
            pieces.append(replace(leaf, node=Text(text), level=level))
    return pieces


def _wrap_runs(leaves: list[_Leaf], base: int) -> list[_Leaf]:
    """Put an Isolate element on the paths of each run above the base level, and so on inside."""
    wrapped: list[_Leaf] = []
    for above, group in groupby(leaves, key=lambda leaf: leaf.level > base):
        run = list(group)
        if not above:
            wrapped += run
            continue
        direction = Direction.RTL if (base + 1) % 2 else Direction.LTR
        isolate = _Element(Isolate((), direction))
        depth = _common_depth(run)
        wrapped += _wrap_runs(
            [replace(leaf, path=(*leaf.path[:depth], isolate, *leaf.path[depth:])) for leaf in run],
            base + 1,
        )
    return wrapped


def _common_depth(run: list[_Leaf]) -> int:
    first = run[0].path
    depth = min(len(leaf.path) for leaf in run)
    return next(
        (i for i in range(depth) if any(leaf.path[i] is not first[i] for leaf in run)), depth
    )


def _assemble(leaves: Sequence[_Leaf], depth: int) -> Inlines:
    inlines: list[Inline] = []
    for element, group in groupby(leaves, key=lambda leaf: _at(leaf, depth)):
        members = list(group)
        if element is None:
            inlines += [leaf.node for leaf in members]
        else:
            inlines.append(replace(element.node, children=_assemble(members, depth + 1)))
    return tuple(inlines)


def _at(leaf: _Leaf, depth: int) -> _Element | None:
    return leaf.path[depth] if depth < len(leaf.path) else None
