"""Fragments: HTML without a page around it → blocks and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from exporter.arabic.languages import detect
from exporter.article import Blocks, Paragraph, Text
from exporter.notices import Notice
from exporter.readers.html import noscript
from exporter.readers.html.addresses import Addresses
from exporter.readers.html.dom import body_of, parse, text_of, without_scripts
from exporter.readers.html.notes import Notes, notes_of, without_mark
from exporter.readers.html.pieces import notice_of
from exporter.readers.html.shaping import shaped
from exporter.readers.html.walking import Context, walk
from exporter.readers.text.decoding import removal
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """A fragment of HTML as an article has it: blocks, the notes that they call, and notices.

    The keys of `notes` are those of the blocks' `NoteRef`s (`note-1` …). The pictures of the
    blocks have their address as resource: an absolute URL, a `data:` URL, or a path relative to
    the file that the fragment stands in.
    """

    blocks: Blocks
    notes: Mapping[str, Blocks] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def fragment(html: str, *, base: str = "") -> Fragment:
    """Return the blocks of a fragment of HTML without a site's furniture around it: all of it.

    `base` is the absolute URL that its relative links and pictures start from; without it such
    links become their words. Scripts, forms, frames and styles are left out. Raises ReadError
    for elements inside one another more deeply than 2,048.
    """
    root = parse(html, subject=base or "HTML")
    without_scripts(root)
    noscript.settle(root)
    body = body_of(root)
    context = Context(
        language=detect(text_of(body)), addresses=Addresses(base, base, base), notes=notes_of(root)
    )
    walked = walk(body, context)
    blocks = tuple(piece.block for piece in shaped(walked.pieces, notes=len(context.notes.texts)))
    notices = (*map(notice_of, walked.dropped), *removal(walked.removed))
    return Fragment(blocks, notes_from(context.notes, context), notices)


def notes_from(notes: Notes, context: Context) -> Mapping[str, Blocks]:
    """Return the blocks of each note by its key, without the mark that it begins with."""
    return {
        key: _unmarked(
            tuple(piece.block for piece in walk(holder, context).pieces), notes.marks[key]
        )
        for key, holder in notes.texts.items()
    }


def _unmarked(blocks: Blocks, mark: str) -> Blocks:
    match blocks:
        case (Paragraph((Text(text), *rest)), *others):
            bare = without_mark(text, mark).lstrip()
            inlines = (Text(bare), *rest) if bare else tuple(rest)
            return (Paragraph(inlines), *others) if inlines else tuple(others)
        case _:
            return blocks
