"""Every kind of picture on paper and in the e-book: valid, no larger than the page, well named."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pymupdf
import pytest
from lxml import etree

import exporter
from exporter.article import (
    Article,
    Figure,
    Image,
    List,
    Metadata,
    Paragraph,
    Quote,
    Reading,
    Table,
    Text,
)
from exporter.article_json import to_json
from exporter.notices import NoticeCode
from tests.judges.epubcheck import Check
from tests.judges.verapdf import Validate
from tests.pictures.samples import every_kind

CALLED = [*every_kind(), "gone.jpg"]


def article() -> Article:
    figures = tuple(
        Figure(Image(name, f"وصف {name}"), (Text("شرح الصورة"),), (Text("تصوير فلان"),))
        for name in CALLED
    )
    large = Image("large.jpg", "منظر")
    return Article(
        Metadata("مقال مصور"),
        (
            Paragraph((Text("نص فيه صورة "), Image("a.gif", "علامة"), Text(" في السطر."))),
            *figures,
            List(((Figure(large, (Text("في قائمة"),)),),)),
            Quote((Figure(large, (Text("في اقتباس"),)),)),
            Table((((Text("خلية"),), (large,)),)),
        ),
    )


@dataclass(frozen=True)
class Made:
    """The files of an export, and what was said."""

    pdf: Path
    epub: Path
    codes: tuple[NoticeCode, ...]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pictures")
    for name, data in every_kind().items():
        (made / name).write_bytes(data)
    (made / "a.article.json").write_text(to_json(Reading(article())), encoding="utf-8")
    return made


@pytest.fixture(scope="module", params=["embed", "grey"])
def made(request: pytest.FixtureRequest, folder: Path) -> Made:
    (export,) = exporter.export(
        folder / "a.article.json",
        output=folder / request.param,
        page="a5",
        images=request.param,
        offline=True,
    )
    pdf, epub = export.paths
    return Made(pdf, epub, tuple(notice.code for notice in export.notices))


def test_nothing_is_said_but_what_was_lost(made: Made) -> None:
    assert sorted(made.codes) == [
        NoticeCode.CAPTION_DROPPED,
        NoticeCode.DRAWING_CLEANED,
        NoticeCode.PICTURE_STILL,
        NoticeCode.RESOURCE_MISSING,
    ]


def test_the_same_pictures_make_the_same_bytes(made: Made, folder: Path) -> None:
    images = made.pdf.parent.name
    (again,) = exporter.export(
        folder / "a.article.json", output=folder / "again" / images, page="a5", images=images
    )
    assert [path.read_bytes() for path in again.paths] == [
        made.pdf.read_bytes(),
        made.epub.read_bytes(),
    ]


def placed(pdf: Path) -> Iterator[tuple[pymupdf.Rect, pymupdf.Rect]]:
    """Yield where each picture stands on paper, and the paper."""
    with pymupdf.open(pdf) as document:
        for page in document:
            for one in page.get_image_info():
                yield pymupdf.Rect(one["bbox"]), page.rect


def test_no_picture_is_larger_than_the_page(made: Made) -> None:
    places = list(placed(made.pdf))
    assert len(places) >= len(CALLED) + 2
    for picture, page in places:
        assert page.contains(picture)
        assert picture.height <= page.height * 0.71


def test_the_turned_picture_stands_upright_on_paper(made: Made) -> None:
    """Red is above blue: the first figure is the one that the camera stored on its side."""
    with pymupdf.open(made.pdf) as document:
        page = document[0]
        first = next(one for one in page.get_image_info() if one["width"] > 30)
        pixels = page.get_pixmap()
        left, top, right, bottom = first["bbox"]
        upper = pixels.pixel(round((left + right) / 2), round(top + (bottom - top) * 0.3))
        lower = pixels.pixel(round((left + right) / 2), round(top + (bottom - top) * 0.8))
    if made.pdf.parent.name == "embed":
        assert upper[0] > upper[2]
        assert lower[2] > lower[0]
    else:
        assert max(upper) - min(upper) < 4
        assert upper[0] > lower[0]


def test_the_manifest_says_what_each_picture_is(made: Made) -> None:
    with zipfile.ZipFile(made.epub) as book:
        (opf,) = [name for name in book.namelist() if name.endswith(".opf")]
        root = etree.fromstring(book.read(opf))
        items = root.iterfind(".//{*}item")
        types = {
            str(item.get("href")): str(item.get("media-type"))
            for item in items
            if "picture" in str(item.get("href"))
        }
        data = {href: book.read(f"{opf.rpartition('/')[0]}/{href}") for href in types}
    starts = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/svg+xml": b"<svg"}
    assert set(types.values()) == set(starts)
    for href, media_type in types.items():
        assert data[href].startswith(starts[media_type])
        assert Path(href).suffix in {".png", ".jpg", ".svg"}
    assert len(set(data.values())) == len(data)


@pytest.mark.slow
@pytest.mark.judge
def test_the_judges_find_nothing(made: Made, epubcheck: Check, verapdf: Validate) -> None:
    assert verapdf([made.pdf], "ua1") == {made.pdf: ()}
    assert {path: found for path, found in epubcheck([made.epub]).items() if found} == {}
