"""Loading: a picture's reference (a URL, a data: URL, a file beside the article) to its bytes."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urljoin

from exporter.article import Resource
from exporter.errors import PictureError, reason_of
from exporter.fetching import OFFLINE, Fetcher, Neighbours
from exporter.patterns import compiled
from exporter.records import dataclass

LARGEST_FILE = 20_000_000
"""The most bytes that are read of one picture."""

_SCHEME = compiled(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Loader:
    """What brings the pictures of a source.

    `url` is the address of a page that was fetched, `folder` the folder of a file: its pictures
    lie there or below; `beside` is that folder in an archive or a storage, or what a browser has
    saved with a page, by its addresses. Standard input has none of them.
    """

    folder: str = ""
    url: str = ""
    fetcher: Fetcher = OFFLINE
    beside: Neighbours | None = None

    def load(self, reference: str) -> Resource:
        """Return the bytes that a reference leads to, of whatever kind they are.

        Raises FetchError, or PictureError for what is no address and no file beside the article.
        """
        if reference.startswith("//"):
            reference = f"https:{reference}"
        scheme = _SCHEME.match(reference)
        if scheme is None and self.url:
            reference = _joined(self.url, reference)
            scheme = _SCHEME.match(reference)
        match scheme[1].lower() if scheme else "":
            case "":
                return self._from_file(reference)
            case "http" | "https":
                if self.beside and (data := self.beside.read(reference)):
                    return Resource(reference, "", data)
                fetched = self.fetcher.fetch(reference)
                return Resource(fetched.url, fetched.media_type, fetched.data)
            case "data":
                return _from_data(reference)
            case other:
                raise PictureError("picture-scheme", subject=shown(reference), detail=other)

    def _from_file(self, reference: str) -> Resource:
        # As it stands, as URLs write it, and without what browsers put behind it.
        bare = re.split(r"[?#]", reference, maxsplit=1)[0]
        for name in dict.fromkeys((reference, unquote(reference), unquote(bare))):
            if self.beside and (data := self.beside.read(name)):
                return Resource(name, "", data)
            if not self.folder:
                continue
            path = _beside(Path(self.folder), name, subject=shown(reference))
            if path is not None:
                return Resource(name, "", _read(path, subject=shown(reference)))
        raise PictureError("picture-not-found", subject=shown(reference))


def shown(reference: str) -> str:
    """Return a reference as messages show it: a data: URL is cut."""
    is_data = reference[:5].lower() == "data:"
    return f"{reference[:_SHOWN]}…" if is_data and len(reference) > _SHOWN else reference


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError as error:
        raise PictureError("picture-not-found", subject=shown(reference)) from error


def _beside(folder: Path, name: str, *, subject: str) -> Path | None:
    """Return the file with a relative name in a folder or below it, None where there is none.

    Raises PictureError for a name that leads out of the folder, also by a symbolic link.
    """
    normal = posixpath.normpath(name)
    if "\\" in name or posixpath.isabs(normal) or normal.split("/")[0] == "..":
        raise PictureError("picture-outside", subject=subject)
    try:
        path = (folder / normal).resolve(strict=True)
        if not path.is_relative_to(folder.resolve(strict=True)):
            raise PictureError("picture-outside", subject=subject)
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # a loop of links, a name that no file can have
        return None


def _read(path: Path, *, subject: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        detail = reason_of(error)
        raise PictureError("picture-unreadable", subject=subject, detail=detail) from error
    if len(data) > LARGEST_FILE:
        detail = str(LARGEST_FILE // 10**6)
        raise PictureError("picture-too-large", subject=subject, detail=detail)
    return data


def _from_data(url: str) -> Resource:
    """Return what a data: URL holds (RFC 2397)."""
    head, comma, payload = url[len("data:") :].partition(",")
    media_type, *parameters = (part.strip().lower() for part in head.split(";"))
    try:
        data = unquote_to_bytes(payload)
        if "base64" in parameters:
            packed = b"".join(data.split())
            data = base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureError("picture-data", subject=shown(url)) from error
    if not comma or not data:
        raise PictureError("picture-data", subject=shown(url))
    return Resource("", media_type, data)
