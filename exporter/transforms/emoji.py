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

# Undetermined, in the script of emoji (ISO 15924).
_LANGUAGE = "und-Zsye"
_WIDE = "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
_NARROW = "\u2190-\u2bff\u3030\u303d\u3297\u3299"
# What modifies one, or joins it to the next.
_MODIFIER = "(?:[\U0001f3fb-\U0001f3ff]\ufe0f?|\ufe0f|[\U000e0020-\U000e007f]+)"
_JOINED = "\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
# Unicode Technical Standard #51, ED-11 to ED-17; one below U+FFFF alone is a sign as others.
_EMOJI = compiled(
    f"(?<!\u200d)(?:[{_WIDE}{_NARROW}]{_MODIFIER}|[{_WIDE}]|[{_NARROW}](?=\u200d))"
    f"(?:\u200d[{_WIDE}{_NARROW}]{_MODIFIER}?)*(?![{_JOINED}])"
)
_SEVERAL = compiled(f"[{_WIDE}{_NARROW}\U0001f1e6-\U0001f1ff{_JOINED}]+")


def with_emoji_apart(inlines: Inlines) -> Inlines:
    """Return the inlines of a right-to-left run with each emoji in an isolate."""
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
    signs = [several.span() for several in _SEVERAL.finditer(text) if _has_sign(several[0])]
    for match in _EMOJI.finditer(text):
        if len(match[0]) > 1 and any(start <= match.start() < end for start, end in signs):
            continue
        if text[done : match.start()]:
            yield Text(text[done : match.start()])
        # The outer one has the height of the text's lines, which theirs is not (`print.css`).
        emoji = Isolate((Text(match[0]),), Direction.LTR, _LANGUAGE)
        yield Isolate((emoji,), Direction.LTR)
        done = match.end()
    if text[done:]:
        yield Text(text[done:])


def _has_sign(several: str) -> bool:
    """Whether there is one below U+FFFF, or a flag, among emoji that nothing parts.

    PDFBox would take two that begin alike for one, and poppler move what follows.
    """
    found = _EMOJI.findall(several)
    signs = any(one[0] <= "\uffff" for one in found)
    return found != [several] and (signs or "".join(found) != several)
