"""Relative dates: `قبل ٣ ساعات`, `منذ يومين`, `۲ روز پیش`, `3 hours ago`, counted from a clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from exporter.arabic.folding import fold
from exporter.patterns import compiled
from exporter.records import dataclass

# The units, each with its words: one, two, several; a unit with a number of its own needs none.
_UNITS: Mapping[str, tuple[str, str]] = {
    "second": ("ثانية ثوان ثواني ثانیه سیکنڈ second seconds sec שניות", "ثانيتين"),
    "minute": ("دقيقة دقائق دقیقه منٹ minute minutes min mins דקה דקות خولەک مىنۇت", "دقيقتين"),
    "hour": (
        "ساعة ساعات ساعت گھنٹہ گھنٹے گھنٹوں hour hours hr hrs שעה שעות کاتژمێر سائەت",
        "ساعتين שעתיים",
    ),
    "day": ("يوم أيام يوما روز دن day days יום ימים ڕۆژ كۈن", "يومين יומיים"),
    "week": ("أسبوع أسابيع أسبوعا هفته ہفتہ ہفتے week weeks שבוע שבועות هەفتە", "أسبوعين שבועיים"),
    "month": ("شهر أشهر شهور شهرا ماه مہینہ مہینے month months חודש חודשים مانگ", "شهرين חודשיים"),
    "year": ("سنة سنوات عام أعوام عاما سال year years שנה שנים", "سنتين عامين שנתיים"),
}
_NUMBERS = (
    "واحد واحدة یک یه ایک a an one|اثنتين دو two|ثلاث ثلاثة سه تین three|أربع أربعة چهار چار four|"
    "خمس خمسة پنج پانچ five|ست ستة شش چھ six|سبع سبعة هفت سات seven|ثماني ثمانية هشت آٹھ eight|"
    "تسع تسعة نه نو nine|عشر عشرة ده دس ten"
)
_LONGEST = 60
_BEFORE = "قبل منذ من לפני پێش"
_AFTER = "ago مضت پیش قبل پہلے لەمەوبەر بۇرۇن"
_JUST_NOW = frozenset(
    fold(text)
    for text in ("الآن", "قبل لحظات", "منذ لحظات", "قبل قليل", "just now", "لحظاتی پیش", "ابھی")
)


def _words() -> Mapping[str, tuple[str, int]]:
    """Return the unit of each word, folded, and the number in it: 2 in a dual, else 0."""
    found: dict[str, tuple[str, int]] = {}
    for unit, (plain, dual) in _UNITS.items():
        found |= {fold(word): (unit, 0) for word in plain.split()}
        found |= {fold(word): (unit, 2) for word in dual.split()}
    return found


_WORDS = _words()
_VALUES = {
    fold(word): number
    for number, words in enumerate(_NUMBERS.split("|"), start=1)
    for word in words.split()
}


def _either(words: str) -> str:
    return "|".join(map(fold, words.split()))


_AMOUNT = rf"(?:(?P<digits>\d{{1,3}})\s?|(?P<number>{'|'.join(_VALUES)})\s)?(?P<unit>[^\W\d_]+)"
_ABOUT = "(?:(?:حوالي|نحو|about) )?"
_FORMS = (
    compiled(rf"(?:{_either(_BEFORE)}) {_ABOUT}{_AMOUNT}(?: واحده?)?"),
    compiled(rf"{_ABOUT}{_AMOUNT} (?:{_either(_AFTER)})"),
)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}


@dataclass(frozen=True, slots=True)
class Ago:
    """A span of time before now: so many of a unit (`hour`); 0 of a second is now itself."""

    unit: str
    number: int


def ago(text: str) -> Ago | None:
    """Return the span that a whole folded line says, None for another line.

    A number of years in words (`قبل عشر سنوات`) heads a story as often as it dates one: no date.
    """
    if len(text) > _LONGEST:
        return None
    if text in _JUST_NOW:
        return Ago("second", 0)
    for form in _FORMS:
        if (found := form.fullmatch(text)) and found["unit"] in _WORDS:
            unit, own = _WORDS[found["unit"]]
            if unit == "year" and not found["digits"]:
                return None
            return Ago(unit, int(found["digits"] or own or _VALUES.get(found["number"] or "", 1)))
    return None


def before(now: str, span: Ago) -> str:
    """Return the ISO date of a span before an ISO date-time, as exact as its unit.

    Seconds, minutes and hours give a minute, days and weeks a day, months and years themselves.
    """
    then = datetime.fromisoformat(now)
    if span.unit in _SECONDS:
        then -= timedelta(seconds=_SECONDS[span.unit] * span.number)
        if span.unit in ("day", "week"):
            return then.date().isoformat()
        return then.isoformat(timespec="minutes").replace("+00:00", "Z")
    months = then.year * 12 + then.month - 1 - span.number * (12 if span.unit == "year" else 1)
    year, month = divmod(months, 12)
    return f"{year:04}" if span.unit == "year" else f"{year:04}-{month + 1:02}"
