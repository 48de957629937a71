"""Our own look at an EPUB: does it open from the right, in Arabic, with its font and contents?"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from exporter.article import Direction
from exporter.checks import text
from exporter.checks.results import Finding, Result, judged
from exporter.patterns import compiled
from exporter.records import dataclass

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
_LARGEST = 200_000_000
_FONT_FACE = compiled(r"@font-face\s*\{[^}]*\}")
_URL = compiled(r"url\(\s*[\"']?([^\"')]+)")
_BROKEN = (zipfile.BadZipFile, etree.XMLSyntaxError, LookupError, ValueError, OSError, EOFError)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document of the spine."""

    path: str
    directions: frozenset[str]
    language: str
    text: str


class _Book:
    """The parts of an EPUB, opened."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise ValueError(f"{_LARGEST // 1_000_000} MB")
            self.files = {name: archive.read(name) for name in archive.namelist()}
        container = _parsed(self.files["META-INF/container.xml"])
        path = _first(container, "//c:rootfile/@full-path")
        self.folder = posixpath.dirname(path)
        self.package = _parsed(self.files[path])
        self.items = {
            item.get("id", ""): item for item in self.package.iterfind(".//opf:item", _NAMES)
        }

    def path(self, href: str, base: str = "") -> str:
        """Return the path in the archive of what an address in the package or `base` names."""
        folder = posixpath.dirname(base) if base else self.folder
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))

    def pages(self) -> Iterator[_Page]:
        """Yield the documents of the spine that are there and hold text, in order."""
        for reference in self.package.iterfind(".//opf:spine/opf:itemref", _NAMES):
            item = self.items.get(reference.get("idref", ""))
            path = self.path(item.get("href", "")) if item is not None else ""
            if path in self.files:
                yield _page(path, _parsed(self.files[path]))


def check(data: bytes) -> Result:
    """Return what is seen of an EPUB without any program but this one."""
    try:
        book = _Book(data)
        findings = tuple(_faults(book))
    except _BROKEN as error:
        return judged("exporter", [Finding("check-unreadable", f"{error}" or type(error).__name__)])
    return judged("exporter", findings)


def _parsed(data: bytes) -> etree._Element:
    root = etree.fromstring(data, _PARSER)
    if root is None:
        raise ValueError("XML")
    return root


def _first(root: etree._Element, path: str) -> str:
    found = root.xpath(path, namespaces=_NAMES)
    return str(found[0]) if isinstance(found, list) and found else ""


def _page(path: str, root: etree._Element) -> _Page:
    body = root.find("h:body", _NAMES)
    elements = [root] if body is None else [root, body]
    languages = [one.get("lang") or one.get(_XML_LANG) or "" for one in elements]
    return _Page(
        path,
        frozenset(one.get("dir", "") for one in elements),
        next(filter(None, languages), ""),
        "" if body is None else str(body.xpath("string()")),
    )


def _faults(book: _Book) -> Iterator[Finding]:
    pages = tuple(book.pages())
    whole = "\n".join(page.text for page in pages)
    language = _first(book.package, "//dc:language/text()").strip()
    direction = text.expected_direction(language, whole)
    if not _first(book.package, "//dc:title/text()").strip():
        yield Finding("check-no-title")
    if not language:
        yield Finding("check-no-language")
    if direction is Direction.RTL:
        yield from _sides(book, pages)
    yield from (Finding("check-page-language", page.path) for page in pages if not page.language)
    yield from _ways_in(book)
    yield from _fonts(book)
    yield from text.faults(whole)


def _sides(book: _Book, pages: tuple[_Page, ...]) -> Iterator[Finding]:
    if _first(book.package, "//opf:spine/@page-progression-direction") != "rtl":
        yield Finding("check-spine-direction")
    for page in pages:
        if page.text.strip() and "rtl" not in page.directions:
            # A chapter in another script has a side of its own.
            own = text.expected_direction(page.language, page.text)
            if own is Direction.RTL:
                yield Finding("check-page-direction", page.path)


def _ways_in(book: _Book) -> Iterator[Finding]:
    properties = {one for item in book.items.values() for one in item.get("properties", "").split()}
    kinds = {item.get("media-type") for item in book.items.values()}
    if book.package.get("version", "").startswith("3") and "nav" not in properties:
        yield Finding("check-no-nav")
    if "application/x-dtbncx+xml" not in kinds:
        yield Finding("check-no-ncx")
    if "cover-image" not in properties and not _first(
        book.package, "//opf:meta[@name='cover']/@content"
    ):
        yield Finding("check-no-cover")


def _fonts(book: _Book) -> Iterator[Finding]:
    for path, css in _sheets(book).items():
        for face in _FONT_FACE.findall(css):
            addresses = _URL.findall(face)
            yield from (
                Finding("check-font-missing", address)
                for address in addresses
                if ":" not in address and book.path(address, path) not in book.files
            )


def _sheets(book: _Book) -> Mapping[str, str]:
    return {
        name: data.decode("utf-8", "replace")
        for name, data in book.files.items()
        if name.lower().endswith(".css")
    }
