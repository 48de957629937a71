"""Lines of credits: persons parted from agencies, papers, places, titles and dates."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.arabic.folding import fold_words
from exporter.arabic.names import Credits, credits_of, is_credit, without_title


def told(line: str) -> tuple[list[str], str, str]:
    found = credits_of(line)
    names = [
        creator.name if creator.role == "aut" else f"{creator.role} {creator.name}"
        for creator in found.creators
    ]
    return names, found.publisher, found.place


@pytest.mark.parametrize(
    ("line", "people", "publisher", "place"),
    [
        ("سهام العقيلي", ["سهام العقيلي"], "", ""),
        ("الدكتورة سهام العقيلي", ["الدكتورة سهام العقيلي"], "", ""),
        ("القاهرة - جان مراد", ["جان مراد"], "", "القاهرة"),
        ("القاهرة ـ جان مراد:", ["جان مراد"], "", "القاهرة"),
        ("القاهرة: د. جان مراد", ["د. جان مراد"], "", "القاهرة"),
        ("جان مراد - القاهرة", ["جان مراد"], "", "القاهرة"),
        ("جان مراد (حلب)", ["جان مراد"], "", "حلب"),
        ("جان مراد من حلب", ["جان مراد"], "", "حلب"),
        ("وادي النخيل - جان مراد", ["جان مراد"], "", "وادي النخيل"),
        ("جان مراد- السطر- صنعاء:", ["جان مراد"], "السطر", "صنعاء"),
        ("مهاوي الوردان - السطر - صنعاء", ["مهاوي الوردان"], "السطر", "صنعاء"),
        ("السطر- صنعاء:", [], "السطر", "صنعاء"),
        ("«السطر» من صنعاء", [], "السطر", "صنعاء"),
        ("جان مراد - هند سعد - جدة", ["جان مراد", "هند سعد"], "", "جدة"),
        ("جان مراد وهند سعد - جدة", ["جان مراد", "هند سعد"], "", "جدة"),
        ("جان مراد، رويترز - القاهرة، جدة", ["جان مراد"], "رويترز", "القاهرة، جدة"),
        ("رويترز", [], "رويترز", ""),
        ("(د. ب. أ)", [], "د. ب. أ", ""),
        ("برلين:د ب أ", [], "د ب أ", "برلين"),
        ("ا ف ب - لندن", [], "ا ف ب", "لندن"),
        ("سيول - (أ ف ب)", [], "أ ف ب", "سيول"),
        ("نيون ـ الفرنسية", [], "الفرنسية", "نيون"),
        ("السطر.نت - وكالات", [], "السطر.نت", ""),
        ("دبي - بوابة السطر للأخبار", [], "بوابة السطر للأخبار", "دبي"),
        ("كتب - جان مراد:", ["جان مراد"], "", ""),
        ("جاك دوران؛ ترجمة- هند سعد", ["جاك دوران", "trl هند سعد"], "", ""),
        ("جدة - هند سعد (تصوير جان مراد)", ["هند سعد", "pht جان مراد"], "", "جدة"),
        ("بقلم: هند سعد - بيروت", ["هند سعد"], "", "بيروت"),
        ("رسوم: هند سعد", ["ill هند سعد"], "", ""),
        ("جمع: هند سعد", ["com هند سعد"], "", ""),
        ("تدقيق لغوي: هند سعد", ["pfr هند سعد"], "", ""),
        ("مراجعة: هند سعد", ["edt هند سعد"], "", ""),
        ("عکس: مریم رضایی", ["pht مریم رضایی"], "", ""),
        ("By Jane Doe, Reuters", ["Jane Doe"], "Reuters", ""),
        ("الجواهري", [], "الجواهري", ""),
        ("شعر: الجواهري", ["الجواهري"], "", ""),
    ],
)
def test_whom_a_line_credits(line: str, people: list[str], publisher: str, place: str) -> None:
    assert told(line) == (people, publisher, place)


@pytest.mark.parametrize(
    ("line", "people", "date"),
    [
        ("جان مراد | الأحد 12 مايو 2024", ["جان مراد"], "الأحد 12 مايو 2024"),
        ("12 مايو 2024 - جان مراد", ["جان مراد"], "12 مايو 2024"),
        ("بقلم: جان مراد | Mon, 2015-08-10 20:48", ["جان مراد"], "Mon, 2015-08-10 20:48"),
        ("| Tuesday, 11 August 2015 - 00:00 am", [], "Tuesday, 11 August 2015 - 00:00 am"),
    ],
)
def test_a_date_beside_a_name_is_parted_from_it(line: str, people: list[str], date: str) -> None:
    found = credits_of(line)
    assert ([one.name for one in found.creators], found.date) == (people, date)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("مراسل الصحيفة - جان مراد", "مراسل الصحيفة"),
        ("جدة - وكالات", "وكالات"),
        ("9f398f8b-6a15-4f40-b672-efba70878e0b", "9f398f8b-6a15-4f40-b672-efba70878e0b"),
        ("من قال هذا؟ نحن.. قلناه", "من قال هذا؟ نحن.. قلناه"),
    ],
)
def test_what_is_neither_is_kept_apart(line: str, rest: str) -> None:
    assert credits_of(line).rest == (rest,)


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("د. هند سعد", "هند سعد"),
        ("أ.د. هند سعد", "هند سعد"),
        ("أ. د. هند سعد", "هند سعد"),
        ("العميد هند سعد", "هند سعد"),
        ("اللواء الركن الدكتور جان مراد", "جان مراد"),
        ("الشيخ د. جان مراد", "جان مراد"),
        ("دکتر مریم رضایی", "مریم رضایی"),
        ("Dr. Jane Doe", "Jane Doe"),
        ("هند سعد", "هند سعد"),
        ("العميد", "العميد"),
        ("دينا سعد", "دينا سعد"),
    ],
)
def test_the_title_is_parted_for_filing_and_stays_in_the_credit(name: str, filed: str) -> None:
    assert without_title(name) == filed
    (creator,) = credits_of(f"بقلم: {name}").creators
    assert (creator.name, creator.file_as) == (name, filed if filed != name else "")


@pytest.mark.parametrize(
    "line",
    [
        "القاهرة - جان مراد",
        "جان مراد- السطر- صنعاء:",
        "السطر- صنعاء:",
        "السطر - صنعاء",
        "رويترز",
        "(أ ف ب)",
        "السطر.نت",
        "كتب - جان مراد:",
        "بيروت: جان مراد",
        "جان مراد | الأحد 12 مايو 2024",
    ],
)
def test_a_line_of_credits(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "بيروت: ذاكرة المدينة",
        "بيروت: مركز المدينة في الليل",
        "jane.doe@example.com",
        "القاهرة - وكالات",
        "القاهرة - الخرطوم",
        "عاد من لندن إلى القاهرة في الصيف",
        "ربما......",
        "أ- أن يكون مكتوبا بالعربية",
        "1962- حفر الأهالي البئر",
        "وقال السكان إنهم سمعوا صوته أول مرة في الصباح الباكر من يوم ماطر.",
        "كثرة الضخ من آبار قريبة",
        "ملف > خيارات > عرض",
        "مصر",
        "",
    ],
)
def test_a_line_that_only_looks_like_credits(line: str) -> None:
    assert not is_credit(line)


@given(st.text(max_size=160))
def test_no_text_makes_it_fail_and_nothing_is_lost(line: str) -> None:
    found = credits_of(line)
    assert is_credit(line) in (True, False)
    if any(letter.isalpha() for letter in fold_words(line)):
        assert found != Credits()


@pytest.mark.parametrize(
    "unit", ["جان - ", "د. ", "و", "من ", "| ", "(", "كتب ", "ا ", "12 مايو 2024 - "]
)
def test_hostile_lines_take_no_time(unit: str) -> None:
    started = process_time()
    for length in (10, 100, 1_000, 100_000):
        credits_of(unit * length)
        is_credit(unit * length)
    assert process_time() - started < 0.5
