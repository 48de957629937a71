"""Every sample, through every stage: goldens to read in a diff, and the outside judges."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from lxml import etree

from exporter import fonts, pipeline, publication, rendering, themes
from exporter.article import Reading, blocks_text
from exporter.article_json import from_json, to_json
from exporter.choices import Settings
from exporter.corrections import Corrections
from exporter.notices import NoticeCode
from exporter.publication import Artifact, Cover
from exporter.readers.options import ReadingOptions
from exporter.sources import load
from exporter.themes import theme_names
from exporter.transforms import transform
from tests.conftest import REPOSITORY, samples
from tests.golden import Golden
from tests.judges.epubcheck import Check
from tests.judges.pdfbox import font_errors
from tests.judges.text import character_error_rate, logical
from tests.judges.verapdf import validate_each

SAMPLES = {path.stem: path for path in samples()}
EXPECTED_NOTICES = {NoticeCode.BOILERPLATE_DROPPED, NoticeCode.LEDE_DROPPED}
THEME = themes.load("naskh", Settings())

every_sample = pytest.mark.parametrize("name", SAMPLES)


@cache
def read(path: Path) -> Reading:
    source = load(str(path), stdin=None)
    (reading,) = pipeline.read_source(source, options=ReadingOptions(), corrections=Corrections())
    return reading


@cache
def made(path: Path) -> Mapping[str, Artifact]:
    formats = ("pdf", "epub")
    article = read(path).article
    return dict(
        zip(formats, pipeline.publish(article, THEME, formats=formats, cover=Cover()), strict=True)
    )


@cache
def book(path: Path) -> bytes:
    """The e-book made alone: without the page list, which changes with every page of the PDF."""
    (artifact,) = pipeline.publish(read(path).article, THEME, formats=("epub",), cover=Cover())
    return artifact.data


def member(epub: bytes, ending: str) -> str:
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(ending))
        return archive.read(name).decode()


def pages(pdf: bytes) -> list[str]:
    """The text of each page as pdfium finds it, without line breaks and marks of direction."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [logical(page.get_textpage().get_text_range()) for page in document]
        return [" ".join(text.split()) for text in texts]
    finally:
        document.close()


