"""Storage: what is read behind fsspec (`s3://…`, `memory://…`)."""

from __future__ import annotations

import glob
import posixpath
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from exporter.errors import SourceError, UsageError, reason_of
from exporter.patterns import compiled
from exporter.records import dataclass

_URL = compiled(r"([a-z][a-z0-9+.-]+)(?:://|::)", re.IGNORECASE)


def is_storage(reference: str) -> bool:
    """Whether a reference is a URL for fsspec: neither a path nor a link of the web."""
    found = _URL.match(reference)
    return found is not None and found[1].lower() not in {"http", "https"}


def opened(url: str) -> tuple[Any, str]:
    """Return the file system of fsspec that a URL means, and the path in it.

    Raises UsageError where fsspec, or what it needs for this kind of URL, is not installed.
    """
    kind = url.partition(":")[0]
    try:
        from fsspec.core import url_to_fs

        # Other processes write there too: what was listed before is no longer so.
        filesystem, path = url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise UsageError("storage-missing", subject=url, detail=str(error)) from error
    except ValueError as error:
        raise UsageError("storage-unknown", subject=url, detail=kind) from error
    except Exception as error:
        raise SourceError("storage-failed", subject=url, detail=reason_of(error)) from error
    return filesystem, str(path)


def is_of_this_process(url: str) -> bool:
    """Whether nobody but this process sees what is at a URL, as with `memory://`."""
    return is_storage(url) and re.search(r"(?:^|::)memory://", url) is not None


@dataclass(frozen=True, slots=True)
class StoredNeighbours:
    """What lies beside an article in a storage, or below it."""

    url: str

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file by its path from the article; None for what isn't there."""
        normal = posixpath.normpath(name)
        first = normal.split("/")[0]
        if posixpath.isabs(normal) or first == ".." or ":" in first:  # an address is no path
            return None
        filesystem, folder = opened(self.url)
        with suppress(Exception):  # plugins raise what they like; the picture is named as missing
            data: bytes = filesystem.cat_file(posixpath.join(folder, normal))
            return data
        return None


def stored(reference: str, *, endings: Collection[str]) -> Iterator[str]:
    """Yield the URLs of the articles at a URL: of a folder or a pattern, in order, or itself.

    Raises SourceError for a folder or a pattern without articles.
    """
    filesystem, path = opened(reference)
    chain = reference.partition("::")[2]
    with _reading(reference):
        if glob.has_magic(path):
            found = sorted(map(str, filesystem.glob(path)))
            is_named = bool(posixpath.splitext(path)[1])
        elif filesystem.isdir(path):
            entries = filesystem.ls(path, detail=True)
            found = sorted(str(one["name"]) for one in entries if one["type"] == "file")
            is_named = False
        else:
            yield reference
            return
    wanted = [name for name in found if is_named or _is_article(name, endings)]
    if not wanted:
        code = "source-pattern-empty" if glob.has_magic(path) else "source-folder-empty"
        detail = ", ".join(sorted(filter(None, endings)))
        raise SourceError(code, subject=reference, detail=detail)
    for name in wanted:
        url = str(filesystem.unstrip_protocol(name))
        yield f"{url}::{chain}" if chain else url


def _is_article(path: str, endings: Collection[str]) -> bool:
    name = posixpath.basename(path)
    return not name.startswith(".") and posixpath.splitext(name)[1].lower() in endings


def read_stored(url: str, *, largest: int, start: int = 0, length: int = 0) -> bytes:
    """Return what is at a URL, or so many bytes of it.

    Raises SourceError for what isn't there, can't be read or is too large.
    """
    filesystem, path = opened(url)
    with _reading(url):
        size = length or int(filesystem.size(path) or 0)
        if size <= largest:
            data: bytes = filesystem.cat_file(path, start, start + length if length else None)
            return data
    raise SourceError("source-too-large", subject=url, detail=str(largest // 10**6))


@contextmanager
def stream(location: str) -> Iterator[Any]:
    """Open a file on disk or in a storage, to be read from its start; raises SourceError."""
    with _reading(location):
        if is_storage(location):
            filesystem, path = opened(location)
            with filesystem.open(path, "rb") as file:
                yield file
        else:
            with Path(location).open("rb") as file:
                yield file


@contextmanager
def _reading(subject: str) -> Iterator[None]:
    try:
        yield
    except (SourceError, UsageError):
        raise
    except FileNotFoundError as error:
        raise SourceError("source-missing", subject=subject) from error
    except Exception as error:  # plugins raise what they like
        raise SourceError("storage-failed", subject=subject, detail=reason_of(error)) from error
