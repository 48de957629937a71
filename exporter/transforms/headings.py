"""Headings: levels without a gap, as PDF/UA-1 §7.4.2 and the contents of an e-book want them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from exporter.article import Article, Aside, Block, Blocks, Heading, Paragraph, Quote, inline_text

_FIRST = 2  # the title is level 1


def level_headings(article: Article) -> Article:
    """Close the gaps between heading levels; a heading without words is an empty line."""
    return replace(article, body=level_blocks(article.body))


def level_blocks(blocks: Blocks) -> Blocks:
    """Return the blocks of a body with the gaps between the levels of their headings closed."""
    return _level(blocks, [])


def _level(blocks: Iterable[Block], open_levels: list[int]) -> Blocks:
    """`open_levels` are the author's levels of the headings that the next one stands under."""
    levelled: list[Block] = []
    for block in blocks:
        match block:
            case Heading(inlines) if not inline_text(inlines).strip():
                levelled.append(Paragraph(inlines))
            case Heading(_, level):
                while open_levels and open_levels[-1] >= level:
                    open_levels.pop()
                open_levels.append(level)
                levelled.append(replace(block, level=_FIRST + len(open_levels) - 1))
            case Quote(children) | Aside(children):
                levelled.append(replace(block, children=_level(children, open_levels)))
            case _:
                levelled.append(block)
    return tuple(levelled)
