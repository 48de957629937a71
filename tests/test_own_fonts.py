"""A user's own fonts by folder: chosen, embedded, refused with a reason."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pymupdf
import pytest
from fontTools.ttLib import TTFont

from exporter import api, config, fonts, pipeline, themes
from exporter.article import Heading, Text
from exporter.choices import Justify, Settings
from exporter.cli import settings
from exporter.cli.options import OPTIONS
from exporter.errors import UsageError
from exporter.publication import Artifact, Cover
from tests import own_fonts
from tests.judges.text import EXTRACTORS, words
from tests.writers.page import PROSE, article, fonts_of, p

RESTRICTED, PREVIEW_AND_PRINT, WHOLE_ONLY = 0x2, 0x4, 0x100


def published(
    folder: Path | None, *, theme: str = "naskh", font: str = ""
) -> tuple[Artifact, Artifact]:
    chosen = themes.load(theme, Settings(font_dir=str(folder or ""), font=font))
    made = article(Heading((Text("عنوان فرعي"),)), p(PROSE), title="عنوان")  # type: ignore[arg-type]
    pdf, epub = pipeline.publish(made, chosen, formats=["pdf", "epub"], cover=Cover())
    return pdf, epub


def families_of(pdf: Artifact) -> set[str]:
    return {name.partition("+")[2] for name in fonts_of(pdf)}


def book_fonts(epub: Artifact) -> dict[str, TTFont]:
    with zipfile.ZipFile(io.BytesIO(epub.data)) as book:
        return {
            Path(name).name: TTFont(io.BytesIO(book.read(name)))
            for name in book.namelist()
            if "/fonts/" in name
        }


def refused(folder: Path, *, font: str = "") -> str:
    with pytest.raises(UsageError) as found:
        themes.load("naskh", Settings(font_dir=str(folder), font=font))
    assert found.value.sentence(language="ar")
    return str(found.value)


# --- chosen ---------------------------------------------------------------------------------


def test_the_only_family_of_a_folder_is_that_of_text_and_headings(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "a.ttf", "Own Naskh")
    own_fonts.make(tmp_path / "b.ttf", "Own Naskh", weight=700)
    pdf, epub = published(tmp_path)
    # Amiri draws the Latin letters and the marks that this family lacks.
    assert {"Own-Naskh", "Own-Naskh-Bold"} <= families_of(pdf)
    assert {"a.ttf", "b.ttf"} <= book_fonts(epub).keys()
    assert '"Own Naskh", "Amiri"' in sheet(epub)


def sheet(epub: Artifact) -> str:
    with zipfile.ZipFile(io.BytesIO(epub.data)) as book:
        return book.read("EPUB/styles/book.css").decode()


def test_of_several_families_one_is_chosen_by_name_wherever_it_is_below_the_folder(
    tmp_path: Path,
) -> None:
    own_fonts.make(tmp_path / "one" / "a.ttf", "Own Naskh")
    own_fonts.make(tmp_path / "two" / "b.ttf", "Own Katib")
    assert "Own Katib, Own Naskh" in refused(tmp_path)
    pdf, _ = published(tmp_path, font="own katib")
    assert "Own-Katib" in families_of(pdf)
    assert "Own-Naskh" not in families_of(pdf)


def test_a_bundled_family_can_still_be_chosen(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "a.ttf", "Own Naskh")
    pdf, _ = published(tmp_path, font="Vazirmatn")
    assert "Own-Naskh" not in families_of(pdf)
    assert "Vazirmatn" in families_of(pdf)


def test_a_family_with_the_name_of_a_bundled_one_stands_for_it(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "mine.ttf", "Amiri")
    _, epub = published(tmp_path)
    assert "mine.ttf" in book_fonts(epub)
    assert "Amiri-Regular.ttf" not in book_fonts(epub)


def test_a_theme_brings_fonts_in_its_folder(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "mine" / "fonts" / "a.ttf", "Own Naskh")
    (tmp_path / "mine" / "theme.toml").write_text('extends = "naskh"\nfont = "Own Naskh"\n')
    pdf, epub = published(None, theme=str(tmp_path / "mine"))
    assert "Own-Naskh" in families_of(pdf)
    assert "a.ttf" in book_fonts(epub)


# --- kinds of files -------------------------------------------------------------------------


def test_a_variable_font_gives_a_regular_and_a_bold_face(tmp_path: Path) -> None:
    own_fonts.make_variable(tmp_path / "Own[wght].ttf", "Own Var")
    pdf, epub = published(tmp_path)
    assert {"Own-Var", "Own-Var-Bold"} <= families_of(pdf)
    own = {name: font for name, font in book_fonts(epub).items() if name.startswith("Own")}
    assert [font["OS/2"].usWeightClass for font in own.values()] == [400, 700]
    assert not any("fvar" in font or "gvar" in font for font in own.values())
    assert all(name.isascii() and "[" not in name for name in own)


def test_a_static_face_counts_before_the_same_one_of_a_variable_font(tmp_path: Path) -> None:
    own_fonts.make_variable(tmp_path / "a.ttf", "Own Naskh")
    own_fonts.make(tmp_path / "static" / "b.ttf", "Own Naskh")
    _, epub = published(tmp_path)
    assert {"b.ttf", "a-700.ttf"} <= book_fonts(epub).keys()
    assert "a-400.ttf" not in book_fonts(epub)


@pytest.mark.parametrize("extractor", ["mupdf", "pdfium"])
def test_a_postscript_font_is_embedded_and_its_text_comes_out(
    extractor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own_fonts.make(tmp_path / "fonts" / "a.otf", "Own Katib")
    pdf, epub = published(tmp_path / "fonts")
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf.data)
    found = words(EXTRACTORS[extractor](file))
    assert "\N{ARABIC TATWEEL}" not in "".join(found)
    assert found.count("الصفحة،") == PROSE.count("الصفحة،")
    assert "CFF " in book_fonts(epub)["a.otf"]
    assert 'format("opentype")' in sheet(epub)
    with pymupdf.open(stream=pdf.data) as document:
        kinds = {one[3].partition("+")[2]: one[1] for page in document for one in page.get_fonts()}
    assert kinds["Own-Katib"] == "ttf"


def test_a_font_without_a_tatweel_stretches_no_words(tmp_path: Path) -> None:
    letters = own_fonts.ARABIC.replace("\N{ARABIC TATWEEL}", "")
    own_fonts.make(tmp_path / "a.ttf", "Own Naskh", letters=letters)
    assert themes.load("naskh", Settings(font_dir=str(tmp_path))).justify is Justify.SPACES


def test_a_name_in_arabic_letters_is_found_and_is_no_file_name_in_the_book(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "خط النسخ.ttf", "خط النسخ")
    _, epub = published(tmp_path, font="خط النسخ")
    assert '"خط النسخ"' in sheet(epub)
    assert all(name.isascii() for name in book_fonts(epub))


# --- refused --------------------------------------------------------------------------------


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no font")
    assert "TTF or OTF" in refused(tmp_path)
    assert "nowhere" in refused(tmp_path / "nowhere")


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font at all")
    assert "broken.ttf" in refused(tmp_path)


def test_an_unknown_family_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "a.ttf", "Own Naskh")
    said = refused(tmp_path, font="Own Nasta'liq")
    assert "Own Nasta'liq" in said
    assert "Own Naskh, Amiri" in said


def test_a_family_without_arabic_is_refused(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "a.ttf", "Own Latin", letters=own_fonts.LATIN)
    assert "no Arabic letters" in refused(tmp_path)


@pytest.mark.parametrize(
    ("permission", "said"),
    [
        (RESTRICTED, "doesn't allow it to be put into documents"),
        (WHOLE_ONLY, "only whole"),
        (WHOLE_ONLY | PREVIEW_AND_PRINT, "only whole"),
    ],
)
def test_what_the_maker_of_a_font_forbids_is_not_done(
    permission: int, said: str, tmp_path: Path
) -> None:
    own_fonts.make(tmp_path / "a.ttf", "Own Naskh", permission=permission)
    assert said in refused(tmp_path)
    chosen = themes.load("naskh", Settings(font_dir=str(tmp_path), font="Amiri"))
    assert chosen.font == "Amiri"


def test_a_font_for_preview_and_print_is_embedded(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "a.ttf", "Own Naskh", permission=PREVIEW_AND_PRINT)
    pdf, _ = published(tmp_path)
    assert "Own-Naskh" in families_of(pdf)


def test_a_part_of_a_font_that_reserves_its_name_has_another(tmp_path: Path) -> None:
    path = own_fonts.make(tmp_path / "a.ttf", "Own Naskh")
    with TTFont(path) as font:
        font["name"].setName('Copyright, with Reserved Font Name "Own".', 0, 3, 1, 0x409)
        font.save(path)
    _, epub = published(tmp_path)
    assert "Own" not in book_fonts(epub)["a.ttf"]["name"].getBestFamilyName()


# --- asked for ------------------------------------------------------------------------------


def test_the_folder_may_stand_in_the_configuration_file_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "exporter.toml"
    file.write_text('font-dir = "mine"\nfont = "Own Naskh"\n')
    own_fonts.make(tmp_path / "mine" / "a.ttf", "Own Naskh")
    kinds = {option.name: option.kind for option in OPTIONS if option.in_file}
    theme = themes.load("naskh", settings.look(config.load(file, options=kinds)))
    assert theme.font == theme.heading_font == "Own Naskh"


def test_python_takes_the_folder(tmp_path: Path) -> None:
    own_fonts.make(tmp_path / "mine" / "a.ttf", "Own Naskh")
    (made,) = api.export(article(p(PROSE)), output=tmp_path, to="pdf", font_dir=tmp_path / "mine")
    with pymupdf.open(made.paths[0]) as document:
        assert any("Own-Naskh" in font[3] for font in document[0].get_fonts())


def test_the_bytes_do_not_tell_where_the_fonts_were(tmp_path: Path) -> None:
    """Two runs with other folders for fonts, cache and temporary files."""
    font = own_fonts.make_variable(tmp_path / "font.ttf", "Own Naskh")
    (tmp_path / "a.txt").write_text(f"عنوان\n\n{PROSE}\n", encoding="utf-8")
    made = []
    for run in ("one", "two"):
        home = tmp_path / run
        for name in ("fonts", "tmp"):
            (home / name).mkdir(parents=True)
        shutil.copy(font, home / "fonts")
        command = [sys.executable, "-m", "exporter", "export", str(tmp_path / "a.txt"), "-q"]
        command += ["--font-dir", str(home / "fonts"), "-o", str(home / "out"), "--name", "a"]
        places = {"TMPDIR": str(home / "tmp"), "XDG_CACHE_HOME": str(home / "cache")}
        subprocess.run(command, check=True, env={**os.environ, **places}, timeout=120)
        made.append([(home / "out" / f"a.{ending}").read_bytes() for ending in ("pdf", "epub")])
        assert not [*(home / "tmp").iterdir()]
    assert made[0] == made[1]


def test_no_font_of_the_bundle_is_one_of_a_user() -> None:
    assert themes.load("naskh", Settings()).library.own == ()
    assert fonts.families()
