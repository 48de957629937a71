"""Date lines as articles write them, and lines that are none."""

from __future__ import annotations

from datetime import date, time
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.arabic.dates import DateLine, Doubt, date_line, parse
from exporter.arabic.dates.calendars import (
    Day,
    OutsideCalendarError,
    from_hijri,
    from_solar,
    to_hijri,
    to_solar,
)
from exporter.arabic.digits import DigitFamily, to_digits
from exporter.article import Metadata

MONTHS = {
    "gulf": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "levant": [
        *"كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول".split(),
        *"تشرين_الأول تشرين_الثاني كانون_الأول".split(),
    ],
    "algeria": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "morocco": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split(),
}
NAMES = [[name.replace("_", " ") for name in names] for names in MONTHS.values()]


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("الأحد ١٢ مايو ٢٠٢٤", "2024-05-12"),
        ("12 مايو/أيار 2024", "2024-05-12"),
        ("12 أيار/مايو 2024", "2024-05-12"),
        ("12 أيار (مايو) 2024", "2024-05-12"),
        ("مايو 12، 2024", "2024-05-12"),
        ("۱۲ مه ۲۰۲۴", "2024-05-12"),
        ("في 3 من تشرين الأول 2020", "2020-10-03"),
        ("يوم الثلاثاء 5 غشت 2014", "2014-08-05"),
        ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07T12:09"),
        ("الإثنين، 24 أغسطس 2020 09:23 ص", "2020-08-24T09:23"),
        ("24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24T21:22"),
        ("1 يونيو 2020 الساعة 00:15 بتوقيت غرينتش", "2020-06-01T00:15Z"),
        ("تاريخ النشر: 2025-03-18", "2025-03-18"),
        ("نُشر في 3 فيفري 2021", "2021-02-03"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("2024/05/13", "2024-05-13"),
        ("13.5.2024", "2024-05-13"),
        ("GMT 17:27 17.03.2020", "2020-03-17T17:27Z"),
        ("2016-12-05T14:53:00+01:00", "2016-12-05T14:53:00+01:00"),
        ("Thu, 26 Jul 2018 20:41:17 GMT", "2018-07-26T20:41:17Z"),
        ("May 4, 2020", "2020-05-04"),
        ("الأربعاء 12 رجب 1445هـ - 24 يناير 2024م", "2024-01-24"),
        ("12 رجب 1445هـ", "2024-01-24"),
        ("الأربعاء 12 رجب 1445 هـ الموافق 24 يناير 2024 م", "2024-01-24"),
        ("11 شوال 1441هـ - 03 يونيو 2020م", "2020-06-03"),
        ("24/1/2024 الموافق 12/7/1445هـ", "2024-01-24"),
        ("12/7/1445هـ", "2024-01-24"),
        ("۲۹ بهمن ۱۳۹۸ - ۰۶:۵۵", "2020-02-18T06:55"),
        ("2 تير 1399 - 12:09:08 ب.ظ", "2020-06-22T12:09:08"),
        ("سه‌شنبه ۲۹ بهمن ۱۳۹۸", "2020-02-18"),
        ("۱۳۹۸/۱۱/۲۹", "2020-02-18"),
        ("تاریخ انتشار: ۲۹ بهمن ۱۳۹۸ ساعت ۱۸:۳۰", "2020-02-18T18:30"),
        ("12 حوت 1399", "2021-03-02"),
        ("۱۲ مئی، ۲۰۲۴ء", "2024-05-12"),
        ("اتوار 12 مئی 2024", "2024-05-12"),
        ("12 במאי 2024", "2024-05-12"),
        ("פורסם: 12 במאי 2024, 14:30", "2024-05-12T14:30"),
        ("12 ئایار 2024", "2024-05-12"),
        ("12 ماي 2024", "2024-05-12"),
        ("Tuesday, 11 August 2015 - 00:00 am", "2015-08-11T00:00"),
        ("Tuesday, 11 August 2015 - 14:22 pm", "2015-08-11T14:22"),
        ("Mon, 2015-08-10 20:48", "2015-08-10T20:48"),
        ("Thu, 01 Mar 2018 22:50:47 +0400", "2018-03-01T22:50:47+04:00"),
        ("٠٢:٠٠ الثلاثاء ١ / ١٢ / ٢٠٢٠", "2020-12-01T02:00"),
        ("الساعة 5 مساءً الأحد 12 مايو 2024", "2024-05-12T17:00"),
        ("12 مايو 2024 11:30 ليلا", "2024-05-12T23:30"),
        ("12 مايو 2024 1:30 ليلا", "2024-05-12T01:30"),
        ("12 مايو 2024 1:30 ظهرا", "2024-05-12T13:30"),
        ("12 مايو 2024 4:30 عصرا", "2024-05-12T16:30"),
        ("12 مايو 2024 12:05 ص", "2024-05-12T00:05"),
        ("12 مايو 2024 14:30 بتوقيت مكة المكرمة", "2024-05-12T14:30+03:00"),
        ("12 مايو 2024 14:30 بتوقيت بيروت", "2024-05-12T14:30"),
        ("12 مايو 2024 14:30 GMT+3", "2024-05-12T14:30+03:00"),
        ("12 مايو 2024 14h30", "2024-05-12T14:30"),
        ("12/أيار/2024", "2024-05-12"),
        ("12-أيار-2024", "2024-05-12"),
        ("12 آيار / مايو 2024", "2024-05-12"),
        ("3 ت1 2020", "2020-10-03"),
        ("نشر في مايو 2024", "2024-05"),
        ("[ الأحد 12 مايو 2024 ]", "2024-05-12"),
        ("12 مايو2024", "2024-05-12"),
    ],
)
def test_a_line_that_is_a_date(line: str, iso: str) -> None:
    assert date_line(line.removeprefix("في ")).issued == iso


