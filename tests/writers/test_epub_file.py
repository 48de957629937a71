"""The e-book's file: the same bytes every time, small, accepted by epubcheck, or none at all."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from ebooklib import epub as ebooklib_epub

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Figure,
    Image,
    Paragraph,
    Resource,
    Strong,
)
from exporter.choices import Settings
from exporter.errors import ExporterError, WriteError
from exporter.publication import Cover, Publication, single
from exporter.transforms import transform
from exporter.writers import pdf
from tests.judges.epubcheck import Check
from tests.writers.book import (
    ADDRESSES,
    ARTICLE,
    ENGLISH,
    METADATA,
    NO_ADDRESSES,
    NO_COVER,
    PLAIN,
    body_of,
    paragraph,
    written,
)

# --- the file -------------------------------------------------------------------------------


def test_the_same_book_has_the_same_bytes_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(ARTICLE, cover=Cover()).data
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert written(ARTICLE, cover=Cover()).data == first


def test_the_archive_is_sealed() -> None:
    with zipfile.ZipFile(io.BytesIO(written(ARTICLE).data)) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert entries[0].extra == b""
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {oct(entry.external_attr >> 16) for entry in entries} == {"0o100644"}


def test_the_bytes_are_not_those_of_the_zlib_that_the_system_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = written(ARTICLE, cover=Cover()).data
    packer = zlib.compressobj
    with monkeypatch.context() as patch:
        patch.setattr(zlib, "compressobj", lambda _, *rest: packer(1, *rest))
        assert written(ARTICLE, cover=Cover()).data == expected


def test_ebooklib_is_left_as_it_was() -> None:
    before = (ebooklib_epub.zipfile, dict(vars(ebooklib_epub.EpubWriter)))
    written(PLAIN)
    assert (ebooklib_epub.zipfile, dict(vars(ebooklib_epub.EpubWriter))) == before
    assert ebooklib_epub.zipfile is zipfile


def unidentified(article: Article) -> Article:
    return replace(article, metadata=replace(article.metadata, identifier=""))


BROKEN: dict[str, tuple[Callable[[], Article | Publication], str]] = {
    "no article": (lambda: Publication(METADATA, ()), "no article"),
    "no text": (lambda: body_of(paragraph(" ")), "عنوان: the article has no text"),
    "no identifier": (lambda: unidentified(PLAIN), "عنوان: the article has no identifier"),
    "a control character": (lambda: body_of(paragraph("نص\x0b")), "عنوان: .*remove that character"),
    "half a surrogate": (lambda: body_of(paragraph("نص\ud800")), "عنوان: .*remove that character"),
    "a lost picture in a line": (
        lambda: body_of(Paragraph((Strong((Image("lost", "صورة"),)),)), paragraph("نص")),
        "عنوان: a picture of the article is not there .lost",
    ),
    "a lost picture": (
        lambda: body_of(paragraph("نص"), Figure(Image("lost", "صورة"))),
        "عنوان: a picture of the article is not there",
    ),
    "a picture e-readers can't show": (
        lambda: replace(PLAIN, resources={"x": Resource("x.bmp", "image/bmp", b"BM")}),
        "عنوان: .*image/bmp",
    ),
}


@pytest.mark.parametrize("name", ["no article", "no text", "no identifier", "a lost picture"])
def test_what_can_be_no_book_can_be_no_pages_either(name: str) -> None:
    make, sentence = BROKEN[name]
    made = make()
    publication = made if isinstance(made, Publication) else single(made, cover=NO_COVER)
    with pytest.raises(WriteError, match=sentence):
        pdf.write(publication, themes.load("naskh", Settings()), pipeline.engine())


@pytest.mark.parametrize(("make", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_what_can_be_no_book_is_refused_in_a_sentence_that_names_it(
    make: Callable[[], Article | Publication], sentence: str
) -> None:
    with pytest.raises(ExporterError, match=sentence) as refused:
        written(make())
    assert isinstance(refused.value, WriteError)


# --- the samples ----------------------------------------------------------------------------


def sample(path: Path, cover: Cover) -> bytes:
    (reading,) = pipeline.read(str(path))
    return written(transform(reading.article), cover=cover).data


def test_the_samples_are_small(seeds: tuple[Path, ...]) -> None:
    for path in seeds:
        bare, covered = len(sample(path, NO_COVER)), len(sample(path, Cover()))
        assert bare < 150_000, path.name
        assert covered - bare < 120_000, path.name


def test_the_first_input_is_small(private_data: Path) -> None:
    path = next((private_data / "seeds").glob("000_*.txt"))
    bare, covered = len(sample(path, NO_COVER)), len(sample(path, Cover()))
    assert bare < 150_000
    assert covered - bare < 120_000


@pytest.mark.judge
@pytest.mark.slow
def test_epubcheck_finds_nothing_in_the_samples_nor_in_any_shape_of_content(
    tmp_path: Path, seeds: tuple[Path, ...], epubcheck: Check
) -> None:
    books = {path.stem: sample(path, Cover()) for path in seeds}
    books["everything"] = written(ARTICLE, cover=Cover()).data
    books["naskh"] = written(ARTICLE, font="Noto Naskh Arabic").data
    books["two-languages"] = written(Publication(METADATA, (ARTICLE, ENGLISH), NO_COVER)).data
    books["plain"] = written(PLAIN).data
    for number, source in enumerate((*ADDRESSES, *NO_ADDRESSES)):
        metadata = replace(PLAIN.metadata, source=source)
        books[f"source-{number}"] = written(replace(PLAIN, metadata=metadata)).data
    paths = []
    for name, data in books.items():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(data)
    assert {path.stem: found for path, found in epubcheck(paths).items() if found} == {}
