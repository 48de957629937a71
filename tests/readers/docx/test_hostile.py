"""Word files that are locked, damaged or made to do harm: a clear error, in seconds."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from exporter.article import Reading, blocks_text
from exporter.errors import ReadError
from exporter.readers.docx import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from tests.readers.docx.build import docx, element, p, r, style, zipped

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
GOOD = docx(p("نص الفقرة الأولى.") + p("نص الثانية."))
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def read_bytes(data: bytes) -> Reading:
    (reading,) = read(Source("report.docx", "report.docx", data), ReadingOptions())
    return reading


def with_document(head: str, inside: str) -> bytes:
    document = element("w:document", f"<w:body><w:p><w:r><w:t>{inside}</w:t></w:r></w:p></w:body>")
    return docx("", extra={"word/document.xml": head + document.partition("\n")[2]})


def bomb() -> bytes:
    return docx("", extra={"word/document.xml": b"<x>" + b" " * 60_000_000 + b"</x>"})


def packed_tightly() -> bytes:
    return docx("", extra={"word/document.xml": b"<x>" + b" " * 20_000_000 + b"</x>"})


def many() -> bytes:
    return docx("", extra={f"word/{number}.xml": "" for number in range(6_000)})


def locked_entry() -> bytes:
    data = bytearray(GOOD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "locked": (
        lambda: COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "docx-locked",
    ),
    "old": (lambda: COMPOUND + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "docx-old"),
    "nothing": (lambda: b"", "archive-damaged"),
    "text": ("نص".encode, "archive-damaged"),
    "cut": (lambda: GOOD[:-40], "archive-damaged"),
    "another archive": (lambda: zipped({"a.txt": "x"}), "docx-other"),
    "no document": (lambda: zipped({"[Content_Types].xml": "<Types/>"}), "docx-damaged"),
    "a sheet": (
        lambda: docx("", extra={"word/document.xml": element("w:other", "")}),
        "docx-other",
    ),
    "no XML": (lambda: docx("", extra={"word/document.xml": "<w:document"}), "xml-damaged"),
    "no text": (lambda: docx(""), "empty"),
    "laughs": (lambda: with_document(LAUGHS, "&m;"), "xml-damaged"),
    "outside": (lambda: with_document(OUTSIDE, "&a;"), "xml-entities"),
    "bomb": (bomb, "too-much"),
    "packed tightly": (packed_tightly, "archive-bomb"),
    "many parts": (many, "too-much"),
    "many paragraphs": (lambda: docx("<w:p/>" * 100_001), "too-much"),
    "locked entries": (locked_entry, "archive-locked"),
    "deep": (
        lambda: docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000),
        "xml-damaged",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_sound_file_is_a_clear_error(name: str) -> None:
    make, code = BROKEN[name]
    data = make()
    started = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read_bytes(data)
    assert caught.value.code == code
    assert "report.docx" in str(caught.value)
    assert time.monotonic() - started < 5


def test_a_relation_that_climbs_out_reads_nothing() -> None:
    """A part is a name in the package: neither a path nor an address."""
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/footnotes" Target="../../../../etc/passwd"/>'
        '<Relationship Id="b" Type="x/image" Target="file:///etc/passwd"/>'
        '<Relationship Id="c" Type="x/styles" Target="http://example.org/s.xml" '
        'TargetMode="External"/></Relationships>'
    )
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = docx(p("نص.", note), extra={"word/_rels/document.xml.rels": rels})
    reading = read_bytes(data)
    assert blocks_text(reading.article.body) == "نص."
    assert not reading.article.notes
    assert not reading.article.resources


def test_names_that_lead_out_are_no_parts() -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("../evil.xml", "/evil.xml", "C:/evil.xml", "word/../../evil.xml"):
            archive.writestr(name, "x")
    assert blocks_text(read_bytes(out.getvalue()).article.body).count("نص") == 2


@pytest.mark.parametrize(
    "body",
    [
        p(*(r("x", "<w:rtl/>") for _ in range(10_000))),
        p(*(r(".") for _ in range(10_000))),
        "".join(p("نص.") for _ in range(5_000)),
        f"<w:tbl>{'<w:tr>' + '<w:tc><w:p/></w:tc>' * 50 + '</w:tr>'}</w:tbl>" * 400,
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr></w:tc></w:tr></w:tbl>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 2_000,
        p(*['<w:r><w:fldChar w:fldCharType="begin"/></w:r>'] * 2_000),
    ],
    ids=["runs", "neutral runs", "paragraphs", "tables", "a wide cell", "loose runs", "fields"],
)
def test_no_file_takes_long(body: str) -> None:
    data = docx(body + p("نص الفقرة."))
    started = time.monotonic()
    read_bytes(docx(p("نص.") + body) if "fldChar" in body else data)
    assert time.monotonic() - started < 10


def test_styles_that_are_based_on_one_another_end() -> None:
    styles = style("A", "a", '<w:basedOn w:val="B"/>') + style("B", "b", '<w:basedOn w:val="A"/>')
    reading = read_bytes(docx(p("نص.", style="A"), styles=styles))
    assert blocks_text(reading.article.body) == "نص."
