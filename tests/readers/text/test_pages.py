"""Whole pages with their menus, boxes, comments and footers: the article is found in each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.measure import normal, token_f1
from exporter.article import Reading, blocks_text
from exporter.readers.options import ReadingOptions
from exporter.readers.text import read
from exporter.sources import Source

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
# Three lines over the text of this one could be its title, and the kicker is taken.
TITLE_MISSED = {"ar_interview"}


def _read(path: Path) -> Reading:
    (reading,) = read(Source(path.name, path.name, path.read_bytes()), ReadingOptions())
    return reading


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_article_is_found_in_its_page(path: Path) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    reading = _read(path)
    optional = {normal(line) for line in (*gold["either"], *gold["captions"])}
    found, wanted = (
        "\n".join(line for line in text.split("\n") if normal(line) not in optional)
        for text in (blocks_text(reading.article.body), gold["text"])
    )
    assert token_f1(found, wanted) >= gold["least"]
    metadata = reading.article.metadata
    assert (normal(metadata.title) == normal(gold["title"])) == (path.stem not in TITLE_MISSED)
    assert metadata.language == gold["lang"]


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_line_of_a_page_is_left_out_in_silence(path: Path) -> None:
    reading = _read(path)
    metadata = reading.article.metadata
    people = [creator.name for creator in metadata.creators]
    shown = (metadata.title, metadata.subtitle, metadata.description, metadata.publisher, *people)
    told = (notice.text for notice in reading.notices)
    seen = "\n".join(map(_letters, (*shown, *told, *blocks_text(reading.article.body).split("\n"))))
    whole = _letters(seen)
    for line in path.read_text(encoding="utf-8").split("\n"):
        if len(line.split()) > 12:  # shorter ones may be a credit or a date
            assert _letters(line) in whole
