"""Days: the parts of a date line that name a day, in any calendar, and the one they agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from exporter.arabic.dates.calendars import (
    Calendar,
    Day,
    OutsideCalendarError,
    from_hijri,
    from_solar,
)
from exporter.arabic.dates.months import LEVANTINE
from exporter.arabic.dates.pieces import Piece
from exporter.records import dataclass

GREGORIAN_YEARS = range(1800, 2100)
"""The years in which a number is taken for one of the Gregorian calendar."""

_CALENDARS = {"H": Calendar.HIJRI, "S": Calendar.SOLAR, "e": Calendar.HIJRI, "s": Calendar.SOLAR}
_READERS = {Calendar.HIJRI: from_hijri, Calendar.SOLAR: from_solar}
# Hijri months begin with the sighting of the moon, in other countries up to two days apart.
_TOLERANCE = {Calendar.HIJRI: 2, Calendar.SOLAR: 0}
# The languages of Iran and Afghanistan, whose years of four digits are solar.
_SOLAR_LANGUAGES = frozenset("fa prs ps glk mzn lrc haz".split())


class Doubt(StrEnum):
    """Why a date is uncertain, or could not be read."""

    AMBIGUOUS = "ambiguous"
    CONTRADICTION = "contradiction"
    OUTSIDE = "outside"
    RELATIVE = "relative"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Hints:
    """What else is known: the article's language, the line's digits, and the clock.

    `has_persian_digits` is of the line, `now` an ISO date-time, each empty or false when unknown.
    """

    language: str = ""
    now: str = ""
    has_persian_digits: bool = False

    @property
    def is_solar(self) -> bool:
        """Whether a year such as 1399 is solar."""
        if not self.language:
            return self.has_persian_digits
        return self.language.lower().split("-")[0] in _SOLAR_LANGUAGES

    @property
    def is_month_first(self) -> bool:
        """Whether the language writes 5/13/2024 (CLDR: English, but for the other countries)."""
        primary, *rest = self.language.lower().split("-")
        return primary == "en" and (not rest or rest[-1] == "us")


@dataclass(frozen=True, slots=True)
class Found:
    """The days that a part of a line can mean, the likeliest first; none when it is impossible."""

    calendar: Calendar
    days: tuple[date, ...] = ()
    is_outside: bool = False
    is_guess: bool = False


def found_in(pieces: Sequence[Piece], hints: Hints) -> Found:
    """Return the days that the pieces of one date can mean."""
    if pieces[0].kind == "N":
        return _numeric(pieces, hints)
    (year,) = (piece.numbers[0] for piece in pieces if piece.kind == "y")
    (day,) = (piece.numbers[0] for piece in pieces if piece.kind == "n")
    months = [piece.entry for piece in pieces if piece.kind in "GHS"]
    if months[0].kind != "G":
        return _of_calendar(_CALENDARS[months[0].kind], Day(year, months[0].value, day))
    # Of two names that differ the Latin one counts: the others' numbers are confused more often.
    months.sort(key=lambda month: month.text in LEVANTINE)
    numbers = dict.fromkeys(month.value for month in months)
    return _gregorian(Day(year, number, day) for number in numbers)


def _numeric(pieces: Sequence[Piece], hints: Hints) -> Found:
    first, second, third = pieces[0].numbers
    is_year_first = first > 31
    year, month, day = (first, second, third) if is_year_first else (third, second, first)
    if year in GREGORIAN_YEARS:
        other = Day(year, day, month)
        days = [Day(year, month, day)] if is_year_first else [Day(year, month, day), other]
        if not is_year_first and hints.is_month_first:
            days.reverse()
        return _gregorian(days)
    era = pieces[-1].kind
    likeliest = Calendar.SOLAR if hints.is_solar else Calendar.HIJRI
    found = _of_calendar(_CALENDARS.get(era, likeliest), Day(year, month, day))
    return replace(found, is_guess=not hints.language and era == "N")


def _gregorian(days: Iterator[Day] | Sequence[Day]) -> Found:
    found = (_date(day) for day in days if day.year in GREGORIAN_YEARS)
    return Found(Calendar.GREGORIAN, tuple(dict.fromkeys(day for day in found if day)))


def _date(day: Day) -> date | None:
    try:
        return date(day.year, day.month, day.day)
    except ValueError:
        return None


def _of_calendar(calendar: Calendar, day: Day) -> Found:
    try:
        return Found(calendar, (_READERS[calendar](day),))
    except OutsideCalendarError:
        return Found(calendar, is_outside=day.year >= 1)
    except ValueError:
        return Found(calendar)


def agreed(
    found: Sequence[Found], weekdays: Sequence[int], hints: Hints
) -> tuple[date | None, tuple[Doubt, ...]]:
    """Return the day that the parts of a line agree on, and what remains doubtful about it.

    The Gregorian day counts, the other calendar and the weekday settle which one it is.
    """
    others = [one for one in found if one.calendar is not Calendar.GREGORIAN]
    gregorian = [day for one in found if one.calendar is Calendar.GREGORIAN for day in one.days]
    if not gregorian:
        return _of_other(others, weekdays, is_alone=len(others) == len(found))
    doubts = []
    days = _on(weekdays, gregorian) or gregorian
    days = [day for day in days if _is_near(day, others)] or days
    if len(days) > 1:
        doubts.append(Doubt.AMBIGUOUS)
        days = [day for day in days if not _is_to_come(day, hints.now)] or days
    if not _is_near(days[0], others):
        doubts.append(Doubt.CONTRADICTION)
    return days[0], tuple(doubts)


def _on(weekdays: Sequence[int], days: Sequence[date]) -> list[date]:
    return [day for day in days if day.weekday() in weekdays]


def _is_near(day: date, others: Sequence[Found]) -> bool:
    """Say whether every other calendar's day, where it is known, is this one or beside it."""
    return all(
        any(abs((day - one).days) <= _TOLERANCE[other.calendar] for one in other.days)
        for other in others
        if other.days
    )


def _is_to_come(day: date, now: str) -> bool:
    return bool(now) and day > date.fromisoformat(now[:10]) + timedelta(days=1)


def _of_other(
    others: Sequence[Found], weekdays: Sequence[int], *, is_alone: bool
) -> tuple[date | None, tuple[Doubt, ...]]:
    for other in others:
        if other.days:
            doubts = (Doubt.AMBIGUOUS,) if other.is_guess else ()
            if not is_alone:
                doubts = (*doubts, Doubt.CONTRADICTION)
            return _nearest(other.days[0], weekdays, _TOLERANCE[other.calendar]), doubts
    return None, (Doubt.OUTSIDE,) if any(other.is_outside for other in others) else ()


def _nearest(day: date, weekdays: Sequence[int], tolerance: int) -> date:
    """Return the day of the weekday nearest to a day, if one is within the tolerance."""
    steps = sorted(range(-tolerance, tolerance + 1), key=abs)
    near = [day + timedelta(days=step) for step in steps]
    return next(iter(_on(weekdays, near)), day)
