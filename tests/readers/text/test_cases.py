"""Each case file: what it shows, a text, an arrow, and the outline that the text is read as."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.article import Reading
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.readers.text import read
from exporter.sources import Source
from tests.readers.text.outline import outline

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
ARROW = "=====>\n"


def _read(case: str) -> Reading:
    lines = case.splitlines(keepends=True)
    comments = [line for line in lines if line.startswith("% ")]
    text = "".join(lines[len(comments) :])
    options = ReadingOptions(Boilerplate.KEEP if "% keep\n" in comments else Boilerplate.DROP)
    (reading,) = read(Source("case", "case.txt", text.encode()), options)
    return reading


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    case, _, expected = path.read_text(encoding="utf-8").partition(ARROW)
    found = outline(_read(case))
    if request.config.getoption("--update-golden") and not os.environ.get("CI"):
        path.write_text(f"{case}{ARROW}{found}\n", encoding="utf-8")
    else:
        assert found == expected.strip()
