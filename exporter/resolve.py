"""Resolve: every reference inside an article leads to something, or is taken out with a Notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.article import (
    Article,
    Aside,
    Block,
    Blocks,
    CodeSpan,
    Figure,
    Image,
    Inline,
    Inlines,
    LineBreak,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Text,
)
from exporter.notices import Notice, NoticeCode
from exporter.transforms.mapping import map_inlines


def resolve(reading: Reading) -> Reading:
    """Take out pictures without a resource and calls without a note.

    A figure's caption stays as a paragraph, a picture's alternative text in its place.
    """
    article = reading.article
    notices: list[Notice] = []
    body = tuple(_without_figures(article.body, article, notices))
    notes = {
        key: tuple(_without_figures(blocks, article, notices))
        for key, blocks in article.notes.items()
    }
    settled = map_inlines(
        replace(article, body=body, notes=notes),
        lambda inlines: tuple(_settle(inlines, article, notices)),
    )
    return Reading(settled, (*reading.notices, *notices))


def _without_figures(blocks: Blocks, article: Article, notices: list[Notice]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Figure(image) if image.resource not in article.resources:
                notices.append(_missing_picture(image))
                yield from (Paragraph(part) for part in (block.caption, block.credit) if part)
            case Quote(children) | Aside(children):
                inside = tuple(_without_figures(children, article, notices))
                yield replace(block, children=inside)
            case List(items):
                kept = tuple(tuple(_without_figures(item, article, notices)) for item in items)
                yield replace(block, items=kept)
            case _:
                yield block


def _settle(inlines: Inlines, article: Article, notices: list[Notice]) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Image(resource, alt) if resource not in article.resources:
                notices.append(_missing_picture(inline))
                if alt:
                    yield Text(alt)
            case NoteRef(note) if note not in article.notes:
                notices.append(Notice(NoticeCode.NOTE_MISSING, text=note))
            case Text() | CodeSpan() | LineBreak() | Image() | NoteRef():
                yield inline
            case _:
                inside = tuple(_settle(inline.children, article, notices))
                yield replace(inline, children=inside)


def _missing_picture(image: Image) -> Notice:
    return Notice(
        NoticeCode.RESOURCE_MISSING,
        text=image.alt or image.resource,
        detail="the article holds no resource with this key",
    )
