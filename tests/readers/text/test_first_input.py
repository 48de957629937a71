"""The first real input: text scraped from a news page, kept outside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.article import Heading, Paragraph, Reading, block_text, blocks_text
from exporter.notices import NoticeCode
from exporter.readers.options import ReadingOptions
from exporter.readers.text import read
from exporter.sources import Source

NAME = "seeds/000_369428e67db61de6.txt"


@pytest.fixture
def path(private_data: Path) -> Path:
    path = private_data / NAME
    if not path.is_file():
        pytest.skip(f"the first input is not here: {path}")
    return path


@pytest.fixture
def reading(path: Path) -> Reading:
    (reading,) = read(Source(str(path), path.name, path.read_bytes()), ReadingOptions())
    return reading


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_metadata(reading: Reading, path: Path) -> None:
    title, standfirst, *_ = _lines(path)
    metadata = reading.article.metadata
    assert (metadata.title, metadata.description) == (title, standfirst)
    assert (metadata.publisher, metadata.language) == ("ميدل ايست نيوز", "ar")
    assert (metadata.creators, metadata.issued) == ((), "")


def test_body(reading: Reading, path: Path) -> None:
    body = reading.article.body
    assert [block_text(block) for block in body] == _lines(path)[3:-8]
    assert block_text(body[0]).startswith("وأجرى جيشا")
    assert block_text(body[-1]).endswith("المثيرة للفتن.")
    headings = [block for block in body if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [2, 2]
    assert all(isinstance(block, Heading | Paragraph) for block in body)


def test_notices(reading: Reading, path: Path) -> None:
    lines = _lines(path)
    lede, *dropped = reading.notices
    assert (lede.code, lede.text) == (NoticeCode.LEDE_DROPPED, lines[2])
    assert {notice.code for notice in dropped} == {NoticeCode.BOILERPLATE_DROPPED}
    assert [notice.text for notice in dropped] == lines[-8:]
    assert not any(line in blocks_text(reading.article.body) for line in lines[-8:-6])
