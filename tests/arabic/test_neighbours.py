"""Passages in a neighbour's language: told when they are sure, left alone when they are not."""

from __future__ import annotations

import pytest

from exporter.arabic.neighbours import language_inside
from tests.writers.test_lines import PERSIAN, URDU

ARABIC = (
    "كتب الناس بالحرف العربي لغات كثيرة، وفي كل لغة منها زاد الكتّاب حروفًا ونقطًا.",
    "وَقِفْ بِالدِّيَارِ الَّتِي لَمْ يُعَفِّهَا القِدَمُ إِلَّا بَقِيَّةَ رَسْمٍ كَادَ يَنْفَصِمُ",
)


@pytest.mark.parametrize("around", ["ar", "fa", "ur"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "fa") for text in PERSIAN),
        *((text, "ur") for text in URDU),
        *((text, "ar") for text in ARABIC),
        ("ئەم وتارە بە زمانی کوردی نووسراوە و هەموو کەس لە شارەکەدا بۆ خوێندنەوەی هات", "ckb"),
    ],
)
def test_a_paragraph_is_told_from_what_is_around_it(text: str, language: str, around: str) -> None:
    assert language_inside(text, around) == ("" if language == around else language)


@pytest.mark.parametrize(
    "text",
    [
        "زار الكاتب پاريس وگرنوبل وچاد ثم عاد إلى بلده",  # names with letters of another keyboard
        "قال علی إن الکتاب فی البیت وهو علی الطاولة منذ الیوم الذی رأیته فیه",  # typed in Iran
        "اقرأ «گلستان» و«چهل ساعت محاکمه» من تأليف كاتبين من شيراز",
        "خدا حافظ",
        "پاکستان زندہ باد",
        "ترجمة عبارة «چه خبر» هي: ما الأخبار؟ وهي تحية شائعة بين الناس في إيران",
        "",
    ],
)
def test_arabic_with_names_titles_and_foreign_keyboards_stays_arabic(text: str) -> None:
    assert language_inside(text, "ar") == ""


def test_an_article_in_a_language_of_another_script_is_left_alone() -> None:
    assert language_inside(URDU[0], "en") == ""
