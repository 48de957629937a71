"""Runs: flat stretches of inline content with their styles, and the inlines that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby

from exporter.arabic.folding import nfc
from exporter.arabic.languages import direction_of
from exporter.article import (
    CodeSpan,
    Direction,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Strong,
    Sub,
    Sup,
    Text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.records import dataclass


class Kind(StrEnum):
    """What an element does to the words in it."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    SUB = "sub"
    SUP = "sup"
    CODE = "code"
    ISOLATE = "isolate"


@dataclass(frozen=True, slots=True)
class Style:
    """One style of a run.

    `value` is a link's address, empty where it leads nowhere, or the language of an isolate.
    """

    kind: Kind
    value: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A text, or an inline that holds none, with its styles, the outermost first."""

    content: str | LineBreak | NoteRef | Image
    styles: tuple[Style, ...] = ()


Runs = tuple[Run, ...]

MOST_STYLES = 8
"""The most styles inside one another: more than any text has."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
_SPACE = compiled(r"[ \t\n\r\f]+")
_RTL = compiled(r"[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]")
_LTR = compiled(r"[A-Za-z\u00C0-\u02AF\u0370-\u0556]")


def collapsed(runs: Iterable[Run]) -> Runs:
    """Return runs with their white space as a browser shows it (CSS Text §4.1.1).

    No-break spaces stay; space at either end and around line breaks goes.
    """
    made: list[Run] = []
    after_space = True
    for run in runs:
        if isinstance(run.content, str):
            text = _SPACE.sub(" ", run.content)
            text = text.removeprefix(" ") if after_space else text
            if text:
                made.append(Run(text, run.styles))
                after_space = text.endswith(" ")
            continue
        after_space = isinstance(run.content, LineBreak)
        if after_space:
            _trim(made)
        made.append(run)
    _trim(made)
    while made and isinstance(made[-1].content, LineBreak):
        made.pop()
        _trim(made)
    while made and isinstance(made[0].content, LineBreak):
        made.pop(0)
    return tuple(made)


def _trim(made: list[Run]) -> None:
    """Take the space off the end of the last text."""
    while made and isinstance(text := made[-1].content, str):
        last = made.pop()
        if trimmed := text.rstrip(" " + _NO_BREAK):
            made.append(Run(trimmed, last.styles))
            return


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs, a line break as a newline."""
    return "".join(
        run.content if isinstance(run.content, str) else "\n" * isinstance(run.content, LineBreak)
        for run in runs
    )


def lines(runs: Runs) -> list[Runs]:
    """Return the runs between line breaks, without empty ones."""
    if not any(isinstance(run.content, LineBreak) for run in runs):
        return [runs] if runs else []
    parts = groupby(runs, key=lambda run: isinstance(run.content, LineBreak))
    return [kept for is_break, part in parts if not is_break and (kept := collapsed(part))]


def paragraphs(runs: Iterable[Run]) -> Iterator[Runs]:
    """Yield the runs between two line breaks or more: what an author parts is a paragraph."""
    part: list[Run] = []
    breaks = 0
    for run in runs:
        if isinstance(run.content, LineBreak):
            breaks += 1
        elif not isinstance(run.content, str) or run.content.strip():
            if breaks > 1:
                yield collapsed(part)
                part = []
            breaks = 0
        part.append(run)
    yield collapsed(part)


def inlines(runs: Runs, *, language: str) -> Inlines:
    """Return collapsed runs as inlines of a text in this language."""
    if any(isinstance(run.content, str) and _NO_BREAK in run.content for run in runs):
        spaced = (
            Run(run.content.replace(_NO_BREAK, " "), run.styles)
            if isinstance(run.content, str)
            else run
            for run in runs
        )
        runs = collapsed(spaced)
    return tuple(_nested(runs, 0, language))


def _nested(runs: Iterable[Run], depth: int, language: str) -> Iterator[Inline]:
    def style_of(run: Run) -> Style | None:
        return run.styles[depth] if depth < len(run.styles) else None

    for style, part in groupby(runs, key=style_of):
        if style is None:
            yield from _plain(part)
        elif style.kind is Kind.CODE:
            yield from _code(tuple(part))
        else:
            inner = style.value if style.kind is Kind.ISOLATE and style.value else language
            children = tuple(_nested(part, depth + 1, inner))
            yield from _styled(style, children, language)


def _plain(runs: Iterable[Run]) -> Iterator[Inline]:
    for is_text, part in groupby(runs, key=lambda run: isinstance(run.content, str)):
        if is_text:
            yield Text(nfc("".join(str(run.content) for run in part)))
        else:
            yield from (run.content for run in part if not isinstance(run.content, str))


def _code(runs: Runs) -> Iterator[Inline]:
    text = " ".join(plain(runs).split())
    if text:
        yield CodeSpan(nfc(text))
    yield from (run.content for run in runs if isinstance(run.content, NoteRef | Image))


def _styled(style: Style, children: Inlines, language: str) -> Iterator[Inline]:
    if not inline_text(children).strip() and style.kind is not Kind.LINK:
        yield from children  # nothing that could be seen in a style
        return
    match style.kind:
        case Kind.EMPHASIS:
            yield Emphasis(children)
        case Kind.STRONG:
            yield Strong(children)
        case Kind.SUB:
            yield Sub(children)
        case Kind.SUP:
            yield Sup(children)
        case Kind.LINK if style.value:
            yield Link(children, style.value)
        case Kind.LINK:
            yield from children
        case _:
            yield from _isolated(style, children, language)


def _isolated(style: Style, children: Inlines, language: str) -> Iterator[Inline]:
    """Yield an isolate, or the children alone where it says nothing, or what can't be.

    Pasted text is full of tags that say "English" or "left to right" of Arabic words.
    """
    text = inline_text(children)
    rtl, ltr = bool(_RTL.search(text)), bool(_LTR.search(text))
    own = style.value
    if own and (rtl or ltr) and not (rtl if direction_of(own) is Direction.RTL else ltr):
        own = ""
    direction = _direction(style, own, text)
    if own.lower().partition("-")[0] == language.lower().partition("-")[0]:
        own = ""
    around = direction_of(language)
    contradicts = (rtl or ltr) and not (rtl if direction is Direction.RTL else ltr)
    if direction is None or contradicts or (direction is around and not own):
        yield from children
    else:
        yield Isolate(children, direction, own)


def _direction(style: Style, own: str, text: str) -> Direction | None:
    match style.direction:
        case "rtl":
            return Direction.RTL
        case "ltr":
            return Direction.LTR
        case "auto":  # HTML §3.2.6.4: the first strong character decides
            rtl, ltr = _RTL.search(text), _LTR.search(text)
            if rtl and ltr:
                return Direction.RTL if rtl.start() < ltr.start() else Direction.LTR
            return Direction.RTL if rtl else Direction.LTR if ltr else None
        case _:
            return direction_of(own) if own else None
