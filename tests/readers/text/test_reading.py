"""The text reader as a whole: what it refuses, how it grows, and that no line is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.arabic.folding import fold_words
from exporter.article import Reading, blocks_text
from exporter.errors import ReadError
from exporter.notices import NoticeCode
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.readers.text import read
from exporter.sources import Source

SENTENCE = "كانت القوافل تخرج من الواحة قبل طلوع الشمس بساعة حاملة ألواح الملح. "


def _read(text: str, *, boilerplate: Boilerplate = Boilerplate.DROP) -> Reading:
    source = Source("article.txt", "article.txt", text.encode())
    (reading,) = read(source, ReadingOptions(boilerplate))
    return reading


@pytest.mark.parametrize("text", ["", " \n\t\n", "\N{ZERO WIDTH NO-BREAK SPACE}", "```\n```"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match=r"article\.txt: there is no text") as caught:
        _read(text)
    assert caught.value.code == "empty"


def test_only_junk_is_refused() -> None:
    junk = "الرئيسية\nمقالات ذات صلة\nاترك تعليقاً\nواحد × 3 =\nزر الذهاب إلى الأعلى\n"
    with pytest.raises(ReadError) as caught:
        _read(junk)
    assert caught.value.code == "only-boilerplate"
    with pytest.raises(ReadError):
        _read("مجلة الواحة\n" + junk)
    kept = _read(junk, boilerplate=Boilerplate.KEEP)
    assert blocks_text(kept.article.body) == junk.strip()


def test_one_word_is_title_and_text() -> None:
    reading = _read("سلام")
    assert (reading.article.metadata.title, blocks_text(reading.article.body)) == ("سلام", "سلام")
    assert [notice.code for notice in reading.notices] == [NoticeCode.TITLE_GUESSED]


def test_a_relative_date_counts_from_the_clock_that_is_given() -> None:
    source = Source("a.txt", "a.txt", f"عنوان المقال\n\nقبل ٣ ساعات\n\n{SENTENCE * 3}".encode())
    (reading,) = read(source, ReadingOptions(now="2024-05-12T10:20:30Z"))
    assert reading.article.metadata.issued == "2024-05-12T07:20Z"
    (notice,) = reading.notices
    assert (notice.code, notice.text) == (NoticeCode.DATE_COUNTED, "قبل ٣ ساعات")
    assert notice.detail == "2024-05-12T07:20Z"


def test_the_line_of_the_date_is_kept() -> None:
    reading = _read(f"عنوان المقال\n\nالجمعة 8 فيفري 2019\n\n{SENTENCE * 3}")
    assert reading.article.metadata.issued == "2019-02-08"
    assert reading.article.metadata.date_line == "الجمعة 8 فيفري 2019"


def test_the_language_of_an_article_decides_the_order_of_its_date() -> None:
    text = "Salt on the lake\n\n04/05/2022\n\n" + "Nothing is left of the lake but salt. " * 4
    assert _read(text).article.metadata.issued == "2022-04-05"


def test_a_language_that_is_not_sure_is_a_notice_with_its_signs() -> None:
    reading = _read("قال في البيت من را به از")
    (notice,) = [one for one in reading.notices if one.code is NoticeCode.LANGUAGE_GUESSED]
    assert (notice.detail, notice.text.split()[:2]) == ("ar", ["من", "قال"])


def test_a_guessed_title_of_one_endless_word_is_cut() -> None:
    assert len(_read("ا" * 100_000).article.metadata.title) < 200


GROWING: dict[str, Callable[[int], str]] = {
    "one line": lambda size: SENTENCE * (size // 70),
    "one word": lambda size: "ا" * size,
    "short lines": lambda size: "\n".join(f"سطر {at}" for at in range(size // 10)),
    "short lines apart": lambda size: "\n\n".join(f"سطر {at}" for at in range(size // 10)),
    "spaces in a line": lambda size: "ا" + " " * size + "ب",
    "asterisks": lambda size: "* " * (size // 2),
    "dots": lambda size: ". " * (size // 2),
    "colons": lambda size: "ا: " * (size // 3),
    "opened quotations": lambda size: "«" * size,
    "marks on one letter": lambda size: "ا" + "\N{ARABIC FATHATAN}\N{ARABIC SHADDA}" * (size // 2),
    "bullets": lambda size: "- سطر\n" * (size // 6),
    "stairs": lambda size: "\n".join(" " * (at % 99) + "- سطر" for at in range(size // 56)),
    "items with colons": lambda size: "- سطر:\n• سطر:\n" * (size // 16),
    "numbers and bullets": lambda size: "1. سطر\n- سطر\n" * (size // 15),
    "speakers": lambda size: "\n".join(f"أمل{at % 9}: نعم" for at in range(size // 11)),
    "boxes": lambda size: "اقرأ أيضا:\nسطر قصير\n" * (size // 20),
    "wrapped": lambda size: (SENTENCE[:-2] + "\n") * (size // 70),
}


@pytest.mark.parametrize("kind", GROWING)
def test_hostile_texts_are_read_in_linear_time(kind: str) -> None:
    text = GROWING[kind](200_000)
    started = time.process_time()
    with suppress(ReadError):
        _read(text)
    # Quadratic time would be minutes.
    assert time.process_time() - started < 10


MENUS = "الرئيسية\nسياسة\nاقتصاد\nرياضة\nثقافة\nمن نحن\nاتصل بنا\nتسجيل الدخول\n"
HOSTILE: dict[str, Callable[[int], str]] = {
    "spaces": lambda size: "كتاب قديم" + " " * size + "في البيت",
    "spaces before a dash": lambda size: "القاهرة" + " " * size + "- وكالات" + " " * size + "أنباء",
    "asterisks": lambda size: "يا نخلة الدار " + "*" * size + " إن الديار تنام",
    "spaces and asterisks": lambda size: "نخلة" + " *" * (size // 2) + " الدار",
    "dashes": lambda size: "نخلة " + "- " * (size // 2) + "الدار",
    "dots": lambda size: "نخلة" + "." * size + "الدار",
    "arrows": lambda size: "الرئيسية" + " >" * (size // 2) + " ثقافة",
    "tabs": lambda size: "١." + "\t" * size + "كتاب",
    "brackets": lambda size: "[" + "( " * (size // 2) + "]",
    "quotation marks": lambda size: '"«' * (size // 2),
    "colons": lambda size: "المصدر" + ":" * size,
    "spaces after a word": lambda size: "شعر" + " " * size + ")",
    "waw": lambda size: "بقلم: أحمد" + " و" * (size // 2),
    "commas": lambda size: "بقلم: " + "أ، " * (size // 3),
    "digits": lambda size: "1" * size + "- " + "1/" * (size // 2),
    "backticks": lambda size: "`" * size + " " * size + "py",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize(
    ("above", "below"),
    [("", ""), ("نخلة الدار\n\n", ""), (MENUS, MENUS + "نخلة الدار القديمة\n")],
    ids=["title", "text", "menus"],
)
def test_a_hostile_line_is_read_in_linear_time(kind: str, above: str, below: str) -> None:
    line = HOSTILE[kind](40_000)
    started = time.process_time()
    with suppress(ReadError):
        _read(f"{above}{line}\n\n{line}\n{line}\n\n{below}{SENTENCE * 3}\n\n{line}\n")
    # Quadratic time would be tens of seconds.
    assert time.process_time() - started < 2


LINES = st.sampled_from(
    [
        SENTENCE.strip(),
        "طريق الملح القديم",
        "اقرأ أيضا:",
        "المصدر",
        "مجلة الواحة",
        "بقلم: ليلى الزيتوني",
        "٣ مايو ٢٠٢٤",
        "الرئيسية",
        "مقالات ذات صلة",
        "- سطر",
        "١. سطر",
        "س: سؤال؟",
        "ج: جواب.",
        "يا نخلة الدار مهلا *** إن الديار تنام",
        "«قول قائم بنفسه بين السطور»",
        "[كلام من المحرر هنا]",
        "* * *",
        "```",
        "    sudo apt update",
        "",
    ]
)


def _words(reading: Reading) -> str:
    metadata = reading.article.metadata
    people = [creator.name for creator in metadata.creators]
    seen = [metadata.title, metadata.subtitle, metadata.description, metadata.publisher, *people]
    told = [notice.text for notice in reading.notices]
    return fold_words(" ".join([*seen, blocks_text(reading.article.body), *told]))


@given(st.lists(LINES | st.text("ابتث ،.؟:-*«»[]1", max_size=40), max_size=30))
def test_no_word_is_lost(lines: list[str]) -> None:
    try:
        words = _words(_read("\n".join(lines)))
    except ReadError:
        return
    for line in lines:
        if not line.startswith(("٣ مايو", "بقلم")):
            for word in re.findall(r"[^\W\d_]{2,}", fold_words(line)):
                assert word in words


@given(st.lists(LINES, max_size=30))
def test_keeping_everything_drops_nothing(lines: list[str]) -> None:
    try:
        reading = _read("\n".join(lines), boilerplate=Boilerplate.KEEP)
    except ReadError:
        assert SENTENCE.strip() not in lines
        return
    codes = {notice.code for notice in reading.notices}
    assert not codes & {NoticeCode.BOILERPLATE_DROPPED, NoticeCode.LEDE_DROPPED}
