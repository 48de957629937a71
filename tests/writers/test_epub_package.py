"""The e-book's package: metadata that is true, the fonts it needs and no others."""

from __future__ import annotations

import io
import posixpath
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from exporter import fonts
from exporter.article import (
    Article,
    Code,
    Creator,
    Emphasis,
    Figure,
    Image,
    List,
    ListKind,
    Paragraph,
    Quote,
)
from exporter.notices import NoticeCode
from exporter.publication import Cover
from tests.writers.book import (
    ADDRESSES,
    ARTICLE,
    METADATA,
    NAMESPACES,
    NO_ADDRESSES,
    NO_COVER,
    PLAIN,
    body_of,
    dated,
    documents,
    find,
    inlines,
    package,
    paragraph,
    text_of,
    unpacked,
    written,
)

# --- metadata -------------------------------------------------------------------------------


def modified(article: Article) -> str:
    root = package(unpacked(written(article).data))
    (stamp,) = find(root, "//opf:meta[@property='dcterms:modified']/text()")
    return stamp


def test_the_modification_date_is_the_articles_own() -> None:
    assert modified(dated(issued="2024")) == "2024-01-01T00:00:00Z"
    assert modified(dated(issued="2024-06")) == "2024-06-01T00:00:00Z"
    assert modified(dated(issued="2024-06-12", modified="2024-07-01T01:00+03:00")) == (
        "2024-06-30T22:00:00Z"
    )


def test_without_any_date_the_clock_is_not_asked() -> None:
    assert modified(dated()) == "1980-01-01T00:00:00Z"


def test_a_time_without_a_zone_is_not_passed_off_as_utc() -> None:
    root = package(unpacked(written(dated(issued="2024-06-12T10:30")).data))
    assert find(root, "//dc:date/text()") == ["2024-06-12"]


def refinements(root: etree._Element, identifier: str) -> dict[str, str]:
    metas = root.iterfind(f".//opf:meta[@refines='#{identifier}']", NAMESPACES)
    return {meta.get("property", ""): meta.text or "" for meta in metas}


def test_titles_and_creators_say_what_each_is_and_in_which_order(whole: dict[str, bytes]) -> None:
    root = package(whole)
    assert refinements(root, "title") == {
        "title-type": "main",
        "display-seq": "1",
        "alternate-script": "Kull ma fi al-kitab",
    }
    (script,) = find(root, "//opf:meta[@property='alternate-script']/@xml:lang")
    assert script == "ar-Latn"
    assert refinements(root, "subtitle") == {"title-type": "subtitle", "display-seq": "2"}
    author, translator = (refinements(root, f"creator-{number}") for number in (1, 2))
    assert (author["role"], author["display-seq"], author["file-as"]) == (
        "aut",
        "1",
        "الراوي، سلمى",
    )
    assert (translator["role"], translator["display-seq"]) == ("trl", "2")


def test_an_arabic_name_is_filed_as_it_is_said_and_a_latin_one_as_the_reader_does() -> None:
    creators = (Creator("سَلْمى الرّاويـة"), Creator("John Smith"))
    article = replace(PLAIN, metadata=replace(PLAIN.metadata, creators=creators))
    root = package(unpacked(written(article).data))
    assert refinements(root, "creator-1")["file-as"] == "سلمى الراوية"
    assert "file-as" not in refinements(root, "creator-2")


def test_a_part_of_a_series_has_its_place_there(whole: dict[str, bytes]) -> None:
    root = package(whole)
    assert find(root, "//opf:meta[@property='belongs-to-collection']/text()") == ["سلسلة سعف"]
    assert refinements(root, "series") == {"collection-type": "series", "group-position": "3"}
    metadata = replace(METADATA, group_position="2.1.4")
    legacy = package(unpacked(written(replace(ARTICLE, metadata=metadata)).data))
    assert find(legacy, "//opf:meta[@name='calibre:series_index']/@content") == ["2.1"]


def source_note(source: str) -> etree._Element:
    article = replace(PLAIN, metadata=replace(PLAIN.metadata, source=source))
    chapter = documents(unpacked(written(article).data))["EPUB/text/article-001.xhtml"]
    (note,) = chapter.iterfind(".//{*}footer")
    return note


@pytest.mark.parametrize("source", NO_ADDRESSES)
def test_a_source_that_is_no_address_is_no_link(source: str) -> None:
    note = source_note(source)
    assert find(note, ".//h:a") == []
    assert text_of(note) == f"المصدر: {source}"


@pytest.mark.parametrize("source", ADDRESSES)
def test_a_source_that_is_an_address_is_a_link(source: str) -> None:
    note = source_note(source)
    (href,) = find(note, ".//h:a/@href")
    assert unquote(href) == unquote(source)
    assert text_of(note) == f"الرابط: {source}"


def claims(article: Article, name: str, *, cover: Cover = NO_COVER) -> list[str]:
    root = package(unpacked(written(article, cover=cover).data))
    return find(root, f"//opf:meta[@property='schema:{name}']/text()")


