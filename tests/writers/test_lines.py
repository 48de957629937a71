"""Lines that hold what articles quote: verses of the Qur'an, vowels, formulas, other languages."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pymupdf
import pytest
from PIL import Image, ImageChops
from weasyprint.formatting_structure import boxes

from exporter import pipeline, themes
from exporter.arabic.vocalisation import is_vocalised
from exporter.article import (
    Article,
    Aside,
    AsideRole,
    Block,
    Code,
    Definition,
    Definitions,
    Heading,
    Inline,
    List,
    ListKind,
    Paragraph,
    Text,
)
from exporter.choices import Settings
from exporter.publication import Cover
from exporter.themes import theme_names
from exporter.transforms import transform
from tests.judges.text import words
from tests.typesetting import layout
from tests.writers.page import METADATA, PROSE, fonts_of, make, p, pdfium_text, text_of
from tests.writers.paper import ink, laid_out, of_class, texts

AYAH = (
    "قال تعالى ﴿ وَعَلَّمَ ءَادَمَ ٱلۡأَسۡمَآءَ كُلَّهَا ﴾ ثم قال ﴿ن وَالقَلَمِ وَما يَسطُرونَ﴾ فأقسم، "
    "وأردف ﴿ إِن كُنتُمۡ صَٰدِقِينَ ۝٣١ ﴾ وانتهى. "
)
VOCALISED = (
    "قَالَ ٱللَّهُ تَعَالَىٰ: ﴿ٱقۡرَأۡ بِٱسۡمِ رَبِّكَ ٱلَّذِي خَلَقَ ۝١ خَلَقَ ٱلۡإِنسَٰنَ مِنۡ عَلَقٍ ۝٢﴾",
    "أَنۢبِـُٔونِي بِأَسۡمَآءِ هَٰٓؤُلَآءِ إِن كُنتُمۡ صَٰدِقِينَ ثُمَّ عَرَضَهُمۡ عَلَى ٱلۡمَلَٰٓئِكَةِ",
    "اَللُّغَةُ العَرَبِيَّةُ بَحْرٌ لَا سَاحِلَ لَهُ، وَإِنَّهُ لَشَأْنٌ عَظِيمٌ لِكُلِّ امْرِئٍ مَا نَوَى",
    "وَقِفْ بِالدِّيَارِ الَّتِي لَمْ يُعَفِّهَا القِدَمُ إِلَّا بَقِيَّةَ رَسْمٍ كَادَ يَنْفَصِمُ",
)
QURAN = (
    "ٱللَّهُ لَآ إِلَٰهَ إِلَّا هُوَ ٱلۡحَيُّ ٱلۡقَيُّومُۚ لَا تَأۡخُذُهُۥ سِنَةٞ وَلَا نَوۡمٞۚ لَّهُۥ مَا فِي ٱلسَّمَٰوَٰتِ",
    "مَثَلُهُمۡ كَمَثَلِ ٱلَّذِي ٱسۡتَوۡقَدَ نَارٗا فَلَمَّآ أَضَآءَتۡ مَا حَوۡلَهُۥ ذَهَبَ ٱللَّهُ بِنُورِهِمۡ",
    "صُمُّۢ بُكۡمٌ عُمۡيٞ فَهُمۡ لَا يَرۡجِعُونَ ۝١٨ أَوۡ كَصَيِّبٖ مِّنَ ٱلسَّمَآءِ فِيهِ ظُلُمَٰتٞ وَرَعۡدٞ وَبَرۡقٞ",
    "فَإِن لَّمۡ تَفۡعَلُواْ وَلَن تَفۡعَلُواْ فَٱتَّقُواْ ٱلنَّارَ ٱلَّتِي وَقُودُهَا ٱلنَّاسُ وَٱلۡحِجَارَةُۖ أُعِدَّتۡ",
)
URDU = (
    "یہ مضمون اردو میں ہے اور اسے نستعلیق میں ہونا چاہیے، جس کی سطروں کی اونچائی زیادہ ہوتی ہے۔",
    "ہم نے یہ بات پہلے بھی کہی تھی کہ لکھنے والے کے ہاتھ کی روانی حروف میں نظر آتی ہے۔",
)
PERSIAN = (
    "این نوشته به زبان فارسی است و باید با خطی چاپ شود که خوانندگان آن را می‌شناسند.",
    "ما این سخن را پیش از این نیز گفته‌ایم که روانی دست نویسنده در حروف دیده می‌شود.",
)
NASKH = ("Amiri", "Noto Naskh Arabic", "Scheherazade New", "Vazirmatn")


def body(*blocks: Block, **metadata: str) -> Article:
    return Article(replace(METADATA, **{"title": "عنوان", **metadata}), blocks)  # type: ignore[arg-type]


# --- the Qur'an -----------------------------------------------------------------------------


@pytest.mark.parametrize("width", range(60, 160, 7))
def test_no_line_parts_a_bracket_or_the_number_of_an_ayah_from_its_words(width: int) -> None:
    (paragraph,) = transform(body(p(AYAH * 3))).body
    assert isinstance(paragraph, Paragraph)
    document = laid_out(body(p(AYAH * 3)), page=f"{width}x250mm", margins=(10.0,))
    found = [layout.drawn(line).strip() for line in layout.lines(document)]
    assert len(found) > 6
    assert not [line for line in found if line.startswith(("﴾", "۝")) or line.endswith("﴿")]


def test_the_end_of_an_ayah_comes_out_as_it_went_in() -> None:
    found = words(text_of(make(body(p(AYAH)))))
    wanted = words(AYAH)
    start = found.index(wanted[0])
    assert found[start : start + len(wanted)] == wanted


# --- vowels ---------------------------------------------------------------------------------


def alternate(
    lines: tuple[str, ...], family: str, *, size: float, css: str, hidden: str
) -> Image.Image:
    """A page of these lines, each a paragraph, every second of which isn't drawn."""
    paragraphs = "".join(
        f'<p class="{("odd", "even")[number % 2]}">{line}</p>' for number, line in enumerate(lines)
    )
    sheet = f"""
    @page {{ size: {size * 60}pt {len(lines) * size * 2.6 + 40}pt; margin: 20pt }}
    html {{ font-family: "{family}", Amiri }} body {{ margin: 0 }}
    p {{ margin: 0; white-space: nowrap; font-size: {size}pt; {css} }}
    .{hidden} {{ visibility: hidden }}
    """
    pdf = layout.pdf(paragraphs, css=sheet)
    with pymupdf.open(stream=pdf) as document:
        made = document[0].get_pixmap(dpi=round(1800 / size), colorspace="gray")
    whole = Image.frombytes("L", (made.width, made.height), made.samples)
    return whole.point(lambda value: 255 * (value < 128))


