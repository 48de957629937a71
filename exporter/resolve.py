"""Resolve: every reference inside an article leads to something, or is taken out with a Notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    Link,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Resource,
    Text,
    blocks_text,
)
from exporter.notices import Notice, NoticeCode
from exporter.pictures import checked
from exporter.transforms.mapping import calls_in, map_blocks, runs_of


def resolve(reading: Reading) -> Reading:
    """Take out pictures without a resource, calls without a note and notes without a call.

    A figure's caption stays as a paragraph, a picture's alternative text in its place. What is
    left of the notes is in the order of their first calls; none calls another one, and no call is
    inside a link (HTML §4.5.1: a link holds no other link).
    """
    notices: list[Notice] = []
    resources = dict(_pictures(reading.article, notices))
    article = replace(reading.article, resources=resources)
    body = _settled(article.body, article, notices)
    called = dict.fromkeys(_calls(body))
    notes = {
        key: _settled(_without_calls(article.notes[key], notices), article, notices)
        for key in called
    }
    notices.extend(
        Notice(NoticeCode.NOTE_UNCALLED, text=blocks_text(blocks) or key)
        for key, blocks in article.notes.items()
        if key not in called
    )
    return Reading(replace(article, body=body, notes=notes), (*reading.notices, *notices))


def _pictures(article: Article, notices: list[Notice]) -> Iterator[tuple[str, Resource]]:
    """Yield the resources that are pictures by their content."""
    for key, resource in article.resources.items():
        try:
            yield key, checked(resource)
        except ValueError as error:
            text = resource.source or key
            notices.append(Notice(NoticeCode.RESOURCE_MISSING, text=text, detail=str(error)))


def _settled(blocks: Blocks, article: Article, notices: list[Notice]) -> Blocks:
    """Return the blocks with nothing in them that leads nowhere, and with no call in a link."""
    return map_blocks(
        _without_figures(blocks, article, notices),
        lambda inlines: tuple(_settle(_unlinked(inlines), article, notices)),
    )


def _calls(blocks: Blocks) -> Iterator[str]:
    """Yield the keys of the notes in the order of their calls."""
    for inlines in runs_of(blocks):
        yield from calls_in(inlines)


def _without_calls(blocks: Blocks, notices: list[Notice]) -> Blocks:
    """Return a note's blocks without calls: neither a footnote nor a list of notes holds notes."""
    notices.extend(Notice(NoticeCode.NOTE_NESTED, text=note) for note in _calls(blocks))
    return map_blocks(blocks, lambda inlines: tuple(_uncalling(inlines)))


def _unlinked(inlines: Inlines) -> Iterator[Inline]:
    """Lift the calls in a link out of it, to stand behind it."""
    for inline in inlines:
        match inline:
            case Link(children, href):
                kept = tuple(_uncalling(children)) or (Text(href),)
                yield replace(inline, children=kept)
                yield from map(NoteRef, calls_in(children))
            case Text() | CodeSpan() | LineBreak() | Image() | NoteRef():
                yield inline
            case _:
                yield replace(inline, children=tuple(_unlinked(inline.children)))


def _uncalling(inlines: Inlines) -> Iterator[Inline]:
    """Yield inlines without the calls in them, and without the tags that held nothing else."""
    for inline in inlines:
        match inline:
            case NoteRef():
                pass
            case Text() | CodeSpan() | LineBreak() | Image():
                yield inline
            case _:
                kept = tuple(_uncalling(inline.children))
                if kept or not inline.children:
                    yield replace(inline, children=kept)


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


def _settle(inlines: Iterable[Inline], article: Article, notices: list[Notice]) -> Iterator[Inline]:
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
