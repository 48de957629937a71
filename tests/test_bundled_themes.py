"""The bundled themes: every sample in each, columns, sizes of type, contrast."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes

import exporter
from exporter import pipeline, publication, rendering, themes, transforms
from exporter.choices import Settings
from exporter.cli.main import main
from exporter.numbering import numbered
from exporter.publication import Artifact, Cover, CoverKind
from exporter.writers.pdf import resources_of
from tests.judges.epubcheck import Check
from tests.judges.text import logical
from tests.judges.verapdf import Validate
from tests.test_samples import SAMPLES, read

NAMES = themes.theme_names()
PAGES = ("a4", "a5", "letter", "eink6", "eink8", "eink10", "120x180mm")
PLAIN = Cover(CoverKind.NONE)

each_theme = pytest.mark.parametrize("theme", NAMES)


@cache
def made(sample: str, theme: str, page: str = "") -> tuple[Artifact, Artifact]:
    """A sample's PDF and its e-book."""
    pdf, epub = pipeline.publish(
        read(SAMPLES[sample]).article,
        themes.load(theme, Settings(page=page)),
        formats=("pdf", "epub"),
        cover=PLAIN,
    )
    return pdf, epub


@cache
def printed(sample: str, theme: str, page: str = "") -> Artifact:
    """A sample's PDF alone."""
    (pdf,) = pipeline.publish(
        read(SAMPLES[sample]).article,
        themes.load(theme, Settings(page=page)),
        formats=("pdf",),
        cover=PLAIN,
    )
    return pdf


def member(epub: Artifact, ending: str) -> str:
    with zipfile.ZipFile(BytesIO(epub.data)) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(ending))
        return archive.read(name).decode()


def spans(pdf: Artifact) -> Iterator[dict[str, Any]]:
    """Every run of drawn letters."""
    with pymupdf.open(stream=pdf.data) as document:
        for page in document:
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    yield from (span for span in line["spans"] if span["text"].strip())


def text_of(pdf: Artifact) -> str:
    with pymupdf.open(stream=pdf.data) as document:
        return logical(" ".join(page.get_text() for page in document)).replace("\n", " ")


# --- every sample -----------------------------------------------------------------------------


@pytest.mark.slow
@each_theme
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_comes_out_in_every_theme_without_a_notice(sample: str, theme: str) -> None:
    pdf, epub = made(sample, theme)
    assert (pdf.notices, epub.notices) == ((), ())
    assert 'epub:type="page-list"' in member(epub, "nav.xhtml")


@pytest.mark.slow
@each_theme
@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_is_said_of_the_smallest_page_either(sample: str, theme: str) -> None:
    assert printed(sample, theme, "eink6").notices == ()


def test_the_themes_are_these() -> None:
    assert NAMES == ("bahth", "kabir", "naskh", "sahafa")


@each_theme
@pytest.mark.parametrize("page", PAGES)
def test_every_theme_takes_every_page(theme: str, page: str) -> None:
    pdf = printed("saved-page", theme, page)
    assert pdf.notices == ()
    wanted = themes.load(theme, Settings(page=page)).page
    with pymupdf.open(stream=pdf.data) as document:
        for one in document:
            size = (one.rect.width, one.rect.height)
            assert size == pytest.approx([edge * 72 / 25.4 for edge in wanted])


def laid_out(sample: str, theme: str, page: str) -> Document:
    loaded = themes.load(theme, Settings(page=page))
    article = transforms.transform(read(SAMPLES[sample]).article)
    bound = numbered(publication.single(article, cover=PLAIN), loaded)
    return pipeline.engine().lay_out(
        rendering.render_paper(bound, loaded),
        css=rendering.render_stylesheet("print.css", loaded, bound),
        resources=resources_of(bound, loaded),
    )


def lines_of(page: Page) -> Iterator[tuple[boxes.LineBox, str]]:
    """The lines of a page's text in their order, each with the tag of its block."""

    def walk(box: boxes.Box, tag: str) -> Iterator[tuple[boxes.LineBox, str]]:
        if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)):
            return
        if isinstance(box, boxes.LineBox):
            yield box, tag
            return
        inside = box.element_tag or tag
        for child in getattr(box, "children", ()):
            yield from walk(child, inside if isinstance(box, boxes.BlockLevelBox) else tag)

    yield from walk(page._page_box, "")


@pytest.mark.slow
@each_theme
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("page", PAGES)
def test_no_heading_ends_a_page_and_nothing_leaves_it(sample: str, theme: str, page: str) -> None:
    for one in laid_out(sample, theme, page).pages:
        whole = one._page_box
        left = whole.content_box_x()
        tables = (box for box in whole.descendants() if isinstance(box, boxes.TableBox))
        for box in (*(line for line, _ in lines_of(one)), *tables):
            assert box.position_x >= left - 1
            assert box.position_x + box.width <= left + whole.width + 1
        *_, (_, tag) = lines_of(one)
        is_title_page = page == "eink6" and tag == "h1"  # of which a large title takes all
        assert is_title_page or tag not in {"h1", "h2", "h3", "h4", "h5", "h6"}


