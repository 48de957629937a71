"""The package: EbookLib's container, manifest and spine, sealed so that its bytes never change."""

from __future__ import annotations

import io
import zipfile

from ebooklib import epub
from lxml import etree
from zlib_ng import zlib_ng

from exporter.errors import WriteError
from exporter.publication import Publication
from exporter.records import dataclass

_DC = "http://purl.org/dc/elements/1.1/"
_OPF = "http://www.idpf.org/2007/opf"
_XML = "http://www.w3.org/XML/1998/namespace"
# Of fonts, most of a book, level 9 makes hardly less in twice the time.
_COMPRESSION_LEVEL = 5
# The first moment that a ZIP entry can carry: every entry gets it.
_SEALED_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644
_UNIX = 3

COVER_IMAGE_ID = "cover-image"
NCX_ID = "ncx"
XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book: manifest id, path below `EPUB/`, media type, bytes, OPF properties."""

    id: str
    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """An element of the package's metadata: `dc:title`, or `meta`."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place of the book under its EPUB 3 type and its name in the EPUB 2 guide."""

    type: str
    guide_type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Package:
    """What the file holds: metadata, items in manifest order, the ids of the spine, landmarks.

    `container_files` stand in `META-INF`, by name; `prefix` declares vocabularies (§D.1.4).
    """

    terms: tuple[Term, ...]
    items: tuple[Item, ...]
    spine: tuple[str, ...]
    landmarks: tuple[Landmark, ...]
    container_files: tuple[tuple[str, bytes], ...] = ()
    prefix: str = ""


def pack(package: Package, publication: Publication) -> bytes:
    """Return the EPUB file; raises WriteError when EbookLib can't put it together."""
    book = _book(package, publication)
    out = io.BytesIO()
    try:
        _SealedWriter(out, book, package).write()
    except (ValueError, TypeError, KeyError, AttributeError, OSError, zipfile.BadZipFile) as error:
        raise WriteError(
            "epub-failed", subject=publication.metadata.title, detail=str(error)
        ) from error
    return out.getvalue()


def _book(package: Package, publication: Publication) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(publication.metadata.identifier)
    book.set_language(publication.metadata.language)
    book.set_direction(publication.direction.value)
    files = {}
    for item in package.items:
        files[item.id] = file = epub.EpubItem(item.id, item.path, item.media_type, item.data)
        file.properties = list(item.properties)
        book.add_item(file)
    # EbookLib looks for each id among all files.
    book.spine = [files[identifier] for identifier in package.spine]
    book.guide = [
        {"type": landmark.guide_type, "title": landmark.title, "href": landmark.href}
        for landmark in package.landmarks
    ]
    return book


class _SealedWriter(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer with a clockless archive and our metadata in the package document."""

    def __init__(self, out: io.BytesIO, book: epub.EpubBook, package: Package) -> None:
        super().__init__(out, book, {"package_direction": True})
        self._package = package

    def write(self) -> None:
        with _SealedZip(self.file_name, "w") as self.out:
            # EPUB 3.3 §4.2.1: the first entry, neither compressed nor padded.
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            for name, data in self._package.container_files:
                self.out.writestr(f"META-INF/{name}", data)
            self._write_opf()
            self._write_items()

    def _write_opf_metadata(self, root: etree._Element) -> None:
        metadata = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
        for term in self._package.terms:
            name = term.name.replace("dc:", f"{{{_DC}}}")
            attributes = {
                key.replace("xml:", f"{{{_XML}}}"): value for key, value in term.attributes
            }
            etree.SubElement(metadata, name, attributes).text = term.text or None

    def _write_opf_file(self, root: etree._Element) -> None:
        # EPUB 3.3 §5.4: the direction is EbookLib's, the language is not; its prefix is of a
        # vocabulary that is reserved and needs no declaration.
        root.set(f"{{{_XML}}}lang", self.book.language)
        del root.attrib["prefix"]
        if self._package.prefix:
            root.set("prefix", self._package.prefix)
        super()._write_opf_file(root)


class _SealedZip(zipfile.ZipFile):
    """A ZIP file whose entries carry a fixed date, permission and system."""

    def writestr(  # type: ignore[override]
        self, name: str, data: str | bytes, compress_type: int = zipfile.ZIP_DEFLATED
    ) -> None:
        entry = zipfile.ZipInfo(name, _SEALED_DATE)
        entry.external_attr = _REGULAR_FILE << 16
        entry.create_system = _UNIX
        entry.compress_type = compress_type
        plain = data.encode() if isinstance(data, str) else data
        entry.file_size = len(plain)
        with self.open(entry, "w") as file:
            if compress_type == zipfile.ZIP_DEFLATED:
                # In half of the time of zlib; without this attribute the file would be zlib's.
                file._compressor = zlib_ng.compressobj(  # type: ignore[attr-defined]  # noqa: SLF001
                    _COMPRESSION_LEVEL, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS
                )
            file.write(plain)
