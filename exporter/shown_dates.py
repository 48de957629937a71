"""Dates as readers write them: in the calendar asked for, with the months of their region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from exporter.arabic.dates.calendars import (
    Calendar,
    Day,
    OutsideCalendarError,
    to_hijri,
    to_solar,
)
from exporter.arabic.dates.months import TELLING, Months, months_of_region, names_of
from exporter.arabic.digits import DigitFamily, to_digits
from exporter.arabic.folding import fold
from exporter.article import Article, blocks_text
from exporter.choices import Calendars
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.themes import Theme, words_of

_CONVERTERS = {Calendar.HIJRI: to_hijri, Calendar.SOLAR: to_solar}
_DAY = compiled(r"\d{4}-\d\d-\d\d")


def shown_date(
    iso: str, *, words: Mapping[str, str], digits: DigitFamily, calendars: tuple[Calendar, ...]
) -> str:
    """Return an ISO date (a year, a month, a day or a date-time) as readers write it.

    A date that the calendar asked for doesn't have is shown as a Gregorian one.
    """
    day = iso.partition("T")[0]
    shown = [_in_calendar(day, calendar, words) for calendar in calendars]
    if not all(shown):
        return to_digits(_gregorian(day, words, form="date"), digits)
    match calendars:
        case (Calendar.GREGORIAN,):
            text = _gregorian(day, words, form="date")
        case (_,):
            text = shown[0]
        case _:
            text = words["both-dates"].format(hijri=shown[0], gregorian=shown[1])
    return to_digits(text, digits)


def _in_calendar(day: str, calendar: Calendar, words: Mapping[str, str]) -> str:
    if calendar is Calendar.GREGORIAN:
        return _gregorian(day, words, form="gregorian-date")
    found = _converted(day, calendar)
    if not found:
        return ""
    name = words[f"{calendar}-month-{found.month}"]
    return words[f"{calendar}-date"].format(day=found.day, month=name, year=found.year)


def _converted(day: str, calendar: Calendar) -> Day | None:
    """Return the day in another calendar, None for a month, a year or a day outside of it."""
    if not _DAY.fullmatch(day):
        return None
    try:
        return _CONVERTERS[calendar](date.fromisoformat(day))
    except OutsideCalendarError:
        return None


def _gregorian(day: str, words: Mapping[str, str], *, form: str) -> str:
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    if not month:
        return year
    form = words[form] if number else words["month-date"]
    return form.format(day=int(number or 0), month=words[f"month-{int(month)}"], year=year)


# --- which calendar -------------------------------------------------------------------------


def calendars_of(language: str, asked: Calendars) -> tuple[Calendar, ...]:
    """Return the calendars in which a date is shown in a language, in their order.

    The Hijri calendar of Persian is the solar one, which is also what its readers expect.
    """
    is_persian = language.lower().split("-")[0] == "fa"
    own = Calendar.SOLAR if is_persian else Calendar.HIJRI
    match asked:
        case Calendars.AUTO:
            return (Calendar.SOLAR if is_persian else Calendar.GREGORIAN,)
        case Calendars.GREGORIAN:
            return (Calendar.GREGORIAN,)
        case Calendars.HIJRI:
            return (own,)
        case Calendars.BOTH:
            return (own, Calendar.GREGORIAN)


def unshown(articles: Iterable[Article], theme: Theme) -> tuple[Notice, ...]:
    """Return a notice of each date that is not in the calendar in which it was to be shown."""
    return tuple(
        Notice(NoticeCode.DATE_NOT_CONVERTED, text=article.metadata.issued, detail=calendar)
        for article in articles
        for calendar in calendars_of(article.metadata.language, theme.calendar)
        if article.metadata.issued and not _has(calendar, article.metadata.issued)
    )


def _has(calendar: Calendar, iso: str) -> bool:
    return calendar is Calendar.GREGORIAN or bool(_converted(iso.partition("T")[0], calendar))


# --- the names of months --------------------------------------------------------------------

_SAMPLE = 200_000
_NAMED = compiled(
    rf"(?:^|\D)\d{{1,2}} (?:من )?({'|'.join(sorted(TELLING, key=lambda name: -len(name)))})"
    r"(?![^\W\d_])(?! ?[/(])"
)


def dated_words(article: Article, theme: Theme) -> Mapping[str, str]:
    """Return the theme's words in the article's language, with the months of its region.

    In Arabic the region is that of the language tag (`ar-TN`); without one it is where the names
    are in use with which the article's own date, or else most dates in its text, are written.
    """
    language = article.metadata.language
    words = words_of(theme, language)
    months = _months(article) if language.lower().split("-")[0] == "ar" else None
    if not months:
        return words
    names = enumerate(names_of(months), start=1)
    return {**words, **{f"month-{number}": name for number, name in names}}


def _months(article: Article) -> Months | None:
    """Return the region's months; None for those of the theme's own words, or an unknown region."""
    subtags = article.metadata.language.split("-")[1:]
    for subtag in subtags:
        if len(subtag) == 2:  # a country, RFC 5646 §2.2.4
            return months_of_region(subtag)
    own = _most_used(article.metadata.date_line)
    return own or _most_used(blocks_text(article.body)[:_SAMPLE])


@lru_cache(maxsize=16)
def _most_used(text: str) -> Months | None:
    counts = Counter(TELLING[name] for name in _NAMED.findall(" ".join(fold(text).split())))
    return max(sorted(counts), key=counts.__getitem__, default=None)