def test_of_two_names_that_differ_the_one_that_is_not_levantine_counts() -> None:
    assert parse("4 يناير/كانون الأول 2020") == "2020-01-04"


def test_a_change_is_no_issue() -> None:
    assert date_line("آخر تحديث: 3 مارس 2021 الساعة 14:05") == DateLine(modified="2021-03-03T14:05")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("04/05/2022", DateLine("2022-05-04", doubts=(Doubt.AMBIGUOUS,))),
        ("05/05/2022", DateLine("2022-05-05")),
        ("14/05/2022", DateLine("2022-05-14")),
    ],
)
def test_numbers_that_could_change_places_are_ambiguous(line: str, expected: DateLine) -> None:
    assert date_line(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "مايو",
        "في 3 مايو 2020 قال الوزير إن العمل بدأ",
        "31 فبراير 2020",
        "9 مايو 2020 صحة",
        "2020",
        "12:30",
        "1990-1995",
        "25:61 3 مايو 2020",
    ],
)
def test_another_line(line: str) -> None:
    assert not date_line(line)


@given(
    day=st.dates(date(1800, 1, 1), date(2099, 12, 31)),
    names=st.sampled_from(NAMES),
    others=st.sampled_from(NAMES),
    family=st.sampled_from(DigitFamily),
)
def test_every_day_in_every_spelling(
    *, day: date, names: list[str], others: list[str], family: DigitFamily
) -> None:
    month, other = names[day.month - 1], others[day.month - 1]
    year = to_digits(day.year, family)
    number = to_digits(day.day, family)
    assert parse(f"{number} {month} {year}") == day.isoformat()
    assert parse(f"{number} {month}/{other} {year}") == day.isoformat()
    assert parse(f"{month} {number}، {year}") == day.isoformat()


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.times())
def test_iso_comes_back(day: date, hour: time) -> None:
    iso = f"{day.isoformat()}T{hour.replace(microsecond=0).isoformat()}"
    assert parse(iso) == iso


@given(st.text(alphabet="0123456789٠١٢ /:-.مايوأيارصهـ،()", max_size=140))
def test_any_line_is_a_date_of_the_calendar_or_none(line: str) -> None:
    found = date_line(line)
    for iso in (found.issued, found.modified):
        if iso:
            assert 1800 <= date.fromisoformat(iso[:10]).year <= 2099


# --- what decides -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("04/05/2022", "ar", DateLine("2022-05-04", doubts=(Doubt.AMBIGUOUS,))),
        ("04/05/2022", "en", DateLine("2022-04-05", doubts=(Doubt.AMBIGUOUS,))),
        ("04/05/2022", "en-GB", DateLine("2022-05-04", doubts=(Doubt.AMBIGUOUS,))),
        ("Tuesday 04/05/2022", "ar", DateLine("2022-04-05")),
        ("الأربعاء 04/05/2022", "en", DateLine("2022-05-04")),
        ("04/05/2022 - 3 شوال 1443هـ", "en", DateLine("2022-05-04")),
        ("1399/04/12", "fa", DateLine("2020-07-02")),
        ("1399/04/12", "ar", DateLine("1979-03-10")),
        ("1399/04/12", "", DateLine("1979-03-10", doubts=(Doubt.AMBIGUOUS,))),
        ("۱۳۹۹/۰۴/۱۲", "", DateLine("2020-07-02", doubts=(Doubt.AMBIGUOUS,))),
        ("1399/04/12 هـ.ش", "", DateLine("2020-07-02")),
        ("12 رجب 1399", "fa", DateLine("1979-06-07")),
        ("12 تیر 1399", "ar", DateLine("2020-07-02")),
    ],
)
def test_language_weekday_and_the_other_calendar_decide(
    line: str, language: str, expected: DateLine
) -> None:
    assert date_line(line, language=language) == expected


