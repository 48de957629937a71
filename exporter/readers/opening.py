"""The paragraphs under a title that only say who wrote an article, and when: to its metadata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from exporter.arabic.dates import date_line
from exporter.arabic.names import byline, looks_like_name
from exporter.article import Blocks, Creator, Metadata, Paragraph, inline_text
from exporter.notices import Notice, NoticeCode
from exporter.transforms.mapping import calls_in

_MOST_LINES = 4


def signed(metadata: Metadata, body: Blocks) -> tuple[Metadata, Blocks, tuple[Notice, ...]]:
    """Return the metadata and the body without the byline and the date line that it opens with.

    A line that says otherwise than the metadata stays a paragraph: nothing is lost.
    """
    notices: list[Notice] = []
    taken = 0
    given, names = metadata.creators, tuple[Creator, ...]()
    for line in islice(_lines(body), _MOST_LINES):
        people, date = byline(line), date_line(line)
        # Names alone under the title, each in its line, need no label.
        if len(names) == taken and looks_like_name(line):
            people = names = (*names, Creator(line))
        is_further = not given and metadata.creators == people[:-1]
        if people and (metadata.creators in ((), people) or is_further):
            metadata = replace(metadata, creators=people)
        elif date.issued and metadata.issued[:10] in ("", date.issued[:10]):
            metadata = replace(metadata, issued=metadata.issued or date.issued)
        elif date.modified and metadata.modified[:10] in ("", date.modified[:10]):
            metadata = replace(metadata, modified=metadata.modified or date.modified)
        else:
            break
        if date.ambiguous:
            detail = date.issued or date.modified
            notices.append(Notice(NoticeCode.DATE_AMBIGUOUS, text=line, detail=detail))
        taken += 1
    return metadata, body[taken:] or body, tuple(notices)


def _lines(body: Blocks) -> Iterator[str]:
    """Yield the words of the paragraphs that a body opens with, up to one that calls a note."""
    for block in body:
        if not isinstance(block, Paragraph) or any(True for _ in calls_in(block.inlines)):
            return
        yield inline_text(block.inlines).strip()
