"""Direction as markup: isolates for every output, whole runs and joins for paper alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from exporter.arabic.bidi import (
    content_direction,
    has_letters_against,
    letters_direction,
    order_runs,
    paragraph_direction,
)
from exporter.arabic.isolates import OBJECT, isolate_patterns
from exporter.arabic.joins import join_across
from exporter.arabic.languages import direction_of
from exporter.article import (
    Article,
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
    Text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.transforms.emoji import with_emoji_apart
from exporter.transforms.mapping import map_inlines

_LONGEST_TEXT = 5_000
_OWN_MARKS = ("!", "?", "…")
_ARABIC_LETTER = compiled("[\u0620-\u064a]")


def isolate_article(article: Article) -> Article:
    """Isolate URLs, versions, ISO dates and their like; bare URLs become links."""
    return map_inlines(article, isolate_inlines)


def isolate_inlines(inlines: Inlines) -> Inlines:
    """Isolate the patterns of `arabic.isolates` in every text that is not isolated already."""
    last = len(inlines) - 1
    return tuple(
        isolated
        for place, inline in enumerate(inlines)
        for isolated in _isolate(
            _with_own_mark(inline, inlines), OBJECT * (place > 0), OBJECT * (place < last)
        )
    )


def _with_own_mark(inline: Inline, around: Inlines) -> Inline:
    """Return a title or a name that a tag sets apart in Arabic with its last mark on its side.

    A full stop may be that of the sentence.
    """
    if not isinstance(inline, Emphasis | Link):
        return inline
    text = inline_text(inline.children)
    if not (text.endswith(_OWN_MARKS) and _ARABIC_LETTER.search(inline_text(around))):
        return inline
    own = content_direction(text, default=Direction.RTL)
    children = inline.children if own is Direction.RTL else (Isolate(inline.children, own),)
    return replace(inline, children=children)


def _isolate(inline: Inline, before: str, after: str) -> Iterator[Inline]:
    """Yield an inline with its patterns isolated; `before` and `after` stand for its neighbours."""
    match inline:
        case Text(text):
            for part in isolate_patterns(f"{before}{text}{after}"):
                if not isinstance(part, Text):
                    yield part
                elif own := part.text.strip(OBJECT) if before or after else part.text:
                    yield Text(own)
        case Isolate(children, Direction.RTL, language) if language:  # words as any others
            yield replace(inline, children=isolate_inlines(children))
        case Isolate() | CodeSpan() | NoteRef() | Image() | LineBreak():
            yield inline
        case Link(children):
            yield replace(inline, children=_without_links(isolate_inlines(children)))
        case _:
            yield replace(inline, children=isolate_inlines(inline.children))


def _without_links(inlines: Inlines) -> Inlines:
    """HTML §4.5.1: a link holds no other link."""
    return tuple(
        part
        for inline in inlines
        for part in (inline.children if isinstance(inline, Link) else (inline,))
    )


def isolated_line(inlines: Inlines, *, direction: Direction) -> Inlines:
    """Return a line in a box that runs in `direction`, isolated where it runs against it.

    Its marks are then at its own end: `Yahoo!`.
    """
    own = content_direction(inline_text(inlines), default=direction)
    return inlines if own is direction else _isolated(inlines, own)


def isolated_name(inlines: Inlines, *, direction: Direction) -> Inlines:
    """Return a name as it stands among others in a line that runs in `direction`.

    UAX #9 would have two Latin names, with the comma between them, as one run from left to right.
    """
    text = inline_text(inlines)
    if not has_letters_against(text, direction=direction):
        return inlines
    return _isolated(inlines, letters_direction(text, default=direction))


def isolated_names(names: Sequence[str], *, comma: str, direction: Direction) -> Inlines:
    """Return names as a line has them, one after the other."""
    parts = [isolated_name(isolate_inlines((Text(one),)), direction=direction) for one in names]
    gaps: list[Inlines] = [(Text(f"{comma} "),)] * len(parts)
    return tuple(chain.from_iterable(chain.from_iterable(zip(gaps, parts, strict=True))))[1:]


def _isolated(inlines: Inlines, direction: Direction) -> Inlines:
    match inlines:
        case (Isolate(_, own),) if own is direction:
            return inlines
        case _:
            return (Isolate(inlines, direction),)


def order_article(article: Article) -> Article:
    """Wrap every run that turns round in an element and keep joins across tags: for paper."""
    default = direction_of(article.metadata.language)

    def order(inlines: Inlines) -> Inlines:
        direction = paragraph_direction(inline_text(inlines), default=default)
        return order_inlines(inlines, direction=direction)

    return map_inlines(article, order)


def order_inlines(inlines: Inlines, *, direction: Direction) -> Inlines:
    """Do the same for one paragraph."""
    ordered = join_across(order_runs(inlines, direction=direction))
    if direction is Direction.RTL:
        ordered = with_emoji_apart(ordered)
    return tuple(part for inline in ordered for part in _in_pieces(inline, direction))


def _in_pieces(inline: Inline, direction: Direction) -> Iterator[Inline]:
    """Part a text of book length at spaces: WeasyPrint copies the rest of a text at every line.

    Each piece has the paragraph's own direction, so that nothing is reordered.
    """
    if not isinstance(inline, Text) or len(inline.text) <= _LONGEST_TEXT:
        yield inline
        return
    start = 0
    while start < len(inline.text):
        space = inline.text.find(" ", start + _LONGEST_TEXT)
        end = space + 1 if space >= 0 else len(inline.text)
        yield Isolate((Text(inline.text[start:end]),), direction)
        start = end
