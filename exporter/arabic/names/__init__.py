"""Names: who a line credits with what; persons parted from titles, agencies and places."""

from __future__ import annotations

from exporter.arabic.names.bylines import byline, byline_place, creator
from exporter.arabic.names.credit_lines import is_credit
from exporter.arabic.names.credits import Credits, credits_of
from exporter.arabic.names.parts import parted_from_date
from exporter.arabic.names.persons import looks_like_name, split_names, without_title
from exporter.arabic.names.places import is_place, name_and_place

__all__ = [
    "Credits",
    "byline",
    "byline_place",
    "creator",
    "credits_of",
    "is_credit",
    "is_place",
    "looks_like_name",
    "name_and_place",
    "parted_from_date",
    "split_names",
    "without_title",
]
