"""Encodings of pages: what they claim, what they are, and what is told of the difference."""

from __future__ import annotations

import pytest

from exporter.article import Reading, blocks_text
from exporter.errors import ReadError
from exporter.notices import NoticeCode
from exporter.readers.html import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from tests.readers.html.pages import ARABIC, PERSIAN

CODES = {NoticeCode.ENCODING_GUESSED, NoticeCode.BYTES_DAMAGED}


def page(text: tuple[str, ...], *, claim: str = "") -> str:
    meta = f"<meta charset='{claim}'>" if claim else ""
    body = "".join(f"<p>{each}</p>" for each in text)
    return (
        f"<html><head>{meta}<title>مقال</title></head><body><article>{body}</article></body></html>"
    )


def read_bytes(data: bytes, *, charset: str = "") -> Reading:
    (reading,) = read(Source("p.html", "p.html", data, charset=charset), ReadingOptions())
    return reading


def guesses(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.detail) for one in reading.notices if one.code in CODES]


@pytest.mark.parametrize(
    ("encoding", "charset", "claim", "told"),
    [
        ("utf-8", "", "", []),
        ("utf-8", "utf-8", "windows-1256", []),
        ("utf-8", "", "windows-1256", ["utf-8"]),
        ("utf-8", "iso-8859-1", "", ["utf-8"]),
        ("windows-1256", "windows-1256", "", []),
        ("windows-1256", "", "windows-1256", []),
        ("windows-1256", "", "cp1256", []),
        ("windows-1256", "iso-8859-1", "", ["windows-1256"]),
        ("windows-1256", "", "utf-8", ["windows-1256"]),
        ("windows-1256", "iso-8859-1", "windows-1256", ["windows-1256"]),
        ("windows-1256", "", "", ["windows-1256"]),
        ("windows-1256", "", "x-no-such-thing", ["windows-1256"]),
        ("iso-8859-6", "", "iso-8859-6", []),
        ("iso-8859-6", "", "", ["iso-8859-6"]),
        ("iso-8859-6", "", "windows-1256", ["iso-8859-6"]),
        ("utf-16", "", "", []),
        ("utf-8-sig", "windows-1256", "windows-1256", []),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(
    encoding: str, charset: str, claim: str, told: list[str]
) -> None:
    data = page(ARABIC.paragraphs, claim=claim).encode(encoding)
    reading = read_bytes(data, charset=charset)
    assert blocks_text(reading.article.body).split("\n") == list(ARABIC.paragraphs)
    assert guesses(reading) == [(NoticeCode.ENCODING_GUESSED, one) for one in told]


def test_persian_in_windows_1256_keeps_its_letters_and_half_spaces() -> None:
    text = tuple(each.replace("ی", "ي").replace("ٔ", "") for each in PERSIAN.paragraphs)
    reading = read_bytes(page(text).encode("windows-1256"), charset="iso-8859-1")
    assert blocks_text(reading.article.body).split("\n") == list(text)


def test_xhtml_says_its_encoding_in_the_xml_declaration() -> None:
    html = "<?xml version='1.0' encoding='windows-1256'?>" + page(ARABIC.paragraphs)
    reading = read_bytes(html.encode("windows-1256"))
    assert ARABIC.paragraphs[0] in blocks_text(reading.article.body)
    assert guesses(reading) == []


def test_a_few_damaged_bytes_are_told_and_the_rest_is_read() -> None:
    data = page(ARABIC.paragraphs, claim="utf-8").encode()
    reading = read_bytes(data.replace("ثم".encode(), "ث".encode() + b"\xd9", 1))
    assert ARABIC.paragraphs[1] in blocks_text(reading.article.body)
    assert guesses(reading) == [(NoticeCode.BYTES_DAMAGED, "1")]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40, bytes(range(256)) * 20])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        read_bytes(data)
