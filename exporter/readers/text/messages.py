"""What a messenger copies with a message: its time and the name of who sent it.

`[12:30 م، 3/5/2024] سامي: …`, `3/5/2024, 12:30 م - سامي: …`, and, in a line of its own,
`سامي, [03.05.2024 12:30]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.patterns import compiled
from exporter.readers.text.labels import Marks, unmarked
from exporter.readers.text.lines import Document, Line, Weight

_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:[صم]|[ap]\.?m\.?|[AP]M))?"
_WHEN = rf"(?:{_DATE}[,،]?\s{{1,3}}{_TIME}|{_TIME}[,،]\s{{1,3}}{_DATE})"
_SENDER = r"[^\[\]:\n]{1,50}"
_HEADER = compiled(
    rf"(?:\[{_WHEN}\]\s?(?P<bracketed>{_SENDER}):(?=\s|\Z)"
    rf"|{_WHEN}\s-\s(?P<dashed>{_SENDER}):(?=\s|\Z)"
    rf"|(?P<above>{_SENDER}),\s\[{_WHEN}\]\Z)\s*"
)


def parted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with what a messenger put before a message in a line of its own.

    Where several people write, their names belong to what they say, and the lines stay.
    """
    found = {at: match for at, line in enumerate(lines) if (match := _HEADER.match(line.text))}
    senders = {match["bracketed"] or match["dashed"] or match["above"] for match in found.values()}
    if len(senders) != 1:
        return lines
    return tuple(_parted(lines, {at: match.end() for at, match in found.items()}))


def _parted(lines: tuple[Line, ...], ends: dict[int, int]) -> Iterator[Line]:
    for at, line in enumerate(lines):
        if at not in ends:
            yield line
            continue
        yield line.weighed(line.text[: ends[at]].strip(), Weight.HEADER)
        if rest := line.text[ends[at] :]:
            yield replace(line, text=rest)


def headers(document: Document, marks: Marks) -> Marks:
    """Mark the lines that a messenger put before its messages."""
    return {
        at: BoilerplateClass.META
        for at in unmarked(document, marks)
        if document.lines[at].weight is Weight.HEADER
    }
