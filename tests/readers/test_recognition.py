"""What a source is: by its ending, by its content, and where the two say different things."""

from __future__ import annotations

import pytest

from exporter.cli.options import OPTIONS
from exporter.errors import ReadError
from exporter.readers import Reader, article_json, docx, feed, fragments, html, markdown, reader_for
from exporter.readers import text as plain_text
from exporter.readers.recognition import Format
from exporter.sources import Source
from tests.readers.docx.build import docx as word_file
from tests.readers.docx.build import p, zipped

TEXT = "مقال من كلام.\n".encode()
PAGE = "<!-- x -->\n<!DOCTYPE html><html><body><p>نص</p></body></html>".encode()
PIECE = "<p>نص في قطعة</p><p>وآخر</p>".encode()
TYPED = "# عنوان\n\nنص.\n\n## قسم\n\nنص.\n".encode()
TABLE = "نص.\n\n## قسم\n\n| أ | ب |\n| --- | --- |\n| ١ | ٢ |\n".encode()
COMMENTS = "نص\n\n# تحديث\nsudo apt update\n\n# تثبيت\nsudo apt install\n".encode()
SINGLE = ("## أ\n" + 2 * f"{'كلمة ' * 14}تامة.\n" + "\n## ب\nنص.\n").encode()
MATTER = "---\ntitle: عنوان\n---\nنص\n".encode()
WORD = word_file(p("نص"))
RSS = b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>'
JSON_FEED = b'{"title": "x", "version": "https://jsonfeed.org/version/1.1", "items": []}'
ARTICLE = b'{"metadata": {"title": "x"}, "body": ["x"]}'
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        # nothing but the content says it
        ("", TEXT, plain_text.read),
        ("", PAGE, html.read),
        ("", PIECE, fragments.read),
        ("", MATTER, markdown.read),
        ("", WORD, docx.read),
        ("", RSS, feed.read),
        ("", JSON_FEED, feed.read),
        ("", ARTICLE, article_json.read),
        ("", PAGE.decode().encode("utf-16"), html.read),
        ("مقال", MATTER, markdown.read),
        # the ending says it
        ("a.md", TEXT, markdown.read),
        ("a.md", PIECE, markdown.read),
        ("a.html", PAGE, html.read),
        ("a.html", PIECE, fragments.read),
        ("a.json", ARTICLE, article_json.read),
        ("a.jsonl", ARTICLE, article_json.read),
        ("a.docx", WORD, docx.read),
        ("a.docx", b"", docx.read),
        ("a.rss", RSS, feed.read),
        ("a.txt", TEXT, plain_text.read),
        # the content knows better
        ("a.txt", WORD, docx.read),
        ("a.txt", PAGE, html.read),
        ("a.txt", MATTER, markdown.read),
        ("a.txt", TYPED, markdown.read),
        ("a.txt", TABLE, markdown.read),
        ("a.txt", COMMENTS, plain_text.read),
        ("a.txt", SINGLE, plain_text.read),
        ("a.md", PAGE, html.read),
        ("a.docx", PAGE, html.read),
        ("a.html", RSS, feed.read),
        ("a.json", JSON_FEED, feed.read),
        ("a.xml", RSS, feed.read),
        ("a.xml", PAGE, html.read),
        ("a.doc", OLD, docx.read),
        ("a.php", PAGE, html.read),
        ("a.bak", MATTER, markdown.read),
    ],
)
def test_the_reader_of_a_source(name: str, data: bytes, reader: Reader) -> None:
    assert reader_for(Source(name or "-", name, data)) is reader


@pytest.mark.parametrize("format_", Format)
def test_the_user_knows_best(format_: Format) -> None:
    reader = reader_for(Source("a.bin", "a.bin", TEXT), input_format=format_)
    readers = (plain_text, html, markdown, docx, feed, article_json, fragments)
    assert reader in {module.read for module in readers}


@pytest.mark.parametrize(("name", "data"), [("a.xml", b"<note>x</note>"), ("a.png", b"\x89PNG")])
def test_what_nothing_reads_is_an_error_that_says_what_is_read(name: str, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"text, HTML, Markdown, Word \(\.docx\), feeds") as caught:
        reader_for(Source(name, name, data))
    assert "--input-format" in str(caught.value)


def test_a_pdf_is_no_source_and_the_message_says_what_is() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: articles are written as PDF, not read from it"):
        reader_for(Source("a.pdf", "a.pdf", b"%PDF-1.7"))


def test_an_archive_in_an_archive_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        reader_for(Source("a.zip: b.zip", "b.zip", zipped({"a.txt": "x"})))
    assert caught.value.code == "archive-nested"


def test_the_command_offers_every_format() -> None:
    (option,) = [option for option in OPTIONS if option.name == "input-format"]
    assert option.choices == tuple(Format)
