"""The sections of a paper: its abstract, its text, its references, told by their headings."""

from __future__ import annotations

from enum import StrEnum

from exporter.arabic.papers import is_abstract, is_references
from exporter.article import Block, Blocks, Heading, inline_text
from exporter.records import dataclass


class SectionKind(StrEnum):
    """What a section is in a paper."""

    TEXT = "text"
    ABSTRACT = "abstract"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that stand together, the heading with them."""

    kind: SectionKind
    blocks: Blocks


def sections_of(body: Blocks) -> tuple[Section, ...]:
    """Part a body into sections; an abstract or references end at the next heading of the level."""
    found: list[tuple[SectionKind, list[Block]]] = []
    kind, level = SectionKind.TEXT, 0
    for block in body:
        if isinstance(block, Heading) and (kind is SectionKind.TEXT or block.level <= level):
            before, kind, level = kind, _kind(block), block.level
            if not found or kind is not before or kind is not SectionKind.TEXT:
                found.append((kind, []))
        if not found:
            found.append((kind, []))
        found[-1][1].append(block)
    return tuple(Section(kind, tuple(blocks)) for kind, blocks in found)


def _kind(heading: Heading) -> SectionKind:
    text = inline_text(heading.inlines)
    if is_abstract(text):
        return SectionKind.ABSTRACT
    return SectionKind.REFERENCES if is_references(text) else SectionKind.TEXT
