"""The names of months: Gregorian by region and language, Hijri, and Solar Hijri."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from exporter.arabic.folding import fold


class Months(StrEnum):
    """The Arabic names of the Gregorian months, by where they are in use."""

    NILE_AND_GULF = "nile-and-gulf"
    LEVANT = "levant"
    TUNISIA_AND_ALGERIA = "tunisia-and-algeria"
    MOROCCO = "morocco"
    MAURITANIA = "mauritania"


# In each month the name in use first, then other spellings, misspellings too.
_ARABIC: Mapping[Months, tuple[str, ...]] = {
    Months.NILE_AND_GULF: (
        "يناير|ينايير",
        "فبراير|فبرائر|فبرير",
        "مارس",
        "أبريل|إبريل|ابرايل",
        "مايو",
        "يونيو|يونيه|يونية|يونيوا",
        "يوليو|يوليه|يولية|يوليوا",
        "أغسطس|أغسطوس|أغسطص",
        "سبتمبر|سيبتمبر|سبمتبر|سبتمر",
        "أكتوبر|أوكتوبر|أكتوبير",
        "نوفمبر|نوفمير|نوفنبر",
        "ديسمبر|دسمبر|ديسمير",
    ),
    Months.LEVANT: (
        "كانون الثاني|كانون ثاني|كانون ثان|ك2",
        "شباط",
        "آذار",
        "نيسان",
        "أيار|آيار",
        "حزيران|حزيرن",
        "تموز",
        "آب",
        "أيلول|إيلول",
        "تشرين الأول|تشرين أول|ت1",
        "تشرين الثاني|تشرين ثاني|تشرين ثان|ت2",
        "كانون الأول|كانون أول|ك1",
    ),
    Months.TUNISIA_AND_ALGERIA: (
        "جانفي|جانفيي",
        "فيفري|فيفيري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية|جويليا|جولية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ),
    Months.MOROCCO: (
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر|شتمبر",
        "أكتوبر",
        "نونبر|نوانبر",
        "دجنبر",
    ),
    Months.MAURITANIA: (
        "يناير",
        "فبراير",
        "مارس",
        "إبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغشت",
        "شتمبر",
        "أكتوبر",
        "نوفمبر",
        "دجمبر",
    ),
}
# English, Persian, Urdu, Hebrew (also after the prefix of place and time), Kurdish (Sorani) and
# Uyghur.
_ENGLISH = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sep|sept october|oct november|nov december|dec"
)
_PERSIAN = (
    "ژانویه|ژانویۀ فوریه|فوریۀ مارس|مارچ آوریل|آپریل مه|می ژوئن|جون ژوئیه|جولای|ژولای اوت|آگوست "
    "سپتامبر|سپتمبر اکتبر|اکتوبر نوامبر|نومبر دسامبر|دسمبر"
)
_URDU = "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر"
_HEBREW = (
    "ינואר|בינואר פברואר|בפברואר מרץ|מרס|במרץ|במרס אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי "
    "אוגוסט|באוגוסט ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר"
)
_KURDISH = (
    "کانوونی_دووەم|کانونی_دووەم شوبات ئازار|ئادار نیسان ئایار|مایس حوزەیران|حوزەیڕان "
    "تەمووز|تەموز ئاب|ئاو ئەیلوول|ئەیلول تشرینی_یەکەم تشرینی_دووەم کانوونی_یەکەم|کانونی_یەکەم"
)
_UYGHUR = "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر"
_OF_OTHER_LANGUAGES = (_ENGLISH, _PERSIAN, _URDU, _HEBREW, _KURDISH, _UYGHUR)
_HIJRI = (
    "محرم|المحرم|محرم الحرام|muharram",
    "صفر|صفر المظفر|صفر الخير|safar",
    "ربيع الأول|ربيع أول|ربیع‌الاول",
    "ربيع الآخر|ربيع الثاني|ربيع آخر|ربيع ثاني",
    "جمادى الأولى|جمادى الأول|جماد الأول|جماد الأولى|جمادى أول",
    "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جماد الآخر|جماد الثاني|جماد الآخرة",
    "رجب|رجب المرجب|rajab",
    "شعبان|شعبان المعظم|sha'ban|shaban",
    "رمضان|رمضان المبارك|ramadan|ramadhan",
    "شوال|شوال المكرم|shawwal",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذيقعده|ذی قعده|ذو القعده|القعدة|ذوالقعدہ",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذیحجه|ذی حجه|الحجة|ذوالحجہ|ذی الحجہ",
)
# Iran's, then Afghanistan's.
_SOLAR = (
    "فروردین|حمل",
    "اردیبهشت|ثور",
    "خرداد|جوزا",
    "تیر|سرطان",
    "مرداد|امرداد|اسد",
    "شهریور|سنبله",
    "مهر|میزان",
    "آبان|عقرب",
    "آذر|قوس",
    "دی|جدی",
    "بهمن|دلو",
    "اسفند|حوت",
)


def _numbered(names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for number, spellings in enumerate(names, start=1):
        for spelling in spellings.split("|"):
            yield fold(spelling).replace("_", " ").replace("'", ""), number


def _gregorian() -> Iterator[tuple[str, int]]:
    for names in _ARABIC.values():
        yield from _numbered(names)
    for line in _OF_OTHER_LANGUAGES:
        yield from _numbered(tuple(line.split()))


GREGORIAN: Mapping[str, int] = dict(_gregorian())
"""The Gregorian months, folded, with their numbers."""

HIJRI: Mapping[str, int] = dict(_numbered(_HIJRI))
SOLAR: Mapping[str, int] = dict(_numbered(_SOLAR))

LEVANTINE = frozenset(name for name, _ in _numbered(_ARABIC[Months.LEVANT]))
"""The names that stand beside a Latin one in dates such as `مايو/أيار`."""


# --- the names to show ----------------------------------------------------------------------

# ISO 3166 codes of countries, and UN M.49's of Northern Africa without Egypt's names.
_BY_REGION: Mapping[str, Months] = {
    **dict.fromkeys("iq jo lb ps sy".split(), Months.LEVANT),
    **dict.fromkeys("dz tn".split(), Months.TUNISIA_AND_ALGERIA),
    "ma": Months.MOROCCO,
    "mr": Months.MAURITANIA,
    **dict.fromkeys("ae bh eg kw ly om qa sa sd ye".split(), Months.NILE_AND_GULF),
}


def months_of_region(region: str) -> Months | None:
    """Return the names in use in a country (ISO 3166, `TN`), None where that isn't known."""
    return _BY_REGION.get(region.lower())


def names_of(months: Months) -> tuple[str, ...]:
    """Return the twelve names in use, January first."""
    return tuple(spellings.split("|")[0] for spellings in _ARABIC[months])


def _telling() -> Mapping[str, Months]:
    """Return the names that only one region uses, folded; Mauritania's differ by a letter."""
    owners: dict[str, set[Months]] = {}
    for months, names in _ARABIC.items():
        if months is not Months.MAURITANIA:
            for name, _ in _numbered(names):
                owners.setdefault(name, set()).add(months)
    single = {name: owner for name, (owner, *more) in _sorted(owners) if not more}
    return {name: owner for name, owner in single.items() if len(name) > 2}


def _sorted(owners: Mapping[str, set[Months]]) -> Iterator[tuple[str, list[Months]]]:
    return ((name, sorted(each)) for name, each in owners.items())


TELLING: Mapping[str, Months] = _telling()
"""The names, folded, that tell a region."""
