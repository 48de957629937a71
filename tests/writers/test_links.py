"""Links and the note of the source on paper, as their reader meets them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
import segno
import zxingcpp
from lxml import etree
from PIL import Image

from exporter import pipeline, publication, rendering, themes
from exporter.article import Article, Heading, Link, NoteRef, Paragraph, Text
from exporter.choices import Digits, Links, Settings, SourceNote
from exporter.publication import Cover
from exporter.transforms import transform
from tests.judges.verapdf import Validate
from tests.writers.page import METADATA, PROSE, make, p, pdfium_text, text_of

LONG = "https://example.org/archive/2024/05/a-rather-long-name-of-a-page/and-one-more?id=12"
ARABIC = "https://ar.example.org/%D9%88%D8%B1%D9%82/%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF"
SOURCE = "https://example.org/a/b?c=1"


def link(words: str, href: str) -> Link:
    return Link((Text(words),), href)


ARTICLE = Article(
    METADATA,
    (
        Heading((Text("عن "), link("الورق", "https://example.org/paper"))),
        p("زار ", link("الموقع", LONG), "، وله هامش", NoteRef("own"), " ثم قرأ "),
        p(link("الكتاب", ARABIC), " وعاد إلى ", link("الموقع نفسه", LONG), " مرة أخرى"),
        p("وعنوانه ", link("https://example.org", "https://example.org/")),
    ),
    {"own": (Paragraph((Text("هامش الكاتب، وفيه "), link("رابط", "https://example.org/n"))),)},
)
SOURCELESS = replace(ARTICLE, metadata=replace(METADATA, source=""))


def printed(article: Article, **settings: object) -> str:
    """The text of the pages without spaces, which lines and directions put anywhere."""
    return "".join(text_of(make(article, digits=Digits.WESTERN, **settings)).split())


def found(article: Article, xpath: str, **settings: object) -> list[etree._Element]:
    theme = themes.load("naskh", Settings(digits=Digits.WESTERN, **settings))  # type: ignore[arg-type]
    bound = publication.single(transform(article), cover=Cover())
    elements = etree.HTML(rendering.render_paper(bound, theme)).xpath(xpath)
    assert isinstance(elements, list)
    return [element for element in elements if isinstance(element, etree._Element)]


def test_each_address_is_a_note_in_the_order_of_the_calls() -> None:
    text = printed(SOURCELESS)
    notes = ("https://example.org/paper", LONG, "هامشالكاتب", "https://ar.example.org/ورق/بغداد")
    places = [text.rindex(note) for note in notes]
    assert places == sorted(places)
    # Two links to an address have one note, and where the words are the address there is none.
    assert text.count(LONG) == 1
    assert text.count("https://example.org") - text.count("https://example.org/") == 1


def test_the_words_around_a_call_come_back_in_their_order() -> None:
    text = re.sub(r"[()\d\s]", "", pdfium_text(make(SOURCELESS, digits=Digits.WESTERN)))
    for line in ("زار الموقع، وله هامش ثم قرأ", "الكتاب وعاد إلى الموقع نفسه مرة أخرى"):
        assert line.replace(" ", "") in text


def test_the_second_link_to_an_address_calls_the_note_of_the_first() -> None:
    calls = found(SOURCELESS, "//*[@class='footnote' or @class='note-call']")
    assert [call.get("class") for call in calls] == ["footnote"] * 4 + ["note-call"]
    assert calls[-1].text == "2"


def test_inline_addresses_stand_behind_the_words_and_own_notes_keep_their_numbers() -> None:
    assert len(found(SOURCELESS, "//*[@class='footnote']", links=Links.INLINE)) == 1
    text = printed(SOURCELESS, links=Links.INLINE)
    assert "الورق(https://example.org/paper)" in text
    assert f"الموقع({LONG})" in text
    assert text.count(LONG) == 1


def test_an_inline_address_within_a_latin_phrase_runs_as_the_phrase_does() -> None:
    words = p("نستعمل Visual ", link("Studio", "https://example.org/a"), " Code في العمل.")
    made = make(replace(SOURCELESS, body=(words,), notes={}), links=Links.INLINE)
    with pymupdf.open(stream=made.data) as document:
        name, opening, closing, after = (
            document[0].search_for(one)[0] for one in ("Studio", "(", ")", "Code")
        )
    space = after.x0 - closing.x1
    assert space > 2
    assert opening.x0 - name.x1 == pytest.approx(space, abs=0.5)
    assert "Visual Studio (https://example.org/a) Code" in text_of(made)


def test_without_addresses_only_the_words_are_printed_and_links_still_lead_somewhere() -> None:
    made = make(SOURCELESS, links=Links.NONE)
    assert "archive" not in text_of(made)
    with pymupdf.open(stream=made.data) as document:
        targets = {target.get("uri") for page in document for target in page.get_links()}
    assert {LONG, ARABIC, "https://example.org/paper"} <= targets


def test_the_e_book_has_links_and_no_addresses() -> None:
    books = set()
    for links in Links:
        theme = themes.load("naskh", Settings(links=links))
        (made,) = pipeline.publish(ARTICLE, theme, formats=("epub",), cover=Cover())
        books.add(made.data)
    assert len(books) == 1


@pytest.mark.parametrize("links", Links)
def test_the_e_book_has_the_pages_of_the_paper_with_its_addresses(links: Links) -> None:
    long = replace(ARTICLE, body=(*ARTICLE.body, p(PROSE * 6)))
    theme = themes.load("naskh", Settings(page="a5", links=links))
    pdf, epub = pipeline.publish(long, theme, formats=("pdf", "epub"), cover=Cover())
    with zipfile.ZipFile(BytesIO(epub.data)) as archive:
        chapter = archive.read("EPUB/text/article-001.xhtml")
    pages = len(pdf.print_edition.starts)
    assert pages > 1
    assert chapter.count(b"doc-pagebreak") == pages


def test_a_long_address_breaks_after_its_signs_and_never_inside_the_scheme() -> None:
    for letters in range(0, 24, 3):
        words = f"{'ا' * letters} كلام ثم {LONG}"
        shown = text_of(make(replace(SOURCELESS, body=(p(words),)), page="a5"))
        ends = [line.strip() for line in shown.splitlines() if re.search("[a-z]{3}|id=", line)]
        parts = [re.sub(r"[^!-~]+", "", end) for end in ends if "Chrome" not in end]
        assert "".join(parts) == LONG
        assert all(part.endswith(tuple("/.?&=_-")) for part in parts[:-1])
        assert not any(re.search(r"https?:?/{0,2}$", part) for part in parts)


def test_copied_text_has_nothing_of_the_places_where_lines_may_end() -> None:
    text = text_of(make(ARTICLE))
    assert "\N{ZERO WIDTH SPACE}" not in text
    assert "\N{WORD JOINER}" not in text


# --- the note of the source -----------------------------------------------------------------


def scanned(data: bytes) -> list[str]:
    """What a telephone reads on the pages, printed with 150 dots an inch."""
    codes = []
    with pymupdf.open(stream=data) as document:
        for page in document:
            pixels = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
            picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
            codes += [code.text for code in zxingcpp.read_barcodes(picture)]
    return codes


def from_source(source: str) -> Article:
    return Article(replace(METADATA, source=source), (p(PROSE),))


@pytest.mark.parametrize("source", [SOURCE, ARABIC, f"{ARABIC}/{'x' * 250}"])
@pytest.mark.parametrize("page", ["a5", "a4"])
def test_the_code_leads_to_the_source(source: str, page: str) -> None:
    assert scanned(make(from_source(source), page=page).data) == [source]


@pytest.mark.parametrize(
    ("source", "settings"),
    [
        (SOURCE, {"source_note": SourceNote.TEXT}),
        (SOURCE, {"source_note": SourceNote.NONE}),
        (SOURCE, {"page": "eink6"}),
        ("https://example.org/" + "a" * 500, {}),
        ("برنامج إذاعي", {}),
        ("", {}),
    ],
)
def test_other_sources_and_settings_have_no_code(source: str, settings: dict[str, object]) -> None:
    assert scanned(make(from_source(source), **settings).data) == []


def test_an_article_has_its_code_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(content: str, *, error: str, boost_error: bool) -> segno.QRCode:
        made.append(content)
        return segno.make(content, error=error, boost_error=boost_error, micro=False)

    monkeypatch.setattr(segno, "make_qr", counted)
    address = f"{SOURCE}&once"
    assert scanned(make(from_source(address)).data) == [address]
    assert made == [address]


def test_without_a_note_nothing_of_the_source_is_printed() -> None:
    shown = {note: text_of(make(from_source(SOURCE), source_note=note)) for note in SourceNote}
    assert [note for note in SourceNote if "example.org" in shown[note]] == ["qr", "text"]


def test_the_source_is_printed_as_people_read_it() -> None:
    assert "https://ar.example.org/ورق/بغداد" in printed(from_source(ARABIC))


def test_the_code_has_words_for_who_can_t_see_it() -> None:
    (code,) = found(from_source(SOURCE), "//img[@class='code']")
    assert code.get("alt") == f"رمز QR للرابط: {SOURCE}"


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("theme", themes.theme_names())
def test_notes_and_codes_are_accessible(theme: str, tmp_path: Path, verapdf: Validate) -> None:
    paths = []
    for links in Links:
        chosen = themes.load(theme, Settings(links=links))
        (made,) = pipeline.publish(ARTICLE, chosen, formats=["pdf"], cover=Cover())
        paths.append(tmp_path / f"{links}.pdf")
        paths[-1].write_bytes(made.data)
    assert verapdf(paths, "ua1") == dict.fromkeys(paths, ())
