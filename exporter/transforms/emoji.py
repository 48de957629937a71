"""Emoji on paper as left-to-right runs, since readers of PDFs lose them in a right-to-left one.

pdfium holds a character of such a run in 16 bits, and PDFBox turns one round by its halves, so that
those beyond U+FFFF are gone. A picture looks the same from either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.article import (
    CodeSpan,
    Direction,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    NoteRef,
    Text,
)
from exporter.patterns import compiled

# Of one character: poppler would take a left-to-right sequence from its last part to its first.
_JOINED = "\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_EMOJI = compiled(
    f"(?<!\u200d)[\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff](?![{_JOINED}])"
)


def with_emoji_apart(inlines: Inlines) -> Inlines:
    """Return the inlines of a right-to-left run with each emoji of one character in an isolate."""
    return tuple(part for inline in inlines for part in _apart(inline))


def _apart(inline: Inline) -> Iterator[Inline]:
    match inline:
        case Text(text):
            yield from _parts(text)
        case Isolate(_, Direction.LTR) | CodeSpan() | NoteRef() | Image() | LineBreak():
            yield inline
        case _:
            yield replace(inline, children=with_emoji_apart(inline.children))


def _parts(text: str) -> Iterator[Inline]:
    done = 0
    for match in _EMOJI.finditer(text):
        if text[done : match.start()]:
            yield Text(text[done : match.start()])
        yield Isolate((Text(match[0]),), Direction.LTR)
        done = match.end()
    if text[done:]:
        yield Text(text[done:])
