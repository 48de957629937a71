"""Calendars: a day of the Hijri (Umm al-Qura) and the Solar Hijri calendar, and its date.

Every date is a `datetime.date`, which is proleptic Gregorian.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from exporter.records import dataclass


class Calendar(StrEnum):
    """A calendar in which articles are dated."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    SOLAR = "solar"


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month from 1 and a day of the month, in one of the calendars."""

    year: int
    month: int
    day: int


class OutsideCalendarError(ValueError):
    """The day may exist, but the calendar's tables do not reach it."""


# --- Hijri ----------------------------------------------------------------------------------

HIJRI_YEARS = range(1343, 1501)
"""The years that the tables of Umm al-Qura hold (1 August 1924 to 16 November 2077)."""


def from_hijri(day: Day) -> date:
    """Return the date of a Hijri day by Umm al-Qura.

    Raises OutsideCalendarError for another year than `HIJRI_YEARS`, ValueError for no day.
    """
    from hijridate import Hijri

    if not (1 <= day.month <= 12 and 1 <= day.day <= 30):
        raise ValueError(f"no day of the Hijri calendar: {day}")
    if day.year not in HIJRI_YEARS:
        raise OutsideCalendarError(f"no year of the tables: {day.year}")
    found = Hijri(day.year, day.month, day.day).to_gregorian()
    return date(found.year, found.month, found.day)


def to_hijri(day: date) -> Day:
    """Return the Hijri day of a date by Umm al-Qura; raises OutsideCalendarError outside it."""
    from hijridate import Gregorian

    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except (OverflowError, ValueError) as error:
        raise OutsideCalendarError(str(error)) from error
    return Day(found.year, found.month, found.day)


# --- Solar Hijri ----------------------------------------------------------------------------

SOLAR_YEARS = range(1178, 1502)
"""The years in which the 33-year rule gives the new year that astronomy gives (1799 to 2123)."""

# Eight leap years in 33; the day before 1 Farvardin of the year 1, as an ordinal of Python.
_CYCLE, _LEAP_YEARS, _EPOCH = 33, 8, 226_894
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30


def from_solar(day: Day) -> date:
    """Return the date of a day of the Solar Hijri calendar.

    Raises OutsideCalendarError for another year than `SOLAR_YEARS`, ValueError for no day.
    """
    if not (1 <= day.month <= 12 and 1 <= day.day <= _length(day.year, day.month)):
        raise ValueError(f"no day of the Solar Hijri calendar: {day}")
    if day.year not in SOLAR_YEARS:
        raise OutsideCalendarError(f"no year of the rule: {day.year}")
    return _new_year(day.year) + timedelta(days=_days_before(day.month) + day.day - 1)


def to_solar(day: date) -> Day:
    """Return the Solar Hijri day of a date; raises OutsideCalendarError outside `SOLAR_YEARS`."""
    year = day.year - 621
    if not SOLAR_YEARS.start <= year < SOLAR_YEARS.stop:
        raise OutsideCalendarError(f"no year of the rule: {year}")
    if day < _new_year(year):
        year -= 1
        if year not in SOLAR_YEARS:
            raise OutsideCalendarError(f"no year of the rule: {year}")
    number = (day - _new_year(year)).days
    month = next(month for month in range(12, 0, -1) if _days_before(month) <= number)
    return Day(year, month, number - _days_before(month) + 1)


def _new_year(year: int) -> date:
    leaps = (_LEAP_YEARS * year + 21) // _CYCLE
    return date.fromordinal(_EPOCH + 365 * (year - 1) + leaps + 1)


def _days_before(month: int) -> int:
    return (month - 1) * _SHORT + min(month - 1, _LONG_MONTHS)


def _length(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return _LONG
    is_leap = (25 * year + 11) % _CYCLE < _LEAP_YEARS
    return _SHORT if month < 12 or is_leap else _SHORT - 1
