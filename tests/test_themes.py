"""Themes: what one leaves out comes from the one it extends; one that can't be used is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import pipeline, rendering, themes
from exporter.article import Article, Heading, Metadata, Paragraph, Role, Text
from exporter.assets import templates_folder
from exporter.choices import Settings
from exporter.errors import UsageError, WriteError
from exporter.publication import Cover, CoverKind, Publication
from exporter.themes import Theme, words_of
from exporter.writers import epub, pdf
from tests.conftest import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "themes.md"
METADATA = Metadata("عنوان", publisher="دار", identifier="urn:uuid:1")
ARTICLE = Article(METADATA, (Heading((Text("فصل"),)), Paragraph((Text("نص"),))))
BOUND = Publication(METADATA, (ARTICLE, ARTICLE), Cover(CoverKind.NONE))


def theme(folder: Path, **files: str) -> str:
    """Write a theme's files, their names with `_` for the dot; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return str(folder)


def load(folder: Path, **files: str) -> Theme:
    return themes.load(theme(folder, **files), Settings())


def css(made: Theme) -> str:
    return rendering.render_stylesheet("print.css", made, BOUND)


NASKH = themes.load("naskh", Settings())


def test_what_a_theme_leaves_out_is_that_of_the_theme_it_extends(tmp_path: Path) -> None:
    made = load(
        tmp_path / "mine",
        theme_toml='extends = "naskh"\nfallback = ["Noto Sans Mono"]\n[pages.a4]\nfont-size = 17',
        words_toml='[ar]\nsource = "من"\n[de]\nsource = "Quelle"',
    )
    assert (made.name, made.page, made.margins, made.font) == (
        *("mine", NASKH.page, NASKH.margins),
        NASKH.font,
    )
    assert made.font_size == 17
    assert made.fallback == tuple(dict.fromkeys(("Noto Sans Mono", *NASKH.fallback)))
    assert words_of(made, "ar") == {**words_of(NASKH, "ar"), "source": "من"}
    assert words_of(made, "de") == {**words_of(NASKH, "en"), "source": "Quelle"}


def test_themes_are_extended_one_after_the_other(tmp_path: Path) -> None:
    theme(
        tmp_path / "middle",
        theme_toml='extends = "naskh"\nfont = "Noto Naskh Arabic"\nsummary = "وسط"',
        print_css='{% extends "naskh:print.css" %}{% block extra %}i {}{% endblock %}',
    )
    made = load(
        tmp_path / "mine",
        theme_toml='extends = "../middle"',
        print_css='{% extends "middle:print.css" %}{% block verse %}u {}{% endblock %}',
    )
    assert [folder.name for folder in made.folders] == ["mine", "middle", "naskh", "base"]
    assert (made.font, made.summary) == ("Noto Naskh Arabic", {"en": "وسط"})
    assert css(made).endswith("i {}")
    assert "u {}" in css(made)
    assert ".classical" not in css(made)


def test_a_theme_of_the_same_name_extends_the_bundled_one(tmp_path: Path) -> None:
    made = load(
        tmp_path / "naskh",
        theme_toml='extends = "naskh"',
        print_css='{% extends "naskh:print.css" %}{% block extra %}i {}{% endblock %}',
    )
    assert made.folders == (tmp_path / "naskh", *NASKH.folders)
    assert css(made) == css(NASKH) + "i {}"


def test_a_path_has_a_slash_and_a_name_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme(tmp_path / "naskh", theme_toml='extends = "naskh"')
    monkeypatch.chdir(tmp_path)
    assert themes.load("naskh", Settings()) == NASKH
    assert themes.load("./naskh", Settings()).folders[0] == tmp_path / "naskh"


def test_what_the_themes_share_can_be_extended_and_is_no_theme_itself(tmp_path: Path) -> None:
    made = load(tmp_path / "mine", theme_toml='extends = "base"')
    assert made.folders == (tmp_path / "mine", templates_folder() / "base")
    assert "base" not in themes.theme_names()
    with pytest.raises(UsageError, match="base: there is no such theme"):
        themes.load("base", Settings())


