"""Passages and articles in a neighbour's language: their family, lines, digits and language."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from weasyprint.formatting_structure import boxes

import exporter
from exporter import pipeline, themes
from exporter.article import (
    Article,
    Block,
    Direction,
    Inline,
    Isolate,
    Link,
    List,
    ListKind,
    NoteRef,
    Quote,
    Text,
    Verse,
    VerseLine,
)
from exporter.choices import Links, Settings
from exporter.publication import Artifact, Cover
from exporter.transforms import transform
from exporter.transforms.languages import language_of
from exporter.transforms.mapping import runs_of
from tests.arabic.test_neighbours import ARABIC
from tests.writers.page import METADATA, PROSE, fonts_of, p
from tests.writers.paper import laid_out, texts
from tests.writers.test_lines import PERSIAN, URDU

NASTALIQ, VAZIRMATN = "Noto Nastaliq Urdu", "Vazirmatn"


def body(*blocks: Block, language: str = "ar") -> Article:
    bare = dict.fromkeys(("publisher", "source", "rights", "description", "issued"), "")
    return Article(
        replace(METADATA, title="نص", language=language, creators=(), subjects=(), **bare),
        blocks,
    )


def published(article: Article, **settings: object) -> tuple[Artifact, Artifact]:
    theme = themes.load("naskh", Settings(**settings))  # type: ignore[arg-type]
    pdf, epub = pipeline.publish(article, theme, formats=["pdf", "epub"], cover=Cover())
    return pdf, epub


def names_in(pdf: Artifact) -> set[str]:
    return {
        name.partition("+")[2].removesuffix("-Bold").replace("-", " ") for name in fonts_of(pdf)
    }


def entry(epub: Artifact, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(epub.data)) as book:
        return book.read(name).decode()


def faces_in(epub: Artifact) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(epub.data)) as book:
        return {Path(name).stem.partition("-")[0] for name in book.namelist() if "/fonts/" in name}


def said(*parts: str | Inline, language: str) -> Isolate:
    inlines = tuple(Text(part) if isinstance(part, str) else part for part in parts)
    return Isolate(inlines, Direction.RTL, language)


def families(article: Article, **settings: object) -> dict[str, str]:
    """The family of the first line that begins with each word."""
    found: dict[str, str] = {}
    for page in laid_out(article, **settings).pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                for text in texts(box):
                    found.setdefault(text.text.split(" ")[0], text.style["font_family"][0])
    return found


@pytest.mark.parametrize(("lines", "family"), [(URDU, NASTALIQ), (PERSIAN, VAZIRMATN)])
@pytest.mark.parametrize("form", ["paragraph", "said", "quotation", "list", "free verse"])
def test_a_passage_is_set_in_the_family_of_its_language(
    lines: tuple[str, ...], family: str, form: str
) -> None:
    language = "ur" if lines is URDU else "fa"
    passages: dict[str, Block] = {
        "paragraph": p(lines[0]),
        "said": p(said("کتاب ", language=language), "."),  # too few words to be told by
        "quotation": Quote((p(lines[0]), p(lines[1]), p("کتاب"))),
        "list": List(((p(lines[0]),), (p(lines[1]),)), ListKind.NUMBERED),
        "free verse": Verse(tuple(VerseLine(((Text(line),),)) for line in lines)),
    }
    made = body(p(PROSE), passages[form], p(PROSE))
    first = "کتاب" if form == "said" else lines[0].split()[0]
    assert families(made)[first] == family
    assert families(made)["هذه"] == "Amiri"
    pdf, epub = published(made)
    assert names_in(pdf) == {"Amiri", family}
    assert faces_in(epub) == {"Amiri", family.replace(" ", "")}
    chapter = entry(epub, "EPUB/text/article-001.xhtml")
    assert f'lang="{language}" xml:lang="{language}"' in chapter
    assert f'.in-{language} {{\n  font-family: "{family}", "Amiri"' in entry(
        epub, "EPUB/styles/book.css"
    )


def test_a_page_without_passages_has_none_of_their_fonts_and_rules() -> None:
    pdf, epub = published(body(p(PROSE)))
    assert names_in(pdf) == {"Amiri"}
    assert "in-ur" not in entry(epub, "EPUB/styles/book.css")
    assert "Vazirmatn" not in entry(epub, "EPUB/styles/book.css")


@pytest.mark.parametrize("language", ["ur", "fa"])
def test_an_arabic_passage_is_set_in_the_family_of_the_theme(language: str) -> None:
    own = URDU if language == "ur" else PERSIAN
    article = body(p(*own), Quote((p(ARABIC[0]),)), p(*own), language=language)
    pdf, epub = published(article)
    family = NASTALIQ if language == "ur" else VAZIRMATN
    assert names_in(pdf) == {family, "Amiri"}
    assert 'class="in-ar" lang="ar"' in entry(epub, "EPUB/text/article-001.xhtml")


def test_lines_are_as_high_as_their_family_wants_them() -> None:
    document = laid_out(body(p(PROSE), p(*URDU), p(PROSE)), page="a5")
    heights: dict[str, set[float]] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox) and (found := texts(box)):
                own = found[0].style["font_family"][0]
                heights.setdefault(own, set()).add(round(box.height / box.style["font_size"], 2))
    assert heights[NASTALIQ] == {2.2}
    assert 1.78 in heights["Amiri"]
    assert max(heights["Amiri"]) < 2.2


def test_a_note_called_in_a_passage_is_in_the_language_of_the_article() -> None:
    made = replace(
        body(p(PROSE), p(URDU[0], NoteRef("n")), p(PROSE)), notes={"n": (p("حاشيةٌ قصيرة هنا"),)}
    )
    assert families(made)["حاشيةٌ"] == "Amiri"
    assert families(made)[URDU[0].split()[0]] == NASTALIQ


def test_a_link_in_a_passage_has_its_address_in_a_note() -> None:
    link = Link((Text("یہاں"),), "https://example.org/a")
    made = transform(body(p(said("اردو میں یہ بات ", link, " ہے", language="ur"))))
    (run,) = runs_of(made.body)
    assert language_of(run) == "ur"
    pdf, _ = published(made, links=Links.NOTES)
    assert names_in(pdf) == {"Amiri", NASTALIQ}


def test_lists_in_a_passage_are_numbered_in_its_digits() -> None:
    items = tuple((p(f"{word} بات یہ ہے کہ خط خوبصورت ہے"),) for word in ("پہلی", "دوسری"))
    made = body(p(PROSE), List(items, ListKind.NUMBERED, 4))
    pdf, epub = published(made)
    document = laid_out(made)
    marks = [
        "".join(text.text for text in texts(box))
        for page in document.pages
        for box in page._page_box.descendants()
        if (box.element_tag or "").endswith("::marker") and not isinstance(box, boxes.TextBox)
    ]
    assert marks == ["۴. ", "۵. "]
    sheet = entry(epub, "EPUB/styles/book.css")
    assert re.search(r"ol > li\.in-ur \{\s*list-style-type: persian;", sheet)
    assert names_in(pdf) == {"Amiri", NASTALIQ}


def test_a_phrase_in_a_line_keeps_the_family_of_the_line() -> None:
    made = body(p("كلمة ", said("یہ کتاب", language="ur"), " في سطر."))
    pdf, epub = published(made)
    assert names_in(pdf) == {"Amiri"}
    assert '<span dir="rtl" lang="ur" xml:lang="ur">' in entry(epub, "EPUB/text/article-001.xhtml")


def test_the_tags_say_the_language_of_a_passage() -> None:
    pdf, _ = published(body(p(PROSE), p(*URDU), Quote((p(*PERSIAN),))))
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        told = [
            (str(one.S), str(one.Lang))
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/Lang" in one
        ]
    assert ("/P", "ur") in told
    assert ("/P", "fa") in told


def test_the_family_that_a_user_chose_is_that_of_every_passage() -> None:
    pdf, epub = published(body(p(PROSE), p(*URDU)), font="Noto Naskh Arabic")
    assert names_in(pdf) == {"Noto Naskh Arabic"}
    assert 'lang="ur"' in entry(epub, "EPUB/text/article-001.xhtml")


def test_articles_of_a_book_are_set_in_the_family_of_their_language(tmp_path: Path) -> None:
    files = []
    for name, language, lines in (("a", "ar", (PROSE,)), ("u", "ur", URDU), ("f", "fa", PERSIAN)):
        file = tmp_path / f"{name}.md"
        file.write_text(f"---\nlang: {language}\n---\n# نص\n\n{' '.join(lines)}\n\n4. {lines[0]}\n")
        files.append(file)
    made = exporter.book(files, title="كتاب", output=tmp_path, cover="none", offline=True)
    pdf, epub = (Artifact(path.read_bytes(), "", ()) for path in sorted(made.paths, reverse=True))
    assert names_in(pdf) == {"Amiri", NASTALIQ, VAZIRMATN}
    assert faces_in(epub) == {"Amiri", "NotoNastaliqUrdu", "Vazirmatn"}
    assert '<article class="in-ur">' in entry(epub, "EPUB/text/article-002.xhtml")
    sheet = entry(epub, "EPUB/styles/book.css")
    assert re.search(r"\.in-fa ol,\s*ol > li\.in-fa \{\s*list-style-type: persian;", sheet)


def test_a_persian_book_is_set_in_the_family_of_persian(tmp_path: Path) -> None:
    file = tmp_path / "f.md"
    file.write_text(f"---\nlang: fa\n---\n# نص\n\n{' '.join(PERSIAN)}\n")
    made = exporter.book(
        [file], title="کتاب", language="fa", output=tmp_path, to="pdf", cover="none", offline=True
    )
    assert names_in(Artifact(made.paths[0].read_bytes(), "", ())) == {VAZIRMATN}
