"""Writing `.article.json`: a Reading as one JSON object."""

from __future__ import annotations

import base64
import json
from typing import assert_never

from exporter.article import (
    Aside,
    Block,
    Blocks,
    Code,
    CodeSpan,
    Definition,
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
    Metadata,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Resource,
    Rule,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Verse,
    block_text,
    blocks_text,
    inline_text,
)
from exporter.article_json.plain import plain_blocks, plain_inlines, plain_verse
from exporter.notices import Notice

Json = dict[str, object]


def to_json(reading: Reading) -> str:
    """Return a reading as one line of JSON in `.article.json` form."""
    article = reading.article
    document = {
        "metadata": _metadata_json(article.metadata),
        "body": _blocks_json(article.body),
        "notes": {key: _blocks_json(blocks) for key, blocks in article.notes.items()},
        "resources": [_resource_json(key, one) for key, one in article.resources.items()],
        "notices": [_notice_json(notice) for notice in reading.notices],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _metadata_json(metadata: Metadata) -> Json:
    creators = [
        {"name": creator.name, "role": creator.role}
        | ({"file_as": creator.file_as} if creator.file_as else {})
        for creator in metadata.creators
    ]
    return {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "creators": creators,
        "publisher": metadata.publisher,
        "issued": metadata.issued,
        "modified": metadata.modified,
        "language": metadata.language,
        "source": metadata.source,
        "description": metadata.description,
        "subjects": list(metadata.subjects),
        "rights": metadata.rights,
        "is_part_of": metadata.is_part_of,
        "identifier": metadata.identifier,
    } | {key: value for key, value in _rarer_terms(metadata).items() if value}


def _rarer_terms(metadata: Metadata) -> Json:
    """Return the terms that few articles have: they are left out where there are none."""
    return {
        "title_romanised": metadata.title_romanised,
        "subtitle_romanised": metadata.subtitle_romanised,
        "group_position": metadata.group_position,
        "date_line": metadata.date_line,
    }


def _resource_json(key: str, resource: Resource) -> Json:
    data = base64.b64encode(resource.data).decode("ascii")
    return {
        "key": key,
        "source": resource.source,
        "media_type": resource.media_type,
        "data": data,
    }


def _notice_json(notice: Notice) -> Json:
    return {
        "code": notice.code,
        "message": notice.message,
        "text": notice.text,
        "location": notice.location,
        "detail": notice.detail,
    }


def _blocks_json(blocks: Blocks) -> list[Json]:
    return [_block_json(block) for block in blocks]


def _block_json(block: Block) -> Json:  # noqa: C901 (one case a node)
    text = block_text(block)
    match block:
        case Heading(inlines, level):
            return {"type": "heading", "text": text, "level": level} | _inlines_member(inlines)
        case Paragraph(inlines):
            return {"type": "paragraph", "text": text} | _inlines_member(inlines)
        case List(items, kind, start):
            plain = [blocks_text(item) for item in items]
            head: Json = {"type": "list", "text": text, "kind": kind, "start": start}
            same = tuple(map(plain_blocks, plain)) == items
            rest: Json = {} if same else {"children": [_blocks_json(item) for item in items]}
            return head | {"items": plain} | rest
        case Definitions(definitions):
            return {
                "type": "definitions",
                "text": text,
                "items": [_definition_json(item) for item in definitions],
            }
        case Quote(children, attribution):
            head = {"type": "quote", "text": text, "attribution": _cell_json(attribution)}
            return head | {"children": _blocks_json(children)}
        case Verse(lines):
            same = plain_verse(text) == lines
            parts = [[_inlines_json(half) for half in line.hemistichs] for line in lines]
            return {"type": "verse", "text": text} | ({} if same else {"lines": parts})
        case Figure(image, caption, credit):
            return {
                "type": "figure",
                "text": text,
                "image": {"resource": image.resource, "alt": image.alt},
                "caption": _cell_json(caption),
                "credit": _cell_json(credit),
            }
        case Table(rows, header, caption):
            return {
                "type": "table",
                "text": text,
                "caption": _cell_json(caption),
                "header": [_cell_json(cell) for cell in header],
                "rows": [[_cell_json(cell) for cell in row] for row in rows],
            }
        case Code(text, language):
            return {"type": "code", "text": text, "language": language}
        case Rule():
            return {"type": "rule", "text": ""}
        case Aside(children, role):
            return {
                "type": "aside",
                "text": text,
                "role": role,
                "children": _blocks_json(children),
            }
        case _:
            assert_never(block)


def _definition_json(item: Definition) -> Json:
    meanings = [
        blocks_text(meaning)
        if plain_blocks(blocks_text(meaning)) == meaning
        else _blocks_json(meaning)
        for meaning in item.meanings
    ]
    return {"term": _cell_json(item.term), "meanings": meanings}


def _inlines_member(inlines: Inlines) -> Json:
    if plain_inlines(inline_text(inlines)) == inlines:
        return {}
    return {"inlines": _inlines_json(inlines)}


def _cell_json(inlines: Inlines) -> str | list[Json]:
    text = inline_text(inlines)
    return text if plain_inlines(text) == inlines else _inlines_json(inlines)


def _inlines_json(inlines: Inlines) -> list[Json]:
    return [_inline_json(inline) for inline in inlines]


def _inline_json(inline: Inline) -> Json:  # noqa: C901 (one case a node)
    match inline:
        case Text(text):
            return {"type": "text", "text": text}
        case Emphasis(children):
            return {"type": "emphasis", "children": _inlines_json(children)}
        case Strong(children):
            return {"type": "strong", "children": _inlines_json(children)}
        case Link(children, href):
            return {"type": "link", "href": href, "children": _inlines_json(children)}
        case CodeSpan(text):
            return {"type": "code", "text": text}
        case Isolate(children, direction, language):
            head: Json = {"type": "isolate", "direction": direction, "language": language}
            return head | {"children": _inlines_json(children)}
        case NoteRef(note):
            return {"type": "note-ref", "note": note}
        case Image(resource, alt):
            return {"type": "image", "resource": resource, "alt": alt}
        case LineBreak():
            return {"type": "line-break"}
        case Sub(children):
            return {"type": "sub", "children": _inlines_json(children)}
        case Sup(children):
            return {"type": "sup", "children": _inlines_json(children)}
        case _:
            assert_never(inline)
