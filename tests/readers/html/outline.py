"""The outline of a page or a fragment: each block a line, inlines in marks that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exporter.article import (
    Aside,
    Block,
    Blocks,
    Code,
    CodeSpan,
    Definitions,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    List,
    ListKind,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Verse,
)
from exporter.notices import Notice


def outline(blocks: Blocks, notes: Mapping[str, Blocks], notices: Iterable[Notice]) -> str:
    """Return blocks, notes and notices, a line each."""
    lines = [line for block in blocks for line in block_lines(block)]
    for key, inside in notes.items():
        lines += [f"[{key}] {line}" for block in inside for line in block_lines(block)]
    lines += [" ".join(filter(None, (f"! {one.code}", one.detail, one.text))) for one in notices]
    return "\n".join(lines)


def block_lines(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912 - a case a block
    match block:
        case Heading(inlines, level):
            yield f"{'#' * level} {marked(inlines)}"
        case Paragraph(inlines):
            yield f"p {marked(inlines)}"
        case List(items, kind, start):
            yield "list" if kind is ListKind.BULLETED else f"list from {start}"
            for item in items:
                yield from _inside(item, mark="*")
        case Definitions(entries):
            for one in entries:
                yield f"term {marked(one.term)}"
                for meaning in one.meanings:
                    yield from _inside(meaning, mark=":")
        case Quote(children, attribution):
            yield "quote" + (f" -- {marked(attribution)}" if attribution else "")
            yield from _inside(children, mark=">")
        case Verse(lines):
            yield "verse"
            for line in lines:
                yield "  " + " | ".join(map(marked, line.hemistichs))
        case Figure(image, caption, credit):
            yield " ".join(
                filter(None, (f"figure {image.resource}", image.alt and f"({image.alt})"))
            )
            yield from (
                f"  {name}: {marked(text)}"
                for name, text in (("caption", caption), ("credit", credit))
                if text
            )
        case Table(rows, header, caption):
            yield "table" + (f" {marked(caption)}" if caption else "")
            for row in [header, *rows] if header else rows:
                mark = "|" if row is not header else "!"
                yield f"  {mark} " + f" {mark} ".join(map(marked, row))
        case Code(text, language):
            yield f"code {language}".strip()
            yield from (f"  {line}" for line in text.split("\n"))
        case Rule():
            yield "rule"
        case Aside(children, role):
            yield role
            yield from _inside(children, mark=":")


def _inside(blocks: Blocks, *, mark: str) -> Iterator[str]:
    lines = [line for block in blocks for line in block_lines(block)]
    yield from (f"  {mark if at == 0 else ' '} {line}" for at, line in enumerate(lines))


def marked(inlines: Inlines) -> str:
    return "".join(map(_marked, inlines))


def _marked(inline: Inline) -> str:  # noqa: C901 - a case an inline
    match inline:
        case Text(text):
            return text
        case CodeSpan(text):
            return f"`{text}`"
        case Emphasis(children):
            return f"/{marked(children)}/"
        case Strong(children):
            return f"**{marked(children)}**"
        case Link(children, href):
            return f"[{marked(children)}]({href})"
        case Isolate(children, direction, language):
            return f"<{' '.join(filter(None, (direction, language)))}: {marked(children)}>"
        case NoteRef(note):
            return f"[^{note}]"
        case Image(resource, alt):
            return f"({resource} {alt})"
        case LineBreak():
            return " ⏎ "
        case Sub(children):
            return f"_{{{marked(children)}}}"
        case Sup(children):
            return f"^{{{marked(children)}}}"
