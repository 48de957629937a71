"""ZIP archives that somebody else packed: their names as they were meant, their bytes bounded."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import field

from exporter.errors import ReadError
from exporter.records import dataclass

MOST_ENTRIES = 5_000
LARGEST_ENTRY, LARGEST_WHOLE = 40_000_000, 200_000_000
"""The most bytes of one entry, and of all of them, once they are unpacked."""

# Deflate packs up to 1,032 to 1 (RFC 1951); an article of some size is far below this one.
_MOST_PACKED, _SMALL = 200, 10_000_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
)


# What Python's own messages say.
_CAUSES = {
    "not a zip file": "zip-none",
    "CRC": "zip-sum",
    "runcated": "zip-cut",
    "End of": "zip-cut",
    "ended before": "zip-cut",
    "compression": "zip-method",
    "decompress": "zip-packing",
}


def _cause(error: Exception) -> str:
    """Return what is wrong with an archive, as a cause of the message catalogue."""
    said = str(error)
    is_cut = isinstance(error, EOFError)
    codes = [code for words, code in _CAUSES.items() if words in said]
    return "zip-cut" if is_cut else next(iter(codes), "zip-wrong")


@dataclass(frozen=True, slots=True)
class Archive:
    """The entries of an archive by name; `location` is what messages call it.

    A name that leads out of the archive is no name of an entry: nothing is ever unpacked to disk.
    """

    location: str
    _file: zipfile.ZipFile
    _entries: Mapping[str, zipfile.ZipInfo] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files in the archive, in its own order."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry; raises ReadError for one that can't be unpacked."""
        entry = self._entries[name]
        if entry.flag_bits & _ENCRYPTED:
            raise ReadError("archive-locked", subject=f"{self.location}: {name}")
        if entry.file_size > LARGEST_ENTRY:
            raise _too_much(f"{self.location}: {name}", LARGEST_ENTRY)
        if entry.file_size > max(_SMALL, _MOST_PACKED * entry.compress_size):
            raise ReadError("archive-bomb", subject=f"{self.location}: {name}")
        try:
            with self._file.open(entry) as file:
                return file.read(LARGEST_ENTRY)
        except _DAMAGED as error:
            raise ReadError(
                "archive-damaged", subject=f"{self.location}: {name}", detail=_cause(error)
            ) from error


@dataclass(frozen=True, slots=True)
class Beside:
    """A folder in an archive, in which the pictures of an article lie beside it."""

    archive: Archive
    folder: str

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file by its path from the folder; None for what isn't there."""
        path = posixpath.normpath(posixpath.join(self.folder, name))
        return self.archive.read(path) if path in self.archive else None


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # of files, of none (APPNOTE.TXT §4.3)


def is_archive(data: bytes) -> bool:
    """Say whether bytes are an archive of files, not a document that is packed like one."""
    return data.startswith(_ZIP) and not is_office(data)


def is_document(data: bytes) -> bool:
    """Say whether an archive is a document of OpenDocument or an e-book, by its first entry.

    Both say their type first and unpacked (ODF 1.3 part 2 §3.3, EPUB OCF 3.3 §4.2.2).
    """
    return data.startswith(_ZIP) and data[30:90].startswith(_TYPES)


_TYPES = (b"mimetypeapplication/vnd.oasis", b"mimetypeapplication/epub+zip")


def is_office(data: bytes) -> bool:
    """Say whether a ZIP archive is the package of a document of Word or its like."""
    if not data.startswith(_ZIP) or b"[Content_Types].xml" not in data:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = file.namelist()
    except _DAMAGED:  # a damaged document: its own reader says so
        return b"_rels/.rels" in data
    # ISO/IEC 29500-2: the parts of the package itself; another's may stand in it unpacked.
    return "[Content_Types].xml" in names and "_rels/.rels" in names


def open_archive(data: bytes, *, location: str) -> Archive:
    """Return the archive that bytes are.

    Raises ReadError for bytes that are none, and for one with more entries or more bytes in it
    than an archive of articles has, and for a document that is packed like one.
    """
    if is_document(data):
        raise ReadError("format-document", subject=location)
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        entries = file.infolist()
    except _DAMAGED as error:
        raise ReadError("archive-damaged", subject=location, detail=_cause(error)) from error
    if len(entries) > MOST_ENTRIES:
        raise ReadError("too-much", subject=location, detail=f"{MOST_ENTRIES:,} files")
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise _too_much(location, LARGEST_WHOLE)
    named = {_name(entry): entry for entry in entries if not entry.is_dir()}
    return Archive(location, file, {name: named[name] for name in named if _is_inside(name)})


def _too_much(subject: str, limit: int) -> ReadError:
    return ReadError("too-much", subject=subject, detail=f"{limit // 10**6} MB")


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return bool(name) and ".." not in parts and ":" not in parts[0] and not name.startswith("/")


# The code pages of Arabic Windows and of its console, in which old packers wrote names.
_ARABIC_PAGES = ("cp1256", "cp720")


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry in the encoding that its packer meant.

    APPNOTE §4.4.4: with bit 11 it is UTF-8, without it code page 437, but few packers keep to it.
    """
    name = entry.orig_filename.partition("\0")[0].replace("\\", "/")
    if entry.flag_bits & _UTF8_NAME or name.isascii():
        return name
    raw = name.encode("cp437", errors="replace")
    for page in ("utf-8", *_ARABIC_PAGES):
        try:
            meant = raw.decode(page)
        except UnicodeDecodeError:
            continue
        if page == "utf-8" or all(_is_arabic(one) for one in meant if not one.isascii()):
            return meant
    return name


def _is_arabic(character: str) -> bool:
    return "\u0600" <= character <= "\u06ff" or character in "«»\N{NO-BREAK SPACE}"
