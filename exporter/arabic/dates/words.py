"""The words of date lines besides months: weekdays, times of day, zones, eras, labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporter.arabic.dates.months import GREGORIAN, HIJRI, SOLAR
from exporter.arabic.folding import fold
from exporter.records import dataclass

MOST_WORDS = 4
"""The most words of one entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word of a date line is: its kind, a letter, and what it says.

    Kinds: G H S a month of the Gregorian, Hijri, Solar calendar; W a weekday (0 is Monday, as in
    `date.weekday`); h a half of the day; p the letter meem, which is one and an era; z a zone;
    l a clock that isn't told; b what stands before the name of a place with such a clock; e s the
    eras of the Hijri and the Solar calendar; t a word before a time; D a day counted from today;
    L C the labels of issue and of change; - what says nothing.
    """

    kind: str
    value: int = 0
    text: str = ""


# Monday first. Hebrew and Persian write some in two words.
_WEEKDAYS = (
    "الاثنين|الإثنين|الأثنين|اثنين|monday|mon|دوشنبه|دو شنبه|پیر|سوموار|שני|دووشەممە|دۈشەنبە",
    "الثلاثاء|الثلثاء|ثلاثاء|tuesday|tue|tues|سه‌شنبه|سه شنبه|سهشنبه|منگل|שלישי|سێشەممە|سەيشەنبە",
    "الأربعاء|الاربعا|أربعاء|wednesday|wed|چهارشنبه|چهار شنبه|چارشنبه|بدھ|רביעי|چوارشەممە|چارشەنبە",
    "الخميس|خميس|thursday|thu|thur|thurs|پنجشنبه|پنج‌شنبه|پنج شنبه|جمعرات|חמישי|پێنجشەممە|پەيشەنبە",
    "الجمعة|جمعة|friday|fri|جمعه|جمعہ|آدینه|שישי|هەینی|جۈمە",
    "السبت|سبت|saturday|sat|شنبه|ہفتہ|שבת|شەممە|شەنبە",
    "الأحد|الحد|أحد|sunday|sun|یکشنبه|یک‌شنبه|یک شنبه|اتوار|ראשון|یەکشەممە|يەكشەنبە",
)
# The halves of the day and its parts, each with the hour from which its twelve hours count.
AM, PM, NOON, NIGHT = 0, 12, 11, 18
_HALVES = {
    AM: "ص|صباحا|صباحًا|صباح|فجرا|الفجر|am|قبل الظهر|ق ظ|قظ|قبل‌ازظهر|صبح|بامداد|בבוקר",
    PM: "مساء|مساءا|المساء|عصرا|العصر|بعد الظهر|pm|بظ|ب ظ|بعدازظهر|بعد از ظهر|عصر|غروب|شام|בערב",
    NOON: "ظهرا|الظهر|ظهر|دوپہر|בצהריים",
    NIGHT: "ليلا|الليل|شب|رات|בלילה",
}
# RFC 5322 §4.3 for the Latin ones; elsewhere only clocks that are not put forward in summer.
_ZONES = {
    0: "gmt|utc|ut|z|تغ|غرينتش|جرينتش|غرينيتش|گرینویچ",
    180: "مكة|مكة المكرمة|السعودية|الرياض|قطر|الدوحة|الكويت|البحرين|المنامة|بغداد|العراق|ast",
    240: "الإمارات|أبوظبي|أبو ظبي|دبي|عمان السلطنة|مسقط",
    60: "تونس|الجزائر",
    210: "تهران|طهران",
    300: "باكستان|إسلام آباد|پاکستان",
    -300: "est",
    -240: "edt",
    -360: "cst",
    -420: "mst|pdt",
    -480: "pst",
}
_BEFORE_A_ZONE = ("بتوقيت", "توقيت", "بحسب توقيت", "حسب توقيت", "به وقت")
_LOCAL = "بالتوقيت المحلي|التوقيت المحلي|به وقت محلی|local time"
_LATIN_ZONES = frozenset("gmt utc ut z est edt cst mst pdt pst تغ".split())
_ERAS = {
    "p": "م|ميلادي|ميلادية|الميلادي|میلادی|عیسوی|ء|ad|ce",
    "e": "ه|هجري|هجرية|الهجري|هق|ه ق|ھ|ہجری|قمری|هجری قمری|ah",
    "s": "ش|هش|ه ش|شمسي|شمسية|هجرية شمسية|هجري شمسي|خورشیدی|هجری شمسی|هجری خورشیدی",
}
_CLOCK = "الساعة|ساعة|الساعه|في تمام الساعة|ساعت|بجے|שעה|בשעה|کاتژمێر|سائەت|at|o clock"
_DAYS = {
    0: "اليوم|امروز|آج|today|היום|ئەمڕۆ|بۈگۈن",
    -1: "أمس|البارحة|يوم أمس|دیروز|گزشتہ روز|yesterday|אתמול|دوێنێ|تۈنۈگۈن",
    -2: "أول أمس|أول من أمس|أمس الأول|پریروز|שלשום",
}
_EMPTY = (
    "في|من|يوم|على|عند|عام|سنة|لعام|لسنة|الموافق|الموافق ل|والموافق|ل|و|ما يوافق|يوافق|of|on|the|t|"
    "روز|سال|ماه|در|مورخ|برابر با|مطابق|مصادف با|بمطابق|بروز|ב|יום|ביום|تاريخ|بتاريخ|تمام"
)
_LABELS = (
    "تاريخ النشر|تاريخ نشر|تاريخ النشر في|وقت النشر|تم النشر|تم نشره|تم نشرها|نشر|نشرت|النشر|"
    "نشر الخبر|نشر بتاريخ|التاريخ|تاريخ|بتاريخ|كتب في|كتبت في|أضيف|أضيف في|تاريخ الإضافة|"
    "تاريخ الإصدار|صدر في|published|publish date|published on|published at|date|posted|posted on|"
    "created|تاریخ انتشار|زمان انتشار|انتشار|تاریخ خبر|تاریخ درج|منتشر شده|تاریخ اشاعت|اشاعت|"
    "شائع|شائع شدہ|פורסם|פורסם בתאריך|תאריך|תאריך פרסום|بڵاوکراوەتەوە|بەروار|"
    "ئېلان قىلىنغان ۋاقتى|ۋاقتى"
)
_LABELS_OF_CHANGE = (
    "آخر تحديث|أخر تحديث|اخر تعديل|آخر تعديل|تاريخ التحديث|تم التحديث|تم تحديثه|تم تحديثها|حدث|"
    "حدثت|محدثة|محدث|تحديث|تاريخ التعديل|last updated|updated|last modified|modified|update|"
    "آخرین به‌روزرسانی|به‌روزرسانی|بروزرسانی|به روز شده|آخرین بروزرسانی|تازہ ترین|اپ ڈیٹ|"
    "آخری اپ ڈیٹ|آخری بار اپ ڈیٹ کیا گیا|עודכן|עדכון אחרון|עודכן לאחרונה|نوێکراوەتەوە"
)


def _entries() -> Iterator[tuple[str, Entry]]:
    yield from _all("-", _EMPTY)
    yield from _all("L", _LABELS)
    yield from _all("C", _LABELS_OF_CHANGE)
    yield from _all("t", _CLOCK)
    for kind, months in (("S", SOLAR), ("H", HIJRI), ("G", GREGORIAN)):
        yield from ((name, Entry(kind, number, name)) for name, number in months.items())
    for number, words in enumerate(_WEEKDAYS):
        yield from _all("W", words, value=number)
    for kind, words in _ERAS.items():
        yield from _all(kind, words)
    for hour, words in _HALVES.items():
        yield from _all("h", words, value=hour)
    for days, words in _DAYS.items():
        yield from _all("D", words, value=days)
    yield from _all("l", _LOCAL)
    yield from _all("b", "|".join(_BEFORE_A_ZONE))
    for minutes, words in _ZONES.items():
        for word in words.split("|"):
            for before in ("", *_BEFORE_A_ZONE):
                if before or word in _LATIN_ZONES:
                    yield from _all("z", f"{before} {word}".strip(), value=minutes)


def _all(kind: str, words: str, *, value: int = 0) -> Iterator[tuple[str, Entry]]:
    return ((" ".join(fold(word).split()), Entry(kind, value, word)) for word in words.split("|"))


WORDS: Mapping[str, Entry] = dict(_entries())
"""What each word of a date line is, folded; entries of several words are parted by one space."""