def meeting(lines: tuple[str, ...], family: str, *, size: float, css: str) -> int:
    """The pixels in which a line is drawn over the one above or below."""
    one, other = (
        alternate(lines, family, size=size, css=css, hidden=name) for name in ("odd", "even")
    )
    assert min(sum(picture.histogram()[128:]) for picture in (one, other)) > 1000
    return sum(ImageChops.darker(one, other).histogram()[128:])


def shifted(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines in several orders, each begun at another word, so that all meet all."""
    turned = []
    for step in range(3):
        for line in lines:
            parts = line.split()
            turned.append(" ".join(parts[step:] + parts[:step]))
    return (*turned, *reversed(turned))


@pytest.mark.parametrize("size", [9, 12.5, 24])
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("family", NASKH)
def test_no_mark_meets_another_line(family: str, weight: str, size: float) -> None:
    css = f"line-height: 2.1; font-weight: {weight}"
    assert meeting(shifted(VOCALISED + QURAN), family, size=size, css=css) == 0


def test_lines_of_a_heading_would_meet_without_the_room_that_marks_get() -> None:
    for height, met in ((1.5, True), (2.1, False)):
        css = f"font-weight: bold; line-height: {height}"
        assert bool(meeting(shifted(VOCALISED), "Amiri", size=16, css=css)) is met


def test_words_in_nastaliq_do_not_meet_the_line_below() -> None:
    leading = themes.load("naskh", Settings(font="Noto Nastaliq Urdu")).leading
    css = f"line-height: {leading}"
    assert meeting(shifted(URDU), "Noto Nastaliq Urdu", size=12, css=css) == 0


def test_every_vocalised_text_has_room_for_its_marks() -> None:
    made = body(Heading((Text(VOCALISED[3]),)), p(VOCALISED[2]), p(PROSE), title=VOCALISED[3])
    document = laid_out(made)
    heights = [
        line.height / line.style["font_size"]
        for _, box in of_class(document, "vocalised")
        for line in box.descendants()
        if isinstance(line, boxes.LineBox)
    ]
    assert len(heights) >= 3
    assert min(heights) >= 2.09


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        *((line, True) for line in VOCALISED),
        (f"{PROSE}﴿{VOCALISED[1]}﴾", True),
        (PROSE, False),
        ("ظللتُ أحد عشر عامًا أسلك الأول بلا تردّد، ثم أُغلق", False),
        ("قالَ", False),
        ("", False),
    ],
)
def test_a_text_is_vocalised_when_most_of_its_letters_are(text: str, *, is_so: bool) -> None:
    assert is_vocalised(text) is is_so


# --- formulas, pull quotes ------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["(a + b)² = c", "∀x ∈ ℝ, x² ≥ 0", "∑ x_i = n(n+1)/2", "−5"])
def test_a_formula_is_drawn_from_left_to_right(formula: str) -> None:
    document = laid_out(body(p(f"نعلم أن {formula} في كل حال"), source=""))
    found = [
        text
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox)
        for text in texts(box)
        if set(text.text) & set("(a∀∑−")
    ]
    inside = sorted(found, key=lambda text: text.position_x)
    assert "".join(text.text for text in inside).replace(" ", "") == formula.replace(" ", "")
    assert all(text.style["direction"] == "ltr" for text in inside)


def test_a_pull_quote_stands_in_the_middle() -> None:
    quote = Aside((p("الخطّ لسانُ اليد"),), AsideRole.PULL_QUOTE)
    document = laid_out(body(p(PROSE), quote, p(PROSE)), page="a5")
    ((_, box), *_) = of_class(document, "pull-quote")
    left, right = ink(box)
    page = document.pages[0]
    assert (left + right) / 2 == pytest.approx(page.width / 2, abs=1)


# --- languages ------------------------------------------------------------------------------


def published(language: str, *parts: str | Inline, **settings: object) -> tuple[set[str], str]:
    """The fonts on paper without their weight, and the style sheet of the book."""
    chosen = themes.load("naskh", Settings(**settings))  # type: ignore[arg-type]
    made = body(
        p(*parts), language=language, **dict.fromkeys(("publisher", "source", "rights"), "")
    )
    made = replace(made, metadata=replace(made.metadata, title="نص", creators=(), description=""))
    pdf, epub = pipeline.publish(made, chosen, formats=["pdf", "epub"], cover=Cover())
    with zipfile.ZipFile(io.BytesIO(epub.data)) as book:
        sheet = book.read("EPUB/styles/book.css").decode()
    names = {name.partition("+")[2].removesuffix("-Bold") for name in fonts_of(pdf)}
    return names, sheet


@pytest.mark.parametrize(
    ("language", "family"),
    [("ur", "Noto Nastaliq Urdu"), ("ur-PK", "Noto Nastaliq Urdu"), ("fa", "Vazirmatn")],
)
def test_readers_of_urdu_and_persian_get_the_letters_they_are_used_to(
    language: str, family: str
) -> None:
    names, sheet = published(language, *(PERSIAN if language == "fa" else URDU))
    assert names == {family.replace(" ", "-")}
    assert f'font-family: "{family}"' in sheet


def test_nastaliq_has_lines_of_its_own_height_on_paper_and_on_a_screen() -> None:
    _, sheet = published("ur", *URDU)
    assert sheet.count("line-height: 2.2;") >= 3
    document = laid_out(body(p(*URDU), language="ur"), font="Noto Nastaliq Urdu")
    heights = {round(line.height / line.style["font_size"], 2) for line in layout.lines(document)}
    assert min(heights) >= 1.5
    assert 2.2 in heights


def test_the_family_that_a_user_chose_is_that_of_every_language() -> None:
    names, _ = published("ur", *URDU, font="Noto Naskh Arabic")
    assert names == {"Noto-Naskh-Arabic"}


@pytest.mark.parametrize("width", range(62, 120, 6))
def test_the_number_of_a_reference_stays_on_the_line_of_its_text(width: int) -> None:
    made = body(
        Heading((Text("12. الاستنتاجاتوالاقتراحات"),)),
        p("12. https://example.org/a-very-long-name-of-a-page"),
        p("(٣) القسطنطينيةوماحولهامنالبلدان"),
    )
    document = laid_out(made, page=f"{width}x250mm", margins=(10.0,))
    found = ["".join(text.text for text in texts(line)).strip() for line in layout.lines(document)]
    assert not [line for line in found if not any(map(str.isalpha, line)) and "." in line]
    assert not [line for line in found if line in {"(٣)", "12."}]


@pytest.mark.parametrize("theme", theme_names())
def test_what_a_term_means_is_indented_by_the_theme_alone(theme: str) -> None:
    made = body(Definitions((Definition((Text("مصطلح"),), ((p("شرح"),),)),)))
    document = laid_out(made, theme=theme, page="a4")
    dts, dds = (
        [box for box in document.pages[0]._page_box.descendants() if box.element_tag == tag]
        for tag in ("dt", "dd")
    )
    indent = ink(dts[0])[1] - ink(dds[0])[1]
    assert 0 < indent <= 2.1 * dds[0].style["font_size"]


def test_no_line_of_code_ends_after_the_sign_of_an_option() -> None:
    option = "--verbose-option"
    made = body(Code(f"command {option} " * 9))
    for width in range(60, 120, 4):
        document = laid_out(made, page=f"{width}x250mm", margins=(10.0,))
        ends = [texts(line)[-1].text.rstrip() for line in layout.lines(document)]
        assert not [end for end in ends if end.endswith((" -", "--")) or end == "-"]
    assert option in pdfium_text(make(made, page="a4"))


@pytest.mark.parametrize("count", range(16, 40, 2))
def test_a_list_leaves_no_page_of_few_lines_half_empty(count: int) -> None:
    items = List(((p("كلام " * 12),), (p("كلام " * 12),)), ListKind.BULLETED)
    blocks = (Heading((Text("عنوان"),)), p("كلام " * count), items, p("كلام " * 60))
    document = laid_out(body(p("كلام " * 30), *blocks), theme="kabir", page="eink6")
    for page in document.pages[:3]:
        box = page._page_box
        foot = box.content_box_y() + box.height
        lines = [
            one
            for one in box.descendants()
            if isinstance(one, boxes.LineBox) and one.position_y + one.height <= foot
        ]
        height = max(line.height for line in lines if line.element_tag == "p")
        assert foot - max(line.position_y + line.height for line in lines) < 3 * height
