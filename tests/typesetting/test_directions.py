"""Marks of direction stand where runs could be read in another order, and nowhere else."""

from __future__ import annotations

import pytest

from exporter.typesetting.exact_text.clusters import Cluster, Glyph
from exporter.typesetting.exact_text.directions import (
    LRM,
    RLM,
    Box,
    Marks,
    marked,
    marks_of_line,
)

NOTHING = Marks()


def test_a_line_of_one_run_has_no_marks() -> None:
    assert marks_of_line([Box("قال الكاتب.", rtl=True)]) == (NOTHING,)
    assert marks_of_line([]) == ()


def test_runs_of_a_line_are_parted() -> None:
    line = [Box("نظام ", rtl=True), Box("Chrome", rtl=False), Box("، ثم", rtl=True)]
    assert marks_of_line(line) == (Marks(LRM + RLM), NOTHING, Marks(right=RLM))


@pytest.mark.parametrize("phrase", ["Chrome OS", "T430", "a@b.org"])
def test_a_phrase_against_the_line_is_a_line_of_its_own_to_pdfium(phrase: str) -> None:
    line = [Box("نظام ", rtl=True), Box(phrase, rtl=False), Box("، ثم", rtl=True)]
    before, within, after = marks_of_line(line)
    assert [one.apart for one in (before, within, after)] == ["", LRM * 2, RLM * 2]
    # A mark is drawn last and first on both sides of each edge.
    assert all((before.right, within.left, within.right, after.left))


def test_after_a_phrase_every_run_is_a_line() -> None:
    texts = ("Chrome OS", " ثم ", "Ruby", " ثم عاد")
    line = [Box(text, rtl=not text.isascii()) for text in texts]
    assert [bool(one.apart) for one in marks_of_line(line)] == [False, True, True, True]


def test_a_run_with_a_tag_in_it_is_begun_at_its_left_end() -> None:
    line = [
        Box("Chrome OS", rtl=False, left=70),
        Box(" و", rtl=True, left=60),
        Box("كتاب", rtl=True, left=30),
    ]
    _, first, last = marks_of_line(line)
    assert (first.apart, first.shift) == (RLM + LRM, -30)
    assert last.left.startswith(RLM * 2)


@pytest.mark.parametrize("word", ["Chrome", "2022", "1,250.00", "٢٠٢٢"])
def test_a_word_or_a_number_stays_in_its_line(word: str) -> None:
    line = [Box("نظام ", rtl=True), Box(word, rtl=False), Box("، ثم", rtl=True)]
    assert not any(one.apart for one in marks_of_line(line))


def test_more_latin_words_than_arabic_ones_are_all_apart() -> None:
    line = [Box(" ، ", rtl=True), Box("Ruby", rtl=False), Box("، ", rtl=True)]
    assert [bool(one.apart) for one in marks_of_line(line)] == [False, True, True]


def test_an_arabic_phrase_in_an_english_line_is_apart() -> None:
    line = [Box("He wrote ", rtl=False), Box("كتاب كبير", rtl=True), Box(" in May", rtl=False)]
    assert [bool(one.apart) for one in marks_of_line(line, rtl=False)] == [False, True, True]


def test_a_number_has_a_mark_on_both_sides() -> None:
    line = [Box("عام", rtl=True), Box("2022", rtl=False), Box("كان", rtl=True)]
    assert marks_of_line(line)[1] == Marks(LRM)
    arabic = [Box("عام", rtl=True), Box("٢٠٢٢", rtl=False), Box("كان", rtl=True)]
    assert marks_of_line(arabic)[1] == Marks(right=LRM)


def test_a_word_with_a_tag_in_it_stays_whole() -> None:
    line = [Box("قال و", rtl=True), Box("كتب", rtl=True), Box(" كتابًا", rtl=True)]
    first, second, third = marks_of_line(line)
    assert LRM not in second.left
    assert LRM in third.left
    assert RLM not in first.left + first.right + second.left + second.right


def clusters(text: str, *, rtl: bool = True) -> list[Cluster]:
    drawn = text[::-1] if rtl else text
    return [Cluster(None, rtl, letter, (Glyph(1, 0, 0, 9),), 9) for letter in drawn]


def left_to_right(text: str, marks: Marks = NOTHING, *, rtl: bool = True) -> list[str]:
    return [cluster.text for cluster in marked(clusters(text, rtl=rtl), marks)]


@pytest.mark.parametrize("text", ["قال", "قال الكاتب", "سأل؟", "قال، ثم كتب", "Chrome OS"])
def test_plain_text_has_no_marks(text: str) -> None:
    rtl = "C" not in text
    assert left_to_right(text, rtl=rtl) == list(text[::-1] if rtl else text)


def test_punctuation_at_the_end_of_a_line_is_marked() -> None:
    assert left_to_right("قال.") == [RLM, ".", "ل", "ا", "ق"]


def test_arabic_digits_are_one_code() -> None:
    assert left_to_right("١٢٫٥", rtl=False) == [f"{LRM}١٢٫٥"]
    assert left_to_right("https://", rtl=False) == list("https://")


def test_a_hyphen_and_a_space_at_an_edge_share_a_code_with_their_mark() -> None:
    assert left_to_right("اب-جد") == ["د", "ج", f"{RLM}-", "ب", "ا"]
    assert left_to_right("اب ", Marks(RLM)) == [f"{RLM} ", "ب", "ا"]


def test_a_bracket_takes_nothing_along() -> None:
    assert left_to_right("اب (", Marks(RLM)) == [RLM, "(", f"{RLM} ", "ب", "ا"]
