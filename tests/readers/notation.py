"""A Reading in a notation for case files: all that it holds, a line a thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import assert_never

from exporter.article import (
    Aside,
    Block,
    Blocks,
    Code,
    CodeSpan,
    Definitions,
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
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Rule,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Verse,
)
from exporter.notices import Notice


def notation(reading: Reading) -> str:
    """Return metadata, blocks, notes, resources and notices, a line each."""
    article = reading.article
    resources = (
        f"resource {key}: {one.media_type}, {len(one.data)} bytes"
        for key, one in article.resources.items()
    )
    return _paragraphs(
        _metadata(reading),
        _blocks(article.body),
        _notes(article.notes),
        resources,
        _notices(reading.notices),
    )


def outline(blocks: Blocks, notes: Mapping[str, Blocks], notices: Iterable[Notice]) -> str:
    """Return blocks, notes and notices alone, as in `notation`."""
    return _paragraphs(_blocks(blocks), _notes(notes), _notices(notices))


def _paragraphs(*parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, ("\n".join(part) for part in parts)))


def _metadata(reading: Reading) -> Iterator[str]:
    metadata = reading.article.metadata
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if field.name == "creators":
            yield from (f"{creator.role}: {creator.name}" for creator in metadata.creators)
        elif field.name == "subjects":
            yield from (f"subject: {subject}" for subject in metadata.subjects)
        elif value and (field.name, value) != ("language", "ar"):
            yield f"{field.name}: {value}"


def _notes(notes: Mapping[str, Blocks]) -> Iterator[str]:
    for key, blocks in notes.items():
        yield f"note {key}"
        yield from _indented(_blocks(blocks))


def _notices(notices: Iterable[Notice]) -> Iterator[str]:
    for notice in notices:
        said = (notice.code, notice.location, notice.detail, notice.text)
        yield f"! {' '.join(filter(None, said))}"


def _blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _items(items: tuple[Blocks, ...], mark: str = "*") -> Iterator[str]:
    for item in items:
        first, *rest = list(_blocks(item)) or [""]
        yield f"  {mark} {first}"
        yield from (f"    {line}" for line in rest)


def _block(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912 (one case a node)
    match block:
        case Heading(inlines, level):
            yield f"{'#' * level} {written(inlines)}"
        case Paragraph(inlines):
            yield f"p {written(inlines)}"
        case List(items, kind, start):
            yield f"{kind} list" + (f" from {start}" if start != 1 else "")
            yield from _items(items)
        case Definitions(definitions):
            yield "definitions"
            for item in definitions:
                yield f"  {written(item.term)}"
                yield from _items(item.meanings, ":")
        case Quote(children, attribution):
            yield f"quote -- {written(attribution)}" if attribution else "quote"
            yield from _indented(_blocks(children))
        case Verse(lines):
            yield "verse"
            yield from ("  " + " | ".join(map(written, line.hemistichs)) for line in lines)
        case Figure(image, caption, credit):
            signed = f"({written(credit)})" if credit else ""
            yield " ".join(filter(None, ("figure", written((image,)), written(caption), signed)))
        case Table(rows, header, caption):
            yield f"table {written(caption)}".strip()
            yield from ([f"  = {_row(header)}"] if header else [])
            yield from (f"  - {_row(row)}" for row in rows)
        case Code(text, language):
            yield f"code {language}".strip()
            yield from (f"  {line}" for line in text.split("\n"))
        case Rule():
            yield "rule"
        case Aside(children, role):
            yield str(role)
            yield from _indented(_blocks(children))
        case _:
            assert_never(block)


def _row(cells: tuple[Inlines, ...]) -> str:
    return " | ".join(map(written, cells))


def written(inlines: Inlines) -> str:
    """Return inlines in the notation."""
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:  # noqa: C901 (one case a node)
    match inline:
        case Text(text):
            return text
        case Emphasis(children):
            return f"*{written(children)}*"
        case Strong(children):
            return f"**{written(children)}**"
        case Link(children, href):
            return f"[{written(children)}]({href})"
        case CodeSpan(text):
            return f"`{text}`"
        case Isolate(children, direction, language):
            return f"{{{written(children)}|{' '.join(filter(None, (language, direction)))}}}"
        case NoteRef(note):
            return f"[^{note}]"
        case Image(resource, alt):
            return f"![{alt}]({resource})"
        case LineBreak():
            return "⏎"
        case Sub(children):
            return f"_{{{written(children)}}}"
        case Sup(children):
            return f"^{{{written(children)}}}"
        case _:
            assert_never(inline)
