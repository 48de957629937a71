"""Abjad letters as numbers."""

from __future__ import annotations

import pytest

from exporter.arabic.abjad import LETTERS, to_abjad


def test_the_letters_stand_in_their_old_order() -> None:
    words = "أبجد هـوز حطي كلمن سعفص قرشت ثخذ ضظغ"
    assert "".join(LETTERS) == words.replace(" ", "")
    assert len(set(LETTERS)) == 28


@pytest.mark.parametrize(("number", "letter"), [(1, "أ"), (5, "هـ"), (11, "ك"), (28, "غ")])
def test_a_number_has_its_letter(number: int, letter: str) -> None:
    assert to_abjad(number) == letter


@pytest.mark.parametrize("number", [-1, 0, 29, 1000])
def test_there_is_no_letter_for_the_rest(number: int) -> None:
    assert not to_abjad(number)
