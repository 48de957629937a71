"""Languages are told apart by script, letters and function words."""

from __future__ import annotations

import time

import pytest

from exporter.arabic.languages import detect, direction_of, identify
from exporter.article import Direction


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("لم يبق من البحيرة غير خط أبيض من الملح", "ar"),
        ("نظام Google Chrome OS على حاسوب Lenovo ThinkPad القديم في المدرسة الابتدائية", "ar"),
        ("دریاچه را دیگر کسی به یاد نمی\N{ZERO WIDTH NON-JOINER}آورد و نمک بر آن نشسته است", "fa"),
        ("اين گزارش را وزير در مجلس خواند و گفت كه كار تمام شده است", "fa"),
        ("جھیل کے کنارے اب صرف نمک کی ایک لکیر رہ گئی ہے", "ur"),
        ("کەس دەریاچەکەی لە بیر نەماوە و خوێ لەسەری نیشتووە", "ckb"),
        ("ھازىر كۆلنى ھېچكىم ئەسلىمەيدۇ، ئۇنىڭ ئۈستىنى تۇز قاپلىغان", "ug"),
        ("خوێ و نان", "ckb"),
        ("تۇز ۋە نان", "ug"),
        ("نمک اور پانی", "ur"),
        ("نان و نمک", "fa"),
        ("الملح والخبز", "ar"),
        ("باب", "ar"),
        ("قال: «دریاچه را دیگر کسی به یاد نمی آورد» ثم سكت ونظر إلى الماء من نافذة القطار", "ar"),
        ("او گفت: «لم يبق من البحيرة غير الملح» و به خانه بازگشت و در را بست و چیزی نگفت", "fa"),
        ("اس نے کہا «دریاچه را کسی به یاد نمی آورد» اور گھر کی طرف چل پڑا اور پھر نہیں لوٹا", "ur"),
        ("ئەو گوتی «لم يبق من البحيرة» و گەڕایەوە بۆ ماڵ و دەرگاکەی داخست و هیچی نەگوت", "ckb"),
        ("ئۇ «لم يبق من البحيرة» دەپ ئۆيىگە قايتتى ۋە ئىشىكنى تاقاپ ھېچنېمە دېمىدى", "ug"),
        ("מן האגם נשאר רק קו לבן של מלח", "he"),
        ("Nothing is left of the lake but a white line of salt", "en"),
        ("انظر https://www.example.org/articles/2023/05/the-history-of-writing.html هنا", "ar"),
        ("راسلوا editors.of.the.magazine@letters.example.org أو @the_magazine_of_letters", "ar"),
        ("اكتب الأمر:\n```python\nfor line in open(path): print(line.strip())\n```", "ar"),
        ("قسم Department of Computer Science and Engineering في الجامعة", "ar"),
        ("The word كتاب means a book, and many others come from its root", "en"),
        ("12 / 34", "ar"),
        ("", "ar"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("لم يبق من البحيرة غير خط أبيض من الملح", True),
        ("دریاچه را دیگر کسی به یاد نمی آورد", True),
        ("سلام", True),
        ("سلام سلام سلام سلام", False),
        ("قال في البيت من را به از", False),
        ("12 / 34", True),
    ],
)
def test_what_is_not_sure_is_said(*, text: str, is_sure: bool) -> None:
    assert identify(text).is_sure is is_sure


def test_the_reason_is_kept() -> None:
    assert identify("لم يبق من البحيرة غير خط من الملح").evidence[:2] == ("من", "لم")
    assert identify("جھیل کے کنارے").evidence == ("کے", "ے", "ھ")


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *(
            ("ar", "rtl"),
            ("fa-IR", "rtl"),
            ("UR", "rtl"),
            ("ckb", "rtl"),
            ("ug", "rtl"),
            ("he", "rtl"),
            ("en", "ltr"),
        ),
        *(("ku", "ltr"), ("ku-Arab", "rtl"), ("az-Arab-IR", "rtl"), ("pa-arab", "rtl")),
        *(("uz_Arab", "rtl"), ("ar-Latn", "ltr"), ("fa-Cyrl-TJ", "ltr"), ("yi-Hebr", "rtl")),
        *(("ar-arz-Arab", "rtl"), ("de-1996", "ltr"), ("en-u-nu-arab", "ltr"), ("", "ltr")),
    ],
)
def test_direction(language: str, direction: str) -> None:
    assert direction_of(language) is Direction(direction)


def test_a_hostile_text_takes_linear_time() -> None:
    started = time.process_time()
    for text in ("a" * 200_000, "a@" * 100_000, "```\n" * 50_000, "`" * 200_000, "a.-" * 66_000):
        assert detect(text + "\nلم يبق من البحيرة غير خط من الملح") in ("ar", "en")
    assert time.process_time() - started < 5
