"""The e-book for one device: what that device needs is there, and the text is the same."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from lxml import etree

from exporter import pipeline, themes
from exporter.choices import BookFonts, Device, Settings
from exporter.delivery import deliver
from exporter.notices import NoticeCode
from exporter.publication import Cover
from exporter.transforms import transform
from exporter.writers.epub.spans import spanned
from tests.judges.epubcheck import Check
from tests.writers.book import (
    ARTICLE,
    NAMESPACES,
    documents,
    find,
    package,
    text_of,
    unpacked,
    written,
)

CHAPTER = "EPUB/text/article-001.xhtml"
every_device = pytest.mark.parametrize("device", Device)


def book(device: Device, *, fonts: BookFonts = BookFonts.EMBED) -> dict[str, bytes]:
    settings = Settings(device=device, fonts=fonts)
    return unpacked(written(ARTICLE, cover=Cover(), settings=settings).data)


def words(files: dict[str, bytes]) -> list[str]:
    return text_of(documents(files)[CHAPTER].find("h:body", NAMESPACES)).split()  # type: ignore[arg-type]


@every_device
def test_every_device_gets_the_same_words(device: Device) -> None:
    assert words(book(device)) == words(book(Device.GENERIC))


@every_device
def test_every_device_gets_pages_from_right_to_left_and_both_tables_of_contents(
    device: Device,
) -> None:
    files = book(device)
    root = package(files)
    assert find(root, "opf:spine/@page-progression-direction") == ["rtl"]
    assert find(root, "opf:spine/@toc") == ["ncx"]
    assert find(root, "opf:guide/opf:reference/@type")
    assert find(root, "//opf:meta[@name='cover']/@content") == ["cover-image"]
    assert find(root, "opf:manifest/opf:item[@properties='cover-image']/@id") == ["cover-image"]
    assert {"EPUB/nav.xhtml", "EPUB/toc.ncx"} <= files.keys()


# --- what old engines read ------------------------------------------------------------------


@every_device
def test_the_sheet_that_every_engine_reads_has_nothing_that_stops_the_old_ones(
    device: Device,
) -> None:
    css = book(device)["EPUB/styles/book.css"].decode()
    assert "@media" not in css
    assert not re.search(r"-(inline|block)(-start|-end)?\s*:(?!:)", css)
    # What follows the side is for those that know it.
    known = re.sub(r"(text-align: (?:left|right);) text-align: (?:start|end);", r"\1", css)
    assert not re.search(r":\s*(start|end)\s*;", known)
    assert not re.search(r"\d(vh|vw)\b|calc\(|min\(|max\(|var\(", css)


def test_margins_are_on_the_side_where_lines_start() -> None:
    css = book(Device.GENERIC)["EPUB/styles/book.css"].decode()
    assert "padding-right: 1.8em" in css  # lists
    assert "text-align: right" in css  # headings
    assert "page-break-after: avoid" in css


def test_rules_for_narrow_screens_are_in_a_sheet_of_their_own() -> None:
    files = book(Device.GENERIC)
    assert files["EPUB/styles/screen.css"].decode().startswith("@media (max-width: 28em)")
    links = find(documents(files)[CHAPTER], "//h:link/@href")
    assert links == ["../styles/book.css", "../styles/screen.css"]


@pytest.mark.parametrize("device", [Device.KINDLE, Device.POCKETBOOK, Device.KOREADER])
def test_devices_without_media_queries_get_none(device: Device) -> None:
    files = book(device)
    assert "EPUB/styles/screen.css" not in files
    assert find(documents(files)[CHAPTER], "//h:link/@href") == ["../styles/book.css"]


# --- Kobo -----------------------------------------------------------------------------------


def test_kobo_gets_a_span_around_every_sentence_and_picture() -> None:
    root = documents(book(Device.KOBO))[CHAPTER]
    identifiers = find(root, "//h:span[@class='koboSpan']/@id")
    assert len(identifiers) > 30
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"kobo\.[1-9]\d*\.[1-9]\d*", one) for one in identifiers)
    body = root.find("h:body", NAMESPACES)
    assert body is not None
    loose = body.xpath(
        "//text()[normalize-space() and not(ancestor::h:span[@class='koboSpan'])"
        " and ancestor::h:body]",
        namespaces=NAMESPACES,
    )
    assert loose == []
    assert find(root, "//h:img[not(parent::h:span[@class='koboSpan'])]/@src") == []


def test_kobo_s_numbers_begin_anew_with_each_paragraph() -> None:
    document = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>ت</title></head><body>%s</body></html>"
    content = "<p>أولى. ثانية؟ «ثالثة!» رابعة</p><p>خامسة <em>مائلة</em>.</p>"
    root = etree.fromstring(spanned((document % content).encode()))
    said = [
        (span.get("id"), span.text)
        for span in root.iterfind(".//h:span[@class='koboSpan']", NAMESPACES)
    ]
    assert said == [
        ("kobo.1.1", "أولى. "),
        ("kobo.1.2", "ثانية؟ "),
        ("kobo.1.3", "«ثالثة!» "),
        ("kobo.1.4", "رابعة"),
        ("kobo.2.1", "خامسة "),
        ("kobo.2.2", "مائلة"),
        ("kobo.2.3", "."),
    ]


def test_kobo_makes_pages_of_what_is_in_its_two_elements() -> None:
    root = documents(book(Device.KOBO))[CHAPTER]
    assert len(find(root, "h:body/h:div[@id='book-columns']/h:div[@id='book-inner']/@id")) == 1
    assert len(find(root, "h:body/*/@id")) == 1


def test_only_kobo_gets_spans_and_its_name(tmp_path: Path) -> None:
    for device in Device:
        settings = Settings(device=device)
        artifact = written(ARTICLE, settings=settings)
        delivered = deliver([artifact], tmp_path / device, stem="كتاب", identifier="x")
        ending = ".kepub.epub" if device is Device.KOBO else ".epub"
        assert [path.name for path in delivered.paths] == [f"كتاب{ending}"]
        assert (b"koboSpan" in unpacked(artifact.data)[CHAPTER]) is (device is Device.KOBO)


# --- Kindle, Apple --------------------------------------------------------------------------


def test_kindle_gets_its_cover_as_a_picture_alone_and_two_levels_of_contents() -> None:
    files = book(Device.KINDLE)
    assert "EPUB/text/cover.xhtml" not in files
    assert find(package(files), "opf:spine/opf:itemref/@idref") == ["nav", "article-001"]
    nested = ".//h:nav[@id='toc']/h:ol/h:li/h:ol/h:li/h:ol"
    assert documents(files)["EPUB/nav.xhtml"].find(nested, NAMESPACES) is None
    assert documents(book(Device.GENERIC))["EPUB/nav.xhtml"].find(nested, NAMESPACES) is not None


def test_a_book_too_large_for_kindle_s_mail_is_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    from exporter.writers.epub import devices

    small = replace(devices.PROFILES[Device.KINDLE], largest=1_000)
    monkeypatch.setattr(
        "exporter.writers.epub.PROFILES", {**devices.PROFILES, Device.KINDLE: small}
    )
    notices = written(ARTICLE, settings=Settings(device=Device.KINDLE)).notices
    assert [notice.code for notice in notices] == [NoticeCode.BOOK_LARGE]
    assert "kindle" in notices[0].message
    assert written(ARTICLE).notices == ()


def test_apple_is_told_that_the_fonts_are_to_be_used_and_only_when_there_are_any() -> None:
    options = "META-INF/com.apple.ibooks.display-options.xml"
    files = book(Device.APPLE)
    assert b'<option name="specified-fonts">true</option>' in files[options]
    assert find(package(files), "//opf:meta[@property='ibooks:specified-fonts']/text()") == ["true"]
    bare = book(Device.APPLE, fonts=BookFonts.NONE)
    assert options not in bare
    assert b"ibooks" not in bare["EPUB/content.opf"]


# --- fonts ----------------------------------------------------------------------------------


@every_device
def test_a_book_without_fonts_names_those_that_readers_have(device: Device) -> None:
    files = book(device, fonts=BookFonts.NONE)
    css = files["EPUB/styles/book.css"].decode()
    assert not any("/fonts/" in name for name in files)
    assert "@font-face" not in css
    for name in ("Amiri", "Geeza Pro", "Noto Naskh Arabic UI", "Traditional Arabic"):
        assert f'"{name}"' in css
    assert len(b"".join(files.values())) < 120_000


def test_a_book_without_fonts_lacks_no_character() -> None:
    settings = Settings(fonts=BookFonts.NONE)
    article = replace(ARTICLE, metadata=replace(ARTICLE.metadata, title="نص 漢"))
    assert written(article, settings=settings).notices == ()


# --- paper ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "size", "points"),
    [("eink6", (91, 122), 11), ("eink8", (119, 159), 12.5), ("eink10", (157, 210), 14)],
)
def test_pages_for_screens_have_their_size_and_type(
    page: str, size: tuple[float, float], points: float
) -> None:
    theme = themes.load("naskh", Settings(page=page))
    assert (theme.page, theme.font_size) == (size, points)
    width, _, _, _ = theme.page[0], *theme.margins[:3]
    column = (width - theme.margins[1] - theme.margins[3]) / 25.4 * 72
    assert 20 < column / points < 32  # ems: about 40 to 65 letters a line


@pytest.mark.parametrize("page", ["eink6", "eink8", "eink10"])
def test_head_and_folio_stay_on_the_screen(page: str, seeds: tuple[Path, ...]) -> None:
    (reading,) = pipeline.read(str(next(path for path in seeds if path.stem == "long-read")))
    theme = themes.load("naskh", Settings(page=page))
    (made,) = pipeline.publish(reading.article, theme, formats=["pdf"], cover=Cover())
    with pymupdf.open(stream=made.data) as document:
        second = document[1]
        ink = second.get_pixmap(dpi=100, colorspace=pymupdf.csGRAY)
    for row in (0, 1, ink.height - 2, ink.height - 1):
        assert min(ink.samples[row * ink.stride : (row + 1) * ink.stride]) > 200


def test_a_page_of_one_s_own_takes_nothing_from_a_screen() -> None:
    own, a5 = (themes.load("naskh", Settings(page=page)) for page in ("120x180mm", "a5"))
    assert own.font_size == a5.font_size


# --- the judge ------------------------------------------------------------------------------


@pytest.mark.judge
@pytest.mark.slow
def test_epubcheck_finds_nothing_for_any_device(
    tmp_path: Path, seeds: tuple[Path, ...], epubcheck: Check
) -> None:
    (reading,) = pipeline.read(str(seeds[-1]))
    articles = {"everything": ARTICLE, "sample": transform(reading.article)}
    paths = []
    for device in Device:
        for how in BookFonts:
            settings = Settings(device=device, fonts=how)
            for name, article in articles.items():
                paths.append(tmp_path / f"{device}-{how}-{name}.epub")
                paths[-1].write_bytes(written(article, cover=Cover(), settings=settings).data)
    assert {path.stem: found for path, found in epubcheck(paths).items() if found} == {}
