"""Markdown's blocks → an article's: the tokens of markdown-it, each kind found in a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from exporter.arabic.verse import stanza
from exporter.article import (
    DEEPEST,
    Aside,
    AsideRole,
    Block,
    Blocks,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
    Image,
    Inlines,
    List,
    ListKind,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    Verse,
    VerseLine,
    inline_text,
)
from exporter.errors import ReadError
from exporter.notices import Notice
from exporter.patterns import compiled
from exporter.readers.fragments import fragment_of
from exporter.readers.markdown.inlines import Attributes, Inliner, isolated
from exporter.readers.markdown.markers import known_markers
from exporter.readers.text.forms import is_left_to_right
from exporter.records import dataclass
from exporter.sources import Source
from exporter.transforms.mapping import map_blocks, map_calls

_VERSE = frozenset({"verse", "poem", "شعر"})
_ASIDES = {
    "aside": AsideRole.SIDEBAR,
    "sidebar": AsideRole.SIDEBAR,
    "note": AsideRole.EDITOR_NOTE,
    "editor-note": AsideRole.EDITOR_NOTE,
    "pull-quote": AsideRole.PULL_QUOTE,
}
_DASH = compiled(r"\s*(?:[—–―]|--)\s*(?=\S)")
_LONGEST_NAME = 120
_PARTED = compiled(r"\s*\*{3}\s*|\s*\t\s*|\s+(?:\.{3}|…)\s+")
_NESTING = 2 * DEEPEST + 8  # a list is two levels of tokens; deeper ones are refused, not cut


@dataclass(frozen=True, slots=True)
class Converted:
    """What a Markdown text is made of."""

    body: Blocks
    notes: Mapping[str, Blocks]
    notices: tuple[Notice, ...]


def convert(text: str, *, source: Source, lines_before: int) -> Converted:
    """Return the blocks and notes of a Markdown text without front matter.

    Raises ReadError when blocks stand inside one another too deeply.
    """
    marked = known_markers(text)
    env: dict[str, object] = {}
    parser = _parser()
    root = SyntaxTreeNode(parser.parse(marked.text, env))
    converter = _Converter(source, marked.kinds, Inliner(parser, env, lines_before))
    body = tuple(converter.blocks(root.children))
    return Converted(body, converter.inliner.notes, tuple(converter.inliner.notices))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING})
    parser.enable(["table", "strikethrough"])
    allowed = ["class", "lang", "dir"]
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.use(attrs_plugin, spans=True, allowed=allowed).use(attrs_block_plugin, allowed=allowed)
    parser.use(container_plugin, "block", validate=_is_container)
    # Notes stay where they are defined: its own rule drops those that nothing calls.
    parser.disable("footnote_tail")
    return parser


def _is_container(parameters: str, *_: object) -> bool:
    said = _container_said(parameters)
    return said.name in _VERSE | _ASIDES.keys() or isolated(said.attributes) is not None


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands after the colons of a container: `note`, or `{.note lang=fa}` as in Pandoc."""

    name: str
    attributes: Attributes


def _container_said(parameters: str) -> _Said:
    said = parameters.strip()
    if not said.startswith("{"):
        return _Said(said, {})
    try:
        end, found = parse(said)
    except ParseError:
        return _Said("", {})
    return _Said(str(found.get("class", "")), found) if end == len(said) - 1 else _Said("", {})


@dataclass(slots=True)
class _Converter:
    """One conversion: what is gathered on the way."""

    source: Source
    kinds: Mapping[int, ListKind]
    inliner: Inliner
    level: int = 0

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        if self.level >= DEEPEST:
            detail = self.inliner.location
            raise ReadError("json-deep", subject=self.source.location, detail=detail)
        self.level += 1
        for node in nodes:
            if node.map:
                self.inliner.line = node.map[0]
            made = tuple(_BLOCKS[node.type](self, node))
            isolate = isolated(node.attrs)
            yield from map_blocks(made, isolate) if isolate else made
        self.level -= 1

    def inlines(self, node: SyntaxTreeNode) -> Inlines:
        """Return what is in the one inline child of a node."""
        return self.inliner.inlines(node.children[0].children) if node.children else ()


