"""The text that independent readers take out of a PDF, and how far it is from what went in."""

import re
import subprocess
import unicodedata
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


_RLE, _LRE, _PDF = "\u202b", "\u202a", "\u202c"
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")


def logical(text: str) -> str:
    """Return text without controls of direction, in the order in which they would show it.

    poppler writes digits and punctuation of a right-to-left line as embeddings, from left to right
    as they are drawn: LRE, space, full stop, PDF is read as a full stop and a space.
    """
    lines = [re.sub("[\u200e\u200f\u2069]", "", line) for line in text.split("\n")]
    turned = (
        re.sub(f"{_LRE}([^{_LRE}{_RLE}{_PDF}]*){_PDF}", _read_from_the_right, line)
        if line.startswith(_RLE)
        else line
        for line in lines
    )
    return _CONTROLS.sub("", "\n".join(turned))


# An emoji is read as one, whatever side it is read from.
_READ_AS_ONE = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|.[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*)"
    "(?:\u200d.[\ufe0f\U0001f3fb-\U0001f3ff]*)*",
    re.DOTALL,
)


def _read_from_the_right(embedding: re.Match[str]) -> str:
    """Turn round what is not of the number or word that the embedding is for."""
    text: list[str] = _READ_AS_ONE.findall(embedding[1])
    classes = [unicodedata.bidirectional(one[0]) for one in text]
    strong = [place for place, one in enumerate(classes) if one in {"L", "EN", "AN"}]
    if not strong:
        return "".join(text[::-1])
    start, end = strong[0], strong[-1] + 1
    while classes[start - 1 : start] == ["ET"]:
        start -= 1
    while classes[end : end + 1] == ["ET"]:
        end += 1
    return "".join([*text[end:][::-1], *text[start:end], *text[:start][::-1]])


def words(text: str) -> list[str]:
    """Return the words of a text in logical order, canonically composed."""
    return unicodedata.normalize("NFC", logical(text)).split()


def character_error_rate(expected: str, extracted: str) -> float:
    """Return the edits that separate two texts, per expected character; white space is ignored."""
    wanted, found = ("".join(text.split()) for text in (expected, extracted))
    if not wanted:
        raise ValueError("without expected text there is no rate")
    return Levenshtein.distance(wanted, found) / len(wanted)
