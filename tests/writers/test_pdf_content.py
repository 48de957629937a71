"""Every kind of content on paper: valid, complete, where it belongs, and nothing from outside."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Aside,
    AsideRole,
    Code,
    CodeSpan,
    Definition,
    Definitions,
    Figure,
    Heading,
    Image,
    List,
    ListKind,
    NoteRef,
    Quote,
    Resource,
    Rule,
    Strong,
    Sub,
    Table,
    Text,
    Verse,
    VerseLine,
)
from exporter.choices import Settings, SourceNote
from exporter.notices import NoticeCode
from exporter.publication import Publication
from exporter.writers import pdf
from tests.judges.verapdf import Validate
from tests.writers.book import ARTICLE
from tests.writers.page import METADATA, PROSE, article, make, p, text_of

SVG = "http://www.w3.org/2000/svg"
BLACK = f'<svg xmlns="{SVG}" width="90" height="90"><rect width="90" height="90"/></svg>'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def rich() -> Article:
    """Every kind of block and inline once."""
    line = VerseLine(((Text("صدر البيت الأول هنا"),), (Text("عجز البيت الأول هنا"),)))
    nested = List(((p("داخلي"),), (p("آخر"),)), ListKind.NUMBERED, start=3)
    return Article(
        METADATA,
        (
            p(PROSE, NoteRef("n1")),
            Heading((Text("عنوان "), Text("Foo Bar"))),
            p(
                "نظام Google ",
                Strong((Text("Chrome"),)),
                " OS و",
                Text("H"),
                Sub((Text("2"),)),
                "O",
            ),
            List(((p("أول"),), (p("ثان"), nested, p("بعده"))), ListKind.NUMBERED),
            List(((p("نقطة"),), (p("أخرى"),))),
            Verse((line, line)),
            Verse((VerseLine(((Text("سطر حر"),),)),)),
            Code("def f(x):\n    return x  # تعليق"),
            Quote((p("اقتباس"),), (Text("قائله"),)),
            Table(
                ((((Text("أ")),), (Text("1"),)), ((Text("ب"),), (Text("2"),))),
                ((Text("اسم"),), (Text("رقم"),)),
                (Text("جدول"),),
            ),
            Figure(Image("pixel", "نقطة"), (Text("شرح"),), (Text("مصور"),)),
            Rule(),
            Aside((p("ملاحظة"),), AsideRole.EDITOR_NOTE),
            Aside((p("مقولة"),), AsideRole.PULL_QUOTE),
            Aside((p("جانب"),)),
            p("رابط https://example.org/x?a=1 ثم ", CodeSpan("a += 1"), " و2024-05-12"),
        ),
        notes={"n1": (p("نص الحاشية"),)},
        resources={"pixel": Resource("https://example.org/p.png", "image/png", PIXEL)},
    )


@pytest.mark.judge
@pytest.mark.slow
def test_every_kind_of_content_is_pdf_ua_1(tmp_path: Path, verapdf: Validate) -> None:
    paths = []
    for number, whole in enumerate((rich(), ARTICLE)):
        artifact = make(whole)
        assert artifact.notices == ()
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(artifact.data)
    assert verapdf(paths, "ua1") == dict.fromkeys(paths, ())


def test_every_kind_of_content_is_in_the_text() -> None:
    text = "".join(text_of(make(rich())).split())
    for words in ("نصالحاشية", "داخلي", "قائله", "جدول", "شرح", "مصور", "ملاحظة", "مقولة", "جانب"):
        assert words in text


def test_page_map_leads_to_the_headings() -> None:
    made = article(p(PROSE * 12), Heading((Text("أول"),)), p(PROSE * 12), Heading((Text("ثان"),)))  # type: ignore[arg-type]
    pages = make(made, page="a5").page_map
    assert pages["article-1"] == 1
    assert 1 < pages["section-1"] < pages["section-2"]


def test_the_same_article_gives_the_same_bytes_whatever_came_before() -> None:
    first = make(rich())
    make(article(p("مقال آخر تمامًا ", Strong((Text("Bold"),)))), font="Noto Naskh Arabic")
    assert make(rich()).data == first.data


def test_nothing_outside_the_article_is_fetched(tmp_path: Path) -> None:
    """A picture that draws in another file shows nothing of it."""
    (tmp_path / "black.svg").write_text(BLACK)
    outside = (tmp_path / "black.svg").as_uri()
    svg = f'<svg xmlns="{SVG}" width="90" height="90"><image href="{outside}" width="90"/></svg>'
    drawing = Resource("", "image/svg+xml", svg.encode())
    figure = Figure(Image("drawing", "رسم"), (Text("شرح"),))
    illustrated = Article(METADATA, (figure,), resources={"drawing": drawing})
    artifact = make(illustrated, source_note=SourceNote.TEXT)
    assert [notice.code for notice in artifact.notices] == [NoticeCode.TYPESETTING_WARNING]
    assert "not a resource of the article" in artifact.notices[0].detail
    with pymupdf.open(stream=artifact.data) as document:
        drawn = [path["rect"] for path in document[0].get_drawings()]
    assert not [box for box in drawn if 20 < box.width < 100 and 20 < box.height < 100]


def test_each_article_has_its_own_pictures_whatever_they_are_called() -> None:
    def illustrated(side: int) -> Article:
        svg = BLACK.replace("90", str(side))
        drawing = Resource("", "image/svg+xml", svg.encode())
        figure = Figure(Image("صورة 1", "مربع"))
        return Article(METADATA, (figure, p("نص")), resources={"صورة 1": drawing})

    bound = Publication(METADATA, (illustrated(40), illustrated(90)))
    artifact = pdf.write(bound, themes.load("naskh", Settings()), pipeline.engine())
    assert artifact.notices == ()
    with pymupdf.open(stream=artifact.data) as document:
        widths = [
            [
                box.width
                for box in (drawn["rect"] for drawn in page.get_drawings())
                if 20 < box.width == box.height < 100
            ]
            for page in document
        ]
    assert widths == [[pytest.approx(40 * 0.75)], [pytest.approx(90 * 0.75)]]


def test_code_keeps_its_lines_and_runs_left_to_right() -> None:
    artifact = make(article(p("نص"), Code("if x:\n    y = (1, 2)")))  # type: ignore[arg-type]
    lines = [line.strip() for line in text_of(artifact).splitlines()]
    assert "if x:" in lines
    assert "y = (1, 2)" in lines


def test_lettered_lists_and_definitions_show_their_marks_and_words() -> None:
    body = (
        List(((p("أوله"),), (p("ثانيه"),)), ListKind.LETTERED, start=3),
        List(((p("ثالثه"),), (p("رابعه"),)), ListKind.ALPHABETICAL, start=3),
        Definitions((Definition((Text("مصطلح"),), ((p("معناه"),),)),)),
    )
    text = text_of(make(article(*body)))  # type: ignore[arg-type]
    assert {"ج", "د", "ت", "ث"} <= {word.strip(".") for word in text.split()}
    assert "مصطلح معناه" in " ".join(text.split())
