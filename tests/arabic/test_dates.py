"""Date lines as articles write them, and lines that are none."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.arabic.dates import DateLine, Doubt, date_line, parse
from exporter.arabic.digits import DigitFamily, to_digits

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
