"""Notes on paper and in the e-book: the same numbers, nothing of their content lost."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Aside,
    Block,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Link,
    List,
    ListKind,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Resource,
    Rule,
    Strong,
    Table,
    Verse,
    VerseLine,
)
from exporter.choices import Links, Settings
from exporter.publication import Publication, single
from exporter.transforms import transform
from exporter.writers import pdf
from tests.judges.epubcheck import Check
from tests.judges.text import logical
from tests.judges.verapdf import Validate
from tests.writers.book import (
    METADATA,
    NAMESPACES,
    NO_COVER,
    documents,
    find,
    inlines,
    paragraph,
    png,
    unpacked,
    written,
)

ADDRESS = "https://example.org/note"


def line(*parts: str | Inline) -> Inlines:
    return tuple(
        run for part in parts for run in (inlines(part) if isinstance(part, str) else (part,))
    )


EVERYTHING: tuple[Block, ...] = (
    List(
        ((paragraph("بند"),), (paragraph("تال"), List(((paragraph("فرع"),),)))),
        ListKind.NUMBERED,
        start=3,
    ),
    Heading(inlines("عنيوين")),
    List(((paragraph("ألفه"),), (paragraph("باؤه"),)), ListKind.LETTERED),
    Definitions((Definition(inlines("مصطلح"), ((paragraph("معناه"),),)),)),
    Quote((Paragraph(line("قول ", Strong(inlines("مأثور")))),), inlines("قائله")),
    Verse((VerseLine((inlines("صدره"), inlines("عجزه"))),)),
    Table(((inlines("خانة"), inlines("قيمة")),), (inlines("رأس"), inlines("ثان")), inlines("جدول")),
    Figure(Image("picture", "مستطيل"), inlines("شرحها"), inlines("مصورها")),
    Code("x = 1\ny = 2"),
    Rule(),
    Aside((Paragraph(line("انظر ", Link(inlines("الموضع"), ADDRESS), " في C++")),)),
)
ARTICLE = transform(
    pipeline.settle(
        Reading(
            Article(
                METADATA,
                (
                    Heading(line("فصل", NoteRef("head"))),
                    Paragraph(
                        line(
                            *("متن", NoteRef("all"), " وآخر", NoteRef("short"), " وعود"),
                            *(NoteRef("all"), Link(line("وصلة", NoteRef("short")), ADDRESS)),
                        )
                    ),
                ),
                {
                    "short": (paragraph("وجيزة"), paragraph("تتمتها")),
                    "all": EVERYTHING,
                    "head": (Paragraph(line("حاشية الفصل", NoteRef("short"))),),
                },
                {"picture": Resource("p.png", "image/png", png())},
            )
        )
    ).article
)
TWICE = Publication(METADATA, (ARTICLE, ARTICLE), NO_COVER)
WORDS = (
    "بند تال فرع عنيوين ألفه باؤه مصطلح معناه قول مأثور قائله صدره عجزه جدول رأس خانة شرحها "
    "مصورها انظر الموضع"
).split()


@pytest.fixture(scope="module")
def paper() -> bytes:
    artifact = pdf.write(
        TWICE, themes.load("naskh", Settings(page="210x500mm", links=Links.NONE)), pipeline.engine()
    )
    assert artifact.notices == ()
    return artifact.data


def test_numbers_are_the_same_on_paper_and_screen_and_begin_anew(paper: bytes) -> None:
    called = ["١", "٢", "٣", "٢", "٣"]
    with pymupdf.open(stream=paper) as document:
        assert document.page_count == 2
        for page in document:
            spans = [
                span
                for block in page.get_text("dict")["blocks"]
                for row in block.get("lines", ())
                for span in row["spans"]
            ]
            small = min(span["size"] for span in spans)
            calls = "".join(logical(span["text"]) for span in spans if span["size"] == small)
            assert re.findall(r"\w", calls) == called
            assert {mark for mark in calls if not mark.isalnum()} == {"(", ")"}
            assert text_on(page).count("وجيزة") == 1
    for name, root in documents(unpacked(written(TWICE).data)).items():
        if "article" in name:
            assert find(root, "//h:a[@class='noteref']/text()") == called
            assert find(root, "//h:a[@class='backlink']/text()") == ["١", "٢", "٣"]


def text_on(page: pymupdf.Page) -> str:
    return str(page.get_text())


def test_each_call_has_an_address_of_its_own() -> None:
    root = documents(unpacked(written(ARTICLE).data))["EPUB/text/article-001.xhtml"]
    assert find(root, "//h:a[@class='noteref']/@id") == [
        *("call-1", "call-2", "call-3"),
        *("call-2-2", "call-3-2"),
    ]
    assert not root.xpath("//h:a//h:a", namespaces=NAMESPACES)
    assert find(root, "//*[@id='note-3']/h:p/text()") == ["وجيزة", "تتمتها"]


def test_every_block_of_a_note_is_on_paper(paper: bytes) -> None:
    with pymupdf.open(stream=paper) as document:
        page = document[0]
        words = text_on(page).split()
        assert [word for word in WORDS if word not in " ".join(words)] == []
        assert {link["uri"] for link in page.get_links() if "uri" in link} == {
            ADDRESS,
            METADATA.source,
        }
        assert len(page.get_image_info()) == 1
        lines = [one.strip() for one in text_on(page).splitlines()]
        assert {"x = 1", "y = 2"} <= set(lines), "code keeps its lines"
        feet = {word[4]: word[3] for word in page.get_text("words")}
        assert feet["بند"] + 5 < feet["تال"], "each item has a line of its own"


def test_the_outline_has_no_numbers_of_notes(paper: bytes) -> None:
    with pymupdf.open(stream=paper) as document:
        assert [title for level, title, *_ in document.get_toc() if level == 2] == ["فصل", "فصل"]


def test_a_note_called_in_a_heading_is_set_as_the_others_are(paper: bytes) -> None:
    with pymupdf.open(stream=paper) as document:
        sizes = {
            (round(span["size"], 1), span["font"])
            for block in document[0].get_text("dict")["blocks"]
            for row in block.get("lines", ())
            for span in row["spans"]
            if "الفصل" in span["text"] or "وجيزة" in span["text"]
        }
    assert len(sizes) == 1


def test_a_note_called_within_a_word_that_stays_whole_has_lines_of_its_own() -> None:
    note = paragraph("كلام كثير في الحاشية " * 12)
    text = Paragraph(line("قالت شركة Open", NoteRef("1"), "AI إنها"))
    article = transform(Article(METADATA, (text,), notes={"1": (note,)}))
    made = pdf.write(
        single(article, cover=NO_COVER), themes.load("naskh", Settings()), pipeline.engine()
    )
    with pymupdf.open(stream=made.data) as document:
        assert text_on(document[0]).count("كثير") == 12
        assert all(word[0] > 0 for word in document[0].get_text("words"))


@pytest.mark.judge
@pytest.mark.slow
def test_the_judges_find_nothing_in_notes_of_every_kind(
    paper: bytes, tmp_path: Path, epubcheck: Check, verapdf: Validate
) -> None:
    page, book = tmp_path / "notes.pdf", tmp_path / "notes.epub"
    page.write_bytes(paper)
    book.write_bytes(written(TWICE).data)
    assert verapdf([page], "ua1") == {page: ()}
    assert {path: found for path, found in epubcheck([book]).items() if found} == {}
