"""A book as its reader meets it: pages, contents, heads, outline, the same on all cores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pymupdf
import pypdfium2
import pytest

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Creator,
    Figure,
    Heading,
    Image,
    Metadata,
    NoteRef,
    Resource,
    Text,
)
from exporter.bookbinding import Arrangement, Edition, Entry, GroupBy, Order, bind
from exporter.choices import Binding, Settings
from exporter.notices import NoticeCode
from exporter.printing import Ink, Marks, Printing, Standard
from exporter.publication import Artifact, Cover, CoverKind, Index, Start
from exporter.themes import Theme
from exporter.transforms import transform
from tests.conftest import require_judges
from tests.judges import ace
from tests.judges.epubcheck import Check
from tests.judges.verapdf import validate_each
from tests.pictures import samples
from tests.typesetting.extraction import SAMPLES
from tests.writers.page import PROSE, p

TITLES = ("ظلال الطريق", "ماء البئر", "حجر الرحى", "صوت الباعة", "آخر الحصاد")
_AUTHORS = ("هند السالم", "سالم الهندي", "", "أنور البكري", "هند السالم")


def piece(number: int) -> Article:
    """Return a small article with a heading and a note."""
    name = _AUTHORS[number]
    said = Metadata(
        TITLES[number],
        creators=(Creator(name),) if name else (),
        issued=f"2024-0{5 - number}-12",
        publisher="دفتر الحرف" if number % 2 else "مجلة سعف",
        subjects=("ماء",) if number in {1, 4} else ("طرق", "ماء"),
        identifier=f"urn:uuid:{number}",
    )
    body = (p(PROSE), Heading((Text("وقفة"),)), p(f"{PROSE} وللكلام بقية", NoteRef("a")))
    return Article(said, body, {"a": (p(f"حاشية المقالة {number}"),)})


_PLAIN = Arrangement()
FIVE = tuple(piece(number) for number in range(5))


@cache
def book(
    *,
    jobs: int = 1,
    order: Order = Order.GIVEN,
    group_by: GroupBy = GroupBy.NONE,
    start: Start = Start.PAGE,
    binding: Binding = Binding.NONE,
    kind: CoverKind = CoverKind.NONE,
    to: str = "pdf",
    printing: Printing = Printing(),
) -> Artifact:
    """Return the book of the five, with two indexes, on a small page."""
    return bound_of(
        FIVE,
        jobs=jobs,
        arrangement=Arrangement(order, group_by, start, (Index.AUTHORS, Index.SUBJECTS)),
        binding=binding,
        kind=kind,
        to=to,
        printing=printing,
    )


def bound_of(
    articles: Sequence[Article],
    *,
    jobs: int = 1,
    arrangement: Arrangement = _PLAIN,
    binding: Binding = Binding.NONE,
    kind: CoverKind = CoverKind.NONE,
    to: str = "pdf",
    page: str = "100x140mm",
    printing: Printing = Printing(),
) -> Artifact:
    """Return a book of these articles."""
    settings = Settings(page=page, margins=(12, 9, 14, 21), binding=binding, printing=printing)
    theme = themes.load("naskh", settings)
    return in_theme(theme, articles, jobs=jobs, arrangement=arrangement, kind=kind, to=to)


def in_theme(
    theme: Theme,
    articles: Sequence[Article],
    *,
    jobs: int = 1,
    arrangement: Arrangement = _PLAIN,
    kind: CoverKind = CoverKind.NONE,
    to: str = "pdf",
) -> Artifact:
    """Return a book of these articles in a theme."""
    edition = Edition("كتاب الدروب", series="دفاتر", number="3", issued="2024-05-12")
    entries = [Entry(transform(article)) for article in articles]
    bound = bind(entries, edition, arrangement, theme=theme, cover=Cover(kind))
    (artifact,) = pipeline.written(bound.publication, theme, formats=[to], jobs=jobs)
    return artifact


def pages_of(artifact: Artifact) -> list[str]:
    """Return the text of each page, its words parted by single spaces."""
    with pymupdf.open(stream=artifact.data) as document:
        return [" ".join(page.get_text().split()) for page in document]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def bodies(pdf: bytes) -> list[tuple[bytes, str]]:
    """Return what is drawn between head and folio on each page of A5, and its text."""
    body = pymupdf.Rect(0, 34, 420, 535)
    with pymupdf.open(stream=pdf) as document:
        return [
            (page.get_pixmap(clip=body, colorspace="gray").samples, page.get_text(clip=body))
            for page in document
        ]


def opening(artifact: Artifact, title: str) -> int:
    """Return the page from 1 on which an article opens: its title and no head."""
    found = [n for n, text in enumerate(pages_of(artifact), 1) if letters(title) in letters(text)]
    return min(n for n in found if n > artifact.page_map["contents"] + 1)


@pytest.mark.parametrize("start", Start)
def test_a_book_is_the_same_on_any_number_of_cores(start: Start) -> None:
    one, again, two, three = (
        book.__wrapped__(jobs=jobs, start=start, group_by=GroupBy.SOURCE).data
        for jobs in (1, 1, 2, 3)
    )
    assert one == again == two == three


def test_the_folio_is_the_number_of_the_page_in_the_file() -> None:
    for binding in (Binding.NONE, Binding.RIGHT):
        artifact = book(binding=binding)
        first = artifact.page_map["article-1"]
        for number, text in enumerate(pages_of(artifact)[first - 1 :], first):
            assert not text or re.search(rf"(?<!\d){number}(?!\d)", western(text)), number


def western(text: str) -> str:
    return text.translate({0x660 + digit: str(digit) for digit in range(10)})


def test_the_head_is_that_of_the_article_and_none_stands_where_it_opens() -> None:
    artifact = book(group_by=GroupBy.MONTH)
    pages = pages_of(artifact)
    for number in range(1, 6):
        page = artifact.page_map[f"article-{number}"]
        title = next(one for one in TITLES if letters(one) in letters(pages[page - 1]))
        assert letters(pages[page - 1]).count(letters(title)) == 1
        assert letters(title) in letters(pages[page])  # each has two pages


def test_the_outline_has_parts_and_articles_and_leads_to_them() -> None:
    artifact = book(group_by=GroupBy.SOURCE)
    with pymupdf.open(stream=artifact.data) as document:
        outline = document.get_toc()
    assert [(level, title) for level, title, _ in outline] == [
        (1, "المحتويات"),
        (1, "مجلة سعف"),
        *((2, TITLES[number]) for number in (0, 2, 4)),
        (1, "دفتر الحرف"),
        *((2, TITLES[number]) for number in (1, 3)),
        (1, "فهرس الكتّاب"),
        (1, "فهرس الموضوعات"),
    ]
    pages = pages_of(artifact)
    assert all(letters(title) in letters(pages[page - 1]) for _, title, page in outline)


def test_without_parts_the_outline_has_articles_and_their_headings() -> None:
    with pymupdf.open(stream=book().data) as document:
        outline = document.get_toc()
    assert [(level, title) for level, title, _ in outline][1:5] == [
        (1, TITLES[0]),
        (2, "وقفة"),
        (1, TITLES[1]),
        (2, "وقفة"),
    ]


def test_a_recto_is_an_odd_page_with_a_blank_one_before_it_where_needed() -> None:
    artifact = book(start=Start.RECTO, kind=CoverKind.TYPOGRAPHIC, group_by=GroupBy.SOURCE)
    for anchor in ("title-page", "contents", "part-1", "article-1", "article-2", "index-authors"):
        assert artifact.page_map[anchor] % 2 == 1, anchor
    pages = pages_of(artifact)
    assert pages[1] == ""  # the back of the cover
    assert pages[artifact.page_map["part-1"]] == ""


def test_articles_that_run_on_share_pages() -> None:
    short = [replace(article, body=(p("سطر قصير."),), notes={}) for article in FIVE]
    artifact = bound_of(short, arrangement=Arrangement(start=Start.RUN_ON), page="a4")
    starts = [artifact.page_map[f"article-{number}"] for number in range(1, 6)]
    assert starts == sorted(starts)
    assert len(set(starts)) < len(starts)


def test_the_margins_of_a_bound_book_change_sides() -> None:
    artifact = book(binding=Binding.RIGHT)
    first = artifact.page_map["article-1"]
    with pymupdf.open(stream=artifact.data) as document:
        edges = {
            (number % 2, round(max(block[2] for block in document[number - 1].get_text("blocks"))))
            for number in (first, first + 1, first + 2, first + 3)
        }
    width = 100 / 25.4 * 72
    inner = {side: width - edge for side, edge in edges}
    assert len(edges) == 2  # one edge on each side of the sheet
    assert inner[1] < width
    assert inner[0] != inner[1]


def test_notes_are_numbered_from_one_in_each_article() -> None:
    artifact = book()
    pages = pages_of(artifact)
    for number in range(5):
        (found,) = [text for text in pages if letters(f"حاشية المقالة {number}") in letters(text)]
        before = found.partition("حاشية")[0].split()[-1]
        assert re.findall(r"\d+", western(before)) == ["1"]


def test_indexes_file_names_and_subjects_with_their_pages() -> None:
    artifact = book()
    pages = pages_of(artifact)
    authors = pages[artifact.page_map["index-authors"] - 1]
    assert authors.index("أنور") < authors.index("سالم الهندي") < authors.index("هند")
    mine = authors.partition("هند السالم")[2]
    numbers = set(map(int, re.findall(r"\d+", western(mine))))
    assert {artifact.page_map["article-1"], artifact.page_map["article-5"]} <= numbers


def test_an_article_that_comes_again_is_left_out_with_a_notice() -> None:
    theme = themes.load("naskh", Settings())
    entries = [Entry(FIVE[0]), Entry(FIVE[1]), Entry(FIVE[0])]
    bound = bind(entries, Edition("كتاب"), Arrangement(), theme=theme, cover=Cover())
    assert [one.metadata.title for one in bound.publication.articles] == [*TITLES[:2]]
    assert [notice.code for notice in bound.notices] == [NoticeCode.ARTICLE_REPEATED]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order.GIVEN, (0, 1, 2, 3, 4)),
        (Order.OLDEST, (4, 3, 2, 1, 0)),
        (Order.NEWEST, (0, 1, 2, 3, 4)),
        (Order.TITLE, (4, 2, 3, 0, 1)),
        (Order.AUTHOR, (3, 1, 0, 4, 2)),
    ],
)
def test_articles_stand_in_the_order_asked_for(order: Order, numbers: tuple[int, ...]) -> None:
    theme = themes.load("naskh", Settings())
    entries = list(map(Entry, FIVE))
    bound = bind(entries, Edition("كتاب"), Arrangement(order), theme=theme, cover=Cover())
    titles = [article.metadata.title for article in bound.publication.articles]
    assert titles == [TITLES[number] for number in numbers]


@pytest.mark.parametrize(
    ("group_by", "order", "parts"),
    [
        (
            GroupBy.SOURCE,
            Order.GIVEN,  # the one without a source stands first
            [("دفتر الحرف", (1, 3)), ("مجلة سعف", (2, 4)), ("مصادر أخرى", (0,))],
        ),
        (
            GroupBy.SUBJECT,
            Order.GIVEN,
            [("ماء", (1, 4)), ("طرق", (2, 3)), ("موضوعات أخرى", (0,))],
        ),
        (
            GroupBy.MONTH,
            Order.GIVEN,  # the months of these go down, with one of no date before the end
            [
                ("يناير 2024", (4,)),
                ("مارس 2024", (2,)),
                ("أبريل 2024", (1,)),
                ("مايو 2024", (0,)),
                ("بلا تاريخ", (3,)),
            ],
        ),
        (
            GroupBy.MONTH,
            Order.NEWEST,
            [
                ("مايو 2024", (0,)),
                ("أبريل 2024", (1,)),
                ("مارس 2024", (2,)),
                ("يناير 2024", (4,)),
                ("بلا تاريخ", (3,)),
            ],
        ),
    ],
)
def test_parts_follow_one_another_and_what_has_none_comes_last(
    group_by: GroupBy, order: Order, parts: list[tuple[str, tuple[int, ...]]]
) -> None:
    bare: dict[int, dict[str, Any]] = {0: {"publisher": "", "subjects": ()}, 3: {"issued": ""}}
    entries = [
        Entry(replace(one, metadata=replace(one.metadata, **bare.get(number, {}))))
        for number, one in enumerate(FIVE)
    ]
    arrangement = Arrangement(order, group_by)
    theme = themes.load("naskh", Settings())
    bound = bind(entries, Edition("كتاب"), arrangement, theme=theme, cover=Cover())
    titles = [article.metadata.title for article in bound.publication.articles]
    makeup = bound.publication.makeup
    assert makeup
    found = [
        (part.title, tuple(TITLES.index(titles[number - 1]) for number in part.articles))
        for part in makeup.parts
    ]
    assert found == parts


def is_a(item: object, key: str, name: str) -> bool:
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and item.get(key) == name


def test_an_article_in_another_language_keeps_its_direction_and_digits() -> None:
    english = Article(
        Metadata("The Well", language="en", identifier="urn:uuid:en", issued="2024-05-01"),
        (p("Water, " * 20), p("the end", NoteRef("a"))),
        {"a": (p("a note"),)},
    )
    noted = (p("كُتب هذا عام ٢٠٢٣، وله بقية", NoteRef("a")),)
    arabic = [replace(one, body=noted) for one in FIVE[:2]]
    artifact = bound_of([arabic[0], english, arabic[1]])
    text = pages_of(artifact)[artifact.page_map["article-2"] - 1]
    assert "The Well" in text
    assert "1 May 2024" in text
    assert "(1) a note" in text
    assert "١" in pages_of(artifact)[artifact.page_map["article-1"] - 1]
    with pikepdf.open(BytesIO(artifact.data)) as file:
        assert str(file.Root.Lang) == "ar"
        assert file.Root.ViewerPreferences.Direction == "/R2L"


def test_a_mistake_in_a_theme_is_said_once_for_the_whole_book(tmp_path: Path) -> None:
    sheet = '{% include "naskh:print.css" %}\np { no-such-property: 1 }'
    (tmp_path / "theme.toml").write_text('extends = "naskh"')
    (tmp_path / "print.css").write_text(sheet)
    theme = themes.load(str(tmp_path), Settings())
    made = in_theme(theme, FIVE, arrangement=Arrangement(group_by=GroupBy.SOURCE))
    said = [one for one in made.notices if one.code is NoticeCode.TYPESETTING_WARNING]
    assert [("no-such-property" in one.detail) for one in said] == [True]


PRESS = Printing(
    standards=(Standard.UA_1, Standard.A_2A, Standard.X_4),
    ink=Ink.BLACK,
    bleed=3,
    marks=Marks.CROP,
    pages=4,
)


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.usefixtures("verapdf")
def test_judges_find_nothing_wrong_in_a_book(epubcheck: Check, tmp_path: Path) -> None:
    looks: list[dict[str, Any]] = [
        {},
        {"group_by": GroupBy.SOURCE, "start": Start.RECTO, "binding": Binding.RIGHT},
        {"binding": Binding.RIGHT, "kind": CoverKind.TYPOGRAPHIC, "printing": PRESS},
    ]
    papers, screens = [], []
    for number, look in enumerate(looks):
        papers.append(tmp_path / f"{number}.pdf")
        screens.append(tmp_path / f"{number}.epub")
        papers[-1].write_bytes(book(**look).data)
        screens[-1].write_bytes(book(to="epub", **look).data)
    found = validate_each(papers, ["ua1", "3a", "2a"])
    assert not any(found["ua1"].values())
    assert not any(found["3a"][path] for path in papers[:2])
    assert not found["2a"][papers[2]]
    assert not any(epubcheck(screens).values())


def test_a_book_for_the_press_has_its_marks_in_one_place_on_every_page() -> None:
    made = book(binding=Binding.RIGHT, kind=CoverKind.TYPOGRAPHIC, printing=PRESS)
    assert made.data.startswith(b"%PDF-1.6")
    with pikepdf.open(BytesIO(made.data)) as file:
        assert len(file.pages) % 4 == 0
        assert {str(page.BleedBox) for page in file.pages} == {str(file.pages[0].BleedBox)}
        assert not any("/Annots" in page for page in file.pages)
        operators = {
            str(one.operator) for page in file.pages for one in pikepdf.parse_content_stream(page)
        }
    assert not {"rg", "RG"} & operators
    edge = round(5 * 72 / 25.4)
    with pypdfium2.PdfDocument(made.data) as document:
        strips = {
            document[number].render().to_pil().convert("L").crop((0, 0, 400, edge - 1)).tobytes()
            for number in range(len(document))
        }
    assert len(strips) == 1


def test_the_notes_of_a_book_have_names_of_their_own() -> None:
    noted = [
        replace(one, body=(p("نص", NoteRef("a")),), notes={"a": (p("حاشية"),)}) for one in FIVE
    ]
    with pikepdf.open(BytesIO(bound_of(noted).data)) as file:
        names = [str(one.ID) for one in file.objects if is_a(one, "/S", "/Note")]
        listed = list(map(str, list(file.Root.StructTreeRoot.IDTree.Names)[::2]))
    assert len({*names}) == len(FIVE)
    assert listed == sorted(names)


@pytest.mark.judge
@pytest.mark.slow
def test_ace_finds_no_violation_in_the_e_book_of_a_book(tmp_path: Path) -> None:
    require_judges(ace.is_installed(), "Ace and its browser")
    path = tmp_path / "book.epub"
    path.write_bytes(book(to="epub", group_by=GroupBy.SOURCE).data)
    assert ace.check([path]) == {path: ()}


def test_a_picture_of_several_articles_is_in_the_e_book_once() -> None:
    picture = {"a": Resource("a.png", "image/png", samples.file("PNG"))}
    shown = [
        replace(article, body=(*article.body, Figure(Image("a", "نجمة"))), resources=picture)
        for article in FIVE[:3]
    ]
    with ZipFile(BytesIO(bound_of(shown, to="epub").data)) as archive:
        names = [name for name in archive.namelist() if "picture-" in name]
        chapters = [archive.read(f"EPUB/text/article-00{n}.xhtml").decode() for n in (1, 2, 3)]
    assert names == ["EPUB/images/picture-001-001.png"]
    assert all('src="../images/picture-001-001.png"' in chapter for chapter in chapters)


def test_the_e_book_marks_the_pages_of_the_paper() -> None:
    theme = themes.load("naskh", Settings(page="100x140mm"))
    entries = [Entry(transform(article)) for article in FIVE]
    bound = bind(entries, Edition("كتاب"), Arrangement(), theme=theme, cover=Cover())
    paper, screen = pipeline.written(bound.publication, theme, formats=["pdf", "epub"])
    with ZipFile(BytesIO(screen.data)) as archive:
        chapter = archive.read("EPUB/text/article-002.xhtml").decode()
    assert f'id="page-{paper.page_map["article-2"]}"' in chapter


# --- its pages ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["mixed", "persian", "vocalised"])
def test_the_pages_of_an_article_are_those_of_its_own_pdf(text: str) -> None:
    """Foreign phrases, numbers and marks among them; the article before is of another run."""
    said = Metadata("نص", publisher="أخرى", identifier="urn:uuid:text")
    sample = SAMPLES[text]
    article = Article(
        replace(said, language=sample.language), tuple(map(p, sample.text.splitlines()))
    )
    theme = themes.load("naskh", Settings(page="a5", font="Amiri"))  # in every language
    (alone,) = pipeline.publish(article, theme, formats=("pdf",), cover=Cover(CoverKind.NONE))
    arrangement = Arrangement(group_by=GroupBy.SOURCE)
    bound = in_theme(theme, (FIVE[0], article), arrangement=arrangement)
    own = bodies(alone.data)
    first = bound.page_map["article-2"] - 1
    assert bodies(bound.data)[first : first + len(own)] == own


def test_articles_without_any_subject_are_no_part() -> None:
    bare = [replace(one, metadata=replace(one.metadata, subjects=())) for one in FIVE[:2]]
    arrangement = Arrangement(group_by=GroupBy.SUBJECT)
    assert "part-1" not in bound_of(bare, arrangement=arrangement).page_map
    assert "part-1" in bound_of(FIVE[:2], arrangement=arrangement).page_map
