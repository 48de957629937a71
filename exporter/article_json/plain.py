"""Plain text as the short form of a tree, the same for writing and reading."""

from __future__ import annotations

from exporter.article import Blocks, Inline, Inlines, LineBreak, Paragraph, Text, VerseLine


def plain_inlines(text: str) -> Inlines:
    """Return the inlines that plain text stands for: runs of characters parted by line breaks."""
    inlines: list[Inline] = []
    for number, line in enumerate(text.split("\n")):
        inlines += [LineBreak()] if number else []
        inlines += [Text(line)] if line else []
    return tuple(inlines)


def plain_blocks(text: str) -> Blocks:
    """Return the blocks that the plain text of an item, a quotation or a note stands for."""
    return (Paragraph(plain_inlines(text)),)


def plain_verse(text: str) -> tuple[VerseLine, ...]:
    """Return the lines of verse in a text, their hemistichs parted by tabs."""
    return tuple(
        VerseLine(tuple(map(plain_inlines, line.split("\t")))) for line in text.split("\n") if line
    )
