"""What no Arabic family has is drawn in a face for it, which is there only when it is used."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from exporter import fonts, pipeline, themes
from exporter.article import Emphasis, Heading, Paragraph, Strong, Text
from exporter.choices import Settings
from exporter.notices import NoticeCode
from exporter.publication import Artifact, Cover
from tests.judges.text import EXTRACTORS, words
from tests.writers.page import PROSE, article, fonts_of, make, p

ZWJ, EMOJI_STYLE = "\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}"
# The tags that make a black flag that of Scotland.
TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\N{CANCEL TAG}"

FACES = {
    "λόγος": "Noto Serif",
    "Ἀλήθεια": "Noto Serif",
    "Война": "Noto Serif",
    "שלום": "Noto Serif Hebrew",
    "←": "Noto Sans Math",
    "∞": "Noto Sans Math",
    "∀∈": "Noto Sans Math",
    "✓★": "Noto Sans Math",
    "①Ⅳ": "Noto Sans Symbols",
    "☎✗": "Noto Sans Symbols 2",
    f"☎{EMOJI_STYLE}": "Noto Emoji",
    "😀": "Noto Emoji",
    f"👩{ZWJ}🔬": "Noto Emoji",
    "🇸🇦": "Noto Emoji",
    f"1{EMOJI_STYLE}⃣": "Noto Emoji",
}
every_script = pytest.mark.parametrize(("text", "family"), FACES.items(), ids=list(FACES))


def names_in(pdf: Artifact) -> set[str]:
    return {name.partition("+")[2].rstrip(",").replace("-", " ") for name in fonts_of(pdf)}


def made_of(artifact: Artifact) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book:
        return {Path(name).name for name in book.namelist() if "/fonts/" in name}


def sheet_of(artifact: Artifact) -> str:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book:
        return book.read("EPUB/styles/book.css").decode()


def published(*body: Paragraph, **settings: object) -> tuple[Artifact, Artifact]:
    theme = themes.load("naskh", Settings(**settings))  # type: ignore[arg-type]
    pdf, epub = pipeline.publish(
        article(*body, title="عنوان"), theme, formats=["pdf", "epub"], cover=Cover()
    )
    return pdf, epub


@every_script
def test_it_is_drawn_in_its_face_on_paper_and_on_a_screen(text: str, family: str) -> None:
    pdf, epub = published(p(f"نص فيه {text} هنا"))
    assert names_in(pdf) - {"Amiri", "Amiri Bold"} == {family}
    file = fonts.family(family).regular.path.name
    assert file in made_of(epub)
    assert f'"{family}"' in sheet_of(epub)
    assert not {notice.code for notice in (*pdf.notices, *epub.notices)} & {
        NoticeCode.CHARACTER_MISSING,
        NoticeCode.TYPESETTING_WARNING,
    }


def test_a_page_without_them_is_the_same_to_the_byte_as_in_a_theme_without_their_faces() -> None:
    whole = themes.load("naskh", Settings())
    bare = replace(whole, fallback=("Amiri", "Noto Naskh Arabic"))
    made = [
        pipeline.publish(article(p(PROSE)), theme, formats=["pdf", "epub"], cover=Cover())
        for theme in (whole, bare)
    ]
    assert [one.data for one in made[0]] == [one.data for one in made[1]]
    assert all(name.startswith("Amiri-") for name in made_of(made[0][1]))


def test_headings_and_stress_have_the_weight_and_the_slope_of_their_words() -> None:
    body = (
        Heading((Text("وجه 😀 وλόγος"),)),
        p("نص ", Strong((Text("мир 😀"),)), " و", Emphasis((Text("λόγος"),))),
    )
    pdf, epub = published(*body)  # type: ignore[arg-type]
    assert {"Noto Serif Bold", "Noto Emoji Bold"} <= names_in(pdf)
    assert {"NotoSerif-Bold.ttf", "NotoEmoji-Bold.ttf"} <= made_of(epub)
    english = make(article(p("Of ", Emphasis((Text("λόγος"),)), "."), language="en"))
    assert "Noto Serif Italic" in names_in(english)


EMOJI = (
    *(
        "😀",
        f"❤{EMOJI_STYLE}",
        f"👩{ZWJ}🔬",
        f"👨{ZWJ}👩{ZWJ}👧{ZWJ}👦",
        "👍🏽",
        f"🏳{EMOJI_STYLE}{ZWJ}🌈",
        "🇵🇸",
        "🇪🇬",
        f"🏴{TAGS}",
    ),
    *(f"☎{EMOJI_STYLE}", "☎", "⭐", "✓"),
)


@pytest.mark.usefixtures("pdftotext")
@pytest.mark.parametrize("extractor", ["mupdf", "poppler"])
@pytest.mark.parametrize("made_in", ["ar", "en"])
def test_emoji_come_out_as_they_went_in(extractor: str, made_in: str, tmp_path: Path) -> None:
    """pdfium has no place for sequences in a right-to-left line: it cuts a character to 16 bits."""
    between = "كلمة" if made_in == "ar" else "word"
    text = " ".join(f"{between} {one}" for one in EMOJI)
    text += f" {between} 😀، و🇪🇬." if made_in == "ar" else " last."
    found = words(EXTRACTORS[extractor](written(text, tmp_path, language=made_in)))
    wanted = words(text)
    start = found.index(wanted[0])
    assert found[start : start + len(wanted)] == wanted


@pytest.mark.parametrize("extractor", ["pdfium", "mupdf", "poppler"])
def test_an_emoji_of_one_character_comes_out_of_every_extractor(
    extractor: str, tmp_path: Path
) -> None:
    file = written("كلمة 😀 كلمة 🌙، و🚗.", tmp_path)
    found = " ".join(words(EXTRACTORS[extractor](file)))
    assert all(found.count(one) == 1 for one in "😀🌙🚗")


@pytest.mark.parametrize("keycap", [f"1{EMOJI_STYLE}⃣", f"#{EMOJI_STYLE}⃣"])
def test_a_keycap_comes_out_of_mupdf_whole(keycap: str, tmp_path: Path) -> None:
    file = written(f"اضغط {keycap} ثم انتظر", tmp_path)
    assert f"اضغط {keycap} ثم انتظر".split() == words(EXTRACTORS["mupdf"](file))[1:5]


def written(text: str, folder: Path, *, language: str = "ar") -> Path:
    path = folder / "page.pdf"
    alone = {"publisher": "", "source": "", "rights": "", "description": "", "issued": ""}
    made = replace(article(p(text), language=language, title="X", **alone))
    made = replace(made, metadata=replace(made.metadata, creators=()))
    path.write_bytes(make(made).data)
    return path


@pytest.mark.parametrize(
    ("family", "tallest"),
    [("Amiri", 0.46), ("Scheherazade New", 0.46), ("Vazirmatn", 0.57), ("Noto Naskh Arabic", 0.57)],
)
def test_small_letters_are_as_tall_as_those_of_the_text(family: str, tallest: float) -> None:
    library = themes.load("naskh", Settings(font=family)).library
    own = fonts.x_height(library.family(family).regular)
    beside = fonts.x_height(library.family("Noto Serif").regular)
    assert abs(beside / own - 1) < 0.06
    assert beside < tallest


def test_a_face_in_another_size_is_only_as_large_as_asked() -> None:
    face = fonts.family("Noto Serif").regular
    with TTFont(face.path) as whole:
        units, glyphs = whole["head"].unitsPerEm, whole["maxp"].numGlyphs
    smaller = TTFont(io.BytesIO(fonts.data_of(replace(face, scale=0.8))))
    assert smaller["head"].unitsPerEm == units / 0.8
    assert smaller["maxp"].numGlyphs == glyphs
    ratio = fonts.width("λόγος", replace(face, scale=0.8)) / fonts.width("λόγος", face)
    assert ratio == pytest.approx(0.8)


def test_the_emoji_of_a_paper_are_set_in_no_other_family_for_its_language() -> None:
    """Pango asks fontconfig for `emoji`, and without an answer takes any font with the letter."""
    for language in ("ar", "fa", "en"):
        pdf = make(article(p(f"نص ⚽ ☎{EMOJI_STYLE} ⭐"), language=language, title="x"))
        assert "Noto Emoji" in names_in(pdf)
        assert not any(re.search("Symbols|Math", name) for name in names_in(pdf))
