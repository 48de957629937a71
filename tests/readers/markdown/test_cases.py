"""Each case file: what it shows, a Markdown text, an arrow, and what it is read as."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.readers.markdown import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from tests.readers.notation import notation

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
ARROW = "=====>\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    case, _, expected = path.read_text(encoding="utf-8").partition(ARROW)
    comment, _, text = case.partition("\n")
    assert comment.startswith("% ")
    (reading,) = read(Source("case", "case.md", text.encode()), ReadingOptions())
    found = notation(reading)
    if request.config.getoption("--update-golden") and not os.environ.get("CI"):
        path.write_text(f"{case}{ARROW}{found}\n", encoding="utf-8")
    else:
        assert found == expected.strip()
