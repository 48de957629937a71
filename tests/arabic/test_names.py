"""Bylines: who is credited with what, and the sentences that credit nobody."""

from __future__ import annotations

import pytest

from exporter.arabic.names import byline, byline_place, looks_like_name, split_names


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("بقلم: يونس الحمداوي", ["aut يونس الحمداوي"]),
        ("بقلم يونس الحمداوي", ["aut يونس الحمداوي"]),
        ("كتبت أسماء نصار", ["aut أسماء نصار"]),
        ("شعر: مازن الورداني", ["aut مازن الورداني"]),
        ("حوار: سهام العقيلي", ["ivr سهام العقيلي"]),
        ("حوار وتصوير: علي نصر", ["ivr علي نصر", "pht علي نصر"]),
        ("تحرير: وليد سعد", ["edt وليد سعد"]),
        ("تحریر: عائشہ خان", ["aut عائشہ خان"]),
        ("كتب: جان مراد – ترجمة: سعاد مراد", ["aut جان مراد", "trl سعاد مراد"]),
        ("بقلم: أحمد علي ومحمد سالم ووليد سعد", ["aut أحمد علي", "aut محمد سالم", "aut وليد سعد"]),
        ("ترجمة: أحمد علي / هند سعد", ["trl أحمد علي", "trl هند سعد"]),
        ("By Jane Doe", ["aut Jane Doe"]),
        ("به قلم مریم رضایی", ["aut مریم رضایی"]),
        ("מאת: דנה לוי", ["aut דנה לוי"]),
        ("رسوم: هند سعد – تدقيق لغوي: جان مراد", ["ill هند سعد", "pfr جان مراد"]),
    ],
)
def test_byline(line: str, people: list[str]) -> None:
    assert [f"{creator.role} {creator.name}" for creator in byline(line)] == people


@pytest.mark.parametrize(
    "line",
    [
        "كتب الرجل رسالة إلى أخيه",
        "تقرير الأمم المتحدة",
        "صور من المدينة",
        "ترجمة: كيف تعلمت اللغة في شهرين؟",
        "تحرير المدينة",
        "بقلم رصاص كتبت القصيدة على الجدار في ليلة واحدة من ليالي الشتاء",
    ],
)
def test_no_byline(line: str) -> None:
    assert byline(line) == ()


def test_a_name_that_begins_with_waw_is_not_cut() -> None:
    assert split_names("سعد وليد وفاء نصر وهالة") == ["سعد وليد وفاء نصر", "هالة"]


@pytest.mark.parametrize("line", ["نورهان نبيل", "عبد الله بن يحيى", "د. محمد أبو زيد"])
def test_a_name(line: str) -> None:
    assert looks_like_name(line)


@pytest.mark.parametrize("line", ["خسارة بدأت بعاصفة", "محمد", "سؤال في البحر", "محمد، من جديد"])
def test_no_name(line: str) -> None:
    assert not looks_like_name(line)


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [
        ("كتبت: منى عبد الله | القاهرة", "منى عبد الله", "القاهرة"),
        ("كتب: جان مراد - بيروت", "جان مراد", "بيروت"),
        ("بقلم: منى عبد الله – سوهاج", "منى عبد الله", "سوهاج"),
        ("كتب: القاهرة - محمد علي", "محمد علي", "القاهرة"),
        ("بقلم: أحمد علي", "أحمد علي", ""),
    ],
)
def test_a_place_is_no_part_of_a_name(line: str, name: str, place: str) -> None:
    assert [creator.name for creator in byline(line)] == [name]
    assert byline_place(line) == place
