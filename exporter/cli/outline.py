"""The outline of a reading for people: its metadata, its blocks with their kinds, its notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from exporter.arabic.languages import identify
from exporter.article import (
    Article,
    Aside,
    Block,
    Code,
    Definitions,
    Figure,
    Heading,
    Inlines,
    List,
    ListKind,
    Metadata,
    Paragraph,
    Quote,
    Reading,
    Rule,
    Table,
    Verse,
    block_text,
    blocks_text,
    inline_text,
)
from exporter.cli.console import one_line
from exporter.messages import listed, place, sentence
from exporter.notices import Notice

_LONGEST_LINE = 72
_COLUMN = 14
_INWARDS = "   "


def outline(reading: Reading, language: str, *, subject: str, whole: bool) -> Iterator[str]:
    """Yield the lines of the outline.

    `whole` shows the blocks' text in full, and by which words and letters the language was told.
    """
    longest = 0 if whole else _LONGEST_LINE
    article = reading.article
    yield place(subject, language=language)
    for code, value in _terms(article.metadata, language):
        signs = _signs(article) if whole and code == "term-language" else ""
        yield _row(sentence(code, language=language), one_line(f"{value} {signs}"))
    yield ""
    for block in article.body:
        yield from _block_rows(block, language, longest=longest)
    for key, blocks in article.notes.items():
        name = f"{sentence('kind-note', language=language)} {key}"
        yield _row(name, one_line(blocks_text(blocks), longest=longest))
    if reading.notices:
        yield ""
        yield from _notice_rows(reading.notices, language)
    yield ""


def _terms(metadata: Metadata, language: str) -> Iterator[tuple[str, str]]:
    """Yield the terms that have a value, each with the code of its name."""
    creators = tuple(
        f"{creator.name} ({sentence(f'role-{creator.role}', language=language)})"
        for creator in metadata.creators
    )
    values = (
        ("term-title", metadata.title),
        ("term-subtitle", metadata.subtitle),
        ("term-description", metadata.description),
        ("term-creators", listed(creators, language=language)),
        ("term-publisher", metadata.publisher),
        ("term-issued", metadata.issued),
        ("term-modified", metadata.modified),
        ("term-language", metadata.language),
        ("term-source", metadata.source),
        ("term-subjects", listed(metadata.subjects, language=language)),
        ("term-rights", metadata.rights),
        ("term-is-part-of", metadata.is_part_of),
        ("term-identifier", metadata.identifier),
    )
    return ((code, value) for code, value in values if value)


def _signs(article: Article) -> str:
    """Return what in a text tells the language that the article has, in brackets."""
    metadata = article.metadata
    text = f"{metadata.title}\n{metadata.description}\n{blocks_text(article.body)}"
    told = identify(text)
    is_told = told.language == metadata.language and told.evidence
    return f"({' '.join(told.evidence)})" if is_told else ""


def _block_rows(block: Block, language: str, *, longest: int) -> Iterator[str]:
    name = sentence(_kind(block), language=language)
    match block:
        case Heading(_, level):
            yield _row(f"{name} {level}", one_line(block_text(block), longest=longest))
        case List():
            for number, (mark, line) in enumerate(_items(block)):
                shown = f"{mark} {one_line(line, longest=longest)}"
                yield _row("" if number else name, shown)
        case Verse() | Definitions() | Table() | Code():
            for number, line in enumerate(block_text(block).splitlines() or [""]):
                shown = line.replace("\t", "  ***  ")
                yield _row("" if number else name, one_line(shown, longest=longest))
        case Quote(children, attribution):
            yield _row(name, one_line(blocks_text(children), longest=longest))
            yield from _under(attribution)
        case Figure():
            yield _row(name, one_line(inline_text(block.caption), longest=longest))
            yield from _under(block.credit)
        case _:
            yield _row(name, one_line(block_text(block), longest=longest))


def _items(block: List, margin: str = "") -> Iterator[tuple[str, str]]:
    """Yield each item's mark, as far in as its list stands in others, and its words."""
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{number}." if block.kind is ListKind.NUMBERED else "•"
        shown = f"{margin}{mark}"
        for child in item:
            if isinstance(child, List):
                yield from _items(child, margin + _INWARDS)
            else:
                yield shown, block_text(child)
                shown = margin + " " * len(mark)


def _under(inlines: Inlines) -> Iterator[str]:
    """Yield who said or made what stands above, in a row of its own."""
    if inlines:
        yield _row("", f"— {one_line(inline_text(inlines))}")


def _kind(block: Block) -> str:  # noqa: C901 (one case a node)
    match block:
        case Heading():
            return "kind-heading"
        case Paragraph():
            return "kind-paragraph"
        case List():
            return "kind-list"
        case Definitions():
            return "kind-definitions"
        case Quote():
            return "kind-quote"
        case Verse():
            return "kind-verse"
        case Figure():
            return "kind-figure"
        case Table():
            return "kind-table"
        case Code():
            return "kind-code"
        case Rule():
            return "kind-rule"
        case Aside():
            return "kind-aside"
        case _:
            assert_never(block)


def _notice_rows(notices: Sequence[Notice], language: str) -> Iterator[str]:
    for notice in notices:
        location = place(notice.location, language=language)
        where = f"{location}: " if location else ""
        yield f"! {where}{one_line(notice.sentence(language=language))}"


def _row(name: str, text: str) -> str:
    return f"  {name:<{_COLUMN - 1}} {text}".rstrip()
