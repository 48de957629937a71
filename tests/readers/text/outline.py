"""The outline of a Reading: what a reader would notice of it, one line a thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from exporter.article import (
    Aside,
    Block,
    Code,
    Heading,
    List,
    ListKind,
    Paragraph,
    Quote,
    Reading,
    Rule,
    Verse,
    block_text,
    blocks_text,
    inline_text,
)
from tests.readers.notation import written


def outline(reading: Reading) -> str:
    """Return metadata, blocks and notices, a line each."""
    return "\n".join([*_metadata(reading), "", *_body(reading), "", *_notices(reading)]).strip()


def _metadata(reading: Reading) -> Iterator[str]:
    metadata = reading.article.metadata
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if field.name == "creators":
            yield from (f"{creator.role}: {creator.name}" for creator in metadata.creators)
        elif field.name == "date_line":  # what it says stands in `issued`
            continue
        elif value and (field.name, value) != ("language", "ar"):
            yield f"{field.name}: {value}"


def _body(reading: Reading) -> Iterator[str]:
    for block in reading.article.body:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(inlines):
            yield f"## {inline_text(inlines)}"
        case Paragraph(inlines):
            yield f"p {written(inlines)}"
        case List():
            yield from _list(block)
        case Quote(children, attribution=attribution):
            yield f"quote {blocks_text(children)}" + (
                f" -- {inline_text(attribution)}" if attribution else ""
            )
        case Verse(lines):
            yield "verse"
            for line in lines:
                yield "  " + " | ".join(map(inline_text, line.hemistichs))
        case Code(text, language=language):
            yield f"code {language}".strip()
            yield from (f"  {line}" for line in text.split("\n"))
        case Rule():
            yield "rule"
        case Aside(role=role):
            yield f"{role} {block_text(block)}"
        case _:
            raise AssertionError(block)


def _list(block: List) -> Iterator[str]:
    yield "list" if block.kind is ListKind.BULLETED else f"list from {block.start}"
    for item in block.items:
        first, *inner = [line for child in item for line in _block(child)]
        yield f"  * {first.removeprefix('p ')}"
        yield from (f"    {line}" for line in inner)


def _notices(reading: Reading) -> Iterator[str]:
    for notice in reading.notices:
        yield " ".join(filter(None, (f"! {notice.code}", notice.detail, notice.text)))
