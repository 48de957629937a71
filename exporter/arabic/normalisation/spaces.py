"""Spaces: one between words, none before a mark, one after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from exporter.arabic.normalisation.passages import (
    DIGIT,
    LETTER,
    MARK,
    Edit,
    is_arabic,
    is_in_arabic_script,
    is_latin,
    strong_after,
    strong_before,
)
from exporter.patterns import compiled

_SPACE = " \u00a0\u2000-\u200a\u202f\u205f\u3000\t"
_SPACES = compiled(f"[{_SPACE}]{{2,}}")
# No break is wanted beside a number, a single letter, an abbreviation; between words it is a slip.
_FIXED_SPACE = compiled(
    f"(?:(?<=[{LETTER}{MARK}][{LETTER}{MARK}])|(?<=[،؛؟!:»”)…]))\u00a0"
    f"(?=[{LETTER}][{LETTER}{MARK}]|[«“(])"
)

_BEFORE_A_MARK = compiled(
    rf"(?<=[^\s.…])[{_SPACE}]+(?=(?:[،؛؟!]+|[.:](?![.:)(/]))(?:[\s»”)\]،؛]|$))"
)
_WITHOUT_SPACE = compiled(
    rf"(?<=[{LETTER}{MARK}\u0640»”)\]%٪])[{_SPACE}]*(?:[،؛؟!:](?=[{LETTER}«(])|[،؛؟](?=[{DIGIT}]))"
)
_INSIDE = tuple(
    compiled(
        rf"{opening}(?P<first>[{_SPACE}]*)(?=[{LETTER}{DIGIT}«“(])[^{opening}{closing}\n]*?"
        rf"(?<=[{LETTER}{MARK}\u0640{DIGIT}»”).،؟!…])(?P<last>[{_SPACE}]*){closing}"
    )
    for opening, closing in (("«", "»"), (r"\(", r"\)"), (r"\[", r"\]"))
)


def spaces(text: str, _language: str) -> Iterator[Edit]:
    """Make several spaces one, and a space that forbids a break between words a plain one."""
    found = [*_SPACES.finditer(text), *_FIXED_SPACE.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        yield Edit(*match.span(), " ")


def spaces_at_marks(text: str, _language: str) -> Iterator[Edit]:
    """Take out the spaces before a mark and inside brackets, and put in the one after a mark."""
    if not is_in_arabic_script(text):
        return
    edits = {*_taken_out(text), *_put_in(text)}
    yield from sorted(edits, key=lambda edit: edit.start)


def _taken_out(text: str) -> Iterator[Edit]:
    for match in _BEFORE_A_MARK.finditer(text):
        sides = (strong_before(text, match.start()), strong_after(text, match.end()))
        # `foo : bar` is Latin; a mark with nothing before it is one that the text speaks of.
        if sides[0] and not all(map(is_latin, sides)) and any(map(is_arabic, sides)):
            yield Edit(*match.span(), "")
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _INSIDE):
        spans = (match.span(name) for name in ("first", "last"))
        yield from (Edit(start, end, "") for start, end in spans if start < end)


def _put_in(text: str) -> Iterator[Edit]:
    for match in _WITHOUT_SPACE.finditer(text):
        yield Edit(*match.span(), f"{match[0].lstrip()} ")