def with_picture(alternative: str) -> Article:
    return replace(ARTICLE, body=(paragraph("نص"), Figure(Image("picture", alternative))), notes={})


def test_what_is_claimed_of_pictures_is_true() -> None:
    sufficient, feature = "accessModeSufficient", "accessibilityFeature"
    assert claims(PLAIN, sufficient) == ["textual"]
    assert "alternativeText" not in claims(PLAIN, feature)
    described, undescribed = with_picture("مستطيل"), with_picture("")
    assert claims(described, sufficient) == ["textual,visual", "textual"]
    assert "alternativeText" in claims(described, feature)
    assert claims(undescribed, sufficient) == ["textual,visual"]
    assert "alternativeText" not in claims(undescribed, feature, cover=Cover())


def test_no_conformance_is_claimed_that_nobody_judged(whole: dict[str, bytes]) -> None:
    assert b"conformsTo" not in whole["EPUB/content.opf"]


# --- fonts ----------------------------------------------------------------------------------


def font_names(article: Article, font: str = "") -> list[str]:
    files = unpacked(written(article, font=font).data)
    return sorted(name.removeprefix("EPUB/fonts/") for name in files if "/fonts/" in name)


def regular_characters(article: Article) -> frozenset[str]:
    data = unpacked(written(article).data)["EPUB/fonts/Amiri-Regular.ttf"]
    return frozenset(map(chr, TTFont(io.BytesIO(data)).getBestCmap()))


def test_only_the_faces_that_draw_something_are_embedded() -> None:
    amiri = ["Amiri-Bold.ttf", "Amiri-Regular.ttf"]  # the title is bold
    assert font_names(PLAIN) == amiri
    emphasis = body_of(Paragraph((Emphasis(inlines("مهم")),)))
    assert font_names(emphasis) == amiri
    assert "NotoSansMono-Regular.ttf" in font_names(body_of(paragraph("نص"), Code("x")))
    assert font_names(emphasis, "Noto Naskh Arabic") == [
        "NotoNaskhArabic-Bold.ttf",
        "NotoNaskhArabic-Regular.ttf",
    ]


def test_stress_is_a_weight_in_arabic_and_a_slant_in_latin_letters() -> None:
    for family, slanted in (("Amiri", True), ("Noto Naskh Arabic", False)):
        css = unpacked(written(PLAIN, font=family).data)["EPUB/styles/book.css"].decode()
        assert "\nem,\ni,\ncite {\n  font-style: normal;\n  font-weight: bold;" in css
        assert ('body[dir="ltr"] em' in css) is slanted
        assert "font-synthesis: weight" in css
    emphasis = body_of(Paragraph((Emphasis(inlines("much")),)))
    english = replace(emphasis, metadata=replace(emphasis.metadata, language="en"))
    assert "Amiri-Italic.ttf" in font_names(english)


def test_every_character_of_the_book_has_its_glyph_and_its_declared_family(
    whole: dict[str, bytes], tmp_path: Path
) -> None:
    css = whole["EPUB/styles/book.css"].decode()
    drawn: set[str] = set()
    for name, data in whole.items():
        if name.endswith(".ttf"):
            path = tmp_path / posixpath.basename(name)
            path.write_bytes(data)
            drawn |= fonts.characters_of(fonts.Face(path, 400, fonts.Style.NORMAL))
            assert f'url("../fonts/{path.name}")' in css
            assert find(package(whole), f"//opf:item[@href='fonts/{path.name}']/@media-type") == [
                "font/ttf"
            ]
    for root in documents(whole).values():
        text = text_of(root)
        assert not {character for character in text if fonts.is_drawn(character)} - drawn


def test_the_marks_and_numbers_that_the_style_sheet_adds_have_their_glyphs() -> None:
    numbered = List(((paragraph("بند"),),), ListKind.NUMBERED)
    lettered = List(((paragraph("بند"),),), ListKind.LETTERED)
    quoted = Quote((paragraph("قول"),), inlines("قائله"))
    for blocks, drawn, undrawn in (
        ((numbered,), "٠١٢٣٤٥٦٧٨٩.", "—"),
        ((quoted,), "—", "٠١"),
        ((lettered,), "", "٠١—"),
    ):
        characters = regular_characters(body_of(*blocks))
        assert set(drawn) <= characters
        assert not set(undrawn) & characters


def test_a_word_that_the_first_family_lacks_a_letter_of_comes_whole_from_the_next() -> None:
    amiri, naskh = (fonts.family(name).regular for name in ("Amiri", "Noto Naskh Arabic"))
    only = sorted(fonts.characters_of(naskh) - fonts.characters_of(amiri))
    letter = next(character for character in only if character.isalpha())
    assert "NotoNaskhArabic-Regular.ttf" in font_names(body_of(paragraph(f"ب{letter}ت")))


def test_a_character_that_no_face_has_is_a_notice() -> None:
    (notice,) = written(body_of(paragraph("نص 漢"))).notices
    assert (notice.code, notice.text) == (NoticeCode.CHARACTER_MISSING, "漢")
