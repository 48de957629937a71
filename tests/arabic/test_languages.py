"""Languages are told apart by script, letters and function words."""

from __future__ import annotations

import pytest

from exporter.arabic.languages import detect, direction_of
from exporter.article import Direction


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("لم يبق من البحيرة غير خط أبيض من الملح", "ar"),
        ("نظام Google Chrome OS على حاسوب Lenovo ThinkPad القديم في المدرسة الابتدائية", "ar"),
        ("دریاچه را دیگر کسی به یاد نمی\N{ZERO WIDTH NON-JOINER}آورد و نمک بر آن نشسته است", "fa"),
        ("اين گزارش را وزير در مجلس خواند و گفت كه كار تمام شده است", "fa"),
        ("جھیل کے کنارے اب صرف نمک کی ایک لکیر رہ گئی ہے", "ur"),
        ("מן האגם נשאר רק קו לבן של מלח", "he"),
        ("Nothing is left of the lake but a white line of salt", "en"),
        ("12 / 34", "ar"),
        ("", "ar"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("UR", "rtl"), ("he", "rtl"), ("en", "ltr"), ("ku", "ltr")],
)
def test_direction(language: str, direction: str) -> None:
    assert direction_of(language) is Direction(direction)
