"""Bytes to the text of a page: the encodings that it claims, checked against what it is."""

from __future__ import annotations

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

from exporter.errors import ReadError
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.text.decoding import (
    Decoded,
    is_binary,
    is_plausible,
    likeliest,
    mended,
    read_again,
)
from exporter.sources import Source

_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
# HTML §13.2.3.2 wants it in the first 1,024 bytes; pages have it later.
_HEAD = 8192
_META = compiled(rb"<meta\b[^<>]{0,400}?charset\s*=\s*[\"']?\s*([\w:.+-]{2,40})", re.IGNORECASE)
_XML = compiled(rb"<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([\w:.+-]{2,40})", re.IGNORECASE)
# Encoding Standard §4.2: what these names mean in pages.
_MEANT = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "x-user-defined": "windows-1252",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-8-i": "iso-8859-8",
    "asmo-708": "iso-8859-6",
    "cp1256": "windows-1256",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
_TEXT_ONLY = frozenset(("idna", "punycode", "undefined", "utf-7", "utf7", "unicode-escape"))
_TAGS = compiled(r"<script\b.*?</script|<style\b.*?</style|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_SAMPLE = 400_000


def decode(source: Source) -> Decoded:
    """Return the text of a page.

    A byte order mark is believed; bytes that fit UTF-8 and are not all ASCII are UTF-8; then the
    charset of HTTP, of `meta`, of XML, where the text that it gives could be one; then detection.
    Whatever is not as the page claims is a Notice. Raises ReadError for bytes that are no text.
    """
    data = source.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(source, data[len(mark) :].decode(encoding, errors="replace"), encoding)
    claimed = [_meant(name) for name in _claims(source) if name]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_claim(source, claimed)
    if "\0" in text[:1000]:  # Arabic in UTF-16 is all below 0x80
        return _by_claim(source, claimed)
    text, wrong = read_again(text, sample=_words)
    if wrong:
        return _checked(source, text, "utf-8", Notice(NoticeCode.ENCODING_REPAIRED, detail=wrong))
    if data.isascii() or not claimed or claimed[0] == "utf-8":
        return _checked(source, text, "utf-8")
    return _checked(source, text, "utf-8", _guessed("utf-8"))


def _claims(source: Source) -> Iterator[str]:
    """Yield the names of the encodings that a page claims, the weightiest first."""
    yield source.charset
    head = source.data[:_HEAD]
    for pattern in (_META, _XML):
        if found := pattern.search(head):
            yield found[1].decode("ascii", errors="replace")


def _meant(name: str) -> str:
    """Return the encoding that a name means; empty for one that is none."""
    label = name.strip().lower().replace("_", "-")
    label = _MEANT.get(label, label)
    try:
        known = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    return "" if label in _TEXT_ONLY or not known._is_text_encoding else label  # noqa: SLF001


def _by_claim(source: Source, claimed: list[str]) -> Decoded:
    data = source.data
    for number, encoding in enumerate(dict.fromkeys(filter(None, claimed))):
        text = _attempt(data, encoding)
        if text and (encoding == "utf-8" or is_plausible(_words(text))):
            notices = () if number == 0 else (_guessed(encoding),)
            return _checked(source, text, encoding, *notices)
    text, encoding = likeliest(data, sample=_words)
    if encoding:
        return _checked(source, text, encoding, _guessed(encoding))
    text, damaged = mended(data, encoding="utf-8")
    if text:
        notice = Notice(NoticeCode.BYTES_DAMAGED, detail=str(damaged))
        return _checked(source, text, "utf-8", notice)
    for encoding in filter(None, claimed):
        if encoding != "utf-8" and (text := _attempt(data, encoding)):
            return _checked(source, text, encoding)
    raise ReadError("encoding-unknown", subject=source.location)


def _attempt(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return ""


def _words(text: str) -> str:
    """Return the text of a page without its tags, as far as encodings are told by it."""
    return _TAGS.sub(" ", text[:_SAMPLE])


def _guessed(encoding: str) -> Notice:
    return Notice(NoticeCode.ENCODING_GUESSED, detail=encoding)


def _checked(source: Source, text: str, encoding: str, *notices: Notice) -> Decoded:
    if is_binary(text):
        raise ReadError("binary", subject=source.location)
    return Decoded(text, encoding, notices)