def test_a_day_to_come_is_the_less_likely_reading() -> None:
    line = date_line("05/04/2022", language="ar", now="2022-04-20T10:00Z")
    assert line == DateLine("2022-04-05", doubts=(Doubt.AMBIGUOUS,))
    assert date_line("04/05/2022", now="2022-04-20T10:00Z").issued == "2022-04-05"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12 رجب 1445هـ - 30 يناير 2024م", DateLine("2024-01-30", doubts=(Doubt.CONTRADICTION,))),
        ("12 رجب 1445هـ - 26 يناير 2024م", DateLine("2024-01-26")),
        ("الخميس 12 رجب 1445هـ", DateLine("2024-01-25")),
        ("12 رجب 1445هـ - 31 فبراير 2024م", DateLine("2024-01-24", doubts=(Doubt.CONTRADICTION,))),
        ("12 رجب 1300هـ", DateLine(doubts=(Doubt.OUTSIDE,))),
        ("12 رجب 1501هـ", DateLine(doubts=(Doubt.OUTSIDE,))),
        ("12 رجب 1300هـ - 18 مايو 1883م", DateLine("1883-05-18")),
        ("29 صفر 1445هـ", DateLine("2023-09-14")),
        ("31 رجب 1445هـ", DateLine()),
        ("30 اسفند 1400", DateLine()),
        ("30 اسفند 1399", DateLine("2021-03-20")),
        ("4 يناير/كانون الأول 2020", DateLine("2020-01-04", doubts=(Doubt.AMBIGUOUS,))),
        ("السبت 4 تموز/أيلول 2020", DateLine("2020-07-04")),
    ],
)
def test_two_calendars_and_the_limits_of_one(line: str, expected: DateLine) -> None:
    assert date_line(line) == expected


def test_a_line_may_have_both_dates() -> None:
    line = "نشر في 3 مايو 2020 - آخر تحديث 4 مايو 2020 10:30"
    assert date_line(line) == DateLine("2020-05-03", "2020-05-04T10:30")


# --- relative dates -----------------------------------------------------------------------------

NOW = "2024-05-12T10:20:30Z"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("قبل ٣ ساعات", "2024-05-12T07:20Z"),
        ("منذ حوالي ثلاث ساعات", "2024-05-12T07:20Z"),
        ("قبل 12 دقيقة", "2024-05-12T10:08Z"),
        ("منذ ساعة واحدة", "2024-05-12T09:20Z"),
        ("منذ يومين", "2024-05-10"),
        ("قبل 11 يوماً", "2024-05-01"),
        ("قبل أسبوع", "2024-05-05"),
        ("قبل 5 أشهر", "2023-12"),
        ("منذ 3 سنوات", "2021"),
        ("نشر: منذ 5 دقائق", "2024-05-12T10:15Z"),
        ("نُشر أمس", "2024-05-11"),
        ("اليوم 09:15", "2024-05-12T09:15"),
        ("أمس الساعة 5 مساء", "2024-05-11T17:00"),
        ("قبل لحظات", "2024-05-12T10:20Z"),
        ("۳ ساعت پیش", "2024-05-12T07:20Z"),
        ("دو روز پیش", "2024-05-10"),
        ("دیروز ۱۲:۳۰", "2024-05-11T12:30"),
        ("3 گھنٹے قبل", "2024-05-12T07:20Z"),
        ("לפני 3 שעות", "2024-05-12T07:20Z"),
        ("לפני יומיים", "2024-05-10"),
        ("3 hours ago", "2024-05-12T07:20Z"),
        ("yesterday at 10:15", "2024-05-11T10:15"),
        ("٣ کاتژمێر لەمەوبەر", "2024-05-12T07:20Z"),
        ("3 سائەت بۇرۇن", "2024-05-12T07:20Z"),
    ],
)
def test_a_relative_date_counts_from_the_clock_that_is_given(line: str, iso: str) -> None:
    assert date_line(line, now=NOW) == DateLine(iso, doubts=(Doubt.COUNTED,))
    assert date_line(line) == DateLine(doubts=(Doubt.RELATIVE,))