def _paragraph(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    if _is_verse(node):
        yield from _verse(converter, node.children[0].content)
    elif figures := tuple(_figures(converter, node)):
        yield from figures
    elif inlines := converter.inlines(node):
        yield Paragraph(inlines)


def _is_verse(node: SyntaxTreeNode) -> bool:
    return not _VERSE.isdisjoint(str(node.attrs.get("class", "")).split())


def _figures(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Figure]:
    """Yield the pictures of a paragraph that has nothing else, but one line of caption each."""
    lines = _lines_of(node.children[0].children)
    if not all(_picture(line) or (len(line) == 1 and line[0].type == "em") for line in lines):
        return
    figures: list[Figure] = []
    for line in lines:
        if picture := _picture(line):
            (image,) = converter.inliner.inlines([picture])
            title = str(picture.attrs.get("title", ""))
            if isinstance(image, Image):
                figures.append(Figure(image, converter.inliner.parsed(title)))
        elif not figures or figures[-1].caption:
            return
        else:
            caption = converter.inliner.inlines(line[0].children)
            figures[-1] = replace(figures[-1], caption=caption)
    yield from figures


def _lines_of(nodes: Sequence[SyntaxTreeNode]) -> list[list[SyntaxTreeNode]]:
    """Return the inlines of a paragraph by lines."""
    lines: list[list[SyntaxTreeNode]] = [[]]
    for node in nodes:
        if node.type in {"softbreak", "hardbreak"}:
            lines.append([])
        elif node.type != "text" or node.content.strip():
            lines[-1].append(node)
    return lines


def _picture(line: list[SyntaxTreeNode]) -> SyntaxTreeNode | None:
    return line[0] if len(line) == 1 and line[0].type == "image" else None


def _heading(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    yield Heading(converter.inlines(node), int(node.tag[1:]))


def _list(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield a list; one that goes over from numbers to letters is two."""
    usual = ListKind.NUMBERED if node.type == "ordered_list" else ListKind.BULLETED
    start = int(node.attrs.get("start", 1))

    def kind_of(item: SyntaxTreeNode) -> ListKind:
        return converter.kinds.get(item.map[0] if item.map else -1, usual)

    for kind, group in groupby(node.children, key=kind_of):
        items = tuple(_task(tuple(converter.blocks(item.children))) for item in group)
        yield List(items, kind, start if kind is usual else 1)
        start += len(items) if kind is usual is ListKind.NUMBERED else 0


# The boxes of a list of tasks, as they are typed.
_BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def _task(item: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return an item with the box of its task drawn, where it has one."""
    match item:
        case (Paragraph((Text(text), *others)), *rest) if box := _BOXES.get(text[:4]):
            return (Paragraph((Text(box + text[4:]), *others)), *rest)
        case _:
            return item


def _quote(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    if node.children and node.children[-1].type == "paragraph":
        *above, last = node.children
        kept, name = _signature(last.children[0].children)
        if name:
            attribution = converter.inliner.inlines(name, skipping=_DASH)
            inlines = converter.inliner.inlines(kept)
            children = (*converter.blocks(above), *([Paragraph(inlines)] if inlines else ()))
            if children:
                yield Quote(children, attribution)
                return
    yield Quote(tuple(converter.blocks(node.children)))


def _signature(
    nodes: Sequence[SyntaxTreeNode],
) -> tuple[Sequence[SyntaxTreeNode], Sequence[SyntaxTreeNode]]:
    """Part the inlines of a paragraph before a last line that a dash opens, if it is short."""
    breaks = [at for at, node in enumerate(nodes) if node.type in {"softbreak", "hardbreak"}]
    end, start = (breaks[-1], breaks[-1] + 1) if breaks else (0, 0)
    line = nodes[start:]
    is_signed = bool(line) and line[0].type == "text" and _DASH.match(line[0].content)
    is_short = sum(len(node.content) for node in line) <= _LONGEST_NAME
    return (nodes[:end], line) if is_signed and is_short else (nodes, ())


def _fence(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    language = node.info.strip().partition(" ")[0]
    if language in _VERSE:
        yield from _verse(converter, node.content)
    else:
        yield Code(node.content.removesuffix("\n"), language)


def _indented(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield code; Arabic that somebody only set further in is paragraphs."""
    text = node.content.strip("\n")
    if is_left_to_right(text):
        yield Code(text)
        return
    for part in re.split(r"\n\s*\n", text):
        if inlines := converter.inliner.parsed(part):
            yield Paragraph(inlines)


def _verse(converter: _Converter, text: str) -> Iterator[Block]:
    """Yield a stanza for each run of lines; blank lines part them."""
    for part in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        halves = zip(map(_marked_halves, lines), stanza(lines), strict=True)
        verse = tuple(
            VerseLine(tuple(map(converter.inliner.parsed, marked or found)))
            for marked, found in halves
        )
        if verse:
            yield Verse(verse)


def _marked_halves(line: str) -> tuple[str, ...]:
    """Return the halves of a line that a sign of Markdown's parts, none for another line."""
    parts = tuple(filter(None, map(str.strip, _PARTED.split(line))))
    return parts if len(parts) == 2 else ()


def _container(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    said = _container_said(node.info)
    made = tuple(_contained(converter, node, said.name))
    isolate = isolated(said.attributes)
    yield from map_blocks(made, isolate) if isolate else made


def _contained(converter: _Converter, node: SyntaxTreeNode, name: str) -> Iterator[Block]:
    if name in _VERSE:
        for child in node.children:
            inner = child.children[0].content if child.type == "paragraph" else child.content
            yield from _verse(converter, inner)
        return
    inside = tuple(converter.blocks(node.children))
    yield from (Aside(inside, _ASIDES[name]),) if name in _ASIDES else inside


def _table(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(converter.inlines(cell) for cell in row.children) for row in rows]
    header, *body = cells
    yield Table(tuple(body), header if any(map(inline_text, header)) else ())


def _definitions(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    items: list[Definition] = []
    for child in node.children:
        if child.type == "dt":
            items.append(Definition(converter.inlines(child), ()))
        else:
            meaning = tuple(converter.blocks(child.children))
            items[-1] = replace(items[-1], meanings=(*items[-1].meanings, meaning))
    yield Definitions(tuple(items))


def _note(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    """Keep a note for its calls; one of a name that is taken is called by nothing."""
    label = str(node.meta["label"])
    notes = converter.inliner.notes
    while label in notes:
        label += "′"
    notes[label] = ()  # one that is defined inside it gets another name
    notes[label] = tuple(converter.blocks(node.children))
    yield from ()


def _html(converter: _Converter, node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield what the reader of HTML makes of a piece of it; its notes get names of their own."""
    inliner = converter.inliner
    made = fragment_of(node.content, converter.source)
    names = {key: f"{inliner.location}, {key}" for key in made.notes}

    def named(inlines: Inlines) -> Inlines:
        return map_calls(inlines, names)

    for key, blocks in made.notes.items():
        inliner.notes[names[key]] = map_blocks(blocks, named)
    inliner.notices += made.notices
    yield from map_blocks(made.blocks, named)


def _rule(_: _Converter, __: SyntaxTreeNode) -> Iterator[Block]:
    yield Rule()


_BLOCKS: Mapping[str, Callable[[_Converter, SyntaxTreeNode], Iterator[Block]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "fence": _fence,
    "code_block": _indented,
    "container_block": _container,
    "table": _table,
    "dl": _definitions,
    "footnote_reference": _note,
    "html_block": _html,
    "hr": _rule,
}
