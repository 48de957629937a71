"""What one line says by its wording: a site's own phrase, or nothing of the kind."""

from __future__ import annotations

import pytest

from exporter.arabic.boilerplate import (
    _CATALOGUE,
    Boilerplate,
    BoilerplateClass,
    Extent,
    boilerplate_of,
    is_trail,
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("الرئيسية", BoilerplateClass.NAVIGATION),
        ("درباره ما", BoilerplateClass.NAVIGATION),
        ("شارك الخبر", BoilerplateClass.SHARE),
        ("فيسبوك تويتر واتساب RSS", BoilerplateClass.SHARE),
        ("إقرأ أيضاً:", BoilerplateClass.READ_ALSO),
        ("برچسب\N{ZERO WIDTH NON-JOINER}ها", BoilerplateClass.TAGS),
        ("تابعونا على", BoilerplateClass.FOLLOW_US),
        ("الوسوم:", BoilerplateClass.TAGS),
        ("المصدر", BoilerplateClass.SOURCE),
        ("مقالات ذات صلة", BoilerplateClass.RELATED),
        ("اترك تعليقًا", BoilerplateClass.COMMENTS),
        ("الحقول الإلزامية مشار إليها بـ *", BoilerplateClass.COMMENTS),
        ("سبعة × 4 =", BoilerplateClass.CAPTCHA),
        ("٣ + خمسة = ؟", BoilerplateClass.CAPTCHA),
        ("name@example.org", BoilerplateClass.CONTACT),
        ("جميع الحقوق محفوظة", BoilerplateClass.COPYRIGHT),
        ("العودة إلى الأعلى", BoilerplateClass.BACK_TO_TOP),
        ("إعلان", BoilerplateClass.META),
        ("٣ دقائق قراءة", BoilerplateClass.META),
        ("مدة القراءة: خمس دقائق", BoilerplateClass.META),
        ("قراءة في 4 دقائق", BoilerplateClass.META),
        ("5 min read", BoilerplateClass.META),
    ],
)
def test_a_line_that_is_a_phrase(line: str, kind: BoilerplateClass) -> None:
    assert boilerplate_of(line) == Boilerplate(kind, Extent.WHOLE)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("اقرأ أيضا: البحيرة التي عادت", BoilerplateClass.READ_ALSO),
        ("للمزيد: البحيرة التي عادت", BoilerplateClass.READ_ALSO),
        ("تابع مجلة الواحة على التلغرام telegram", BoilerplateClass.FOLLOW_US),
        ("المصدر: مجلة الواحة", BoilerplateClass.SOURCE),
        ("للتواصل: name@example.org", BoilerplateClass.CONTACT),
        ("© ٢٠٢٤ مجلة الواحة", BoilerplateClass.COPYRIGHT),
        ("السابق: البحيرة التي عادت", BoilerplateClass.NAVIGATION),
    ],
)
def test_a_line_that_opens_with_a_phrase(line: str, kind: BoilerplateClass) -> None:
    assert boilerplate_of(line) == Boilerplate(kind, Extent.OPENING)


@pytest.mark.parametrize(
    "line",
    [
        "للمزيد من الملح كان التجار يقطعون الصحراء",
        "تابعوا السير حتى بلغوا البئر",
        "المصدر الوحيد للماء كان قربة",
        "الموقعة الأخيرة",
        "س = 3 + ص",
        "خمس دقائق قراءة كل صباح",
        "اقرأ أيضا على الجدار ما كتبه السجناء",
        "اقرأ أيضا: " + "كلام طويل " * 20,
    ],
)
def test_another_line(line: str) -> None:
    assert boilerplate_of(line) is None


@pytest.mark.parametrize("line", ["شارك على فيسبوك", "مشاركة عبر واتساب", "شاركها في تويتر"])
def test_sharing_by_a_network_s_name(line: str) -> None:
    found = boilerplate_of(line)
    assert found is not None
    assert found.kind is BoilerplateClass.SHARE


@pytest.mark.parametrize(
    "line",
    [
        "الرئيسية > أخبار > ثقافة",
        "الرئيسية » ثقافة",
        "الرئيسية / ثقافة / مكتبة تعود إلى الحي القديم",
        "أخبار › ثقافة › كتب",
        "ثقافة | فنون",
        "Home > News",
    ],
)
def test_breadcrumbs(line: str) -> None:
    assert is_trail(line)


@pytest.mark.parametrize(
    "line",
    [
        "الطاهي | المهندس",
        "حب / حرب / سلام",
        "بين السياسة / الثقافة والرياضة",
        "س > ص",
        "«الرئيسية» مسرحية جديدة",
        "الرئيسية",
    ],
)
def test_no_breadcrumbs(line: str) -> None:
    assert not is_trail(line)


def test_every_class_of_the_table_is_known() -> None:
    assert set(_CATALOGUE) - {"sections"} <= set(BoilerplateClass)
