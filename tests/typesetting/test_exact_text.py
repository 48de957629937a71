"""The words that go into a PDF come out of it in order, and the page looks as it did."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import create_layout

from exporter import fonts
from exporter.notices import NoticeCode
from exporter.typesetting import engine as engine_module
from exporter.typesetting import exact_text
from exporter.typesetting.engine import HOOKS, Engine
from exporter.typesetting.exact_text import drawing
from exporter.typesetting.hooks import Hook, Hooks, together
from tests.judges import pdfbox
from tests.judges import text as judges
from tests.judges.text import words
from tests.typesetting import extraction
from tests.typesetting.extraction import FONTS, SAMPLES, Sample
from tests.typesetting.layout import STAND_IN

FILES = [face.path for family in fonts.families() for face in family.faces]
UNVOCALISED = ("prose", "mixed", "persian", "urdu")
# Nastaliq's lines reach into one another: pdfium takes several for one (docs/extraction.md).
NOT_IN_PDFIUM = "Noto Nastaliq Urdu"
# PDFBox takes a wide last letter and the same letter at the start of the next word for one.
NOT_IN_PDFBOX = ("prose", "Noto Nastaliq Urdu")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(FILES)


@pytest.fixture(scope="module")
def stock() -> Engine:
    """Our engine without the hooks for exact text; it stretches the same words."""
    with pytest.MonkeyPatch.context() as patch:
        rest = (*(hook for hook in HOOKS if hook not in exact_text.HOOKS), STAND_IN)
        patch.setattr(engine_module, "HOOKS", rest)
        return Engine(FILES)


Make = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def made(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """The PDF of a sample in a font."""
    folder = tmp_path_factory.mktemp("exact")

    def make(name: str, font: str) -> Path:
        path = folder / f"{name}-{font.replace(' ', '-')}.pdf"
        if not path.exists():
            path.write_bytes(extraction.typeset(engine, SAMPLES[name], font=font))
        return path

    return make


def pdfium_text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


EXTRACTORS: Mapping[str, Callable[[Path], str]] = {
    "mupdf": judges.mupdf,
    "poppler": judges.poppler,
    "pdfium": pdfium_text,
}


FORGIVEN: Mapping[str, extraction.Forgive] = {
    "mupdf": extraction.as_it_is,
    "poppler": extraction.as_it_is,
    "pdfium": extraction.with_latin_apart,
}

every_font = pytest.mark.parametrize("font", FONTS)
every_extractor = pytest.mark.parametrize("extractor", EXTRACTORS)


@pytest.mark.usefixtures("pdftotext")
@every_font
@every_extractor
@pytest.mark.parametrize("name", SAMPLES)
def test_the_words_come_out_in_order(made: Make, name: str, font: str, extractor: str) -> None:
    if (extractor, font) == ("pdfium", NOT_IN_PDFIUM):
        pytest.skip("pdfium takes lines of nastaliq for one")
    forgive = FORGIVEN[extractor]
    found = words(EXTRACTORS[extractor](made(name, font)))
    assert forgive(found) == forgive(SAMPLES[name].words)


@pytest.mark.slow
@pytest.mark.judge
@pytest.mark.usefixtures("verapdf")
def test_the_words_come_out_of_pdfbox(made: Make) -> None:
    cases = [(name, font) for font in FONTS for name in SAMPLES]
    cases.remove(NOT_IN_PDFBOX)
    texts = pdfbox.texts([made(*case) for case in cases])
    for (name, font), text in zip(cases, texts, strict=True):
        assert words(extraction.with_brackets_turned(text)) == SAMPLES[name].words, font


@every_font
@pytest.mark.parametrize("name", SAMPLES)
def test_mupdf_finds_every_word(made: Make, name: str, font: str) -> None:
    with pymupdf.open(made(name, font)) as document:
        missing = [
            word
            for word in extraction.searched_words(SAMPLES[name].text)
            if not any(
                page.search_for(form) for form in extraction.mark_orders(word) for page in document
            )
        ]
    assert not missing


@every_font
@pytest.mark.parametrize("name", SAMPLES)
def test_pdfium_finds_every_word(made: Make, name: str, font: str) -> None:
    if font == NOT_IN_PDFIUM:
        pytest.skip("pdfium takes lines of nastaliq for one")
    with pypdfium2.PdfDocument(made(name, font)) as document:
        pages = [page.get_textpage() for page in document]
        missing = [
            word
            for word in extraction.searched_words(SAMPLES[name].text)
            if not any(
                page.search(form, match_case=True).get_next()
                for form in extraction.mark_orders(word)
                for page in pages
            )
        ]
    assert not missing


@every_font
@pytest.mark.parametrize("name", UNVOCALISED)
def test_what_chooses_an_area_has_every_letter(made: Make, name: str, font: str) -> None:
    """pdfium gives the text of an area by the boxes of its characters, marks with them."""
    if font == NOT_IN_PDFIUM:
        pytest.skip("pdfium takes lines of nastaliq for one")
    pdf = made(name, font)
    letters = sorted("".join(judges.pdfium(pdf).split()))
    assert letters == sorted("".join(pdfium_text(pdf).split()))


# --- the page -------------------------------------------------------------------------------


def pictures(pdf: bytes) -> list[Image.Image]:
    with pymupdf.open(stream=pdf) as document:
        maps = [page.get_pixmap(dpi=150, colorspace="gray") for page in document]
        return [Image.frombytes("L", (one.width, one.height), one.samples) for one in maps]


def differing(one: Image.Image, other: Image.Image) -> int:
    """The pixels of a picture that no pixel beside them in the other is about as dark as."""
    darkest, lightest = (
        one.filter(kind(3)) for kind in (ImageFilter.MinFilter, ImageFilter.MaxFilter)
    )
    off = ImageChops.lighter(
        ImageChops.subtract(darkest, other), ImageChops.subtract(other, lightest)
    )
    return sum(off.histogram()[80:])


def inked(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


@every_font
@pytest.mark.parametrize("name", ["prose", "vocalised", "mixed"])
def test_the_page_looks_as_stock_draws_it(
    engine: Engine, stock: Engine, name: str, font: str
) -> None:
    """To a pixel at 150 dpi: stock lets its rounding run up along a line, ours does not."""
    sample = Sample("\n".join(SAMPLES[name].text.splitlines()[:3]), SAMPLES[name].language)
    ours, theirs = (pictures(extraction.typeset(one, sample, font=font)) for one in (engine, stock))
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert inked(one) > 1000
        assert differing(one, other) + differing(other, one) < inked(one) / 500


def test_a_letter_less_would_be_seen(engine: Engine) -> None:
    text = SAMPLES["prose"].text[:200]
    (one,), (other,) = (
        pictures(extraction.typeset(engine, Sample(text), font="Amiri"))
        for text in (text, text.replace("ب", "ت"))
    )
    assert differing(one, other) > inked(one) / 500


def test_lines_reach_the_margin_to_a_tenth_of_a_point(engine: Engine) -> None:
    """What is drawn at the right end stands where the layout has it."""
    pdf = extraction.typeset(engine, SAMPLES["prose"], font="Amiri")
    with pymupdf.open(stream=pdf) as document:
        ends = [
            line["bbox"][2]
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block["lines"]
            if line["bbox"][2] - line["bbox"][0] > 310
        ]
    assert len(ends) > 20
    assert max(ends) - min(ends) < 1


# --- no business ----------------------------------------------------------------------------

LATIN = (
    "<p>Plain words, efficient &amp; fluffy, 1990–1995; <b>bold</b> and <code>code()</code>.</p>"
)
CSS = """
@page { size: 300px 200px; margin: 20px }
html { font: 16px Amiri }
code { font: 1em Noto Sans Mono }
"""


def test_a_page_without_arabic_is_stock_byte_for_byte(engine: Engine, stock: Engine) -> None:
    html = f'<html lang="en"><head><title>t</title></head><body>{LATIN}</body></html>'
    assert engine.render_pdf(html, css=CSS) == stock.render_pdf(html, css=CSS)


def test_no_article_leaves_anything_to_the_next(engine: Engine) -> None:
    first = extraction.typeset(engine, SAMPLES["mixed"], font="Amiri")
    extraction.typeset(engine, SAMPLES["vocalised"], font="Amiri")
    again = extraction.typeset(engine, SAMPLES["mixed"], font="Amiri")
    assert first == again == extraction.typeset(Engine(FILES), SAMPLES["mixed"], font="Amiri")


def test_the_file_is_about_as_large_as_stock_s(engine: Engine, stock: Engine) -> None:
    for font in FONTS:
        for name in ("prose", "vocalised"):
            ours, theirs = (
                len(extraction.typeset(one, SAMPLES[name], font=font)) for one in (engine, stock)
            )
            assert ours < 1.15 * theirs, (font, name)


# --- strokes and joiners --------------------------------------------------------------------


def test_a_tatweel_of_the_typesetting_is_no_text(engine: Engine, tmp_path: Path) -> None:
    page = '<html lang="ar" dir="rtl"><head><title>t</title></head><body><p>{}</p></body></html>'
    document = engine.lay_out(page.format("كتاب جميل"), css=CSS, resources={})
    (text,) = (
        box for box in document.pages[0]._page_box.descendants() if isinstance(box, boxes.TextBox)
    )
    stretched = "كتـــاب جميل"
    text.pango_layout = create_layout(stretched, text.style, None, None, 0)
    text.pango_layout.text = stretched
    starts = [match.start() for match in re.finditer("ـ", stretched)]
    text.pango_layout.kashidas = frozenset(len(stretched[:at].encode()) for at in starts)
    path = tmp_path / "stretched.pdf"
    with engine._hooks.applied():
        path.write_bytes(document.write_pdf())
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(engine.render_pdf(page.format("كتـــاب جميل"), css=CSS))
    for extract in (judges.mupdf, pdfium_text):
        assert words(extract(path)) == ["كتاب", "جميل"]
        assert words(extract(plain)) == [stretched.split(maxsplit=1)[0], "جميل"]
    (drawn,), (written,) = (pictures(one.read_bytes()) for one in (path, plain))
    # The box is as wide as the shorter word, so that the stroke moves the text, but all is there.
    assert inked(drawn) == pytest.approx(inked(written), rel=0.02)


def test_joiners_of_the_author_are_text(made: Make) -> None:
    persian = made("persian", "Vazirmatn")
    wanted = SAMPLES["persian"].text.count("\N{ZERO WIDTH NON-JOINER}")
    for extract in (judges.mupdf, judges.poppler, pdfium_text):
        assert extract(persian).count("\N{ZERO WIDTH NON-JOINER}") == wanted > 20


# --- the hooks ------------------------------------------------------------------------------


def test_every_hook_is_applied(engine: Engine) -> None:
    assert engine.notices == ()
    assert len(exact_text.HOOKS) == 3


def test_without_one_of_the_hooks_none_is_applied() -> None:
    fitting, other = exact_text.HOOKS[:2]
    changed = Hook(other.module, other.function, "another digest", other.make)
    left = together((fitting, changed))
    assert left == (changed,)
    (notice,) = Hooks(left).notices
    assert notice.code is NoticeCode.HOOK_FALLBACK
    assert together((fitting, other)) == (fitting, other)


# --- the fonts ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.judge
@pytest.mark.usefixtures("verapdf")
def test_preflight_has_nothing_on_fonts(made: Make) -> None:
    assert pdfbox.font_errors([made(name, font) for font in FONTS for name in SAMPLES]) == ()


@every_font
def test_fonts_are_embedded_and_cut_down(made: Make, font: str) -> None:
    with pymupdf.open(made("mixed", font)) as document:
        found = {one[:4] for page in document for one in page.get_fonts()}
        sizes = [len(document.xref_stream(one)) for one in _font_files(document)]
    assert all(re.fullmatch("[A-Z]{6}\\+.+", name) for *_, name in found)
    assert sizes
    assert max(sizes) < 120_000


def _font_files(document: pymupdf.Document) -> list[int]:
    keys = (
        document.xref_get_key(number, "FontFile2") for number in range(1, document.xref_length())
    )
    return [int(value.split()[0]) for kind, value in keys if kind == "xref"]


def test_the_memory_of_a_finished_pdf_is_given_back(engine: Engine) -> None:
    gc.collect()
    before = len(drawing._encodings)
    for text in ("مقال أول", "مقال ثان"):
        document = engine.lay_out(
            f"<p dir=rtl lang=ar>{text}", css="p { font-family: Amiri }", resources={}
        )
        with engine._hooks.applied():
            document.write_pdf()
        assert len(drawing._encodings) > before
        del document
        gc.collect()
    assert len(drawing._encodings) == before
