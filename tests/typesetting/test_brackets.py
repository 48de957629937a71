"""Brackets stay with the words that they are about, in a line with left-to-right runs too."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import fonts
from exporter.typesetting.engine import Engine
from exporter.typesetting.exact_text.brackets import to_isolate
from exporter.typesetting.exact_text.directions import Box, marks_of_line
from tests.judges import pdfbox
from tests.judges import text as judges
from tests.typesetting import extraction
from tests.typesetting.extraction import FONTS, Sample

LINES = (
    "المصدر [12] هنا",
    "قال (RTL) ثم",
    "سنة (1990–1995) كانت",
    "كما في (المادة 12 من القانون) ثم",
    "الأمم المتحدة (UN) تأسست (1945).",
    "رقم (1) ورقم (2) ورقم (3)",
    "قال [في عام 1990 (أو 1991)] ذلك",
    "قال (نعم) لشركة IBM (لا) هنا",
    "ولد (1945م) ومات (2003م)",
    "والمصدر [١٢] هنا",
)


def lines_of(text: str) -> list[str]:
    found = (" ".join(line.split()) for line in judges.logical(text).splitlines())
    return [line for line in found if line]


@pytest.fixture(scope="module", params=FONTS[:4])
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brackets") / "brackets.pdf"
    engine = Engine([face.path for family in fonts.families() for face in family.faces])
    path.write_bytes(extraction.typeset(engine, Sample("\n".join(LINES)), font=request.param))
    return path


@pytest.mark.judge
def test_brackets_stay_where_they_are_in_pdfbox(pdf: Path) -> None:
    (text,) = pdfbox.texts([pdf])
    assert lines_of(extraction.with_brackets_turned(text)) == [*LINES]


@pytest.mark.usefixtures("pdftotext")
def test_what_isolates_them_is_not_seen_by_others(pdf: Path) -> None:
    assert lines_of(judges.mupdf(pdf)) == [*LINES]
    assert lines_of(judges.poppler(pdf)) == [*LINES]
    assert lines_of(extraction.with_brackets_turned(judges.pdfium(pdf))) == [*LINES]
    for extract in (judges.mupdf, judges.poppler, judges.pdfium):
        assert "\N{RIGHT-TO-LEFT ISOLATE}" not in extract(pdf)


def test_what_pairs_with_another_text_is_isolated() -> None:
    line = [Box("قال (", rtl=True), Box("RTL", rtl=False), Box(") ثم", rtl=True)]
    marks = marks_of_line(line, turning=True)
    assert [one.is_isolated for one in marks] == [True, False, False]
    assert not any(one.is_isolated for one in marks_of_line(line, rtl=False, turning=True))


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (("( لاق", "RTL", "مث )"), {0}),
        (("( لاق", "RTL", "مث ]"), set()),
        (("(معن)", "RTL", "(ال)"), set()),
        (("([ لاق", "1", "مث )]"), {0}),
        (("( لاق", "1", ") مث (", "2", "مث )"), {0, 2}),
        (("لاق", "f(x)", "مث"), set()),
        (("لاق", "f(", "مث )"), {2}),
    ],
)
def test_one_of_each_pair_of_texts_is_isolated(texts: tuple[str, ...], places: set[int]) -> None:
    assert to_isolate(texts, [not text.isascii() for text in texts]) == places