# --- columns ----------------------------------------------------------------------------------


def starts_of_lines(pdf: Artifact) -> set[int]:
    """Where full lines of the first page's text begin: their right ends, to 20 points."""
    with pymupdf.open(stream=pdf.data) as document:
        lines = [
            line["bbox"]
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
        ]
    found = [round(right / 20) for left, _, right, _ in lines if right - left > 150]
    return {start for start in found if found.count(start) > 5}


@pytest.mark.parametrize(
    ("theme", "page", "columns"),
    [("sahafa", "a4", 2), ("sahafa", "letter", 2), ("sahafa", "a5", 1), ("naskh", "a4", 1)],
)
def test_news_stand_in_two_columns_where_they_fit(theme: str, page: str, columns: int) -> None:
    pdf = printed("news-scraped", theme, page)
    assert len(starts_of_lines(pdf)) == columns
    assert themes.load(theme, Settings(page=page)).columns == columns


def test_large_type_takes_the_second_column_away() -> None:
    assert themes.load("sahafa", Settings(font_size=14)).columns == 1
    assert themes.load("sahafa", Settings(page="180x250mm")).columns == 2


def test_the_first_column_is_the_right_one_and_the_headline_stands_over_both() -> None:
    pdf = printed("news-scraped", "sahafa")
    with pymupdf.open(stream=pdf.data) as document:
        page = document[0]
        middle = page.rect.width / 2
        assert page.search_for("وأطلقت")[0].x0 > middle
        headline = [span["bbox"] for span in spans(pdf) if span["size"] > 20]
        assert min(box[0] for box in headline) < middle / 2
        assert max(box[2] for box in headline) > middle * 1.5
        rules = [
            path["rect"]
            for path in page.get_drawings()
            if path["rect"].height > 200 and path["rect"].width < 2
        ]
        assert [middle - 4 < rule.x0 < middle + 4 for rule in rules] == [True]


def test_the_last_columns_are_balanced() -> None:
    pages = laid_out("long-read", "sahafa", "a4").pages
    whole = pages[-1]._page_box
    bottoms: dict[bool, float] = {}
    for line, _ in lines_of(pages[-1]):
        is_left = line.position_x < whole.content_box_x() + whole.width / 2 - 20
        bottoms[is_left] = line.position_y + line.height
    assert bottoms[True] == pytest.approx(
        bottoms[False], abs=80
    )  # a heading and its text stay together


# --- type and colour --------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["a4", "a5", "eink6"])
@pytest.mark.parametrize("sample", ["note", "saved-page"])
def test_nothing_in_large_print_is_smaller_than_18_points(sample: str, page: str) -> None:
    drawn = list(spans(printed(sample, "kabir", page)))
    assert min(span["size"] for span in drawn) >= 17.99
    assert not [span["font"] for span in drawn if re.search("Italic|Light", span["font"])]


