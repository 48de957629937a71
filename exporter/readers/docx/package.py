"""The package of a Word file: its parts, found by their relations, in one set of namespaces."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field
from functools import cache

from lxml import etree

from exporter.archives import Archive, open_archive
from exporter.errors import ReadError
from exporter.readers.xml import parse
from exporter.records import dataclass

Element = etree._Element  # noqa: SLF001 - lxml names the type of an element so

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# ISO/IEC 29500: a file is "transitional" or "strict", with the same names in other namespaces.
_STRICT, _TRANSITIONAL = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
_RENAMED = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"drawingml/": b"drawingml/2006/",
}
# More than a book of a thousand pages has.
_MOST = {"w:p": 100_000, "w:r": 300_000}
PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}


@cache
def named(name: str) -> str:
    """Return a name with a prefix of `PREFIXES` as lxml writes it: `w:p` → `{http://…}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def get(element: Element | None, name: str) -> str:
    """Return an attribute, empty where it isn't there."""
    return "" if element is None else str(element.get(named(name)) or "")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a name."""
    return None if element is None else element.find(named(name))


def value(element: Element | None, name: str) -> str:
    """Return the `w:val` of the first child of a name, empty without it."""
    return get(child(element, name), "w:val")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part of the package by its name, or an address outside it."""

    kind: str
    target: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part in XML and what it refers to, by the keys it uses."""

    root: Element
    relations: Mapping[str, Relation] = field(default_factory=dict)

    def related(self, kind: str) -> str:
        """Return the name of the part of a kind that this one refers to, empty without one."""
        found = (one for one in self.relations.values() if one.kind == kind and not one.is_outside)
        return next((one.target for one in found), "")


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file: its archive and its main part."""

    archive: Archive
    properties: Element | None
    main: Part

    def part(self, kind: str) -> Part | None:
        """Return the part of a kind that the main one refers to (`styles`, `footnotes` …)."""
        name = self.main.related(kind)
        return _part(self.archive, name) if name in self.archive else None


def open_package(data: bytes, *, location: str) -> Package:
    """Return the package that a Word file is.

    Raises ReadError for a file that is locked, damaged, of the old kind, or no text at all.
    """
    if data.startswith(_COMPOUND):
        raise ReadError("docx-locked" if _LOCKED in data else "docx-old", subject=location)
    archive = open_archive(data, location=location)
    root = _relations(archive, "")
    offered = [one for one in root.values() if one.kind == "officeDocument" and not one.is_outside]
    if not offered or offered[0].target not in archive:
        detail = "no main part" if "[Content_Types].xml" in archive else "a ZIP archive"
        code = "docx-damaged" if "[Content_Types].xml" in archive else "docx-other"
        raise ReadError(code, subject=location, detail=detail)
    main = _part(archive, offered[0].target)
    if main.root.tag != named("w:document"):
        detail = etree.QName(main.root).localname
        raise ReadError("docx-other", subject=location, detail=detail)
    for name, most in _MOST.items():
        if sum(1 for _ in main.root.iter(named(name))) > most:
            detail = f"{most:,} {name}"
            raise ReadError("too-much", subject=location, detail=detail)
    core = next((one.target for one in root.values() if one.kind == "core-properties"), "")
    return Package(archive, _part(archive, core).root if core in archive else None, main)


def _part(archive: Archive, name: str) -> Part:
    data = archive.read(name)
    if _STRICT in data:
        for strict, transitional in _RENAMED.items():
            data = data.replace(_STRICT + strict, _TRANSITIONAL + transitional)
    return Part(parse(data, subject=f"{archive.location}: {name}"), _relations(archive, name))


def _relations(archive: Archive, name: str) -> Mapping[str, Relation]:
    """Return the relations of a part, by key; those of the package itself have no name."""
    folder, base = posixpath.split(name)
    file = posixpath.join(folder, "_rels", f"{base}.rels")
    if file not in archive:
        return {}
    root = parse(archive.read(file), subject=f"{archive.location}: {file}")
    return {
        str(one.get("Id") or ""): Relation(
            kind=str(one.get("Type") or "").rpartition("/")[2],
            target=_target(one, folder),
            is_outside=one.get("TargetMode") == "External",
        )
        for one in root.iterchildren(etree.Element)
    }


def _target(relation: Element, folder: str) -> str:
    target = str(relation.get("Target") or "")
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/")
