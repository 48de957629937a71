"""The PDF as its reader meets it: fonts, metadata, direction, pages, pixels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest
from lxml import etree
from PIL.Image import Image as PillowImage
from weasyprint.formatting_structure import boxes

from exporter import pipeline, publication, themes
from exporter.article import (
    CodeSpan,
    Emphasis,
    Heading,
    Link,
    List,
    ListKind,
    Rule,
    Strong,
    Text,
)
from exporter.choices import Binding, Digits, Settings
from exporter.notices import NoticeCode
from exporter.publication import Artifact, Cover
from exporter.rendering import render_paper, render_stylesheet
from exporter.transforms import transform
from tests.conftest import samples
from tests.judges.text import logical
from tests.writers.page import METADATA, PROSE, article, fonts_of, make, p, pdfium_text, text_of
from tests.writers.paper import laid_out


@pytest.fixture
def opened() -> Iterator[Callable[[Artifact], pikepdf.Pdf]]:
    files: list[pikepdf.Pdf] = []

    def open_artifact(artifact: Artifact) -> pikepdf.Pdf:
        files.append(pikepdf.open(BytesIO(artifact.data)))
        return files[-1]

    yield open_artifact
    for file in files:
        file.close()


Open = Callable[[Artifact], pikepdf.Pdf]


def test_info_and_xmp_have_every_term(opened: Open) -> None:
    pdf = opened(make(article()))
    assert pdf.docinfo["/Title"] == METADATA.title
    assert pdf.docinfo["/Author"] == "محمد علي, ليلى فارس"
    assert pdf.docinfo["/Subject"] == METADATA.description
    assert pdf.docinfo["/Keywords"] == "تجربة, طباعة"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20240512")
    xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())
    found = {
        etree.QName(element).localname: "|".join(map(str, element.itertext())).strip()
        for element in xmp.iter("{http://purl.org/dc/elements/1.1/}*")
    }
    assert found == {
        "title": METADATA.title,
        "creator": "محمد علي|ليلى فارس",
        "contributor": "سعاد حسن|نادر عمر",
        "description": METADATA.description,
        "language": "ar",
        "publisher": "مجلة التجربة",
        "date": "2024-05-12",
        "subject": "تجربة|طباعة",
        "rights": "حقوق النشر محفوظة",
        "identifier": METADATA.identifier,
        "source": METADATA.source,
    }


def test_xmp_is_readable_in_the_file_itself() -> None:
    identifier = f"<dc:identifier>{METADATA.identifier}</dc:identifier>"
    assert identifier.encode() in make(article()).data


def test_catalog_says_language_direction_and_tags(opened: Open) -> None:
    root = opened(make(article(p("كلام عربي وحده."), title="عنوان"))).Root
    assert root.Lang == "ar"
    assert root.ViewerPreferences.Direction == "/R2L"
    assert root.ViewerPreferences.DisplayDocTitle
    assert root.MarkInfo.Marked


def test_pages_turn_to_the_left_whatever_is_on_them(opened: Open) -> None:
    phrase = article(p("نظام Google Chrome OS من طراز T430."))
    assert opened(make(phrase)).Root.ViewerPreferences.Direction == "/R2L"
    bound = make(phrase, binding=Binding.RIGHT)
    assert opened(bound).Root.ViewerPreferences.Direction == "/R2L"


@pytest.mark.parametrize("theme", ["naskh", "sahafa"])
@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.stem)
def test_the_pages_of_every_sample_turn_to_the_left(sample: Path, theme: str, opened: Open) -> None:
    (reading,) = pipeline.read(str(sample))
    loaded = themes.load(theme, Settings())
    (made,) = pipeline.publish(reading.article, loaded, formats=["pdf"], cover=Cover())
    assert opened(made).Root.ViewerPreferences.Direction == "/R2L"


def test_a_left_to_right_article_is_not_turned_round(opened: Open) -> None:
    english = article(p("Plain English prose."), language="en", title="A title")
    root = opened(make(english)).Root
    assert "/Direction" not in root.ViewerPreferences


def test_outline_has_the_headings() -> None:
    made = article(p(PROSE), Heading((Text("عنوان أول"),)), p(PROSE), Heading((Text("فرع"),), 3))  # type: ignore[arg-type]
    with pymupdf.open(stream=make(made).data) as document:
        entries = [(level, title) for level, title, *_ in document.get_toc()]
    assert entries == [(1, METADATA.title), (2, "عنوان أول"), (3, "فرع")]


@pytest.mark.parametrize("family", ["Amiri", "Noto Naskh Arabic"])
def test_only_bundled_fonts_are_embedded_and_subset(family: str) -> None:
    made = article(p(PROSE, Strong((Text("غليظ"),)), Emphasis((Text("مائل"),)), CodeSpan("x = 1")))
    names = fonts_of(make(made, font=family))
    assert all(re.match(r"[A-Z]{6}\+", name) for name in names)
    stripped = {name.partition("+")[2] for name in names}
    assert family.replace(" ", "-") in stripped
    assert stripped <= {
        *("Amiri", "Amiri-Bold", "Amiri-Italic", "Amiri-Bold-Italic"),
        *("Noto-Naskh-Arabic", "Noto-Naskh-Arabic-Bold", "Noto-Sans-Mono", "Noto-Sans-Mono-Bold"),
    }


@pytest.mark.parametrize("family", ["Amiri", "Noto Naskh Arabic"])
def test_stress_is_a_weight_and_never_a_slant_in_arabic(family: str) -> None:
    made = make(article(p("نص ", Emphasis((Text("مهم"),)), " آخر")), font=family)
    assert not any("Italic" in name for name in fonts_of(made))
    with pymupdf.open(stream=made.data) as document:
        blocks = document[0].get_text("dict")["blocks"]
    spans = [span for block in blocks for line in block["lines"] for span in line["spans"]]
    assert any("Bold" in span["font"] for span in spans if logical(span["text"]) == "مهم")


def test_stress_in_latin_letters_keeps_its_italic() -> None:
    made = article(p("A ", Emphasis((Text("very"),)), " long road."))
    english = replace(made, metadata=replace(METADATA, title="Roads", language="en"))
    assert any("Amiri-Italic" in name for name in fonts_of(make(english)))


def test_a_character_no_font_has_is_named() -> None:
    artifact = make(article(p("نص अ و漢 هنا")))
    assert [(notice.code, notice.text, notice.detail) for notice in artifact.notices] == [
        (NoticeCode.CHARACTER_MISSING, "अ", "U+0905 DEVANAGARI LETTER A"),
        (NoticeCode.CHARACTER_MISSING, "漢", "U+6F22 CJK UNIFIED IDEOGRAPH-6F22"),
    ]
    assert pdfium_text(artifact).count("\N{REPLACEMENT CHARACTER}") == 2


def test_an_address_keeps_a_character_that_is_not_drawn(opened: Open) -> None:
    link = Link((Text("رابط"),), "https://example.org/漢")
    artifact = make(article(p("نص ", link)))
    assert artifact.notices == ()
    (annotation, *_) = opened(artifact).pages[0].Annots
    assert str(annotation.A.URI) in {
        "https://example.org/漢",
        "https://example.org/%E6%BC%A2",
    }


def test_a_title_that_no_font_can_draw_whole_is_exported() -> None:
    made = article(p("نص"), title="حروف 漢 غريبة")
    theme = themes.load("naskh", Settings())
    pdf, epub = pipeline.publish(made, theme, formats=["pdf", "epub"], cover=Cover())
    assert {notice.text for notice in (*pdf.notices, *epub.notices)} == {"漢"}
    nothing = article(p("نص"), title="漢")
    assert pipeline.publish(nothing, theme, formats=["epub"], cover=Cover())


def test_joiners_hold_the_word_and_leave_no_trace() -> None:
    whole = make(article(p("قال كتاب هنا")))
    cut = make(article(p("قال كت", Strong((Text("اب"),)), " هنا")))
    assert "\N{ZERO WIDTH JOINER}" not in text_of(cut)
    assert "".join(text_of(cut).split()) == "".join(text_of(whole).split())


def test_a_cut_word_is_drawn_joined() -> None:
    """The same word cut by a tag that changes nothing covers the same pixels."""
    whole = make(article(p("ككككك ببببب")))
    cut = make(article(p("كك", Link((Text("ككك"),), "https://example.org/"), " ببببب")))
    assert ink(whole) == ink(cut)


def ink(artifact: Artifact, *, page: int = 0) -> tuple[int, int, int, int]:
    """The bounding box of everything dark on a page, in pixels at 100 dpi."""
    image = picture(artifact, page=page).convert("L").point(lambda value: 255 * (value < 128))
    box = image.getbbox()
    assert box is not None
    left, top, right, bottom = box
    return left, top, right, bottom


def picture(artifact: Artifact, *, page: int = 0) -> PillowImage:
    document = pypdfium2.PdfDocument(artifact.data)
    try:
        drawn: PillowImage = document[page].render(scale=100 / 72).to_pil()
    finally:
        document.close()
    return drawn


MM = 100 / 25.4


def test_ink_reaches_both_margins_of_a_justified_page() -> None:
    artifact = make(article(p(PROSE * 12)), page="a5", margins=(20.0, 18.0, 25.0, 18.0))
    left, top, right, bottom = ink(artifact, page=1)
    assert right == pytest.approx((148 - 18) * MM, abs=3)
    assert left == pytest.approx(18 * MM, abs=3)
    assert top < 20 * MM, "the running head stands in the margin"
    assert bottom > (210 - 25) * MM, "the folio stands in the margin"


def test_first_page_has_a_folio_and_no_running_head() -> None:
    artifact = make(article(p(PROSE * 12)), page="a5", margins=(20.0, 18.0, 25.0, 18.0))
    image = picture(artifact, page=0).convert("L").point(lambda value: 255 * (value < 128))
    width, height = image.size
    assert image.crop((0, 0, width, int(19 * MM))).getbbox() is None
    folio = image.crop((0, int((210 - 24) * MM), width, height)).getbbox()
    assert folio
    assert (folio[0] + folio[2]) / 2 == pytest.approx(width / 2, abs=3)


@pytest.mark.parametrize(
    ("page", "points"),
    [
        ("a4", (595.28, 841.89)),
        ("a5", (419.53, 595.28)),
        ("letter", (612, 792)),
        ("120x180mm", (340.16, 510.24)),
    ],
)
def test_page_sizes(opened: Open, page: str, points: tuple[float, float]) -> None:
    pdf = opened(make(article(), page=page))
    box = [float(value) for value in pdf.pages[0].MediaBox]
    assert box[2:] == pytest.approx(points, abs=0.1)


@pytest.mark.parametrize(
    ("binding", "right_hand_bound"), [(Binding.RIGHT, "odd"), (Binding.LEFT, "even")]
)
def test_margins_are_mirrored_when_bound(binding: Binding, right_hand_bound: str) -> None:
    artifact = make(
        article(p(PROSE * 20)), page="a5", margins=(20.0, 12.0, 25.0, 30.0), binding=binding
    )
    for index, parity in ((2, "odd"), (1, "even")):
        left, _, right, _ = ink(artifact, page=index)
        wanted = (12, 30) if parity == right_hand_bound else (30, 12)
        assert left == pytest.approx(wanted[0] * MM, abs=3)
        assert right == pytest.approx((148 - wanted[1]) * MM, abs=3)


@pytest.mark.parametrize(
    ("body", "digits", "folio"),
    [
        ("في عام 2023 ثم", Digits.AUTO, "2"),
        ("في عام ٢٠٢٣ ثم", Digits.AUTO, "٢"),
        ("بلا أرقام ثم", Digits.AUTO, "٢"),
        ("في عام 2023 ثم", Digits.ARABIC, "٢"),
        ("في عام ٢٠٢٣ ثم", Digits.WESTERN, "2"),
        ("في عام 2023 ثم", Digits.PERSIAN, "۲"),
    ],
)
def test_digits_of_folios_dates_and_lists(body: str, digits: Digits, folio: str) -> None:
    items = ((p("بند"),), (p("بند آخر"),))
    numbered = List(items, ListKind.NUMBERED)
    artifact = make(article(p(f"{body} " * 150), numbered), page="a5", digits=digits)  # type: ignore[arg-type]
    with pymupdf.open(stream=artifact.data) as document:
        second = document[1].get_text(clip=(0, 535, 420, 596)).strip()
        assert second == folio
    first = "".join(pdfium_text(artifact).split())
    family = {"2": "2024", "٢": "٢٠٢٤", "۲": "۲۰۲۴"}[folio]
    assert family in first
    year = re.search(r"\d{4}", body)
    if year:
        assert year[0] in first, "the article's own digits are never rewritten"


def test_a_list_starts_where_it_says() -> None:
    numbered = List(((p("سابع"),), (p("ثامن"),)), ListKind.NUMBERED, start=7)
    text = text_of(make(article(p("في ٢٠٢٣"), numbered)))  # type: ignore[arg-type]
    assert "٧" in text
    assert "٨" in text


@pytest.mark.parametrize("sentences", range(6, 12))
def test_a_heading_is_never_left_behind_at_the_foot_of_a_page(sentences: int) -> None:
    filler = p("جملة قصيرة تملأ السطر وتدفع ما بعدها إلى أسفل الصفحة قليلًا. " * sentences)
    made = article(filler, Heading((Text("عنوان فرعي"),)), p(PROSE))  # type: ignore[arg-type]
    with pymupdf.open(stream=make(made, page="a5").data) as document:
        for page in document:
            lines = [text for *_, text, _, _ in page.get_text("blocks") if text.strip()]
            body = [text for text in lines if not text.strip().isdigit()]
            assert "عنوان فرعي" not in body[-1].splitlines()[-1]


@pytest.mark.parametrize("sentences", range(13, 18))
def test_a_rule_that_parts_the_text_never_opens_a_page(sentences: int) -> None:
    """It would be taken for one of the head above it."""
    filler = p("جملة قصيرة تملأ السطر وتدفع ما بعدها إلى أسفل الصفحة قليلًا. " * sentences)
    document = laid_out(article(filler, Rule(), p(PROSE)), page="eink6")  # type: ignore[arg-type]
    for page in document.pages:
        tags = [box.element_tag for box in page._page_box.descendants()]
        assert next(tag for tag in tags if tag in {"h1", "p", "hr"}) != "hr"


def test_two_lines_at_least_stand_together_at_a_page_s_edge() -> None:
    """Widows and orphans: no paragraph leaves or carries over a single line."""
    made = article(*[p(PROSE) for _ in range(24)])
    theme = themes.load("naskh", Settings(page="a5"))
    bound = publication.single(transform(made), cover=Cover())
    document = pipeline.engine().lay_out(
        render_paper(bound, theme), css=render_stylesheet("print.css", theme, bound), resources={}
    )
    assert len(document.pages) > 3
    for page in document.pages:
        for box in page._page_box.descendants():
            lines = _lines_of(box) if box.element_tag == "p" else []
            words = {word for line in lines for word in _words_of(line)}
            assert len(lines) != 1 or not words <= set(PROSE.split())


@pytest.mark.parametrize("font_size", [10, 11, 12, 13, 14])
def test_no_line_ends_between_a_number_and_its_sign(font_size: int) -> None:
    text = "سار ٢٥ كم في عام ١٤٤٥ هـ، وفي (ت ٢٥٥ هـ) كما في ج ٣ ثم ص ٢٥، وكان الحر شديدا. "
    document = laid_out(article(p(text * 8)), page="a5", font_size=font_size)
    ends = [
        words[-1]
        for page in document.pages
        for box in page._page_box.descendants()
        for line in _lines_of(box)
        if (words := _words_of(line))
    ]
    assert len(ends) > 8
    assert not {"٢٥", "١٤٤٥", "٢٥٥", "(ت", "ت", "ج", "ص"} & set(ends)


def _lines_of(box: boxes.Box) -> list[boxes.LineBox]:
    children = getattr(box, "children", ())
    return [child for child in children if isinstance(child, boxes.LineBox)]


def _words_of(line: boxes.LineBox) -> list[str]:
    texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    return " ".join(texts).split()
