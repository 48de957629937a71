"""The lines that a site adds to the entries of its feed, by the text reader's labels."""

from __future__ import annotations

import re

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.article import Block, Blocks, Heading, List, Paragraph, inline_text
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.text.lines import Line, document
from exporter.readers.text.rules import label

# What WordPress puts under each entry, in the words of its two translations.
_FIRST_ON = compiled(
    r"(?:the post .{1,300} (?:appeared first|first appeared) on |"
    r"(?:ظهرت|ظهر|نُ?شرت?) (?:المقالة|المقال|التدوينة|هذا المقال)? ?.{0,300} أول[ااًا]* (?:على|في) )",
    re.IGNORECASE,
)


def without_site_lines(blocks: Blocks, *, title: str) -> tuple[Blocks, tuple[Notice, ...]]:
    """Return an entry's blocks without its site's own paragraphs, with a Notice of each."""
    texts = [_line(block) for block in blocks]
    places = [at for at, text in enumerate(texts) if text]
    head = [title] if title else []
    said = [*head, *(texts[at] for at in places)]
    lines = tuple(Line(number, text, 0, 1) for number, text in enumerate(said, start=1))
    marks = label(document(lines)) if lines else {}
    dropped: dict[int, BoilerplateClass] = {}
    for line, at in enumerate(places, start=len(head)):
        mark = marks.get(line)
        if isinstance(mark, BoilerplateClass) and not _leads_to_a_list(texts[at], blocks[at + 1 :]):
            dropped[at] = mark
        elif _FIRST_ON.match(texts[at]):
            dropped[at] = BoilerplateClass.META
    if len(dropped) == len(blocks):  # nothing would be left
        return blocks, ()
    kept = tuple(block for at, block in enumerate(blocks) if at not in dropped)
    notices = tuple(
        Notice(NoticeCode.BOILERPLATE_DROPPED, text=texts[at], detail=kind.value)
        for at, kind in dropped.items()
    )
    return kept, notices


def _leads_to_a_list(text: str, below: Blocks) -> bool:
    return text.endswith(":") and bool(below) and isinstance(below[0], List)


def _line(block: Block) -> str:
    match block:
        case Paragraph(inlines) | Heading(inlines):
            return " ".join(inline_text(inlines).split())
        case _:
            return ""
