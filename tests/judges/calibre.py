"""calibre: the metadata that its library shows, and its conversion to Kindle's format and back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

_OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def is_installed() -> bool:
    """Whether calibre's commands are there."""
    return all(map(shutil.which, ("ebook-meta", "ebook-convert")))


def _run(command: list[str | Path], folder: Path) -> None:
    # calibre keeps its settings in a folder of its own here, and needs no window.
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
        "CALIBRE_CONFIG_DIRECTORY": str(folder / "settings"),
    }
    subprocess.run(
        list(map(str, command)), check=True, capture_output=True, timeout=300, env=environment
    )


def metadata(epub: bytes) -> etree._Element:
    """Return the package that calibre writes of what it read of a book."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, package = folder / "book.epub", folder / "book.opf"
        book.write_bytes(epub)
        _run(["ebook-meta", book, f"--to-opf={package}"], folder)
        return etree.fromstring(package.read_bytes())


def values(package: etree._Element, path: str) -> list[str]:
    """Return what an XPath finds in a package."""
    found = package.xpath(path, namespaces=_OPF)
    assert isinstance(found, list)
    return [str(value) for value in found]


def through_kindle(epub: bytes) -> Mapping[str, bytes]:
    """Return the files of the book after a conversion to AZW3 and back to EPUB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, kindle, back = (folder / file for file in ("book.epub", "book.azw3", "back.epub"))
        book.write_bytes(epub)
        _run(["ebook-convert", book, kindle], folder)
        _run(["ebook-convert", kindle, back], folder)
        with zipfile.ZipFile(back) as archive:
            return {one: archive.read(one) for one in archive.namelist()}
