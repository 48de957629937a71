"""Reading the blocks and inlines of `.article.json`, one function a type, found in two tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exporter.article import (
    LINK_SCHEMES,
    Aside,
    AsideRole,
    Block,
    Blocks,
    Code,
    CodeSpan,
    Definition,
    Definitions,
    Direction,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    List,
    ListKind,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Verse,
    VerseLine,
    block_text,
    blocks_text,
)
from exporter.article_json.plain import plain_blocks, plain_inlines, plain_verse
from exporter.article_json.values import Value

_NUMBERS = 10**9


def read_blocks(value: Value) -> Blocks:
    """Return the blocks of an array; a string among them is a paragraph, and so is one alone.

    Raises ReadError with the path of what is not a block.
    """
    if isinstance(value.raw, str):
        return plain_blocks(value.text())
    return tuple(map(_block, value.elements()))


def _block(value: Value) -> Block:
    if isinstance(value.raw, str):
        return Paragraph(plain_inlines(value.text()))
    value = value.inside()
    block = _BLOCKS[_type_of(value, tuple(_BLOCKS))](value)
    _check_text(value, block_text(block))
    return block


def _check_text(value: Value, text: str) -> None:
    """Refuse a `text` that says other words than what stands beside it: one would be lost."""
    given = value.entries().get("text")
    if given is not None and given.text().split() != text.split():
        raise given.wrong("same-words")


def _heading(value: Value) -> Heading:
    members = value.members("type", "text", "inlines", "level")
    level = members["level"].integer(least=2, most=6) if "level" in members else 2
    return Heading(_inlines_of(value, members), level)


def _paragraph(value: Value) -> Paragraph:
    return Paragraph(_inlines_of(value, value.members("type", "text", "inlines")))


def _inlines_of(value: Value, members: Mapping[str, Value]) -> Inlines:
    if "inlines" in members:
        return _inlines(members["inlines"])
    if "text" in members:
        return plain_inlines(members["text"].text())
    raise value.wrong("have-one-of", extra="text, inlines")


def _list(value: Value) -> List:
    members = value.members("type", "text", "items", "children", "kind", "start")
    if not members.keys() & {"items", "children"}:
        raise value.wrong("have", extra="items")
    items = tuple(read_blocks(item) for item in _elements(members, "children"))
    if "items" in members:
        items = _items(members["items"], items if "children" in members else None)
    kind = members["kind"].choice(ListKind) if "kind" in members else ListKind.BULLETED
    start = members["start"].integer(least=-_NUMBERS, most=_NUMBERS) if "start" in members else 1
    return List(items, kind, start)


def _items(value: Value, children: tuple[Blocks, ...] | None) -> tuple[Blocks, ...]:
    items = tuple(map(read_blocks, value.elements()))
    if children is None:
        return items
    words = [[blocks_text(item).split() for item in listed] for listed in (items, children)]
    if words[0] != words[1]:
        raise value.wrong("same-words")
    return children


def _definitions(value: Value) -> Definitions:
    members = value.members("type", "text", "items")
    if "items" not in members:
        raise value.wrong("have", extra="items")
    return Definitions(tuple(map(_definition, members["items"].elements())))


def _definition(value: Value) -> Definition:
    members = value.members("term", "meanings")
    if "term" not in members:
        raise value.wrong("have", extra="term")
    meanings = tuple(read_blocks(meaning) for meaning in _elements(members, "meanings"))
    return Definition(_inlines(members["term"]), meanings)


def _quote(value: Value) -> Quote:
    members = value.members("type", "text", "children", "attribution")
    return Quote(_children_of(value, members), _cell(members, "attribution"))


def _aside(value: Value) -> Aside:
    members = value.members("type", "text", "children", "role")
    role = members["role"].choice(AsideRole) if "role" in members else AsideRole.SIDEBAR
    return Aside(_children_of(value, members), role)


def _children_of(value: Value, members: Mapping[str, Value]) -> Blocks:
    if "children" in members:
        return read_blocks(members["children"])
    if "text" in members:
        return plain_blocks(members["text"].text())
    raise value.wrong("have-one-of", extra="text, children")


def _verse(value: Value) -> Verse:
    members = value.members("type", "text", "lines")
    if "lines" in members:
        return Verse(tuple(map(_verse_line, members["lines"].elements())))
    if "text" in members:
        return Verse(plain_verse(members["text"].text()))
    raise value.wrong("have-one-of", extra="text, lines")


def _verse_line(value: Value) -> VerseLine:
    if isinstance(value.raw, str):
        return VerseLine(tuple(map(plain_inlines, value.text().split("\t"))))
    return VerseLine(tuple(map(_inlines, value.elements())))


def _figure(value: Value) -> Figure:
    members = value.members("type", "text", "image", "caption", "credit")
    if "image" not in members:
        raise value.wrong("have", extra="image")
    image = _image(members["image"])
    return Figure(image, _cell(members, "caption"), _cell(members, "credit"))


def _table(value: Value) -> Table:
    members = value.members("type", "text", "caption", "header", "rows")
    if "rows" not in members:
        raise value.wrong("have", extra="rows")
    rows = tuple(tuple(map(_inlines, row.elements())) for row in members["rows"].elements())
    header = tuple(map(_inlines, _elements(members, "header")))
    return Table(rows, header, _cell(members, "caption"))


def _code(value: Value) -> Code:
    members = value.members("type", "text", "language")
    return Code(_required(value, members, "text"), _text(members, "language"))


def _rule(value: Value) -> Rule:
    value.members("type", "text")
    return Rule()


_BLOCKS: Mapping[str, Callable[[Value], Block]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _list,
    "definitions": _definitions,
    "quote": _quote,
    "verse": _verse,
    "figure": _figure,
    "table": _table,
    "code": _code,
    "rule": _rule,
    "aside": _aside,
}


# --- inlines --------------------------------------------------------------------------------


def _inlines(value: Value) -> Inlines:
    if isinstance(value.raw, str):
        return plain_inlines(value.text())
    return tuple(map(_inline, value.elements()))


def _inline(value: Value) -> Inline:
    if isinstance(value.raw, str):
        return Text(value.text())
    value = value.inside()
    return _INLINES[_type_of(value, tuple(_INLINES))](value)


def _inner(value: Value, members: Mapping[str, Value]) -> Inlines:
    if "children" in members:
        return _inlines(members["children"])
    return plain_inlines(_required(value, members, "text"))


def _run(value: Value) -> Text:
    return Text(_required(value, value.members("type", "text"), "text"))


def _code_span(value: Value) -> CodeSpan:
    return CodeSpan(_required(value, value.members("type", "text"), "text"))


def _emphasis(value: Value) -> Emphasis:
    return Emphasis(_inner(value, value.members("type", "text", "children")))


def _strong(value: Value) -> Strong:
    return Strong(_inner(value, value.members("type", "text", "children")))


def _sub(value: Value) -> Sub:
    return Sub(_inner(value, value.members("type", "text", "children")))


def _sup(value: Value) -> Sup:
    return Sup(_inner(value, value.members("type", "text", "children")))


def _link(value: Value) -> Link:
    members = value.members("type", "text", "children", "href")
    href = _required(value, members, "href")
    try:
        return Link(_inner(value, members), href)
    except ValueError as error:
        raise members["href"].wrong("address", extra=", ".join(LINK_SCHEMES)) from error


def _isolate(value: Value) -> Isolate:
    members = value.members("type", "text", "children", "direction", "language")
    if "direction" not in members:
        raise value.wrong("have", extra="direction")
    children = _inner(value, members)
    return Isolate(children, members["direction"].choice(Direction), _text(members, "language"))


def _note_ref(value: Value) -> NoteRef:
    note = _required(value, value.members("type", "note"), "note")
    if note not in value.document.notes:
        raise value.wrong("note-key")
    return NoteRef(note)


def _image(value: Value) -> Image:
    if isinstance(value.raw, str):
        return Image(value.text(), "")
    members = value.members("type", "resource", "alt")
    return Image(_required(value, members, "resource"), _text(members, "alt"))


def _line_break(value: Value) -> LineBreak:
    value.members("type")
    return LineBreak()


_INLINES: Mapping[str, Callable[[Value], Inline]] = {
    "text": _run,
    "emphasis": _emphasis,
    "strong": _strong,
    "link": _link,
    "code": _code_span,
    "isolate": _isolate,
    "note-ref": _note_ref,
    "image": _image,
    "line-break": _line_break,
    "sub": _sub,
    "sup": _sup,
}


def _cell(members: Mapping[str, Value], key: str) -> Inlines:
    return _inlines(members[key]) if key in members else ()


# --- members --------------------------------------------------------------------------------


def _type_of(value: Value, types: tuple[str, ...]) -> str:
    entries = value.entries()
    if "type" not in entries:
        raise value.wrong("have-type", extra=", ".join(types))
    if entries["type"].raw not in types:
        raise entries["type"].wrong("one-of", extra=", ".join(types))
    return entries["type"].text()


def _elements(members: Mapping[str, Value], key: str) -> tuple[Value, ...]:
    return members[key].elements() if key in members else ()


def _text(members: Mapping[str, Value], key: str) -> str:
    return members[key].text() if key in members else ""


def _required(value: Value, members: Mapping[str, Value], key: str) -> str:
    if key not in members:
        raise value.wrong("have", extra=key)
    return members[key].text()
