"""Dates: the Gregorian date lines and datelines of Arabic articles, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exporter.arabic.folding import fold

# The Gregorian months: Arabic as written in Egypt and the Gulf, in the Maghreb (Tunisia and
# Algeria, then Morocco), in the Levant and Iraq; English; Persian; Urdu.
_MONTHS_BY_NUMBER = (
    "يناير جانفي كانون_الثاني كانون_ثاني january jan ژانویه جنوری",
    "فبراير فيفري شباط february feb فوریه فروری",
    "مارس آذار march mar مارچ",
    "أبريل ابريل أفريل نيسان april apr آوریل اپریل",
    "مايو ماي أيار may مه مئی",
    "يونيو يونيه جوان حزيران june jun ژوئن جون",
    "يوليو يوليه يوليوز جويلية تموز july jul ژوئیه جولائی",
    "أغسطس أوت غشت آب august aug اوت اگست",
    "سبتمبر شتنبر أيلول september sep sept سپتامبر ستمبر",
    "أكتوبر تشرين_الأول تشرين_أول october oct اکتبر اکتوبر",
    "نوفمبر نونبر تشرين_الثاني تشرين_ثاني november nov نوامبر نومبر",
    "ديسمبر دجنبر كانون_الأول كانون_أول december dec دسامبر دسمبر",
)
_LEVANTINE = "كانون تشرين شباط آذار نيسان أيار حزيران تموز آب أيلول"


def _months() -> Mapping[str, int]:
    return {
        fold(name).replace("_", " "): number
        for number, names in enumerate(_MONTHS_BY_NUMBER, start=1)
        for name in names.split()
    }


_MONTHS = _months()
_LEVANTINE_STEMS = tuple(map(fold, _LEVANTINE.split()))
_WEEKDAYS = (
    "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت "
    "sunday monday tuesday wednesday thursday friday saturday sun mon tue wed thu fri sat"
).split()
_HIJRI_MONTHS = (
    "محرم",
    "المحرم",
    "صفر",
    "ربيع الأول",
    "ربيع الثاني",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "جمادى الثانية",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذي القعدة",
    "ذو الحجة",
    "ذي الحجة",
)
_LABELS = (
    "تاريخ النشر",
    "تاريخ نشر",
    "تم النشر في",
    "تم النشر",
    "تم نشره في",
    "تم نشره",
    "نشر في",
    "نشر بتاريخ",
    "نشر يوم",
    "نشر",
    "التاريخ",
    "تاريخ",
    "بتاريخ",
    "كتب في",
    "published on",
    "published",
    "date",
    "posted on",
)
_LABELS_OF_CHANGE = (
    "آخر تحديث في",
    "آخر تحديث",
    "تاريخ التحديث",
    "تم التحديث",
    "تم تحديثه",
    "حدث في",
    "محدثة",
    "تحديث",
    "last updated",
    "updated",
    "last modified",
)


def _either(words: tuple[str, ...] | list[str]) -> str:
    folded = {fold(word).replace(" ", r"\s+") for word in words}
    return "|".join(sorted(folded, key=lambda word: (-len(word), word)))


_MONTH = f"(?:{_either(list(_MONTHS))})"
_DUAL = rf"(?P<month>{_MONTH})\.?(?:\s*[/(]\s*(?P<other>{_MONTH})\s*\)?)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>صباحا|مساء|ظهرا|ص|م|am|pm|a\.m\.|p\.m\.)?(?![^\W\d_])"
    r"\s*(?P<zone>z|utc|gmt|بتوقيت\s+(?:جرينتش|غرينتش)|(?:gmt|utc)?[+-]\d\d:?\d\d)?"
)
_CLOCK = rf"(?:[\s,،;|@–—-]|ـ|الساعه|في|علي|عند|at|t)*(?:{_TIME})"
_WEEKDAY = rf"(?:(?:يوم\s+)?(?:{_either(_WEEKDAYS)})\.?[\s,،:/|-]*)?"
_HIJRI = rf"(?:\d{{1,2}}\s*(?:من\s+)?(?:{_either(list(_HIJRI_MONTHS))})\s*,?\s*1[34]\d\d\s*ه?ـ?"
_HIJRI += r"[\s,،/|()–—-]*(?:الموافق(?:\s+ل)?)?[\s:]*)?"
_FORMS = tuple(
    re.compile(rf"{_WEEKDAY}{_HIJRI}{_WEEKDAY}{form}(?:\s*م(?![^\W\d_]))?(?:{_CLOCK})?[\s.()]*")
    for form in (
        rf"{_DAY}\s*(?:من\s+)?[,،]?\s*{_DUAL}\s*[,،]?\s*(?:(?:سنه|عام)\s+)?{_YEAR}",
        rf"{_DUAL}\s*{_DAY}\s*[,،]?\s*{_YEAR}",
        rf"{_YEAR}(?P<sep>[-/.])(?P<numeric>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})",
        rf"(?P<first>\d{{1,2}})\s*(?P<sep>[-/.])\s*(?P<second_number>\d{{1,2}})\s*(?P=sep)\s*{_YEAR}",
    )
)
_TIME_FIRST = re.compile(rf"(?:(?:gmt|الساعه)\s+)?(?P<clock>{_TIME})[\s,،|–—-]+(?P<rest>\S.*)")
_LABEL = re.compile(rf"(?P<label>{_either(_LABELS)})\s*[:]?\s*(?P<rest>.*)")
_LABEL_OF_CHANGE = re.compile(rf"(?P<label>{_either(_LABELS_OF_CHANGE)})\s*[:]?\s*(?P<rest>.*)")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line that is only a date says; all empty when it is another line.

    `ambiguous` says that day and month could be read the other way round.
    """

    issued: str = ""
    modified: str = ""
    ambiguous: bool = False

    def __bool__(self) -> bool:
        return bool(self.issued or self.modified)


