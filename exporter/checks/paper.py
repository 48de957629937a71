"""Our own look at a PDF: are its fonts in it, does its text come out, does it turn to the left?"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from exporter.article import Direction
from exporter.checks import text
from exporter.checks.results import Finding, Result, judged

_MOST_PAGES = 200
"""How many pages are looked at for fonts and text: enough to know a book."""


def check(data: bytes) -> Result:
    """Return what is seen of a PDF without any program but this one."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return judged("exporter", [Finding("check-unreadable", str(error).rstrip("."))])
    try:
        return judged("exporter", tuple(_faults(document)))
    finally:
        document.close()


def _faults(document: pypdfium2.PdfDocument) -> Iterator[Finding]:
    pages = [document[number] for number in range(min(len(document), _MOST_PAGES))]
    whole = "\n".join(page.get_textpage().get_text_range() for page in pages)
    language = _language(document)
    if not document.get_metadata_value("Title").strip():
        yield Finding("check-no-title")
    if not language:
        yield Finding("check-no-language")
    if not raw.FPDFCatalog_IsTagged(document.raw):
        yield Finding("check-not-tagged")
    rtl = text.expected_direction(language, whole) is Direction.RTL
    if rtl and _preference(document, b"Direction") != "R2L":
        yield Finding("check-pdf-direction")
    for name in sorted({name for page in pages for name in _missing_fonts(page)}):
        yield Finding("check-font-not-embedded", name)
    yield from text.faults(whole)


def _language(document: pypdfium2.PdfDocument) -> str:
    def read(buffer: Any, size: int) -> int:
        letters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer else None
        return int(raw.FPDFCatalog_GetLanguage(document.raw, letters, size))

    return _string(read, encoding="utf-16-le", null=2)


def _preference(document: pypdfium2.PdfDocument, key: bytes) -> str:
    """Return a name among the viewer's preferences (ISO 32000-2 §12.2)."""

    def read(buffer: Any, size: int) -> int:
        return int(raw.FPDF_VIEWERREF_GetName(document.raw, key, buffer, size))

    return _string(read, encoding="latin-1", null=1)


def _string(read: Callable[[Any, int], int], *, encoding: str, null: int) -> str:
    """Return a string that pdfium writes into a buffer, after having said how long it is."""
    size = read(None, 0)
    if size <= null:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw[: size - null].decode(encoding, "replace")


def _missing_fonts(page: pypdfium2.PdfPage) -> Iterator[str]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(item.raw)
        if font and not raw.FPDFFont_GetIsEmbedded(font):
            yield _font_name(font)


def _font_name(font: object) -> str:
    def read(buffer: Any, size: int) -> int:
        return int(raw.FPDFFont_GetBaseFontName(font, buffer, size))

    return _string(read, encoding="utf-8", null=1)
