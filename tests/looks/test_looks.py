"""Small pages that were looked at and found right, and are still drawn so.

After a change that is meant to change them, `pytest --update-golden` draws them anew: look at each.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image, ImageChops, ImageFilter

import exporter

_HERE = Path(__file__).parent
_SMALL = {"page": "100x110mm", "source_note": "none"}

PAGES: Mapping[str, Mapping[str, Any]] = {
    "kashida": {},
    "verse": {"page": "200x100mm"},
    "verse-narrow": {},
    "quran": {},
    "notes": {"digits": "arabic", "links": "notes"},
    "table": {"numerals": "abjad", "page": "100x140mm"},
    "mixed": {},
    "urdu": {},
    "passages": {"page": "100x190mm"},
    "news-sahafa": {"theme": "sahafa", "page": "190x110mm"},
    "quran-kabir": {"theme": "kabir", "page": "150x160mm"},
    "table-bahth": {"theme": "bahth"},
    "kashida-crop": {"bleed": 3.0, "crop_marks": True, "ink": "black"},
}


def drawn(name: str, folder: Path) -> Image.Image:
    """The first page, in 16 greys."""
    article = _HERE / "articles" / f"{name.partition('-')[0]}.md"
    (made,) = exporter.export(
        article, output=folder, name="page", to="pdf", offline=True, **{**_SMALL, **PAGES[name]}
    )
    assert not [one for one in made.notices if one.code != "text-normalised"]
    with pymupdf.open(made.paths[0]) as document:
        page = document[0].get_pixmap(dpi=100, colorspace="gray")
    return Image.frombytes("L", (page.width, page.height), page.samples).point(
        lambda v: v // 16 * 17
    )


def differing(one: Image.Image, other: Image.Image) -> int:
    """The pixels that no pixel beside them in the other picture is about as dark as."""
    darkest, lightest = one.filter(ImageFilter.MinFilter(3)), one.filter(ImageFilter.MaxFilter(3))
    off = ImageChops.lighter(
        ImageChops.subtract(darkest, other), ImageChops.subtract(other, lightest)
    )
    return sum(off.histogram()[80:])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did_when_it_was_found_right(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page, golden = drawn(name, tmp_path), _HERE / "golden" / f"{name}.png"
    if request.config.getoption("--update-golden") and not os.environ.get("CI"):
        page.save(golden, optimize=True, bits=4)
    with Image.open(golden) as found:
        looked_at = found.convert("L")
    page.save(tmp_path / f"{name}.png")  # kept with the test's folder when it fails
    assert page.size == looked_at.size
    assert differing(page, looked_at) + differing(looked_at, page) < 4, f"{tmp_path}/{name}.png"
