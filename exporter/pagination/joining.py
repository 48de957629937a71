"""Joining: the readings of an article's pages to one reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from exporter.article import (
    Article,
    Blocks,
    CodeSpan,
    Figure,
    Image,
    Inline,
    Inlines,
    LineBreak,
    NoteRef,
    Reading,
    Text,
)
from exporter.notices import Notice
from exporter.transforms.mapping import map_blocks, map_figures


def joined(readings: Iterable[Reading], *, notices: tuple[Notice, ...] = ()) -> Reading:
    """Return the readings of an article's pages as one: the metadata of the first, all bodies.

    The keys of notes and pictures of further pages get the page's number. Blocks with which every
    page begins or ends alike stand there once.
    """
    first, *further = readings
    article = first.article
    body, notes = article.body, dict(article.notes)
    resources = dict(article.resources)
    gathered = dict.fromkeys(first.notices)
    for number, reading in enumerate(further, start=2):
        part = _with_own_keys(reading.article, f"page-{number}-")
        body = _continued(body, part.body, first=article.body)
        notes.update(part.notes)
        resources.update(part.resources)
        gathered.update(dict.fromkeys(reading.notices))
    whole = replace(article, body=body, notes=notes, resources=resources)
    return Reading(whole, (*gathered, *notices))


def _continued(body: Blocks, further: Blocks, *, first: Blocks) -> Blocks:
    """Return a body with the blocks of the next page, without what the site repeats on it."""
    ahead = _alike(first, further)
    rest = further[ahead:]
    behind = _alike(body[::-1], rest[::-1])
    return (*body[: len(body) - behind], *rest)


def _alike(blocks: Blocks, others: Blocks) -> int:
    pairs = zip(blocks, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _with_own_keys(article: Article, prefix: str) -> Article:
    notes = {key: f"{prefix}{key}" for key in article.notes}
    pictures = {key: f"{prefix}{key}" for key in article.resources}

    def renamed(blocks: Blocks) -> Blocks:
        figures = map_figures(blocks, lambda figure: _renamed_figure(figure, pictures))
        return map_blocks(figures, lambda run: tuple(_renamed(run, notes, pictures)))

    return replace(
        article,
        body=renamed(article.body),
        notes={notes[key]: renamed(blocks) for key, blocks in article.notes.items()},
        resources={pictures[key]: resource for key, resource in article.resources.items()},
    )


def _renamed_figure(figure: Figure, pictures: Mapping[str, str]) -> Figure:
    key = figure.image.resource
    return replace(figure, image=replace(figure.image, resource=pictures.get(key, key)))


def _renamed(
    inlines: Inlines, notes: Mapping[str, str], pictures: Mapping[str, str]
) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case NoteRef(note):
                yield NoteRef(notes.get(note, note))
            case Image(resource):
                yield replace(inline, resource=pictures.get(resource, resource))
            case Text() | CodeSpan() | LineBreak():
                yield inline
            case _:
                children = tuple(_renamed(inline.children, notes, pictures))
                yield replace(inline, children=children)
