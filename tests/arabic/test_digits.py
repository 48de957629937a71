"""Digit families: seen in a text, written for our own numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.arabic.digits import DigitFamily, family_of, is_number, to_digits


@pytest.mark.parametrize(
    ("text", "language", "family"),
    [
        ("في ١٤ دقيقة و٣٥ ثانية عام 2020", "ar", DigitFamily.ARABIC),
        ("في 14 دقيقة", "ar", DigitFamily.WESTERN),
        ("در ۱۴ دقیقه", "fa", DigitFamily.PERSIAN),
        ("بلا أرقام", "ar", DigitFamily.ARABIC),
        ("بلا أرقام", "ar-MA", DigitFamily.ARABIC),
        ("بی عدد", "fa", DigitFamily.PERSIAN),
        ("no numbers", "en", DigitFamily.WESTERN),
    ],
)
def test_the_family_most_numbers_use(text: str, language: str, family: DigitFamily) -> None:
    assert family_of(text, language=language) is family


def test_a_long_number_counts_once() -> None:
    assert family_of("1234567890 ثم ٣ ثم ٤") is DigitFamily.ARABIC


def test_only_digits_change() -> None:
    assert to_digits("ص 12-۳٤", DigitFamily.ARABIC) == "ص ١٢-٣٤"


@given(st.integers(min_value=0), st.sampled_from(DigitFamily))
def test_a_number_keeps_its_value(number: int, family: DigitFamily) -> None:
    assert int(to_digits(number, family)) == number


@pytest.mark.parametrize("text", ["0", "١٢٬٥٠٠", "3.14", "-7", "۲۰ ٪", "1 250,5", "94.6%"])
def test_a_number_is_known(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "-", "عام 2023", "2.", "12 GB", "١٢/٥"])
def test_what_has_more_in_it_is_no_number(text: str) -> None:
    assert not is_number(text)
