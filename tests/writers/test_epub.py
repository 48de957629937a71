"""The e-book: valid, right to left in every document, complete, small, the same every time."""

from __future__ import annotations

import io
import posixpath
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ebooklib import epub as ebooklib_epub
from lxml import etree
from PIL import Image as Pillow

from exporter import fonts, pipeline, themes
from exporter.article import (
    Article,
    Aside,
    AsideRole,
    Block,
    Code,
    CodeSpan,
    Creator,
    Emphasis,
    Figure,
    Heading,
    Image,
    Link,
    List,
    ListKind,
    Metadata,
    NoteRef,
    Paragraph,
    Quote,
    Resource,
    Role,
    Rule,
    Strong,
    Sub,
    Table,
    Text,
    Verse,
    VerseLine,
)
from exporter.errors import ExporterError, UsageError, WriteError
from exporter.notices import NoticeCode
from exporter.publication import Artifact, Cover, CoverKind, Publication, single
from exporter.themes import Settings
from exporter.transforms import transform
from exporter.version import __version__
from exporter.writers import epub
from tests.judges.epubcheck import Check
from tests.writers.golden import assert_golden

NAMESPACES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
NO_COVER = Cover(CoverKind.NONE)


def inlines(text: str) -> tuple[Text]:
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(inlines(text))


def png() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (60, 30), "#88aaaa").save(out, "PNG")
    return out.getvalue()


METADATA = Metadata(
    title="كل ما في الكتاب عن C++ و«الأقواس»",
    subtitle="عنوان ثانٍ",
    creators=(
        Creator("سلمى الراوي", file_as="الراوي، سلمى"),
        Creator("خالد زيدان", Role.TRANSLATOR),
    ),
    publisher="مجلة سعف",
    issued="2024-06-12T01:30+03:00",
    language="ar",
    source="https://example.org/article?a=1&b=2",
    description="مقال فيه من كل شيء، ومن الرموز & و<.",
    subjects=("كتب", "حاسوب"),
    rights="الحقوق محفوظة",
    is_part_of="سلسلة سعف",
    identifier="urn:uuid:8f0c1d52-5a0e-5c5b-9a51-3d6f2c2a7b91",
)
BODY: tuple[Block, ...] = (
    Paragraph(
        (
            Text("نص فيه "),
            Emphasis(inlines("تأكيد")),
            Text(" وفيه "),
            Strong((Text("تقوية "), Emphasis(inlines("مؤكدة")))),
            Text(" وهامش"),
            NoteRef("first"),
            Text(" و"),
            CodeSpan("x = 1"),
            Text(" و"),
            Link(inlines("رابط"), "https://example.org/?a=1&b=2"),
            Text(" وماء H"),
            Sub(inlines("2")),
            Text("O ولغة C++."),
        )
    ),
    Heading((Text("قائمة وهامش"), NoteRef("second"))),
    List(
        ((paragraph("أول"), List(((paragraph("فرع"),),))), (paragraph("ثان"),)),
        ListKind.NUMBERED,
        3,
    ),
    Heading(inlines("تحتها"), 3),
    Quote((paragraph("قول قديم."),), inlines("الجاحظ")),
    Heading(inlines("لا تظهر في الفهرس"), 4),
    Table(
        ((inlines("خلية"), inlines("1")),), (inlines("الاسم"), inlines("العدد")), inlines("جدول")
    ),
    Heading(inlines("شعر")),
    Verse((VerseLine((inlines("صدر البيت القديم"), inlines("وعجز البيت القديم"))),)),
    Verse((VerseLine((inlines("سطر"),)), VerseLine((inlines("وسطر آخر"),)))),
    Figure(Image("picture", "مستطيل رمادي"), inlines("شرح"), inlines("تصوير فلان")),
    Code("print('سلام')", "python"),
    Rule(),
    Aside((paragraph("ملاحظة"),), AsideRole.EDITOR_NOTE),
    Aside((paragraph("بارز"),), AsideRole.PULL_QUOTE),
    Aside((paragraph("جانبي"),)),
)
ARTICLE = transform(
    Article(
        METADATA,
        BODY,
        {"first": (paragraph("هامش."), paragraph("فقرة ثانية.")), "second": (paragraph("آخر."),)},
        {"picture": Resource("picture.png", "image/png", png())},
    )
)
ENGLISH = Article(
    Metadata(
        title="A Short History",
        language="en",
        identifier="urn:uuid:0f6d7c6e-8b0a-5d0e-9c55-0d5b6c1f4a01",
    ),
    (Heading(inlines("One")), paragraph("Hello.")),
)
PLAIN = Article(
    Metadata(title="عنوان", identifier="urn:uuid:0f6d7c6e-8b0a-5d0e-9c55-0d5b6c1f4a02"),
    (paragraph("نص."),),
)


