"""What people type around words where nothing sets them: `*strong*`, `_emphasis_`, `## heading`.

Messengers show one asterisk as strong, Markdown two; both are read so, as Arabic has no slanted
letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import is_section
from exporter.arabic.dates import date_line
from exporter.arabic.names import byline, looks_like_name
from exporter.article import Emphasis, Inlines, Strong, Text
from exporter.patterns import compiled
from exporter.readers.text.lines import Line, Weight

_SPACE = compiled(r"\s+")
# Before a name or a date: `✍️`, `📅`.
_PICTURES = compiled(
    r"\A(?:[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?\s*)+"
)
_HEADING = compiled(r"(?P<signs>#{1,6})[ \t]+(?P<words>[^#\s].{0,200}?)[ \t]*#{0,6}")
# Marks open where a word may begin and close where one may end: not in `كلمة*`, `2*3*4`, `a_b_c`,
# `(*)`, nor between hemistichs.
_MARKED = compiled(
    r"(?<![^\s«“\"(\[،؛:—–ـ-])(?:"
    r"(?P<stars>\*{1,3})(?P<strong>(?![\s)\]»”.،؛:*])[^*\n]{1,600}?(?<![\s(\[«“*]))(?P=stars)"
    r"|(?P<lines>_{1,3})(?P<emphasis>(?![\s)\]»”.،؛:_])[^_\n]{1,600}?(?<![\s(\[«“_]))(?P=lines)"
    r")(?![^\s»”\")\].,:;!?،؛؟…—–-])"
)


def with_weights(lines: tuple[Line, ...], *, code: frozenset[int]) -> tuple[Line, ...]:
    """Return the lines with what is typed around a whole one taken off, and told in its `weight`.

    Lines of code stay as they are.
    """
    return tuple(
        line if at in code else _weighed(line, lines[at + 1 : at + 2])
        for at, line in enumerate(lines)
    )


def _weighed(line: Line, after: tuple[Line, ...]) -> Line:
    text = line.text
    if text[0] == "#" and (found := _HEADING.fullmatch(text)):
        # A single sign may open a comment in code.
        is_parted = (line.blank_before or line.number == 1) and (not after or after[0].blank_before)
        if is_parted or len(found["signs"]) > 1:
            return line.weighed(plain(found["words"]), Weight.HEADING)
    if not (found := _MARKED.fullmatch(text)):
        words = _PICTURES.sub("", plain(text))
        is_signed = words != text and (
            byline(words) or date_line(words) or (looks_like_name(words) and not is_section(words))
        )
        return replace(line, text=words) if is_signed else line
    weight = Weight.STRONG if found["strong"] else Weight.EMPHASIS
    return line.weighed(plain(found["strong"] or found["emphasis"]), weight)


def plain(text: str) -> str:
    """Return a text without the marks that are typed around words in it."""
    if "*" not in text and "_" not in text:
        return text
    return _MARKED.sub(_words, text)


def _words(found: re.Match[str]) -> str:
    return plain(found["strong"] or found["emphasis"])


def inlines(text: str) -> Inlines:
    """Return a line's text as inlines, each run of space in it made one."""
    return tuple(_inlines(_SPACE.sub(" ", text).strip()))


def _inlines(text: str) -> Iterator[Text | Strong | Emphasis]:
    end = 0
    for found in _MARKED.finditer(text) if "*" in text or "_" in text else ():
        if found.start() > end:
            yield Text(text[end : found.start()])
        if found["strong"]:
            yield Strong(tuple(_inlines(found["strong"])))
        else:
            yield Emphasis(tuple(_inlines(found["emphasis"])))
        end = found.end()
    if end < len(text) or not text:
        yield Text(text[end:])
