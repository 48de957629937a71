"""Dates as articles write them, in three calendars and a dozen languages, as ISO 8601.

A line is folded and scanned into pieces (`pieces`, by the tables of `months` and `words`), whose
kinds spell a word of letters; a line is a date when parts that make sense (`lines`) cover the
whole word. `days` settles which day the parts agree on, `times` the time, `relative` what is
counted from a clock. Nothing here backtracks, so the time is linear in the line.
"""

from __future__ import annotations

from exporter.arabic.dates.days import Doubt
from exporter.arabic.dates.lines import DateLine, date_line, parse

__all__ = ["DateLine", "Doubt", "date_line", "parse"]
