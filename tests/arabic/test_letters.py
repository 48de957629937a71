"""The letters that mark the items of a list."""

from __future__ import annotations

import pytest

from exporter.arabic.letters import letter, letters_of
from exporter.article import ListKind


@pytest.mark.parametrize(
    ("kind", "language", "marks"),
    [
        (ListKind.LETTERED, "ar", "أ ب ج د هـ و ز ح ط ي ك ل"),
        (ListKind.ALPHABETICAL, "ar-EG", "أ ب ت ث ج ح خ د"),
        (ListKind.ALPHABETICAL, "fa", "ا ب پ ت ث ج چ"),
        (ListKind.LETTERED, "he", "א ב ג ד"),
        (ListKind.LETTERED, "en", "a b c d"),
    ],
)
def test_the_letters_are_those_of_the_language(kind: ListKind, language: str, marks: str) -> None:
    letters = letters_of(kind, language=language)
    expected = marks.split()
    assert [letter(number, letters) for number in range(1, len(expected) + 1)] == expected


def test_letters_double_after_the_last_and_begin_with_one() -> None:
    letters = letters_of(ListKind.LETTERED, language="ar")
    assert [letter(number, letters) for number in (28, 29, 56, 57)] == ["غ", "أأ", "أغ", "بأ"]
    assert [letter(number, letters) for number in (0, -3)] == ["", ""]