BROKEN = {
    "no folder": ({}, "no such theme.*naskh"),
    "an unknown parent": ({"theme_toml": 'extends = "ruqah"'}, "mine: .*“ruqah”.*not there"),
    "itself": ({"theme_toml": 'extends = "../mine"'}, "mine: .*extends itself"),
    "no TOML": ({"theme_toml": "extends"}, "theme.toml: .*Expected"),
    "words that are no TOML": ({"theme_toml": "", "words_toml": "[ar"}, "words.toml: .*Expected"),
    "nothing at all": ({"theme_toml": ""}, "mine: .*no words in English"),
    "a page without size": (
        {"theme_toml": 'extends = "naskh"\n[pages.b5]\nmargins = [1, 1, 1, 1]'},
        "mine: .*'size'",
    ),
    "a font from elsewhere": ({"theme_toml": 'extends = "naskh"\nmonospace = "Arial"'}, "Arial: "),
}


@pytest.mark.parametrize(("files", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_theme_is_named(files: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=sentence):
        load(tmp_path / "mine", **files)


def test_two_themes_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    theme(tmp_path / "other", theme_toml='extends = "../mine"')
    with pytest.raises(UsageError, match=r"mine: .*extends itself over “\.\./mine”"):
        load(tmp_path / "mine", theme_toml='extends = "../other"')


FAULTS = {
    "an unknown name": ("a\n{{ nothing }}", r"line 2: 'nothing' is undefined"),
    "a fault of syntax": ("a\n{% if %}", r"line 2: Expected an expression"),
    "a template that isn't there": ('{% extends "naskh:gone" %}', r"line 1: naskh:gone"),
}


@pytest.mark.parametrize("file", ["print.xhtml", "print.css", "chapter.xhtml", "epub.css"])
@pytest.mark.parametrize(("text", "sentence"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_template_is_blamed_on_the_theme(
    text: str, sentence: str, file: str, tmp_path: Path
) -> None:
    made = load(tmp_path / "mine", theme_toml='extends = "naskh"', **{file.replace(".", "_"): text})
    write = pdf.write if file.startswith("print") else epub.write
    with pytest.raises(WriteError, match=rf"^mine: .*\({file}, {sentence}") as refused:
        write(BOUND, made, pipeline.engine())
    assert refused.value.code == "theme-broken"


def test_the_example_of_the_documents_does_what_they_say(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    files = dict(re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    assert set(files) == {"theme.toml", "words.toml", "print.css", "print.xhtml"}
    made = load(tmp_path / "my-theme", **{name.replace(".", "_"): files[name] for name in files})
    assert (made.font, made.page, made.font_size) == ("Noto Naskh Arabic", (110, 170), 11)
    page = rendering.render_paper(BOUND, made)
    assert page.count('<p class="end">* * *</p>') == 2
    assert page.count("<p>نص</p>") == 2
    assert "نُشر في: دار" in page
    assert "h2 { border-block-start: 1pt" in css(made)
    assert css(made).rstrip().endswith(".end { text-align: center; color: #2f5d50; }")


@pytest.mark.parametrize("file", ["print.xhtml", "chapter.xhtml", "print.css", "epub.css"])
def test_the_blocks_of_the_templates_are_documented(file: str) -> None:
    template = (templates_folder() / "base" / file).read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{file}`.*\| (.*) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert row == ", ".join(f"`{name}`" for name in re.findall(r"{%-? block (\w+)", template))


@pytest.mark.parametrize("language", ["ar", "fa", "ur", "he", "ckb", "ug", "en"])
def test_every_language_has_every_word_of_its_own(language: str) -> None:
    words = themes.load("naskh", Settings()).words
    assert words[language].keys() >= words["en"].keys()
    assert set(Role) <= words[language].keys()
    months = "".join(
        words[language][f"{kind}month-{n}"] for kind in ("", "hijri-") for n in range(1, 13)
    )
    assert months.isascii() is (language == "en")


def test_an_article_is_not_set_in_a_face_of_signs() -> None:
    with pytest.raises(UsageError, match=r"Noto Emoji.*Amiri") as refused:
        themes.load("naskh", Settings(font="Noto Emoji"))
    assert "Symbols" not in str(refused.value)


@pytest.mark.parametrize("name", themes.theme_names())
def test_a_low_page_has_room_for_its_head_and_folio(name: str) -> None:
    low, usual = (themes.load(name, Settings(page=page)) for page in ("200x60mm", "a4"))
    em = low.font_size * 25.4 / 72
    assert low.margins[0] >= 2 * em * low.running_title
    assert low.margins[2] >= 2 * em
    assert usual.margins == themes.load(name, Settings(page="A4")).margins
