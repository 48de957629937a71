"""Normalisation over whole articles: across inlines, in no code and verse, told once a rule."""

from __future__ import annotations

import pytest

from exporter import pipeline
from exporter.arabic.normalisation.rules import Rule
from exporter.article import (
    Article,
    Code,
    CodeSpan,
    Direction,
    Emphasis,
    Inline,
    Inlines,
    Isolate,
    Link,
    Metadata,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Strong,
    Table,
    Text,
    Verse,
    VerseLine,
)
from exporter.notices import NoticeCode
from exporter.transforms.normalisation import normalise

ALL = frozenset(Rule)


def paragraph(*inlines: Inline) -> Inlines:
    article = Article(Metadata("عنوان"), (Paragraph(inlines),))
    (block,) = normalise(Reading(article), ALL).article.body
    assert isinstance(block, Paragraph)
    return block.inlines


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (Text('قال "'), Strong((Text('نعم"'),)), Text(" ومضى")),
            (Text("قال «"), Strong((Text("نعم»"),)), Text(" ومضى")),
        ),
        (
            (Text("جاء "), Emphasis((Text("سالم "),)), Text(", ثم مضى")),
            (Text("جاء "), Emphasis((Text("سالم"),)), Text("، ثم مضى")),
        ),
        (
            (Text("ثم صمت."), Strong((Text(".."),)), Text(" ومضى")),
            (Text("ثم صمت…"), Text(" ومضى")),
        ),
        (
            (Text("كان الرجل"), NoteRef("1"), Text(" ، ثم مضى")),
            (Text("كان الرجل"), NoteRef("1"), Text("، ثم مضى")),
        ),
        (
            (Link((Text('زار "المدينة'),), "https://example.org/"), Text('" أمس')),
            (Link((Text("زار «المدينة"),), "https://example.org/"), Text("» أمس")),
        ),
    ],
)
def test_a_sign_may_begin_in_one_inline_and_end_in_another(before: Inlines, after: Inlines) -> None:
    assert paragraph(*before) == after


def test_code_and_isolates_stay_as_they_are() -> None:
    inlines = (
        Text("اكتب "),
        CodeSpan('print("a", ...)'),
        Text(" ثم "),
        Isolate((Text('"yes" , no...'),), Direction.LTR, "en"),
        Text(" ثم "),
        Isolate((Text("كتابهاي  من"),), Direction.RTL, "fa"),
    )
    assert paragraph(*inlines) == inlines
    code = Code('x = "نعم" , ...')
    article = Article(Metadata("عنوان"), (code,))
    assert normalise(Reading(article), ALL).article.body == (code,)


def test_in_verse_only_letters_are_put_right() -> None:
    line = VerseLine(((Text("یـــا ليل  ... قالوا"),), (Text('هل "عاد" ,ﻻ'),)))
    article = Article(Metadata("عنوان"), (Quote((Verse((line,)),)),))
    (quote,) = normalise(Reading(article), ALL).article.body
    put_right = VerseLine(((Text("يـــا ليل  ... قالوا"),), (Text('هل "عاد" ,لا'),)))
    assert quote == Quote((Verse((put_right,)),))


def test_titles_tables_and_notes_are_put_right_as_well() -> None:
    words, right = (Text('"نعم" , لا'),), (Text("«نعم»، لا"),)
    article = Article(
        Metadata('رحلة "ابن بطوطة"', subtitle="عام  جديد", description="هل عاد?"),
        (Table((((words),),)),),
        {"1": (Paragraph(words),)},
    )
    put_right = normalise(Reading(article), ALL).article
    metadata = put_right.metadata
    assert (metadata.title, metadata.subtitle) == ("رحلة «ابن بطوطة»", "عام جديد")
    assert metadata.description == "هل عاد؟"
    assert put_right.body == (Table(((right,),)),)
    assert put_right.notes == {"1": (Paragraph(right),)}


def test_each_rule_is_told_once_with_its_count_and_an_example() -> None:
    texts = ('قال "نعم" ثم قال "لا"', 'زار "المدينة" , وعاد')
    article = Article(Metadata("عنوان"), tuple(Paragraph((Text(text),)) for text in texts))
    notices = normalise(Reading(article), ALL).notices
    assert [(one.code, one.detail, one.text) for one in notices] == [
        (NoticeCode.TEXT_NORMALISED, "quotes 6", 'قال "نعم" ← قال «نعم»'),
        (NoticeCode.TEXT_NORMALISED, "marks 1", "«المدينة» , وعاد ← «المدينة» ، وعاد"),
        (NoticeCode.TEXT_NORMALISED, "spaces-at-marks 1", "«المدينة» ، ← «المدينة»،"),
    ]
    assert "quotation marks 6" in notices[0].sentence()
    assert "علامات التنصيص 6" in notices[0].sentence(language="ar")


@pytest.mark.parametrize("language", ["en", "he", "ja"])
def test_an_article_in_another_script_is_left_alone(language: str) -> None:
    article = Article(Metadata("T", language=language), (Paragraph((Text('قال "نعم" , لا'),)),))
    reading = Reading(article)
    assert normalise(reading, ALL) is reading


def test_the_identifier_is_that_of_the_article_as_it_was_read() -> None:
    article = Article(Metadata("عنوان"), (Paragraph((Text('قال "نعم" , ثم مضى...'),)),))
    read = pipeline.settle(Reading(article))
    normalised = normalise(read, ALL).article
    assert normalised.body != read.article.body
    assert normalised.metadata.identifier == read.article.metadata.identifier
