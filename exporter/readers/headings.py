"""The headings of a document that people wrote: which one is the title, and the levels under it."""

from __future__ import annotations

from dataclasses import replace

from exporter.article import (
    Block,
    Blocks,
    Heading,
    Metadata,
    Paragraph,
    Rule,
    Strong,
    block_text,
    inline_text,
)
from exporter.readers.text.features import Ending, ending_of
from exporter.transforms.headings import level_blocks

_DEEPEST, _WORDS, _MOST_ABOVE = 6, range(2, 31), 2


def entitled(metadata: Metadata, blocks: Blocks) -> tuple[Metadata, Blocks]:
    """Return the metadata with the title and the blocks without it, its headings without a gap.

    The title is the one that the metadata has, else the first heading of level 1, else a heading
    that opens the document and is above all others, also under a line that leads to it, else a few
    words in bold that open it. What says it again is left out.
    """
    at = _title(blocks)
    words = " ".join(block_text(blocks[at]).split()) if at >= 0 else ""
    if at >= 0 and words and words == (metadata.title or words):
        metadata = replace(metadata, title=words)
        blocks = blocks[:at] + blocks[at + 1 :]
    return metadata, level_blocks(blocks)


def _title(blocks: Blocks) -> int:
    headings = {at: block.level for at, block in enumerate(blocks) if isinstance(block, Heading)}
    first = next((at for at, level in headings.items() if level == 1), -1)
    if first >= 0:
        return first
    if len(blocks) > 1 and _is_in_bold(blocks[0]):
        return 0
    top = min(headings, default=-1)
    others = [level for at, level in headings.items() if at > top]
    opens = top >= 0 and all(map(_leads, blocks[:top])) and top <= _MOST_ABOVE
    return top if opens and headings[top] < min(others, default=_DEEPEST + 1) else -1


def _leads(block: Block) -> bool:
    """Say whether a block only leads to the text, as the answer of an assistant does: `إليك …:`."""
    match block:
        case Rule():
            return True
        case Paragraph():
            text = block_text(block)
            return len(text.split()) in _WORDS and ending_of(text) in (Ending.COLON, Ending.CALL)
        case _:
            return False


def _is_in_bold(block: Block) -> bool:
    match block:
        case Paragraph((Strong(children),)):
            text = inline_text(children)
            return len(text.split()) in _WORDS and ending_of(text) in (Ending.NONE, Ending.CALL)
        case _:
            return False