@every_sample
def test_article(name: str, golden: Golden) -> None:
    whole = json.loads(to_json(read(SAMPLES[name])))
    golden.check(f"{name}/article.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


@every_sample
def test_page(name: str, golden: Golden) -> None:
    bound = publication.single(transform(read(SAMPLES[name]).article), cover=Cover())
    golden.check(f"{name}/page.xhtml", rendering.render_paper(bound, THEME))


@every_sample
def test_extracted_text(name: str, golden: Golden) -> None:
    text = "\n\n".join(pages(made(SAMPLES[name])["pdf"].data))
    golden.check(f"{name}/text.txt", text.replace(". ", ".\n") + "\n")


@every_sample
def test_package(name: str, golden: Golden) -> None:
    golden.check(f"{name}/opf.xml", member(book(SAMPLES[name]), ".opf"))


@every_sample
def test_navigation(name: str, golden: Golden) -> None:
    golden.check(f"{name}/nav.xhtml", member(book(SAMPLES[name]), "nav.xhtml"))


@every_sample
def test_json_round_trip(name: str) -> None:
    reading = read(SAMPLES[name])
    assert from_json(to_json(reading)) == reading


@every_sample
def test_nothing_is_noticed_but_boilerplate(name: str) -> None:
    codes = {notice.code for notice in read(SAMPLES[name]).notices}
    codes |= {
        notice.code for artifact in made(SAMPLES[name]).values() for notice in artifact.notices
    }
    assert codes <= EXPECTED_NOTICES


@every_sample
def test_every_font_is_ours_and_subset(name: str) -> None:
    ours = {family.name.replace(" ", "-") for family in fonts.families()}
    with pymupdf.open(stream=made(SAMPLES[name])["pdf"].data) as document:
        names = {font[3] for page in document for font in page.get_fonts()}
    for font in names:
        prefix, _, rest = font.partition("+")
        assert len(prefix) == 6
        assert any(rest.startswith(family) for family in ours)


@every_sample
def test_epub_chapter_has_the_article_s_words(name: str) -> None:
    chapter = member(made(SAMPLES[name])["epub"].data, "article-001.xhtml")
    body = etree.fromstring(chapter.encode()).find(".//{*}div[@class='body']")
    assert body is not None
    # Calls of notes and the letters of lists are the e-book's own.
    for own in body.iter("{*}a", "{*}span"):
        if own.get("class") in {"noteref", "marker"}:
            own.text = None
    words = "".join("".join(map(str, body.itertext())).split())
    assert words == "".join(blocks_text(read(SAMPLES[name]).article.body).split())


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.usefixtures("verapdf")
def test_every_pdf_is_pdf_ua_1_and_pdf_a_3a(tmp_path: Path, private: list[Path]) -> None:
    """In every theme one file is both; PDFBox has nothing against its fonts."""
    files = []
    for theme in theme_names():
        for number, path in enumerate([*SAMPLES.values(), *private]):
            files.append(tmp_path / f"{theme}-{number}.pdf")
            artifact = made(path)["pdf"] if theme == THEME.name else in_theme(path, theme)
            files[-1].write_bytes(artifact.data)
    found = validate_each(files, ["ua1", "3a"])
    assert found == dict.fromkeys(["ua1", "3a"], dict.fromkeys(files, ()))
    assert font_errors(files) == ()


def in_theme(path: Path, name: str) -> Artifact:
    theme = themes.load(name, Settings())
    (artifact,) = pipeline.publish(read(path).article, theme, formats=["pdf"], cover=Cover())
    return artifact


@pytest.mark.judge
@pytest.mark.slow
def test_every_epub_is_valid(tmp_path: Path, epubcheck: Check, private: list[Path]) -> None:
    files = []
    for number, path in enumerate([*SAMPLES.values(), *private]):
        files.append(tmp_path / f"{number}.epub")
        files[-1].write_bytes(made(path)["epub"].data)
    assert epubcheck(files) == dict.fromkeys(files, ())


SECOND_RUN = """
import sys
from exporter import pipeline, themes
from exporter.choices import Settings
from exporter.publication import Cover
(reading,) = pipeline.read(sys.argv[1])
theme = themes.load("naskh", Settings())
for artifact in pipeline.publish(
    reading.article, theme, formats=["epub", "pdf"], cover=Cover()
):
    sys.stdout.buffer.write(artifact.data)
"""


@pytest.mark.parametrize("name", ["news-scraped", "technical"])
def test_another_process_on_another_day_makes_the_same_bytes(name: str) -> None:
    """Another hash seed, locale and time zone too; no clock is read (see the next test)."""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Riyadh", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", SECOND_RUN, str(SAMPLES[name])],
        capture_output=True,
        check=True,
        cwd=REPOSITORY,
        env=environment,
    )
    first = made(SAMPLES[name])
    assert run.stdout == first["epub"].data + first["pdf"].data


# --- the first real input, which is not ours to keep ------------------------------------------


@pytest.fixture
def private(request: pytest.FixtureRequest) -> list[Path]:
    """The private inputs where they are, else none."""
    try:
        folder: Path = request.getfixturevalue("private_data")
    except pytest.skip.Exception:
        return []
    return sorted((folder / "seeds").glob("*.txt"))


@pytest.fixture
def first_input(private_data: Path) -> Path:
    return next((private_data / "seeds").glob("000_*.txt"))


def test_first_input_comes_back_from_its_pdf(first_input: Path) -> None:
    article = read(first_input).article
    found = pages(made(first_input)["pdf"].data)
    title = article.metadata.title
    # The running head and the folio are the page's own, not the article's.
    found = [page.replace(title, "", 1) if number else page for number, page in enumerate(found)]
    words = f"{article.metadata.publisher}{title}{article.metadata.description}"
    expected = words + blocks_text(article.body) + f"المصدر: {article.metadata.publisher}"
    text = "".join(page.rstrip("0123456789") for page in found)
    assert character_error_rate(expected, text) < 0.01


def test_first_input_is_small(first_input: Path) -> None:
    bare = pipeline.publish(
        read(first_input).article,
        THEME,
        formats=["epub"],
        cover=Cover(publication.CoverKind.NONE),
    )[0]
    whole = made(first_input)["epub"]
    assert len(bare.data) < 150_000
    with zipfile.ZipFile(BytesIO(whole.data)) as archive:
        pictures = [i for i in archive.infolist() if i.filename.endswith((".png", ".jpg", ".jpeg"))]
    assert [picture.file_size < 120_000 for picture in pictures] == [True]


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """EbookLib and WeasyPrint read the clock for stamps of their own: none may reach the bytes."""
    first = made(SAMPLES["poem"])
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2096, 10, 2, 7, 6, 40, 1, 276, 0))
    formats = ["pdf", "epub"]
    again = pipeline.publish(read(SAMPLES["poem"]).article, THEME, formats=formats, cover=Cover())
    assert [artifact.data for artifact in again] == [first["pdf"].data, first["epub"].data]
