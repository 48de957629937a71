"""The e-book's documents: valid, right to left in each, with ways in that lead where they say."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

import pytest
from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes

from exporter.publication import Publication
from exporter.version import __version__
from tests.golden import Golden
from tests.writers.book import (
    ENGLISH,
    EPUB_TYPE,
    METADATA,
    NAMESPACES,
    NO_COVER,
    PLAIN,
    XML_LANG,
    documents,
    find,
    package,
    text_of,
    unpacked,
    written,
)

# --- goldens --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("package.opf", "EPUB/content.opf"),
        ("nav.xhtml", "EPUB/nav.xhtml"),
        ("toc.ncx", "EPUB/toc.ncx"),
        ("chapter.xhtml", "EPUB/text/article-001.xhtml"),
        ("cover.xhtml", "EPUB/text/cover.xhtml"),
        ("container.xml", "META-INF/container.xml"),
    ],
)
def test_the_documents_of_the_book_are_as_they_were_found_right(
    file: str, name: str, whole: dict[str, bytes], golden: Golden
) -> None:
    made = whole[name].decode().replace(f"arabic-exporter {__version__}", "arabic-exporter VERSION")
    golden.check(file, made.rstrip("\n") + "\n")


# --- direction and language -----------------------------------------------------------------


def test_every_document_says_its_direction_and_language_on_html_and_body(
    whole: dict[str, bytes],
) -> None:
    for name, root in documents(whole).items():
        body = root.find("h:body", NAMESPACES)
        assert body is not None
        for element in (root, body):
            said = (element.get("dir"), element.get("lang"), element.get(XML_LANG))
            assert said == ("rtl", "ar", "ar"), name
    assert len(documents(whole)) == 3


def test_the_package_turns_its_pages_to_the_left(whole: dict[str, bytes]) -> None:
    root = package(whole)
    assert (root.get("dir"), root.get(XML_LANG), root.get("version")) == ("rtl", "ar", "3.0")
    assert find(root, "opf:spine/@page-progression-direction") == ["rtl"]
    assert etree.fromstring(whole["EPUB/toc.ncx"]).get("dir") == "rtl"


def test_an_english_book_goes_the_other_way_and_a_chapter_keeps_its_own() -> None:
    english = unpacked(written(ENGLISH).data)
    assert find(package(english), "opf:spine/@page-progression-direction") == ["ltr"]
    mixed = unpacked(written(Publication(METADATA, (PLAIN, ENGLISH), NO_COVER)).data)
    said = {name: (root.get("dir"), root.get("lang")) for name, root in documents(mixed).items()}
    assert said == {
        "EPUB/nav.xhtml": ("rtl", "ar"),
        "EPUB/text/article-001.xhtml": ("rtl", "ar"),
        "EPUB/text/article-002.xhtml": ("ltr", "en"),
    }


def test_the_style_sheet_leaves_the_reader_direction_colour_and_size(
    whole: dict[str, bytes],
) -> None:
    css = whole["EPUB/styles/book.css"].decode()
    declared = {line.partition(":")[0].strip() for line in css.splitlines() if line.endswith(";")}
    unwanted = {"direction", "unicode-bidi", "background", "height", "letter-spacing"}
    assert not declared & {*unwanted, "background-color"}
    assert "color: inherit;" in css
    assert css.count("color:") == css.count("color: inherit;")


def test_no_invisible_character_is_put_into_the_text(whole: dict[str, bytes]) -> None:
    invisible = {chr(code) for code in (0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), 0xFEFF)}
    for name, root in documents(whole).items():
        assert not invisible & set(text_of(root)), name


# --- ways in --------------------------------------------------------------------------------


def test_the_contents_nest_headings_of_two_levels_under_the_title(whole: dict[str, bytes]) -> None:
    nav = documents(whole)["EPUB/nav.xhtml"]
    depths = {
        text_of(link): sum(1 for parent in link.iterancestors() if "}ol" in parent.tag)
        for link in nav.iterfind(".//h:nav[@id='toc']//h:a", NAMESPACES)
    }
    title = METADATA.title
    assert depths == {title: 1, "قائمة وهامش": 2, "تحتها": 3, "شعر": 2}


def links(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, root in documents(files).items():
        for attribute in ("href", "src"):
            for link in find(root, f"//h:*[not(self::h:base)]/@{attribute}"):
                if "://" not in link:
                    yield name, link
    for src in find(etree.fromstring(files["EPUB/toc.ncx"]), "//ncx:content/@src"):
        yield "EPUB/toc.ncx", src


def test_every_link_inside_the_book_leads_to_what_it_names(whole: dict[str, bytes]) -> None:
    parsed = documents(whole)
    checked = 0
    for name, link in links(whole):
        path, _, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        assert target in whole, link
        assert not anchor or find(parsed[target], f"//*[@id='{anchor}']/@id"), link
        checked += 1
    assert checked >= 20


def test_the_ncx_has_the_depth_and_the_order_of_the_contents(whole: dict[str, bytes]) -> None:
    ncx = etree.fromstring(whole["EPUB/toc.ncx"])
    metas = {
        meta.get("name"): meta.get("content") for meta in ncx.iterfind(".//ncx:meta", NAMESPACES)
    }
    assert metas["dtb:uid"] == METADATA.identifier
    assert metas["dtb:depth"] == "3"
    assert find(ncx, "//ncx:navPoint/@playOrder") == ["1", "2", "3", "4"]


def test_landmarks_name_cover_contents_and_text(whole: dict[str, bytes]) -> None:
    nav = documents(whole)["EPUB/nav.xhtml"]
    types = [
        link.get(EPUB_TYPE) for link in nav.iterfind(".//h:nav[@id='landmarks']//h:a", NAMESPACES)
    ]
    assert types == ["cover", "toc", "bodymatter"]
    assert find(package(whole), "opf:guide/opf:reference/@type") == ["cover", "toc", "text"]


def test_only_the_contents_are_shown_of_the_navigation(whole: dict[str, bytes]) -> None:
    """Its style sheet undoes no `hidden`: no reader is to page through a list of numbers."""
    sheet = CSS(string=whole["EPUB/styles/book.css"].decode())
    document = HTML(string=whole["EPUB/nav.xhtml"].decode()).render(stylesheets=[sheet])
    shown = "".join(
        box.text
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    )
    assert "قائمة وهامش" in shown
    assert "معالم الكتاب" not in shown


def test_the_cover_comes_first_and_then_the_contents(whole: dict[str, bytes]) -> None:
    root = package(whole)
    assert find(root, "opf:spine/opf:itemref/@idref") == ["cover", "nav", "article-001"]
    assert find(root, "opf:spine/opf:itemref/@linear") == []
    assert find(root, "opf:manifest/opf:item[@properties='cover-image']/@href") == [
        "images/cover.png"
    ]


def test_contents_of_one_line_take_no_page() -> None:
    files = unpacked(written(PLAIN).data)
    assert find(package(files), "opf:spine/opf:itemref/@idref") == ["article-001"]
    assert b'epub:type="toc"' in files["EPUB/nav.xhtml"]
