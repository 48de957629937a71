"""Date lines: a whole line that is a date, in any calendar, as ISO 8601."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from exporter.arabic.dates.days import GREGORIAN_YEARS, Doubt, Found, Hints, agreed, found_in
from exporter.arabic.dates.pieces import Piece, folded_line, scan
from exporter.arabic.dates.relative import ago, before
from exporter.arabic.dates.times import time_in
from exporter.arabic.dates.words import WORDS
from exporter.patterns import compiled
from exporter.records import dataclass

_LONGEST = 160
_TRIMMED = "|-–—_• ()[]،,:؛;.ـ"
_PERSIAN_DIGIT = compiled("[۰-۹]")
# A day, then a month, a time of day, a weekday; see `Entry` and `Piece` for the letters.
_PART = compiled(
    "(?P<day>nG{1,2}yp?|G{1,2}nyp?|yp?G{1,2}n|nHye?|Hnye?|yHn|nSys?|ySn|N[pes]?)"
    "|(?P<month>G{1,2}yp?)"
    "|(?P<today>D)"
    "|(?P<time>z?t?h?T[hp]?[zol]{0,2}|t?nh[zol]{0,2}|tn)"
    "|(?P<weekday>W)"
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line that is only a date says; all empty when it is another line.

    `doubts` says what is uncertain about it, or why a line that gives a date could not be read.
    """

    issued: str = ""
    modified: str = ""
    doubts: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.issued or self.modified or self.doubts)

    @property
    def ambiguous(self) -> bool:
        """Whether it could be read in another way."""
        return Doubt.AMBIGUOUS in self.doubts


_NONE = DateLine()


@dataclass(frozen=True, slots=True)
class _Value:
    iso: str = ""
    doubts: tuple[Doubt, ...] = ()


_NO_VALUE = _Value()


# Between a day and the time of day at which it was changed: no date of its own.
_CHANGED_AT = compiled(r"(?<=\d)\s*[،,]?\s*(?:اخر تحديث|تحديث)\s*:?\s*(?=\d{1,2}:\d\d(?!\d))")


def date_line(line: str, *, language: str = "", now: str = "") -> DateLine:
    """Return the date that a whole line is, with a weekday, a label or a time of day around it.

    `language` is the article's, which decides the order of a numeric date and the calendar of a
    year such as 1399; `now` an ISO date-time, from which `قبل ٣ ساعات` is counted. Beside a date of
    another calendar the Gregorian one counts.
    """
    if len(line) > _LONGEST:
        return _NONE
    folded = _CHANGED_AT.sub(" ", folded_line(line).strip(_TRIMMED))
    hints = Hints(language, now, has_persian_digits=bool(_PERSIAN_DIGIT.search(line)))
    return _relative(folded, hints) or _absolute(folded, hints)


def parse(text: str, *, language: str = "", now: str = "") -> str:
    """Return a text that is a date as ISO 8601, a month, a day or a minute; empty for another."""
    if issued := date_line(text, language=language, now=now).issued:
        return issued
    if len(text) > _LONGEST:
        return ""
    return _month(scan(folded_line(text).strip(_TRIMMED)))


# --- relative -------------------------------------------------------------------------------


def _relative(folded: str, hints: Hints) -> DateLine:
    label, rest = _label(folded)
    span = ago(rest)
    if not span:
        return _NONE
    if not hints.now:
        return DateLine(doubts=(Doubt.RELATIVE,))
    iso = before(hints.now, span)
    return _dated(label, _Value(iso, (Doubt.COUNTED,)))


def _label(folded: str) -> tuple[str, str]:
    """Return the kind of the label at the line's start, and the rest of the line."""
    words = folded.split(" ", 5)
    for number in range(min(len(words) - 1, 4), 0, -1):
        entry = WORDS.get(" ".join(words[:number]).rstrip(" :"))
        if entry and entry.kind in "LC":
            return entry.kind, " ".join(words[number:]).lstrip(" :")
    return "", folded


def _dated(label: str, value: _Value) -> DateLine:
    if label == "C":
        return DateLine(modified=value.iso, doubts=value.doubts)
    return DateLine(issued=value.iso, doubts=value.doubts)


# --- absolute -------------------------------------------------------------------------------


def _absolute(folded: str, hints: Hints) -> DateLine:
    """Read one date, or two of which the second is that of a change."""
    issued = modified = _NO_VALUE
    for label, pieces in _sections(scan(folded)):
        value = _value(pieces, hints, is_labelled=bool(label))
        if value == _NO_VALUE:
            return _NONE
        if label == "C":
            modified = modified if modified.iso else value
        else:
            issued = issued if issued.iso else value
    doubts = tuple(dict.fromkeys((*issued.doubts, *modified.doubts)))
    return DateLine(issued.iso, modified.iso, doubts)


def _sections(pieces: Sequence[Piece]) -> Iterator[tuple[str, Sequence[Piece]]]:
    """Yield the pieces under each label; the first may have none."""
    starts = [at for at, piece in enumerate(pieces) if piece.kind in "LC"]
    if pieces and (not starts or starts[0] > 0):
        yield "", pieces[: starts[0] if starts else len(pieces)]
    for start, end in pairwise((*starts, len(pieces))):
        if end > start + 1:
            yield pieces[start].kind, pieces[start + 1 : end]


def _value(pieces: Sequence[Piece], hints: Hints, *, is_labelled: bool) -> _Value:
    parts = _parts(pieces)
    times = [part for kind, part in parts if kind == "time"]
    days = [found_in(part, hints) for kind, part in parts if kind == "day"]
    calendars = {found.calendar for found in days}
    if len(times) > 1 or len(calendars) < len(days):
        return _NO_VALUE
    time = time_in(times[0]) if times else ""
    if times and not time:
        return _NO_VALUE
    if days:
        weekdays = [part[0].entry.value for kind, part in parts if kind == "weekday"]
        return _of_days(days, weekdays, hints=hints, time=time)
    if is_labelled and (month := _month(pieces)):
        return _Value(month)
    today = [part[0].entry.value for kind, part in parts if kind == "today"]
    return _of_today(today, hints, time=time) if today and (time or is_labelled) else _NO_VALUE


def _parts(pieces: Sequence[Piece]) -> list[tuple[str, Sequence[Piece]]]:
    """Return the parts of a line with their kinds; none when a piece belongs to no part."""
    kinds = "".join(piece.kind for piece in pieces)
    parts: list[tuple[str, Sequence[Piece]]] = []
    position = 0
    while position < len(kinds):
        found = _PART.match(kinds, position)
        if not found:
            return []
        parts.append((found.lastgroup or "", pieces[found.start() : found.end()]))
        position = found.end()
    return parts


def _of_days(days: Sequence[Found], weekdays: Sequence[int], *, hints: Hints, time: str) -> _Value:
    day, doubts = agreed(days, weekdays, hints)
    return _Value(day.isoformat() + time, doubts) if day else _Value(doubts=doubts)


def _of_today(days: Sequence[int], hints: Hints, *, time: str) -> _Value:
    if not hints.now:
        return _Value(doubts=(Doubt.RELATIVE,))
    day = date.fromisoformat(hints.now[:10]) + timedelta(days=days[0])
    return _Value(day.isoformat() + time, (Doubt.COUNTED,))


def _month(pieces: Sequence[Piece]) -> str:
    """Return the month that the pieces are, without a day."""
    match _parts(pieces):
        case [("month", part)]:
            (year,) = (piece.numbers[0] for piece in part if piece.kind == "y")
            return f"{year}-{part[0].entry.value:02}" if year in GREGORIAN_YEARS else ""
        case _:
            return ""
