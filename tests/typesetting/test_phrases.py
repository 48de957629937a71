"""Left-to-right phrases come out whole, in their order and on their line, where pages turn left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from exporter import fonts
from exporter.article import Code, CodeSpan, Emphasis, Inline, Paragraph, Strong, Text
from exporter.typesetting.engine import Engine
from exporter.typesetting.exact_text.phrases import LRM, Anchor, Piece, Stretch, pieces_of
from tests.judges import pdfbox
from tests.judges import text as judges
from tests.typesetting import extraction
from tests.typesetting.extraction import FONTS, Sample
from tests.writers.page import article, make, p

FILES = [face.path for family in fonts.families() for face in family.faces]
# In lines of nastaliq pdfium takes several for one.
TEXT = pdfium_c.FPDF_PAGEOBJ_TEXT
NASKH = [font for font in FONTS if font != "Noto Nastaliq Urdu"]

LINES = (
    "نظام Google Chrome OS هنا",
    "حاسوب ThinkPad T430 قديم",
    "جائحة COVID-19 انتهت",
    "برنامج GPT-4o يكتب",
    "معيار IEEE 802.11ac سريع",
    "لغة C++17 ثم Python 3.11.2 بعدها",
    "وزن 5 kg كامل",
    "الأمر iconv -f UTF-8 ينفع",
    "الطاقة 0.43 kWh يوميا",
    "قال T430، ثم",
    "عند T430 a.b a a.b هنا",
)
SIGNS = (
    "نظام Chrome OS، ثم",
    "نظام Google Chrome OS. ثم",
    "هل هو Chrome OS؟",
    "نظام Chrome 11: ثم",
    "نظام Chrome OS؛ ثم Google Maps، وغيره",
    "وChrome OS، ثم",
)
ADDRESSES = (
    "الدالة len() وحدها",
    "الأمر python3 -m http.server يكفي",
    "الموقع https://www.example.org/path?q=1 هنا",
    "البريد firstname.lastname@example.org هنا",
    "الملف kitab-al-hayawan_v2.1.epub هنا",
    "راسلونا على maktaba@example.org، أو",
    "نزلوها من http://library.local:8080/books/ الآن",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(FILES)


def pdf_of(engine: Engine, folder: Path, font: str, *, lines: Sequence[str] = LINES) -> Path:
    path = folder / "phrases.pdf"
    path.write_bytes(extraction.typeset(engine, Sample("\n".join(lines)), font=font))
    return path


def lines_of(text: str) -> list[str]:
    found = (" ".join(line.split()) for line in judges.logical(text).splitlines())
    return [line for line in found if line]


@pytest.mark.usefixtures("pdftotext")
@pytest.mark.parametrize("font", NASKH)
def test_a_phrase_is_whole_and_on_its_line(engine: Engine, font: str, tmp_path: Path) -> None:
    pdf = pdf_of(engine, tmp_path, font)
    for extract in (judges.pdfium, judges.mupdf, judges.poppler):
        assert lines_of(extract(pdf)) == [*LINES], extract


@pytest.mark.parametrize("font", NASKH)
def test_an_address_is_whole(engine: Engine, font: str, tmp_path: Path) -> None:
    # poppler takes a page with so many Latin letters to be left-to-right.
    pdf = pdf_of(engine, tmp_path, font, lines=ADDRESSES)
    for extract in (judges.pdfium, judges.mupdf):
        assert lines_of(extract(pdf)) == [*ADDRESSES], extract


@pytest.mark.parametrize("font", NASKH)
def test_chrome_finds_a_word_with_digits(engine: Engine, font: str, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(pdf_of(engine, tmp_path, font)) as document:
        page = document[0].get_textpage()
        for word in ("T430", "COVID-19", "GPT-4o", "802.11ac", "C++17", "3.11.2", "UTF-8", "kWh"):
            assert page.search(word, match_case=True).get_next(), word


@pytest.mark.parametrize("font", NASKH)
def test_no_space_stands_before_a_sign(engine: Engine, font: str, tmp_path: Path) -> None:
    pdf = pdf_of(engine, tmp_path, font, lines=SIGNS)
    for extract in (judges.pdfium, judges.mupdf):
        assert lines_of(extract(pdf)) == [*SIGNS], extract


def test_what_leads_from_a_sign_is_not_seen(tmp_path: Path) -> None:
    """With the last word in another tag, too; a mark is painted nowhere."""
    path = tmp_path / "cut.pdf"
    line = Paragraph((Text("نظام Chrome "), Strong((Text("OS"),)), Text("، ثم")))
    path.write_bytes(make(article(line), font="Amiri").data)
    assert "نظام Chrome OS، ثم" in lines_of(judges.pdfium(path))
    with pypdfium2.PdfDocument(path) as document:
        objects = [one for page in document for one in page.get_objects(filter=[TEXT])]
        modes = [pdfium_c.FPDFTextObj_GetTextRenderMode(one.raw) for one in objects]
    assert modes.count(pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE) == 1


CODE = (
    'print("السلام", x)',
    'print("السلام عليكم", x)',
    "# تعليق: الكتاب الأول",
    "echo الكتاب",
    'git commit -m "أول حفظ للملف" file.txt',
)


VOCALISED = "x = كِتَابٌ + y"


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("code") / "code.pdf"
    lead = (p("فقرة عربية تسبق ما في هذه الصفحة من أمثلة."),) * 2
    path.write_bytes(make(article(*lead, *map(Code, (*CODE, VOCALISED)))).data)  # type: ignore[arg-type]
    return path


def test_right_to_left_words_in_code_come_out_in_order(code: Path) -> None:
    assert [line for line in CODE if line not in lines_of(judges.mupdf(code))] == []


def test_right_to_left_words_in_code_come_out_of_chrome_in_order(code: Path) -> None:
    # To pdfium a sign between two directions has no space beside it.
    found = [line.replace(" ", "") for line in lines_of(judges.pdfium(code))]
    missing = [line for line in (*CODE, VOCALISED) if line.replace(" ", "") not in found]
    assert missing == []


ASSIGNED = (
    'اسم = "قيمة"',
    "اسم = 'قيمة'",
    'اسم="قيمة"',
    'اسم = "قيمة" # تعليق',
    'النص == "قيمة"',
    'سلام: "نعم", عمر: "لا"',
)
CALLED = ('طباعة("مرحبا")', 'سلام("نعم", "لا")')


def test_signs_between_right_to_left_words_of_code_come_out_of_chrome_in_order(
    tmp_path: Path,
) -> None:
    found = judges.pdfium(numbered(tmp_path, *ASSIGNED, *CALLED))
    turned = lines_of(extraction.with_brackets_turned(found))
    assert [line for line in (*ASSIGNED, *CALLED) if line not in turned] == []


@pytest.mark.usefixtures("pdftotext")
def test_right_to_left_words_in_code_come_out_of_poppler_whole(code: Path) -> None:
    """It reads what is left-to-right in such a line from the right, too."""
    words = [word for line in CODE for word in re.findall("[\u0621-\u0652]{2,}", line)]
    found = judges.logical(judges.poppler(code))
    assert [word for word in words if word not in found] == []


@pytest.mark.judge
def test_right_to_left_words_in_code_come_out_of_pdfbox_in_order(code: Path) -> None:
    (text,) = pdfbox.texts([code])
    assert [line for line in (*CODE, VOCALISED) if line not in lines_of(text)] == []


NUMBERED = (
    "الكتاب = 1",
    "عدد_الكتب = 25",
    "العدد = العدد + 1",
    "الكتاب: 12.5",
    'x = "كتاب" + 1',
)


def numbered(folder: Path, *lines: str) -> Path:
    path = folder / "numbered.pdf"
    path.write_bytes(make(article(p("فقرة."), *map(Code, lines))).data)  # type: ignore[arg-type]
    return path


def test_a_number_behind_right_to_left_words_of_code_comes_out_behind_them(tmp_path: Path) -> None:
    more = ("foo(كتاب, 1)", "range(من, 10, 20)", '"كتاب": 5,', '{"السنة": 2024, "اسم": "x"}')
    found = lines_of(judges.mupdf(numbered(tmp_path, *NUMBERED, *more)))
    assert [line for line in (*NUMBERED, *more) if line not in found] == []


@pytest.mark.judge
def test_a_number_of_code_comes_out_of_pdfbox_behind_its_words(tmp_path: Path) -> None:
    (text,) = pdfbox.texts([numbered(tmp_path, *NUMBERED)])
    assert [line for line in NUMBERED if line not in lines_of(text)] == []


BESIDE_NUMBERS = (
    *("foo(كتاب, 1)", "range(من, 10, 20)", "(العدد + 2) * 3"),
    *('"كتاب": 5,', "while x < عدد - 5:"),
)
# PDFBox takes these brackets for right-to-left, and mirrors them.
TURNED = ("عدد(3)", "قائمة[0]", "x = قائمة[1]")


@pytest.mark.judge
def test_signs_beside_a_number_of_code_come_out_of_pdfbox_in_order(tmp_path: Path) -> None:
    (text,) = pdfbox.texts([numbered(tmp_path, *BESIDE_NUMBERS, *TURNED)])
    turned = extraction.with_brackets_turned(text)
    assert [line for line in BESIDE_NUMBERS if line not in lines_of(text)] == []
    assert [line for line in TURNED if line not in lines_of(turned)] == []


def test_marks_of_direction_in_code_lose_nothing(tmp_path: Path) -> None:
    """Where they turn words round, these come out of their lines as they are drawn."""
    path = tmp_path / "marks.pdf"
    lines = ("a \u200fكتاب (b) x", "x = \u2067كتاب foo\u2069 + قلم", "echo \u200f", "\u200f")
    path.write_bytes(make(article(p("فقرة."), *map(Code, lines))).data)  # type: ignore[arg-type]
    found = judges.mupdf(path)
    assert [word for word in ("كتاب", "قلم", "foo", "echo") if word not in found] == []


CUT = (
    (Text("نظام Google "), Strong((Text("Chrome"),)), Text(" OS هنا")),
    (Text("شركة Micro"), Strong((Text("soft"),)), Text(" الكبيرة")),
    (Text("برنامج Chr"), Emphasis((Text("ome"),)), Text(" OS هنا")),
    (Text("وعن Google Chr"), Strong((Text("ome"),)), Text(" 11 هنا")),
    (Text("كتاب ex"), Strong((Text("traordinarily"),)), Text("wide OS هنا")),
    (Text("العلاقة T = λ₀ هنا"),),
    (Text("العلاقة "), CodeSpan("T = λ₀ + x²"), Text(" هنا")),
)


def own_text(inline: Inline) -> str:
    match inline:
        case Text(text) | CodeSpan(text):
            return text
        case Strong(children) | Emphasis(children):
            return "".join(own_text(child) for child in children)
        case _:
            raise AssertionError(inline)


@pytest.mark.parametrize("font", NASKH)
def test_a_phrase_that_a_tag_or_a_font_cuts_is_whole(font: str, tmp_path: Path) -> None:
    lines = ["".join(own_text(one) for one in line) for line in CUT]
    path = tmp_path / "cut.pdf"
    path.write_bytes(make(article(*(Paragraph(line) for line in CUT)), font=font).data)
    for extract in (judges.pdfium, judges.mupdf):
        found = lines_of(extract(path))
        assert [line for line in found if line in lines] == lines, extract


def test_what_a_tag_cuts_reads_on() -> None:
    ((wide,), (rest, _, last)) = pieces_of([[Stretch("Micro", "a")], [Stretch("soft 11", "b")]])
    assert (wide.number, wide.turn, wide.reach) == (0, 0, LRM)
    assert (rest.number, rest.turn, rest.reach) == (0, 1, "")
    assert last == Piece("11")


@pytest.mark.usefixtures("pdftotext")
def test_a_running_head_has_its_phrase(tmp_path: Path) -> None:
    made = make(article(*(p("فقرة من كلام عربي. " * 40) for _ in range(4))), page="a5")
    path = tmp_path / "made.pdf"
    path.write_bytes(made.data)
    for extract in (judges.pdfium, judges.mupdf, judges.poppler):
        assert extract(path).count("Google Chrome") > 1, extract


@pytest.mark.parametrize("text", ["Chrome", "2022", "1,250.00", "https"])
def test_a_word_or_a_number_is_drawn_as_it_is(text: str) -> None:
    assert pieces_of([[Stretch(text)]]) == ((Piece(text),),)


def test_all_parts_but_the_last_begin_at_the_right_end() -> None:
    ((word, space, number),) = pieces_of([[Stretch("Chrome 12")]])
    assert word.anchors[0] == Anchor(LRM, 3)
    assert space == Piece(" ")
    assert number == Piece("12")