def test_a_relative_change_is_no_issue() -> None:
    assert date_line("آخر تحديث: قبل ساعتين", now=NOW).modified == "2024-05-12T08:20Z"


@pytest.mark.parametrize(
    "line", ["أمس", "اليوم", "قبل عشر سنوات", "قبل الحرب", "منذ زمن", "ثلاثة أيام"]
)
def test_what_heads_a_story_is_no_relative_date(line: str) -> None:
    assert not date_line(line, now=NOW)


# --- whatever comes -----------------------------------------------------------------------------


@given(st.text(max_size=200), st.sampled_from(["", "ar", "fa", "en"]), st.sampled_from(["", NOW]))
def test_no_text_makes_it_fail(line: str, language: str, now: str) -> None:
    found = date_line(line, language=language, now=now)
    assert all(Metadata("", issued=iso) for iso in (found.issued, found.modified))


WORDS = (
    "12 2024 1445 1399 مايو أيار رجب تیر الأحد 12:30 م ص ه الساعة بتوقيت مكة gmt +3 نشر "
    "قبل ساعة / - ("
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=16), st.sampled_from(["", "ar", "fa"]))
def test_no_heap_of_the_words_of_dates_makes_it_fail(words: list[str], language: str) -> None:
    found = date_line(" ".join(words), language=language, now=NOW)
    assert all(Metadata("", issued=iso) for iso in (found.issued, found.modified))


@pytest.mark.parametrize(
    "unit", ["1 ", "12:30 ", "مايو ", "ب.", "بتوقيت ", "قبل ", "1/2/", "z ", "("]
)
def test_hostile_lines_take_no_time(unit: str) -> None:
    started = process_time()
    for length in (10, 100, 1_000, 100_000):
        for line in (unit * length, f"نشر {unit * length} 2024", f"12 مايو 2024 {unit * length}"):
            date_line(line, now=NOW)
    assert process_time() - started < 0.5


HIJRI_NAMES = (
    "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|"
    "رجب|شعبان|رمضان|شوال|ذو القعدة|ذي الحجة"
)
SOLAR_NAMES = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"


@given(st.dates(date(1924, 8, 1), date(2077, 11, 16)), st.sampled_from(DigitFamily))
def test_every_hijri_day_comes_back(day: date, family: DigitFamily) -> None:
    hijri = to_hijri(day)
    assert from_hijri(hijri) == day
    name = HIJRI_NAMES.split("|")[hijri.month - 1]
    line = to_digits(f"{hijri.day} {name} {hijri.year}هـ", family)
    assert parse(line) == day.isoformat()
    assert parse(to_digits(f"{hijri.day}/{hijri.month}/{hijri.year}هـ", family)) == day.isoformat()


@given(st.dates(date(1799, 3, 21), date(2123, 3, 20)), st.sampled_from(DigitFamily))
def test_every_solar_day_comes_back(day: date, family: DigitFamily) -> None:
    solar = to_solar(day)
    assert from_solar(solar) == day
    name = SOLAR_NAMES.split("|")[solar.month - 1]
    assert parse(to_digits(f"{solar.day} {name} {solar.year}", family)) == day.isoformat()
    numeric = to_digits(f"{solar.year}/{solar.month:02}/{solar.day:02}", family)
    assert parse(numeric, language="fa") == day.isoformat()


@pytest.mark.parametrize(
    ("solar", "day"),
    [
        (Day(1300, 1, 1), date(1921, 3, 21)),
        (Day(1357, 11, 22), date(1979, 2, 11)),
        (Day(1375, 1, 1), date(1996, 3, 20)),
        (Day(1395, 12, 30), date(2017, 3, 20)),
        (Day(1399, 1, 1), date(2020, 3, 20)),
        (Day(1403, 12, 30), date(2025, 3, 20)),
        (Day(1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_the_solar_years_known_from_almanacs(solar: Day, day: date) -> None:
    assert from_solar(solar) == day
    assert to_solar(day) == solar


def test_a_calendar_ends_where_its_tables_do() -> None:
    with pytest.raises(OutsideCalendarError):
        from_hijri(Day(1342, 1, 1))
    with pytest.raises(OutsideCalendarError):
        to_hijri(date(1924, 7, 31))
    with pytest.raises(OutsideCalendarError):
        to_solar(date(1799, 3, 20))
    with pytest.raises(OutsideCalendarError):
        from_solar(Day(1502, 1, 1))
