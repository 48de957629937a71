"""The e-book's text, read back by other libraries than the one that wrote it, is the article's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from lxml import etree

from exporter import pipeline
from exporter.article import Article, blocks_text
from exporter.choices import Device, Settings
from exporter.publication import Cover
from exporter.transforms import transform
from tests.judges.text import character_error_rate
from tests.writers.book import ARTICLE, documents, text_of, unpacked, written

_H = "{http://www.w3.org/1999/xhtml}"
CHAPTER = "EPUB/text/article-001.xhtml"
_LINES = frozenset(f"{_H}{name}" for name in "p h2 h3 h4 h5 h6 caption pre dt".split())
_GROUPS = frozenset(
    f"{_H}{name}" for name in "blockquote aside ul ol table thead tbody div".split()
)


def own_text(element: etree._Element) -> str:
    """The text of inlines: without the calls of notes, `br` as the end of a line."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_H}br":
            parts.append("\n")
        elif child.get("class") not in {"noteref", "marker"}:
            parts.append(own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def lines(element: etree._Element) -> Iterator[str]:
    """The lines of a block, in the form of `blocks_text`."""
    cells = [child for child in element if "hemistich" in child.get("class", "").split()]
    if cells or element.tag == f"{_H}tr":
        yield "\t".join(map(own_text, cells or element))
    elif element.tag == f"{_H}figure":
        (caption,) = element.iterfind(f"{_H}figcaption")
        credit = caption.find(f"{_H}span[@class='credit']")
        if credit is not None:
            yield (caption.text or "").removesuffix(" ")
            yield own_text(credit)
        else:
            yield own_text(caption)
    elif element.tag in _LINES:
        yield own_text(element)
    elif element.tag in {f"{_H}li", f"{_H}dd"} and not any(
        child.tag in _LINES | _GROUPS for child in element
    ):
        yield own_text(element).strip("\n ")
    else:
        for child in element:
            yield from lines(child)


def articles(seeds: tuple[Path, ...]) -> Iterator[Article]:
    yield ARTICLE
    for path in seeds:
        (reading,) = pipeline.read(str(path))
        yield transform(reading.article)


def test_the_text_comes_back_exactly(seeds: tuple[Path, ...]) -> None:
    for article in articles(seeds):
        body = documents(unpacked(written(article).data))[CHAPTER].find(
            f".//{_H}div[@class='body']"
        )
        assert body is not None
        back = "\n".join(filter(None, lines(body)))
        assert back == blocks_text(article.body), article.metadata.title


def test_the_text_of_the_notes_and_of_the_metadata_comes_back() -> None:
    whole = text_of(documents(unpacked(written(ARTICLE).data))[CHAPTER])
    for note in ARTICLE.notes.values():
        for line in blocks_text(note).splitlines():
            assert line in whole
    metadata = ARTICLE.metadata
    for text in (metadata.title, metadata.subtitle, metadata.description, metadata.publisher):
        assert text in whole


def test_no_kashida_is_baked_into_the_text(seeds: tuple[Path, ...]) -> None:
    for article in articles(seeds):
        written_text = text_of(documents(unpacked(written(article).data))[CHAPTER])
        count = blocks_text(article.body).count("\N{ARABIC TATWEEL}")
        assert written_text.count("\N{ARABIC TATWEEL}") == count


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("device", [Device.GENERIC, Device.KOBO])
def test_mupdf_has_the_text_of_every_page_in_order(device: Device, seeds: tuple[Path, ...]) -> None:
    """MuPDF lays the pages out itself; what differs is white space and the order of some marks.

    It puts a table's caption under the table, and the numbers of lists into the text.
    """
    for path in (path for path in seeds if path.suffix == ".txt"):
        (reading,) = pipeline.read(str(path))
        article = transform(reading.article)
        data = written(article, cover=Cover(), settings=Settings(device=device)).data
        with pymupdf.open(stream=data, filetype="epub") as document:
            text = "".join(page.get_text() for page in document)
            assert document.page_count > 1
            assert document.metadata["title"] == article.metadata.title
        found = "".join(filter(str.isalnum, text))
        wanted = letters(article)
        begin = found.find(wanted[:30])
        assert begin >= 0, path.name
        rate = character_error_rate(wanted, found[begin : begin + len(wanted)])
        assert rate < 0.02, path.name


def letters(article: Article) -> str:
    text = unicodedata.normalize("NFC", blocks_text(article.body))
    return "".join(filter(str.isalnum, text))
