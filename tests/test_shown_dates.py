"""The date under the title: its calendar, and the months of the article's region."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from exporter import pipeline, themes
from exporter.arabic.digits import DigitFamily
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.choices import Calendars, Settings
from exporter.notices import Notice, NoticeCode
from exporter.publication import Cover, CoverKind, single
from exporter.rendering import render_paper
from exporter.shown_dates import calendars_of, dated_words, shown_date, unshown


def article(
    text: str = "نص", *, language: str = "ar", issued: str = "2024-01-24", line: str = ""
) -> Article:
    metadata = Metadata(
        "عنوان", issued=issued, language=language, identifier="urn:uuid:0", date_line=line
    )
    return Article(metadata, (Paragraph((Text(text),)),))


def shown(one: Article, calendar: str = "auto") -> str:
    theme = themes.load("naskh", Settings(calendar=Calendars(calendar)))
    return shown_date(
        one.metadata.issued,
        words=dated_words(one, theme),
        digits=DigitFamily.WESTERN,
        calendars=calendars_of(one.metadata.language, theme.calendar),
    )


@pytest.mark.parametrize(
    ("language", "calendar", "expected"),
    [
        ("ar", "auto", "24 يناير 2024"),
        ("ar", "gregorian", "24 يناير 2024"),
        ("ar", "hijri", "12 رجب 1445هـ"),
        ("ar", "both", "12 رجب 1445هـ الموافق 24 يناير 2024م"),
        ("fa", "auto", "4 بهمن 1402"),
        ("fa-IR", "hijri", "4 بهمن 1402"),
        ("fa", "gregorian", "24 ژانویه 2024"),
        ("fa", "both", "4 بهمن 1402 برابر با 24 ژانویه 2024"),
        ("ur", "both", "12 رجب 1445ھ بمطابق 24 جنوری 2024ء"),
        ("he", "auto", "24 בינואר 2024"),
        ("he", "hijri", "12 ברג׳ב 1445 להיג׳רה"),
        ("ckb", "auto", "24ی کانوونی دووەمی 2024"),
        ("ckb", "hijri", "12ی ڕەجەبی 1445ی کۆچی"),
        ("ug", "auto", "2024-يىلى 24-يانۋار"),
        ("ug", "both", "ھىجرىيە 1445-يىلى 12-رەجەب، مىلادىيە 2024-يىلى 24-يانۋار"),
        ("en", "auto", "24 January 2024"),
        ("en", "both", "12 Rajab 1445 AH / 24 January 2024"),
        ("de", "auto", "24 January 2024"),
    ],
)
def test_each_language_has_its_calendars(language: str, calendar: str, expected: str) -> None:
    assert shown(article(language=language), calendar) == expected


def test_a_time_of_day_is_not_shown() -> None:
    assert shown(article(issued="2024-01-24T10:30+03:00"), "hijri") == "12 رجب 1445هـ"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "24 يناير 2024"),
        ("ar-EG", "24 يناير 2024"),
        ("ar-TN", "24 جانفي 2024"),
        ("ar-dz", "24 جانفي 2024"),
        ("ar-LB", "24 كانون الثاني 2024"),
        ("ar-Arab-IQ", "24 كانون الثاني 2024"),
        ("ar-XX", "24 يناير 2024"),
        ("fa-TN", "4 بهمن 1402"),
    ],
)
def test_a_country_has_its_months(language: str, expected: str) -> None:
    assert shown(article(language=language)) == expected


def test_morocco_has_its_own() -> None:
    assert shown(article(language="ar-MA", issued="2024-08-03")) == "3 غشت 2024"
    assert shown(article(language="ar-MR", issued="2024-08-03")) == "3 أغشت 2024"


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("نص", "الأربعاء 24 جانفي 2024", "24 جانفي 2024"),
        ("وصل في 3 شباط 1999 ثم رحل في ٧ نيسان.", "", "24 كانون الثاني 2024"),
        ("وصل في 3 شباط ثم رحل في 7 نيسان.", "24 جانفي 2024", "24 جانفي 2024"),
        ("وصل في 3 شباط ثم رحل في 7 أوت وعاد في 9 جويلية.", "", "24 جانفي 2024"),
        ("وصل في 3 مايو/أيار ثم رحل في 7 أيار/مايو.", "", "24 يناير 2024"),
        ("آب الرجل إلى بيته وقال: تموز قريب.", "", "24 يناير 2024"),
        ("نص", "24/01/2024", "24 يناير 2024"),
    ],
)
def test_without_a_country_the_article_s_own_months_tell(
    text: str, line: str, expected: str
) -> None:
    assert shown(article(text, line=line)) == expected
    assert shown(article(text, line=line, language="ar-EG")) == "24 يناير 2024"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("1883-05-18", "18 مايو 1883"),
        ("2024-05", "مايو 2024"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_what_has_no_hijri_day_is_shown_as_gregorian(issued: str, expected: str) -> None:
    assert shown(article(issued=issued), "both") == expected
    theme = themes.load("naskh", Settings(calendar=Calendars.BOTH))
    notice = Notice(NoticeCode.DATE_NOT_CONVERTED, text=issued, detail="hijri")
    assert unshown([article(issued=issued)], theme) == ((notice,) if issued else ())


@pytest.mark.parametrize(("issued", "month"), [("2024-01-24", "رجب"), ("1883-05-18", "مايو")])
def test_both_outputs_show_it_and_say_what_they_can_not(issued: str, month: str) -> None:
    theme = themes.load("naskh", Settings(calendar=Calendars.HIJRI))
    one = article(issued=issued)
    bound = single(one, cover=Cover(CoverKind.NONE))
    assert f" {month} " in render_paper(bound, theme)
    made = pipeline.publish(one, theme, formats=["pdf", "epub"], cover=bound.cover)
    for artifact in made:
        codes = {notice.code for notice in artifact.notices}
        assert (NoticeCode.DATE_NOT_CONVERTED in codes) is (month == "مايو")
    with zipfile.ZipFile(BytesIO(made[1].data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if "html" in name}
        package = archive.read("EPUB/content.opf").decode()
    assert any(f" {month} " in text for text in texts.values())
    assert f"<dc:date>{issued}</dc:date>" in package
