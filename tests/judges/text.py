"""The text that independent readers take out of a PDF, and how far it is from what went in."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pymupdf
import pypdfium2
from rapidfuzz.distance import Levenshtein


def pdfium(pdf: Path) -> str:
    """Return the text as Chromium's PDF engine finds it, page after page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(_pdfium_page(page) for page in document)


def _pdfium_page(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()


def mupdf(pdf: Path) -> str:
    """Return the text as MuPDF finds it, page after page."""
    with pymupdf.open(pdf) as document:
        return "\n".join(page.get_text() for page in document)


def poppler(pdf: Path) -> str:
    """Return the text as `pdftotext` finds it, page after page."""
    command = ["pdftotext", "-enc", "UTF-8", "-nopgbrk", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


EXTRACTORS: Mapping[str, Callable[[Path], str]] = {
    "pdfium": pdfium,
    "mupdf": mupdf,
    "poppler": poppler,
}


def character_error_rate(expected: str, extracted: str) -> float:
    """Return the edits that separate two texts, per expected character; white space is ignored."""
    wanted, found = ("".join(text.split()) for text in (expected, extracted))
    if not wanted:
        raise ValueError("without expected text there is no rate")
    return Levenshtein.distance(wanted, found) / len(wanted)