def written(article: Article | Publication, *, cover: Cover = NO_COVER, font: str = "") -> Artifact:
    publication = article if isinstance(article, Publication) else single(article, cover=cover)
    return epub.write(publication, themes.load("naskh", Settings(font=font)), pipeline.engine())


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The files of the article that has everything, with its cover."""
    return unpacked(written(ARTICLE, cover=Cover()).data)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def documents(files: dict[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


def package(files: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(files["EPUB/content.opf"])


def find(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(item) for item in found]


def text_of(element: etree._Element) -> str:
    return str(element.xpath("string()"))


# --- goldens --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("golden", "name"),
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
    golden: str, name: str, whole: dict[str, bytes]
) -> None:
    made = whole[name].decode().replace(f"arabic-exporter {__version__}", "arabic-exporter VERSION")
    assert_golden(golden, made.rstrip("\n") + "\n")


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


# --- metadata -------------------------------------------------------------------------------


def modified(article: Article) -> str:
    root = package(unpacked(written(article).data))
    (stamp,) = find(root, "//opf:meta[@property='dcterms:modified']/text()")
    return stamp


def dated(*, issued: str = "", modified: str = "") -> Article:
    return replace(PLAIN, metadata=replace(PLAIN.metadata, issued=issued, modified=modified))


def test_the_modification_date_is_the_articles_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert modified(dated(issued="2024")) == "2024-01-01T00:00:00Z"
    assert modified(dated(issued="2024-06")) == "2024-06-01T00:00:00Z"
    assert modified(dated(issued="2024-06-12", modified="2024-07-01T01:00+03:00")) == (
        "2024-06-30T22:00:00Z"
    )
    assert modified(dated()) == "2023-11-14T22:13:20Z"


def test_without_any_date_the_clock_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert modified(dated()) == "1980-01-01T00:00:00Z"


def test_a_source_date_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is yesterday"):
        written(dated())


def test_a_time_without_a_zone_is_not_passed_off_as_utc() -> None:
    root = package(unpacked(written(dated(issued="2024-06-12T10:30")).data))
    assert find(root, "//dc:date/text()") == ["2024-06-12"]


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


def body_of(*blocks: Block) -> Article:
    return replace(PLAIN, body=blocks)


def test_only_the_faces_that_draw_something_are_embedded() -> None:
    amiri = ["Amiri-Bold.ttf", "Amiri-Regular.ttf"]  # the title is bold
    assert font_names(PLAIN) == amiri
    emphasis = body_of(Paragraph((Emphasis(inlines("مهم")),)))
    assert font_names(emphasis) == sorted([*amiri, "Amiri-Italic.ttf"])
    assert "NotoSansMono-Regular.ttf" in font_names(body_of(paragraph("نص"), Code("x")))
    assert font_names(emphasis, "Noto Naskh Arabic") == [
        "NotoNaskhArabic-Bold.ttf",
        "NotoNaskhArabic-Regular.ttf",
    ]


def test_a_family_without_italic_marks_stress_without_a_slant() -> None:
    for family, slanted in (("Amiri", True), ("Noto Naskh Arabic", False)):
        css = unpacked(written(PLAIN, font=family).data)["EPUB/styles/book.css"].decode()
        assert ("overline" not in css) is slanted
        assert "font-synthesis: weight" in css


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


def test_a_word_that_the_first_family_lacks_a_letter_of_comes_whole_from_the_next() -> None:
    amiri, naskh = (fonts.family(name).regular for name in ("Amiri", "Noto Naskh Arabic"))
    only = sorted(fonts.characters_of(naskh) - fonts.characters_of(amiri))
    letter = next(character for character in only if character.isalpha())
    assert "NotoNaskhArabic-Regular.ttf" in font_names(body_of(paragraph(f"ب{letter}ت")))


def test_a_character_that_no_face_has_is_a_notice() -> None:
    (notice,) = written(body_of(paragraph("نص 漢"))).notices
    assert (notice.code, notice.text) == (NoticeCode.CHARACTER_MISSING, "漢")


# --- the file -------------------------------------------------------------------------------


def test_the_same_book_has_the_same_bytes_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(ARTICLE, cover=Cover()).data
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert written(ARTICLE, cover=Cover()).data == first


def test_the_archive_is_sealed() -> None:
    with zipfile.ZipFile(io.BytesIO(written(ARTICLE).data)) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert entries[0].extra == b""
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {oct(entry.external_attr >> 16) for entry in entries} == {"0o100644"}


def test_ebooklib_is_left_as_it_was() -> None:
    before = (ebooklib_epub.zipfile, dict(vars(ebooklib_epub.EpubWriter)))
    written(PLAIN)
    assert (ebooklib_epub.zipfile, dict(vars(ebooklib_epub.EpubWriter))) == before
    assert ebooklib_epub.zipfile is zipfile


def unidentified(article: Article) -> Article:
    return replace(article, metadata=replace(article.metadata, identifier=""))


BROKEN: dict[str, tuple[Callable[[], Article | Publication], str]] = {
    "no article": (lambda: Publication(METADATA, ()), "no article"),
    "no text": (lambda: body_of(paragraph(" ")), "عنوان: the article has no text"),
    "no identifier": (lambda: unidentified(PLAIN), "عنوان: the article has no identifier"),
    "a control character": (lambda: body_of(paragraph("نص\x0b")), "عنوان: .*remove that character"),
    "half a surrogate": (lambda: body_of(paragraph("نص\ud800")), "عنوان: .*remove that character"),
    "a day that is none": (lambda: dated(issued="2024-02-30"), "عنوان: “2024-02-30” is no day"),
    "a lost picture": (
        lambda: body_of(paragraph("نص"), Figure(Image("lost", "صورة"))),
        "عنوان: a picture of the article is not there",
    ),
    "a picture e-readers can't show": (
        lambda: replace(PLAIN, resources={"x": Resource("x.bmp", "image/bmp", b"BM")}),
        "عنوان: .*image/bmp",
    ),
}


@pytest.mark.parametrize(("make", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_what_can_be_no_book_is_refused_in_a_sentence_that_names_it(
    make: Callable[[], Article | Publication], sentence: str
) -> None:
    with pytest.raises(ExporterError, match=sentence) as refused:
        written(make())
    assert isinstance(refused.value, WriteError)


# --- the samples ----------------------------------------------------------------------------


def sample(path: Path, cover: Cover) -> bytes:
    (reading,) = pipeline.read(str(path))
    return written(transform(reading.article), cover=cover).data


def test_the_samples_are_small(seeds: tuple[Path, ...]) -> None:
    for path in seeds:
        bare, covered = len(sample(path, NO_COVER)), len(sample(path, Cover()))
        assert bare < 150_000, path.name
        assert covered - bare < 120_000, path.name


def test_the_first_input_is_small(private_data: Path) -> None:
    path = next((private_data / "seeds").glob("000_*.txt"))
    bare, covered = len(sample(path, NO_COVER)), len(sample(path, Cover()))
    assert bare < 150_000
    assert covered - bare < 120_000


@pytest.mark.judge
@pytest.mark.slow
def test_epubcheck_finds_nothing_in_the_samples_nor_in_any_shape_of_content(
    tmp_path: Path, seeds: tuple[Path, ...], epubcheck: Check
) -> None:
    books = {path.stem: sample(path, Cover()) for path in seeds}
    books["everything"] = written(ARTICLE, cover=Cover()).data
    books["naskh"] = written(ARTICLE, font="Noto Naskh Arabic").data
    books["two-languages"] = written(Publication(METADATA, (ARTICLE, ENGLISH), NO_COVER)).data
    books["plain"] = written(PLAIN).data
    paths = []
    for name, data in books.items():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(data)
    assert {path.stem: found for path, found in epubcheck(paths).items() if found} == {}
