"""Corrections: the user's words over what was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exporter.article import Article, Creator, Metadata, Paragraph, Reading, Role, Text
from exporter.corrections import Corrections, correct
from exporter.errors import UsageError
from exporter.identity import identify
from exporter.notices import Notice, NoticeCode

READ = Reading(
    Article(
        Metadata("كلمات أولى", creators=(Creator("ليلى", Role.TRANSLATOR),), issued="2024-03-05"),
        (Paragraph((Text("فقرة."),)),),
    ),
    (
        Notice(NoticeCode.TITLE_GUESSED, text="كلمات أولى"),
        Notice(NoticeCode.DATE_AMBIGUOUS, text="05/03/2024", detail="2024-03-05"),
        Notice(NoticeCode.BOILERPLATE_DROPPED, text="شارك"),
    ),
)


def test_an_author_of_the_user_s_is_filed_without_the_title() -> None:
    corrected = correct(READ, Corrections(creators=("د. هند سعد",))).article.metadata
    assert corrected.creators == (Creator("د. هند سعد", file_as="هند سعد"),)


def test_nothing_to_correct_changes_nothing() -> None:
    assert correct(READ, Corrections()) is READ


def test_what_is_said_replaces_what_was_read_and_nothing_else() -> None:
    corrected = correct(READ, Corrections(publisher="دار", language="fa")).article
    assert corrected.metadata.publisher == "دار"
    assert corrected.metadata.language == "fa"
    assert corrected.metadata.title == "كلمات أولى"
    assert corrected.metadata.creators == (Creator("ليلى", Role.TRANSLATOR),)
    assert corrected.body == READ.article.body


def test_a_date_or_a_language_of_the_user_s_ends_the_doubts_about_it() -> None:
    doubts = tuple(code for code in NoticeCode if code.startswith(("date-", "language-")))
    settled = set(doubts) - {NoticeCode.DATE_NOT_CONVERTED}
    reading = Reading(READ.article, tuple(map(Notice, doubts)))
    corrected = correct(reading, Corrections(issued="2024-03-05", language="fa"))
    assert {notice.code for notice in corrected.notices} == set(doubts) - settled


def test_the_line_of_another_date_goes() -> None:
    metadata = replace(READ.article.metadata, date_line="5 آذار 2024")
    reading = Reading(replace(READ.article, metadata=metadata))
    assert correct(reading, Corrections(publisher="دار")).article.metadata.date_line
    assert not correct(reading, Corrections(issued="2024-03-06")).article.metadata.date_line


def test_the_language_decides_the_order_of_a_date() -> None:
    assert Corrections(issued="04/05/2022", language="en").issued == "2022-04-05"
    assert Corrections(issued="04/05/2022").issued == "2022-05-04"
    assert Corrections(issued="مايو 2024").issued == "2024-05"


def test_an_e_reader_sees_the_same_book() -> None:
    before = identify(READ.article).metadata.identifier
    corrections = Corrections(title="عنوان", creators=("هند",))
    assert correct(READ, corrections).article.metadata.identifier == before


def test_a_guess_that_was_settled_is_no_longer_a_notice() -> None:
    corrected = correct(READ, Corrections(title="عنوان", issued="2024-05-03"))
    assert [notice.code for notice in corrected.notices] == [NoticeCode.BOILERPLATE_DROPPED]


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        (" 2024-05-12 ", "2024-05-12"),
        ("12 مايو 2024", "2024-05-12"),
        ("١٢ أيار ٢٠٢٤", "2024-05-12"),
        ("12/05/2024", "2024-05-12"),
    ],
)
def test_a_date_in_any_known_form(date: str, iso: str) -> None:
    assert Corrections(issued=date).issued == iso


@pytest.mark.parametrize("date", ["أمس", "2024-13-01"])
def test_a_date_that_is_none_is_a_usage_error(date: str) -> None:
    with pytest.raises(UsageError, match=f"^{date}: "):
        Corrections(issued=date)


@pytest.mark.parametrize("language", ["عربي", "a", "ar_EG"])
def test_a_language_that_is_no_tag_is_a_usage_error(language: str) -> None:
    with pytest.raises(UsageError, match=f"^{language}: "):
        Corrections(language=language)
