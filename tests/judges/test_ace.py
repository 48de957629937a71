"""Ace finds nothing in our books, and finds what is wrong in a book made worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import pipeline, themes
from exporter.choices import BookFonts, Device, Settings
from exporter.publication import Cover, CoverKind
from tests.conftest import require_judges
from tests.judges import ace as judge
from tests.judges.test_epubcheck import SOUND, write_epub
from tests.writers.book import ARTICLE, ENGLISH, written

pytestmark = [pytest.mark.judge, pytest.mark.long]


@pytest.fixture(scope="module", autouse=True)
def ace() -> None:
    """Says that Ace is there."""
    require_judges(judge.is_installed(), "Ace and its browser")


def test_it_finds_nothing_in_the_samples(tmp_path: Path, seeds: tuple[Path, ...]) -> None:
    paths = []
    for seed in seeds:
        (reading,) = pipeline.read(str(seed))
        theme = themes.load("naskh", Settings())
        book, _ = pipeline.publish(reading.article, theme, formats=["epub", "pdf"], cover=Cover())
        paths.append(tmp_path / f"{seed.stem}.epub")
        paths[-1].write_bytes(book.data)
    assert {path.stem: found for path, found in judge.check(paths).items() if found} == {}


def test_it_finds_nothing_in_any_shape_of_content(tmp_path: Path) -> None:
    paths = []
    for device in Device:
        theme = themes.load("naskh", Settings(device=device, page="a5"))
        book, _ = pipeline.publish(ARTICLE, theme, formats=["epub", "pdf"], cover=Cover())
        paths.append(tmp_path / f"{device}.epub")
        paths[-1].write_bytes(book.data)
    bare = written(ARTICLE, cover=Cover(CoverKind.NONE), settings=Settings(fonts=BookFonts.NONE))
    for name, data in (("bare", bare.data), ("english", written(ENGLISH, cover=Cover()).data)):
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(data)
    assert {path.stem: found for path, found in judge.check(paths).items() if found} == {}


def test_it_finds_what_is_wrong(tmp_path: Path) -> None:
    picture = "<p><img src='nav.png'/></p></body>"
    worse = SOUND | {"nav.xhtml": SOUND["nav.xhtml"].replace("</body>", picture)}
    found = judge.check([write_epub(tmp_path / "worse.epub", worse)])
    rules = {violation.rule for violations in found.values() for violation in violations}
    assert {"image-alt", "metadata-accessmode"} <= rules