def date_line(line: str) -> DateLine:
    """Return the date that a whole line is, with a weekday, a label or a time of day around it.

    Numeric dates are read day first, as Arabic writes them, unless only the other way is a date.
    Beside a Hijri date the Gregorian one counts; a Hijri date alone is not read.
    """
    if len(line) > _LONGEST or not any(character.isdigit() for character in line):
        return DateLine()
    folded = " ".join(fold(line).split()).strip("|-–—• ()[]")
    if changed := _LABEL_OF_CHANGE.fullmatch(folded):
        iso, ambiguous = _read(changed["rest"])
        return DateLine(modified=iso, ambiguous=ambiguous)
    if labelled := _LABEL.fullmatch(folded):
        folded = labelled["rest"]
    iso, ambiguous = _read(folded)
    return DateLine(issued=iso, ambiguous=ambiguous)


def parse(text: str) -> str:
    """Return a text that is a date as ISO 8601, a day or a minute; empty when it is none."""
    return date_line(text).issued


def _read(text: str) -> tuple[str, bool]:
    if iso := _read_iso(text):
        return iso, False
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _iso(found)
    if first := _TIME_FIRST.fullmatch(text):
        iso, ambiguous = _read(first["rest"]) if ":" not in first["rest"] else ("", False)
        return _with_time(iso, first), ambiguous
    return "", False


_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s*(z|[+-]\d\d:?\d\d)?", re.ASCII
)


def _read_iso(text: str) -> str:
    found = _ISO.fullmatch(text)
    if not found or not _day(*map(int, found[1].split("-"))):
        return ""
    hour, minute = map(int, found[2].split(":"))
    if hour > 23 or minute > 59:
        return ""
    return f"{found[1]}T{found[2]}{found[3] or ''}{_zone(found[4] or '')}"


def _iso(found: re.Match[str]) -> tuple[str, bool]:
    groups = found.groupdict()
    year, ambiguous = int(groups["year"]), False
    if groups.get("month"):
        iso = _day(year, _month(groups["month"], groups.get("other") or ""), int(groups["day"]))
    elif groups.get("numeric"):
        iso = _day(year, int(groups["numeric"]), int(groups["day"]))
    else:
        first, second = int(groups["first"]), int(groups["second_number"])
        iso = _day(year, second, first) or _day(year, first, second)
        ambiguous = bool(iso) and first != second and max(first, second) <= 12
    return _with_time(iso, found), ambiguous


def _with_time(iso: str, found: re.Match[str]) -> str:
    """Return the day with the time of day, empty when either is impossible."""
    if not iso or not found["hour"]:
        return iso
    time = _time(found)
    return iso + time if time else ""


def _month(name: str, other: str) -> int:
    """Return the number of a month; of two names that differ the Latin one counts."""
    names = [" ".join(each.split()) for each in (name, other) if each]
    names.sort(key=lambda each: each.startswith(_LEVANTINE_STEMS))
    return _MONTHS[names[0]]


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _time(found: re.Match[str]) -> str:
    hour, minute, second = int(found["hour"]), int(found["minute"]), found["second"] or ""
    half = (found["half"] or "").replace(".", "")
    if half in ("م", "مساء", "pm", "ظهرا") and hour < 12:
        hour += 12 if half != "ظهرا" or hour < 11 else 0
    elif half in ("ص", "صباحا", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return ""
    clock = f"T{hour:02}:{minute:02}" + (f":{second}" if second else "")
    return clock + _zone(found["zone"] or "")


def _zone(zone: str) -> str:
    offset = re.sub(r"^(gmt|utc)(?=[+-])", "", zone)
    if not offset:
        return ""
    if offset[0] not in "+-":
        return "Z"
    digits = offset[1:].replace(":", "")
    return "Z" if digits == "0000" else f"{offset[0]}{digits[:2]}:{digits[2:]}"
