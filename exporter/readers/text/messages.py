"""What a messenger or a mail has over a message: its time, who sent it, to whom.

`[12:30 م، 3/5/2024] سامي: …`, `3/5/2024, 12:30 م - سامي: …`, and, in a line of its own,
`سامي, [03.05.2024 12:30]`.
"""

from __future__ import annotations

import re
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


# Where a message was forwarded from, and when a post was written, as they are shown over it.
_FORWARDED = compiled(
    r"(?:Forwarded from|(?:محو[لّ]{1,2}|مُ?عاد توجيهها|أُ?عيد توجيهها|تمت إعادة التوجيه) من)\s.{1,60}"
    rf"|\d{{1,2}}\s[^\W\d]{{3,9}}(?:\s\d{{4}})?\s(?:الساعة|at)\s{_TIME}\s*·?",
    re.IGNORECASE,
)
_FIRST = 3


def parted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with what a messenger put before a message in a line of its own.

    Where several people write, their names belong to what they say, and the lines stay.
    """
    lines = tuple(
        line.weighed(line.text, Weight.HEADER)
        if at < _FIRST and _FORWARDED.fullmatch(line.text)
        else line
        for at, line in enumerate(lines)
    )
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
    """Mark the lines told as headers: those of messages and mails, and what a wiki has above."""
    return {
        at: BoilerplateClass.META
        for at in unmarked(document, marks)
        if document.lines[at].weight is Weight.HEADER
    }


# --- mail -----------------------------------------------------------------------------------

_FIELD = compiled(
    r"(?P<name>from|to|cc|bcc|sent|date|subject|reply-to|"
    r"من|إلى|الى|نسخة|التاريخ|الموضوع|تاريخ الإرسال)"
    r"\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_MOST_FIELDS = 8
_SUBJECTS, _DATES = ("subject", "الموضوع"), ("date", "sent", "التاريخ", "تاريخ الإرسال")
_FEWEST_FIELDS, _LAST_FIRST = 3, 3


def without_fields(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of a mail: its subject is a heading, its date stays, other fields are told.

    The fields stand in a row at the beginning, three or more of them.
    """
    found = [_FIELD.fullmatch(line.text) for line in lines[: _LAST_FIRST + _MOST_FIELDS]]
    first = next((at for at, field in enumerate(found) if field), len(found))
    last = next((at for at in range(first, len(found)) if not found[at]), len(found))
    fields = {at: field for at in range(first, last) if (field := found[at])}
    names = {field["name"].lower() for field in fields.values()}
    is_mail = len(names) >= _FEWEST_FIELDS and first <= _LAST_FIRST and names & {*_SUBJECTS}
    if not is_mail:
        return lines
    return (
        *lines[:first],
        *(_without_field(lines[at], field) for at, field in fields.items()),
        *lines[last:],
    )


def _without_field(line: Line, field: re.Match[str]) -> Line:
    if field["name"].lower() in _SUBJECTS:
        return line.weighed(field["value"], Weight.HEADING)
    return line if field["name"].lower() in _DATES else line.weighed(line.text, Weight.HEADER)
