"""The tags of the PDF: what a screen reader says, in which order, and what it passes over."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Direction,
    Figure,
    Heading,
    Image,
    Isolate,
    Link,
    NoteRef,
    Resource,
    Table,
    Text,
    block_text,
)
from exporter.choices import Links, Settings
from exporter.corrections import Corrections
from exporter.notices import NoticeCode
from exporter.publication import Artifact, Cover
from exporter.readers.options import ReadingOptions
from exporter.sources import load
from exporter.themes import DEFAULT_THEME, theme_names
from tests.conftest import samples
from tests.writers.page import METADATA, PROSE, make, p
from tests.writers.test_pdf_content import PIXEL, rich

SAMPLES = {path.stem: path for path in samples()}


@cache
def sample(name: str) -> Article:
    source = load(str(SAMPLES[name]), stdin=None)
    (reading,) = pipeline.read_source(source, options=ReadingOptions(), corrections=Corrections())
    return reading.article


# --- the order, as poppler walks the tree ---------------------------------------------------


# What is read beside the text.
BESIDE = {"Reference", "Note"}


def spoken(pdf: Path) -> str:
    """The letters of the tagged text in the order of the tags, as poppler finds them."""
    command = ["pdfinfo", "-struct-text", str(pdf)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    said, beside = [], 1000
    for line in done.stdout.decode().splitlines():
        words = line.strip()
        depth = len(line) - len(words)
        if depth <= beside:
            beside = depth if words.split(" ")[0] in BESIDE else 1000
        if depth < beside and words.startswith('"'):
            said.append(as_read(words))
    return "".join(said)


def as_read(drawn: str) -> str:
    """The letters of a stretch, which poppler gives as it is drawn, as it is read."""
    if not any(unicodedata.bidirectional(one) in {"R", "AL"} for one in drawn):
        return letters(drawn)
    turned = letters(drawn[::-1])
    return re.sub(r"[0-9A-Za-z٠-٩۰-۹]+", lambda run: run[0][::-1], turned)


def letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum() and one != "\N{ARABIC TATWEEL}")


@pytest.mark.parametrize(
    "theme",
    [
        pytest.param(name, marks=[] if name == DEFAULT_THEME else pytest.mark.slow)
        for name in theme_names()
    ],
)
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("pdftotext")
def test_the_tags_read_in_order_give_the_article(name: str, theme: str, tmp_path: Path) -> None:
    article = sample(name)
    loaded = themes.load(theme, Settings())
    (made,) = pipeline.publish(article, loaded, formats=["pdf"], cover=Cover())
    path = tmp_path / "made.pdf"
    path.write_bytes(made.data)
    rest = spoken(path)
    for text in (article.metadata.title, *map(block_text, article.body)):
        for line in filter(None, map(letters, text.splitlines())):
            _, found, rest = rest.partition(line)
            assert found, text


# --- the tree itself ------------------------------------------------------------------------


class Tagged:
    """A PDF by its tags."""

    def __init__(self, artifact: Artifact) -> None:
        self.pdf = pikepdf.open(BytesIO(artifact.data))
        self.root = self.pdf.Root.StructTreeRoot

    def elements(self, kind: str = "") -> list[pikepdf.Object]:
        return [one for one in self._below(self.root) if not kind or f"/{kind}" == one.S]

    def _below(self, element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from self._below(kid)

    def marked(self) -> list[list[tuple[str, pikepdf.Object]]]:
        """The marked content of each page: its tag and its properties."""
        return [
            [
                (str(one.operands[0]), one.operands[1])
                for one in pikepdf.parse_content_stream(page)
                if str(one.operator) == "BDC"
            ]
            for page in self.pdf.pages
        ]

    def artifacts(self, page: int) -> list[tuple[str, str]]:
        return [
            (str(properties.Type), str(properties.get("/Subtype", "")))
            for tag, properties in self.marked()[page]
            if tag == "/Artifact"
        ]


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.K if "/K" in element else pikepdf.Array()
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def kinds(elements: list[pikepdf.Object]) -> list[str]:
    return [str(one.S) for one in elements if isinstance(one, pikepdf.Dictionary) and "/S" in one]


def article(*body: object, **more: object) -> Article:
    return Article(METADATA, body, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def tagged() -> Tagged:
    return Tagged(make(rich()))


def test_every_mark_is_an_artifact_or_has_its_place_in_the_tree(tagged: Tagged) -> None:
    numbers = list(tagged.root.ParentTree.Nums)
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page, content in enumerate(tagged.marked()):
        parents = by_page[tagged.pdf.pages[page].StructParents]
        for tag, properties in content:
            if tag == "/Artifact":
                assert "/MCID" not in properties
                assert properties.Type in {"/Pagination", "/Layout"}
            elif "/ActualText" in properties and "/MCID" not in properties:
                assert tag in {"/Span", "/Piece"}, "a text beside what is in one of both"
            else:
                parent = parents[int(properties.MCID)]
                own = [
                    kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else kid
                    for kid in kids(parent)
                ]
                assert properties.MCID in own
    assert not any(
        one.operator == pikepdf.Operator("BMC")
        for page in tagged.pdf.pages
        for one in pikepdf.parse_content_stream(page)
    )


def test_heads_folios_and_rules_are_passed_over() -> None:
    long = Tagged(
        make(article(p(PROSE * 12), p(PROSE, NoteRef("n")), notes={"n": (p("نص"),)}), page="a5")
    )
    first, second = long.artifacts(0), long.artifacts(1)
    assert first.count(("/Pagination", "/Footer")) == 1
    assert ("/Pagination", "/Header") not in first
    assert ("/Pagination", "/Header") in second
    assert ("/Layout", "") in first, "the ornament below the title"
    assert ("/Layout", "") in long.artifacts(len(long.pdf.pages) - 1), "the rule above the note"


def test_a_paragraph_that_goes_on_overleaf_is_one() -> None:
    long = Tagged(make(article(p(PROSE * 12)), page="a5"))
    assert len(long.pdf.pages) > 2
    assert len([one for one in long.elements("P") if len(kids(one)) > 5]) == 1
    pages = {
        kid.Pg.objgen
        for one in long.elements("P")
        for kid in kids(one)
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR"
    }
    assert len(pages) == len(long.pdf.pages) - 1


def test_a_note_stands_after_the_paragraph_of_its_call(tagged: Tagged) -> None:
    (art,) = tagged.elements("Art")
    order = kinds(kids(art))
    (note,) = tagged.elements("Note")
    before = kids(art)[order.index("/Note") - 1]
    assert "/Reference" in kinds(kids(before))
    name, reference = tagged.root.IDTree.Names
    assert str(note.ID) == str(name)
    assert reference.objgen == note.objgen


def test_a_call_leads_to_its_note_and_back(tagged: Tagged) -> None:
    (reference,) = tagged.elements("Reference")
    (note,) = tagged.elements("Note")
    call, back = kids(kids(reference)[0])[0].Obj, kids(kids(kids(note)[0])[0])[0].Obj
    for link, other in ((call, back), (back, call)):
        page, kind, x, y, _ = link.Dest
        assert kind == "/XYZ"
        assert page.objgen == tagged.pdf.pages[0].objgen
        _, _, right, top = other.Rect
        assert x <= right
        assert float(y) == pytest.approx(float(top), abs=12)
        assert link.Contents


def test_words_of_another_language_say_so() -> None:
    words = Isolate((Text("sundial"),), Direction.LTR, "fr")
    made = Tagged(make(article(p("نص ", words, " نص"))))
    assert "fr" in [span.Lang for span in made.elements("Span")]


def test_lists_have_labels_bodies_and_their_numbering(tagged: Tagged) -> None:
    assert {tuple(kinds(kids(item))) for item in tagged.elements("LI")} == {("/Lbl", "/LBody")}
    assert [one.A.ListNumbering for one in tagged.elements("L")] == [
        "/Decimal",
        "/Decimal",
        "/Disc",
    ]


def test_the_header_of_a_table_is_read_once_and_says_what_it_heads() -> None:
    rows = tuple(((Text(f"اسم {n}"),), (Text(str(n)),)) for n in range(60))
    long = Tagged(make(article(Table(rows, ((Text("اسم"),), (Text("رقم"),)))), page="a5"))
    assert len(long.pdf.pages) > 1
    assert [one.A.Scope for one in long.elements("TH")] == ["/Column", "/Column"]
    assert kinds(kids(long.elements("Table")[0])) == ["/THead", "/TBody"]
    assert len(long.elements("TR")) == 61
    assert long.artifacts(1).count(("/Pagination", "")) == 2


def test_a_table_of_large_print_that_has_no_room_is_a_list_of_names_and_values() -> None:
    header = tuple((Text(f"القسطنطينية{n}"),) for n in range(5))
    theme = themes.load("kabir", Settings(page="eink6"))
    made = article(Table((header, header), header, (Text("المدن"),)))
    (artifact,) = pipeline.publish(made, theme, formats=["pdf"], cover=Cover())
    tagged = Tagged(artifact)
    around, *records = tagged.elements("L")
    assert kinds(kids(around)) == ["/LI", "/LI"]
    assert [kinds(kids(record)) for record in records] == [["/LI"] * 5] * 2
    assert all(kinds(kids(one)) == ["/Lbl", "/LBody"] for one in kids(records[0]))


def test_a_link_in_the_header_of_a_table_is_read_once() -> None:
    rows = tuple(((Text(str(n)),),) for n in range(60))
    header = ((Link((Text("رابط"),), "https://example.org/"),),)
    long = Tagged(make(article(Table(rows, header)), page="a5", links=Links.NONE))
    assert len(long.pdf.pages) > 1
    assert len(long.pdf.pages[0].Annots) == 1
    assert not list(long.pdf.pages[1].get("/Annots", []))
    assert len(long.elements("Link")) == 2, "and one to the source"


def test_a_picture_without_words_is_decoration_and_one_with_them_is_not() -> None:
    pixel = Resource("https://example.org/p.png", "image/png", PIXEL)
    for alternative, found in (("", []), ("نقطة", ["نقطة"])):
        made = make(article(Figure(Image("pixel", alternative)), resources={"pixel": pixel}))
        assert made.notices == ()
        tree = Tagged(made)
        figures = [one.Alt for one in tree.elements("Figure")]
        assert [str(one) for one in figures if "QR" not in str(one)] == found


def test_a_picture_is_where_its_figure_says() -> None:
    pixel = Resource("https://example.org/p.png", "image/png", PIXEL)
    made = Tagged(make(article(Figure(Image("pixel", "نقطة")), resources={"pixel": pixel})))
    left, low, right, high = map(float, made.elements("Figure")[0].A.BBox)
    _, _, width, height = map(float, made.pdf.pages[0].MediaBox)
    assert 0 < left < right < width
    assert height / 3 < low < high < height
    assert (right - left, high - low) == pytest.approx((0.75, 0.75), abs=0.01)


def test_headings_quotations_and_code_are_named(tagged: Tagged) -> None:
    for kind in ("H1", "H2", "BlockQuote", "Code", "Caption", "Figure", "Link"):
        assert tagged.elements(kind), kind


def test_nothing_empty_is_in_the_tree(tagged: Tagged) -> None:
    assert all(kids(element) for element in tagged.elements())


def test_a_note_in_a_heading_stands_after_it() -> None:
    heading = Heading((Text("فصل"), NoteRef("n")))
    made = Tagged(make(article(heading, p("نص"), notes={"n": (p("حاشية"), p("تتمة"))})))
    (art,) = made.elements("Art")
    order = kinds(kids(art))
    assert order[order.index("/Note") - 1] == "/H2"
    (note,) = made.elements("Note")
    assert kinds(kids(note)) == ["/Lbl", "/P", "/P"]


def test_words_that_opacity_takes_out_of_the_tags_are_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "faint"
    folder.mkdir()
    (folder / "theme.toml").write_text('summary = "faint"\nextends = "naskh"\n')
    css = '{% extends "naskh:print.css" %}{% block extra %}.byline { opacity: 0.5 }{% endblock %}'
    (folder / "print.css").write_text(css)
    theme = themes.load(str(folder), Settings())
    (made,) = pipeline.publish(article(p("نص")), theme, formats=["pdf"], cover=Cover())
    assert [notice.code for notice in made.notices] == [NoticeCode.TYPESETTING_WARNING]
    assert "opacity" in made.notices[0].detail
