"""The headings of a document that people wrote: which one is the title, and the levels under it."""

from __future__ import annotations

from dataclasses import replace

from exporter.article import Blocks, Heading, Metadata, inline_text
from exporter.transforms.headings import level_blocks

_DEEPEST = 6


def entitled(metadata: Metadata, blocks: Blocks) -> tuple[Metadata, Blocks]:
    """Return the metadata with the title and the blocks without it, its headings without a gap.

    The title is the one that the metadata has, else the first heading of level 1, else a heading
    that opens the document and is above all others. A heading that says it again is left out.
    """
    at = _title(blocks)
    words = " ".join(inline_text(blocks[at].inlines).split()) if at >= 0 else ""  # type: ignore[union-attr]
    if at >= 0 and words and words == (metadata.title or words):
        metadata = replace(metadata, title=words)
        blocks = blocks[:at] + blocks[at + 1 :]
    return metadata, level_blocks(blocks)


def _title(blocks: Blocks) -> int:
    headings = {at: block.level for at, block in enumerate(blocks) if isinstance(block, Heading)}
    first = next((at for at, level in headings.items() if level == 1), -1)
    if first >= 0 or not headings or 0 not in headings:
        return first
    others = [level for at, level in headings.items() if at > 0]
    return 0 if headings[0] < min(others, default=_DEEPEST + 1) else -1
