"""calibre reads every field in Arabic; its Kindle books keep the text, the font, the direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree

from exporter import pipeline
from exporter.article import Heading, blocks_text
from exporter.choices import Device, Settings
from exporter.publication import Cover
from exporter.transforms import transform
from tests.conftest import require_judges
from tests.judges import calibre as judge
from tests.writers.book import ARTICLE, METADATA, text_of, written

pytestmark = [pytest.mark.judge, pytest.mark.long]


@pytest.fixture(scope="module", autouse=True)
def calibre() -> None:
    """Says that calibre is there."""
    require_judges(judge.is_installed(), "calibre's commands")


def test_it_reads_every_field_that_it_has() -> None:
    """All but rights, source and our identifier, for which calibre's library has no place."""
    package = judge.metadata(written(ARTICLE, cover=Cover()).data)
    fields = {
        "//dc:title/text()": [f"{METADATA.title}: {METADATA.subtitle}"],
        "//dc:creator/text()": ["سلمى الراوي"],
        "//dc:creator/@opf:file-as": ["الراوي، سلمى"],
        "//dc:publisher/text()": [METADATA.publisher],
        "//dc:subject/text()": list(METADATA.subjects),
        "//dc:description/text()": [METADATA.description],
        "//opf:meta[@name='calibre:series']/@content": [METADATA.is_part_of],
        "//opf:meta[@name='calibre:series_index']/@content": ["3"],
    }
    assert {path: judge.values(package, path) for path in fields} == fields
    assert judge.values(package, "//dc:language/text()")[0] in {"ar", "ara"}
    assert judge.values(package, "//dc:date/text()")[0].startswith("2024-06-11T22:30:00")


def test_an_arabic_name_is_not_turned_round() -> None:
    creators = (replace(METADATA.creators[0], file_as=""),)
    article = replace(ARTICLE, metadata=replace(METADATA, creators=creators))
    package = judge.metadata(written(article).data)
    assert judge.values(package, "//dc:creator/@opf:file-as") == ["سلمى الراوي"]


@pytest.mark.parametrize("device", [Device.GENERIC, Device.KINDLE])
def test_its_kindle_book_keeps_text_and_direction(device: Device, seeds: tuple[Path, ...]) -> None:
    (reading,) = pipeline.read(str(next(path for path in seeds if path.stem == "long-read")))
    article = transform(reading.article)
    book = written(article, cover=Cover(), settings=Settings(device=device)).data
    files = judge.through_kindle(book)
    package = etree.fromstring(files["content.opf"])
    assert judge.values(package, "//opf:spine/@page-progression-direction") == ["rtl"]
    assert judge.values(package, "//dc:title/text()") == [article.metadata.title]
    order = judge.values(package, "//opf:spine/opf:itemref/@idref")
    paths = [judge.values(package, f"//opf:item[@id='{one}']/@href")[0] for one in order]
    bodies = [etree.fromstring(files[path]).find("{*}body") for path in paths]
    text = "".join(text_of(body) for body in bodies if body is not None)
    assert squeezed(blocks_text(article.body)) in squeezed(text)
    directions = {body.get("dir") for body in bodies[1:] if body is not None}
    assert directions == {"rtl"}
    assert any(name.endswith(".ttf") for name in files)
    headings = [blocks_text((one,)) for one in article.body if isinstance(one, Heading)]
    assert contents(files)[1:] == headings


def element(document: etree._Element, identifier: str) -> etree._Element:
    (found,) = (one for one in document.iter() if one.get("id") == identifier)
    return found


def contents(files: Mapping[str, bytes]) -> list[str]:
    """Return the lines of the article's contents, each of which leads to its words.

    On its way back from a Kindle book calibre adds other links of the book as lines of their own.
    """
    labels = []
    (article, *_) = etree.fromstring(files["toc.ncx"]).iter("{*}navPoint")
    for point in article.iter("{*}navPoint"):
        label = point.findtext("{*}navLabel/{*}text") or ""
        path, _, anchor = point.find("{*}content").get("src").partition("#")  # type: ignore[union-attr]
        document = etree.fromstring(files[path])
        target = element(document, anchor) if anchor else document
        assert squeezed(label) in squeezed(text_of(target)), label
        labels.append(label)
    return labels


def test_its_kindle_book_keeps_the_notes_and_the_ways_to_them() -> None:
    files = judge.through_kindle(written(ARTICLE, settings=Settings(device=Device.KINDLE)).data)
    texts = {name: data for name, data in files.items() if name.endswith("html")}
    calls = [
        (name, call)
        for name, data in texts.items()
        for call in etree.fromstring(data).iter("{*}a")
        if call.get("role") == "doc-noteref"
    ]
    assert len(calls) == 3
    for name, call in calls:
        path, _, anchor = urljoin(name, call.get("href", "")).partition("#")
        note = element(etree.fromstring(files[path]), anchor)
        assert text_of(note).split()[0] == text_of(call)
        assert {"هامش.", "آخر."} & set(text_of(note).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
