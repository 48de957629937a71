"""Emoji of several characters come out whole, and stand where they stood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest

from exporter import fonts
from exporter.article import Direction, Isolate, Text
from exporter.transforms.emoji import with_emoji_apart
from exporter.typesetting.engine import Engine
from tests.judges import pdfbox
from tests.judges import text as judges
from tests.typesetting import extraction
from tests.typesetting.extraction import Sample
from tests.writers.page import article, make, p

FILES = [face.path for family in fonts.families() for face in family.faces]
JOINER, EMOJI_STYLE = "\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}"
FAMILY = JOINER.join("👨👩👧")
PROGRAMMER = JOINER.join("👩💻")
HEART = f"❤{EMOJI_STYLE}"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
EMOJI = (
    "😀",
    FAMILY,
    JOINER.join("👨👩👧👦"),
    PROGRAMMER,
    "👍🏽",
    "🇸🇦",
    SCOTLAND,
    HEART,
    f"{HEART}{JOINER}🔥",
    f"🏳{EMOJI_STYLE}{JOINER}🌈",
    f"👁{EMOJI_STYLE}{JOINER}🗨{EMOJI_STYLE}",
    f"🤷🏽{JOINER}♀{EMOJI_STYLE}",
    f"1{EMOJI_STYLE}\N{COMBINING ENCLOSING KEYCAP}",
)
LINES = (
    *(f"قال {emoji} هنا" for emoji in EMOJI),
    *(f"قال {emoji}، ثم" for emoji in EMOJI),
    f"{PROGRAMMER} في أوله",
    f"في آخره {FAMILY}",
    PROGRAMMER,
    "😀",
    f"مع Chrome {PROGRAMMER}، ثم",
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A line of letters alone before each: what poppler takes the direction of a page from.
    lines = [part for line in LINES for part in ("سطر من كلام عربي خالص", line)]
    path = tmp_path_factory.mktemp("emoji") / "emoji.pdf"
    path.write_bytes(extraction.typeset(Engine(FILES), Sample("\n".join(lines)), font="Amiri"))
    return path


def lines_of(text: str) -> list[str]:
    found = (" ".join(line.split()) for line in judges.logical(text).splitlines())
    return [line for line in found if line and "خالص" not in line]


@pytest.mark.usefixtures("pdftotext")
def test_an_emoji_is_whole(pdf: Path) -> None:
    for extract in (judges.pdfium, judges.mupdf, judges.poppler):
        assert lines_of(extract(pdf)) == [*LINES], extract


@pytest.mark.slow
@pytest.mark.judge
@pytest.mark.usefixtures("verapdf")
def test_an_emoji_is_whole_in_pdfbox(pdf: Path) -> None:
    (text,) = pdfbox.texts([pdf])
    assert lines_of(text) == [*LINES]


SIDE_BY_SIDE = (
    "شكرا 👍🏽👍🏽 لكم",
    "نعم 👍🏽👏🏽 لا",
    "ممتاز 👍🏽👍🏽👍🏽 جدا",
    "سعيد 😀👍🏽 جدا",
)


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("beside") / "beside.pdf"
    lines = (*SIDE_BY_SIDE, *ALIKE)
    path.write_bytes(make(article(*map(p, lines)), font="Amiri").data)
    return path


ALIKE = ("شكرا 😀😀 لكم", "رائع 🎉🎊 جدا", "🎉🎊🎈")


@pytest.mark.usefixtures("pdftotext")
def test_emoji_side_by_side_are_on_one_line(side_by_side: Path) -> None:
    for extract in (judges.mupdf, judges.poppler):
        found = lines_of(extract(side_by_side))
        assert [line for line in (*SIDE_BY_SIDE, *ALIKE) if line not in found] == [], extract


def test_emoji_of_several_characters_side_by_side_come_out_of_chrome(side_by_side: Path) -> None:
    found = lines_of(judges.pdfium(side_by_side))
    assert [line for line in SIDE_BY_SIDE if line not in found] == []


@pytest.mark.judge
def test_emoji_of_several_characters_side_by_side_come_out_of_pdfbox(side_by_side: Path) -> None:
    (text,) = pdfbox.texts([side_by_side])
    assert [line for line in SIDE_BY_SIDE if line not in lines_of(text)] == []


def test_an_emoji_moves_no_line() -> None:
    def tops(line: str) -> Sequence[float]:
        made = make(article(p("سطر من كلام"), p(line), p("سطر آخر")), page="a5", font="Amiri")
        with pymupdf.open(stream=made.data) as document:
            lines = [
                line
                for block in document[0].get_text("dict")["blocks"]
                for line in block.get("lines", ())
                if line["spans"][0]["size"] > 8
            ]
        return [round(line["bbox"][1], 1) for line in lines if "سطر" in str(line)]

    as_it_is = tops("قال هنا")
    assert len(as_it_is) == 2
    for line in ("قال 😀 هنا", f"قال {FAMILY} هنا", "😀", FAMILY):
        assert tops(line) == as_it_is, line


@pytest.mark.parametrize("emoji", [one for one in EMOJI if one[0] not in "1🇸"])
def test_an_emoji_is_a_left_to_right_run(emoji: str) -> None:
    inner = Isolate((Text(emoji),), Direction.LTR, "und-Zsye")
    isolate = Isolate((inner,), Direction.LTR)
    assert with_emoji_apart((Text(f"قال {emoji}، ثم"),)) == (Text("قال "), isolate, Text("، ثم"))


@pytest.mark.parametrize("text", ["قال ☎ هنا", "قال ☎︎ هنا", f"قال {HEART}{HEART} هنا", "سنة 2024"])
def test_a_symbol_is_none_and_neither_are_two_side_by_side(text: str) -> None:
    assert with_emoji_apart((Text(text),)) == (Text(text),)