def test_lines_of_large_print_are_ragged_and_never_stretched() -> None:
    theme = themes.load("kabir", Settings())
    bound = publication.single(read(SAMPLES["long-read"]).article, cover=PLAIN)
    css = rendering.render_stylesheet("print.css", theme, bound)
    assert "--kashida" not in css
    assert "justify" not in css.replace("justify-content", "")


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    wide = "".join(digit * 2 for digit in colour) if len(colour) == 3 else colour
    shares = [int(wide[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return sum(
        weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(colour: str) -> float:
    """The contrast ratio of a colour on white."""
    return 1.05 / (luminance(colour) + 0.05)


def test_the_contrast_of_grey_is_that_of_the_definition() -> None:
    assert contrast("000") == pytest.approx(21)
    assert contrast("767676") == pytest.approx(4.54, abs=0.01)


@each_theme
def test_letters_have_contrast_enough(theme: str) -> None:
    """4.5 is WCAG 2.2's for text (1.4.3); large print is black."""
    loaded = themes.load(theme, Settings())
    bound = publication.single(read(SAMPLES["note"]).article, cover=PLAIN)
    css = rendering.render_stylesheet("print.css", loaded, bound)
    letters = set(re.findall(r"(?<![-\w])color: #(\w+)", css))
    # The strokes between the parts of a line are no letters.
    if theme == "sahafa":
        letters -= {loaded.colours["faint"].removeprefix("#")}
    assert letters
    least = 21 if theme == "kabir" else 4.5
    assert [colour for colour in letters if contrast(colour) < least] == []


@each_theme
def test_no_theme_parts_letters_or_slants_them(theme: str) -> None:
    loaded = themes.load(theme, Settings())
    bound = publication.single(read(SAMPLES["note"]).article, cover=PLAIN)
    for sheet in ("print.css", "epub.css"):
        css = rendering.render_stylesheet(sheet, loaded, bound)
        assert "letter-spacing" not in css
        for selector in re.findall(r"([^{}]+)\{[^{}]*font-style: italic", css):
            assert 'dir="ltr"' in selector


def test_headlines_have_a_family_of_their_own_unless_the_user_chose_one() -> None:
    pdf, epub = made("news-scraped", "sahafa")
    drawn = {span["font"].partition("+")[2] or span["font"] for span in spans(pdf)}
    assert any(name.startswith("Noto-Kufi-Arabic") for name in drawn)
    css = member(epub, "book.css")
    assert 'src: url("../fonts/NotoKufiArabic-Bold.ttf")' in css
    assert themes.load("sahafa", Settings(font="Amiri")).heading_font == "Amiri"


# --- judges -----------------------------------------------------------------------------------

JUDGED = [(sample, theme) for theme in NAMES for sample in ("paper", "saved-page", "technical")]


@pytest.mark.judge
@pytest.mark.slow
def test_every_theme_makes_pdf_ua_1_and_pdf_a_3a(tmp_path: Path, verapdf: Validate) -> None:
    files = []
    for sample, theme in JUDGED:
        files.append(tmp_path / f"{theme}-{sample}.pdf")
        files[-1].write_bytes(made(sample, theme)[0].data)
    for flavour in ("ua1", "3a"):
        assert verapdf(files, flavour) == dict.fromkeys(files, ())


@pytest.mark.judge
@pytest.mark.slow
def test_every_theme_makes_valid_epubs(tmp_path: Path, epubcheck: Check) -> None:
    files = []
    for sample, theme in JUDGED:
        files.append(tmp_path / f"{theme}-{sample}.epub")
        files[-1].write_bytes(made(sample, theme)[1].data)
    assert epubcheck(files) == dict.fromkeys(files, ())


@each_theme
def test_every_theme_draws_its_covers(theme: str) -> None:
    loaded = themes.load(theme, Settings())
    article = read(SAMPLES["saved-page"]).article
    pictures = set()
    for kind in (CoverKind.TYPOGRAPHIC, CoverKind.LEAD):
        (epub,) = pipeline.publish(article, loaded, formats=["epub"], cover=Cover(kind))
        with zipfile.ZipFile(BytesIO(epub.data)) as archive:
            (name,) = (name for name in archive.namelist() if "images/cover." in name)
            data = archive.read(name)
        assert len(data) <= 120_000
        pictures.add(data)
    assert len(pictures) == 2


# --- the ways to a theme ----------------------------------------------------------------------


def test_the_command_lists_the_themes_in_both_languages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale, words in (("en_GB", "Large print"), ("ar_EG", "طباعة كبيرة")):
        monkeypatch.setenv("LC_ALL", locale)
        assert main(["themes"]) == 0
        said = capsys.readouterr().out
        assert all(f"{name}: " in said for name in NAMES)
        assert words in said


def test_the_command_shows_all_about_one_theme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert main(["themes", "sahafa"]) == 0
    said = capsys.readouterr().out
    for words in ("Noto Kufi Arabic", "kashida", "accent #9c1c1c", "page a5", "columns: 2"):
        assert words in said
    assert main(["themes", "bahth"]) == 0
    assert "numbered: headings, figures, tables" in capsys.readouterr().out
    assert main(["themes", "ruqah"]) == 2
    assert "no such theme" in capsys.readouterr().err
    assert main(["themes", "naskh", "kabir"]) == 2


def test_a_theme_is_chosen_by_option_file_and_keyword(tmp_path: Path) -> None:
    source = str(SAMPLES["vocalised"])
    config = tmp_path / "exporter.toml"
    config.write_text('theme = "kabir"\n', encoding="utf-8")
    common = ["export", source, "--to", "pdf", "--name", "a"]
    for folder, words in (("option", ["--theme", "kabir"]), ("file", ["--config", str(config)])):
        assert main([*common, "-o", str(tmp_path / folder), *words, "--quiet"]) == 0
    exporter.export(source, output=tmp_path / "keyword", to="pdf", name="a", theme="kabir")
    files = [(tmp_path / way / "a.pdf").read_bytes() for way in ("option", "file", "keyword")]
    assert all(one == other for one, other in pairwise(files))
    assert files[0] != printed("vocalised", "naskh").data


@each_theme
def test_a_user_extends_any_theme(theme: str, tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(f'extends = "{theme}"\n[colours]\nink = "#123456"\n')
    (tmp_path / "print.css").write_text(
        f'{{% extends "{theme}:print.css" %}}{{% block extra %}}.mine {{}}{{% endblock %}}'
    )
    mine = themes.load(f"{tmp_path}/", Settings())
    bound = publication.single(read(SAMPLES["note"]).article, cover=PLAIN)
    css = rendering.render_stylesheet("print.css", mine, bound)
    assert css.rstrip().endswith(".mine {}")
    assert mine.folders[1:] == themes.load(theme, Settings()).folders
    assert "color: #123456" in css


@each_theme
@pytest.mark.parametrize("page", ["a4", "a5"])
def test_the_first_picture_is_on_the_page_of_the_opening(theme: str, page: str) -> None:
    pdf, _ = made("saved-page", theme, page)
    with pymupdf.open(stream=pdf.data) as document:
        assert document[0].get_image_info(), "drawn, not only named"
