"""Each case: what it shows, a fragment of HTML (`NAME.html`), and the outline that it is read as.

The outline stands beside the fragment as `NAME.txt`. A fragment is read as all of it, a page (one
that begins with `<!DOCTYPE`) as a page.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.readers.html import fragment, read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from tests.readers.notation import outline

CASES = sorted((Path(__file__).parent / "cases").glob("*.html"))
BASE = "https://example.org/a/"


def _read(html: str) -> str:
    if html.startswith("<!DOCTYPE"):
        (reading,) = read(Source("case", "case.html", html.encode(), url=BASE), ReadingOptions())
        return outline(reading.article.body, reading.article.notes, reading.notices)
    found = fragment(html, base=BASE)
    return outline(found.blocks, found.notes, found.notices)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    found = _read(path.read_text(encoding="utf-8"))
    expected = path.with_suffix(".txt")
    if request.config.getoption("--update-golden") and not os.environ.get("CI"):
        expected.write_text(f"{found}\n", encoding="utf-8")
    else:
        assert found == expected.read_text(encoding="utf-8").strip()
