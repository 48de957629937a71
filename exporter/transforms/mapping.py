"""Every block and run of inlines of an article: to be looked at, or rebuilt by one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from exporter.article import (
    Article,
    Aside,
    Block,
    Blocks,
    Code,
    CodeSpan,
    Definition,
    Definitions,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    Verse,
    VerseLine,
)
from exporter.records import dataclass

InlineFunction = Callable[[Inlines], Inlines]


def map_inlines(article: Article, function: InlineFunction) -> Article:
    """Return the article with `function` applied to every paragraph-like run of inlines."""
    notes = {key: map_blocks(blocks, function) for key, blocks in article.notes.items()}
    return replace(article, body=map_blocks(article.body, function), notes=notes)


def map_blocks(
    blocks: Iterable[Block], function: InlineFunction, *, in_verse: InlineFunction | None = None
) -> Blocks:
    """Return the blocks with `function`, or `in_verse`, applied to every run of inlines in them."""
    functions = _Functions(function, in_verse or function)
    return tuple(_map_block(block, functions) for block in blocks)


@dataclass(frozen=True, slots=True)
class _Functions:
    prose: InlineFunction
    verse: InlineFunction

    def over(self, blocks: Iterable[Block]) -> Blocks:
        return map_blocks(blocks, self.prose, in_verse=self.verse)


def _map_block(block: Block, functions: _Functions) -> Block:
    function = functions.prose
    match block:
        case Heading(inlines) | Paragraph(inlines):
            return replace(block, inlines=function(inlines))
        case List(items):
            return replace(block, items=tuple(map(functions.over, items)))
        case Definitions(items):
            return Definitions(
                tuple(
                    Definition(function(item.term), tuple(map(functions.over, item.meanings)))
                    for item in items
                )
            )
        case Quote(children, attribution):
            children = functions.over(children)
            return replace(block, children=children, attribution=function(attribution))
        case Aside(children):
            return replace(block, children=functions.over(children))
        case Verse(lines):
            verse = functions.verse
            return Verse(tuple(VerseLine(tuple(map(verse, li.hemistichs))) for li in lines))
        case Figure():
            caption, credit = function(block.caption), function(block.credit)
            return replace(block, caption=caption, credit=credit)
        case Table():
            rows = tuple(tuple(map(function, row)) for row in block.rows)
            header = tuple(map(function, block.header))
            return Table(rows, header, function(block.caption))
        case Code() | Rule():
            return block


def map_figures(blocks: Iterable[Block], function: Callable[[Figure], Figure]) -> Blocks:
    """Return the blocks with `function` applied to every figure, also inside other blocks."""
    return tuple(_map_figures(block, function) for block in blocks)


def _map_figures(block: Block, function: Callable[[Figure], Figure]) -> Block:
    match block:
        case Figure():
            return function(block)
        case List(items):
            return replace(block, items=tuple(map_figures(item, function) for item in items))
        case Definitions(definitions):
            return Definitions(
                tuple(
                    replace(
                        item,
                        meanings=tuple(map_figures(one, function) for one in item.meanings),
                    )
                    for item in definitions
                )
            )
        case Quote(children) | Aside(children):
            return replace(block, children=map_figures(children, function))
        case _:
            return block


def runs_of(blocks: Iterable[Block]) -> Iterator[Inlines]:  # noqa: C901 (one case a node)
    """Yield every run of inlines in the blocks, in the order in which they are set."""
    for block in blocks:
        match block:
            case Heading(inlines) | Paragraph(inlines):
                yield inlines
            case List(items):
                yield from runs_of(chain.from_iterable(items))
            case Definitions(definitions):
                for item in definitions:
                    yield item.term
                    yield from runs_of(chain.from_iterable(item.meanings))
            case Quote(children, attribution):
                yield from runs_of(children)
                yield attribution
            case Aside(children):
                yield from runs_of(children)
            case Verse(lines):
                yield from chain.from_iterable(line.hemistichs for line in lines)
            case Figure():
                yield from (block.caption, block.credit)
            case Table():
                yield from (block.caption, *chain.from_iterable((block.header, *block.rows)))
            case Code() | Rule():
                pass


def calls_in(inlines: Inlines) -> Iterator[str]:
    """Yield the keys of the notes that inlines call, in order."""
    for inline in inlines:
        match inline:
            case NoteRef(note):
                yield note
            case Text() | CodeSpan() | LineBreak() | Image():
                pass
            case _:
                yield from calls_in(inline.children)


def images_in(inlines: Inlines) -> Iterator[Image]:
    """Yield the pictures in inlines, in order."""
    for inline in inlines:
        match inline:
            case Image():
                yield inline
            case Text() | CodeSpan() | LineBreak() | NoteRef():
                pass
            case _:
                yield from images_in(inline.children)


def map_calls(inlines: Inlines, names: Mapping[str, str]) -> Inlines:
    """Return the inlines with the calls of notes under other names."""
    return tuple(_map_call(inline, names) for inline in inlines)


def _map_call(inline: Inline, names: Mapping[str, str]) -> Inline:
    match inline:
        case NoteRef(note):
            return NoteRef(names.get(note, note))
        case Text() | CodeSpan() | LineBreak() | Image():
            return inline
        case _:
            return replace(inline, children=map_calls(inline.children, names))
