"""Passages in a neighbour's language, as an Urdu paragraph in an Arabic article, marked as such.

A reader gives the language that its source says; where a source says none, the letters and words of
the whole passage may. A run that is all in one language is one Isolate, with notes and stops beside
it; its paragraph is then of that language, and has the family that a theme sets it in.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from exporter.arabic.languages import direction_of, identify
from exporter.arabic.neighbours import language_inside
from exporter.article import (
    Article,
    Block,
    Blocks,
    Direction,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    List,
    NoteRef,
    Quote,
    Text,
    Verse,
    block_text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.transforms.mapping import map_blocks

_LETTER = compiled(r"[^\W\d_]")


def primary(language: str) -> str:
    """Return the primary subtag of a language tag."""
    return language.lower().partition("-")[0]


def mark_passages(article: Article) -> Article:
    """Isolate every paragraph, quotation, list and stanza that is surely of another language."""
    around = primary(article.metadata.language)
    if direction_of(around) is not Direction.RTL:
        return article
    notes = {key: _marked(blocks, around) for key, blocks in article.notes.items()}
    return replace(article, body=_marked(article.body, around), notes=notes)


def _marked(blocks: Blocks, around: str) -> Blocks:
    return tuple(_marked_block(block, around) for block in blocks)


def _marked_block(block: Block, around: str) -> Block:
    told = ""
    if isinstance(block, Quote | List | Verse):
        told = language_inside(block_text(block), around)
    mark = partial(_marked_run, around=around, told=told)
    (marked,) = map_blocks((block,), mark)
    return marked


def _marked_run(inlines: Inlines, *, around: str, told: str) -> Inlines:
    """Isolate a run in another language; `told` is that of the whole quotation it is in."""
    if any(isinstance(one, Isolate) and one.language for one in inlines):
        return inlines
    text = inline_text(inlines)
    language = language_inside(text, around)
    if told and not language and _LETTER.search(text) and not _is_of(text, around):
        language = told
    return (Isolate(inlines, Direction.RTL, language),) if language else inlines


def _is_of(text: str, language: str) -> bool:
    found = identify(text)
    return found.is_sure and bool(found.evidence) and found.language == language


# --- runs in one language -------------------------------------------------------------------


def language_of(inlines: Inlines) -> str:
    """Return the language of a run that is all in one which isn't its article's, else ""."""
    found = ""
    for inline in inlines:
        if isinstance(inline, Text):  # as most are
            if _LETTER.search(inline.text):
                return ""
            continue
        match inline:
            case Isolate(_, _, language) if language and found in {"", language}:
                found = language
            case NoteRef() | Image() | LineBreak():
                pass
            case _:
                return ""
    return found


def unwrapped(inlines: Inlines, direction: Direction) -> Inlines:
    """Return such a run for a box that has its language and this direction itself, others whole."""
    if not language_of(inlines):
        return inlines
    return tuple(part for inline in inlines for part in _inside(inline, direction))


def _inside(inline: Inline, direction: Direction) -> Inlines:
    is_whole = isinstance(inline, Isolate) and inline.direction is direction and inline.language
    return inline.children if is_whole else (inline,)  # type: ignore[union-attr]
