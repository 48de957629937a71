"""Delivery: artifacts to files, named after the article and never over another article's file."""

from __future__ import annotations

import os
import re
import secrets
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from errno import EEXIST
from html import unescape
from mimetypes import MimeTypes
from pathlib import Path

from exporter.errors import WriteError, reason_of
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.publication import Artifact
from exporter.records import dataclass

ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/x-kobo-epub+zip": ".kepub.epub",
}
"""The ending of a file by its media type."""

# The writer keeps XMP uncompressed, as ISO 32000-2 §14.3.2 advises, so a search of bytes is enough.
_PDF_IDENTIFIER = compiled(rb"<dc:identifier>\s*([^<]*?)\s*</dc:identifier>")
_PACKAGE_PATH = compiled(rb"<rootfile\b[^>]*\bfull-path=[\"']([^\"']+)[\"']")
_UNIQUE_ID = compiled(rb"<package\b[^>]*\bunique-identifier=[\"']([^\"']+)[\"']")
_LARGEST_PACKAGE = 10_000_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files that were written, in the order of their artifacts, and what their names lost."""

    paths: tuple[Path, ...]
    notices: tuple[Notice, ...] = ()


def deliver(artifacts: Sequence[Artifact], folder: Path, *, stem: str, identifier: str) -> Delivery:
    """Write the artifacts of one article into a folder, which is made when missing.

    All get the same name, `stem` (`filenames.safe_stem` of the title). A file that has it already
    is replaced when it is this article's, told by `identifier`; else the name gets a number and
    the Delivery a Notice. The files appear whole and together, or none does. Raises WriteError,
    which names the folder or file, when one can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise WriteError(
            "folder-unwritable", subject=str(folder), detail=reason_of(error)
        ) from error
    endings = [ending_of(artifact.media_type) for artifact in artifacts]
    for candidate in candidates(stem):
        paths = tuple(folder / f"{candidate}{ending}" for ending in endings)
        try:
            new = free(paths, identifier=identifier)
            _write({path: one.data for path, one in zip(paths, artifacts, strict=True)}, new=new)
        except FileExistsError:  # another's, or another process was first with this name
            continue
        return Delivery(paths, name_notices(stem, candidate))
    raise AssertionError("there is always another number")


def ending_of(media_type: str) -> str:
    """Return the ending of a media type; the table of the system is not asked (`filenames=()`)."""
    return ENDINGS.get(media_type) or MimeTypes().guess_extension(media_type) or ".bin"


def candidates(stem: str) -> Iterator[str]:
    """Yield the names that files may get, best first."""
    yield stem
    number = 2
    while True:
        yield f"{stem} ({number})"
        number += 1


def name_notices(stem: str, chosen: str) -> tuple[Notice, ...]:
    """Return the Notice that files are not called as their title says."""
    if chosen == stem:
        return ()
    return (Notice(NoticeCode.NAME_TAKEN, text=stem, detail=chosen),)


def free(paths: Sequence[Path], *, identifier: str) -> Collection[Path]:
    """Return those of the paths that nothing has, where an article may have all of them.

    Raises FileExistsError when one is the file of another.
    """
    # Before the look at who has the others: a name that is taken after it is another's.
    new = {path for path in paths if not os.path.lexists(path)}
    for path in paths:
        if path not in new and not is_of(path, identifier):
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
    return new


def identifier_of(path: Path) -> str:
    """Return the identifier of the publication in a PDF or EPUB file.

    It is empty for a file without one, for another kind of file and for one that can't be read:
    none of them is to be overwritten.
    """
    try:
        if path.suffix == ".epub":
            return _epub_identifier(path)
        found = _PDF_IDENTIFIER.search(path.read_bytes())
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError):
        return ""
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def is_of(path: Path, identifier: str) -> bool:
    """Whether a file is of the publication with an identifier; one without has none."""
    return identifier_of(path) == identifier != ""


def _epub_identifier(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        container = _PACKAGE_PATH.search(_member(archive, "META-INF/container.xml"))
        package = _member(archive, container[1].decode()) if container else b""
    unique = _UNIQUE_ID.search(package)
    if not unique:
        return ""
    element = rb"<dc:identifier\b[^>]*\bid=[\"']%b[\"'][^>]*>\s*([^<]*?)\s*<"
    found = re.search(element % re.escape(unique[1]), package)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(_LARGEST_PACKAGE)


def _write(files: Mapping[Path, bytes], *, new: Collection[Path]) -> None:
    """Write files whole and together: beside their places first, then each in one step."""
    parts = {path: path.with_name(f".exporter-{secrets.token_hex(8)}.part") for path in files}
    try:
        for path, part in parts.items():
            with _blaming(path), part.open("xb") as file:
                file.write(files[path])
        adopt(parts, new=new)
    finally:
        # Also after KeyboardInterrupt; after the replacement they are gone already.
        _remove(parts.values())


def adopt(parts: Mapping[Path, Path], *, new: Collection[Path]) -> None:
    """Give whole files their places, `parts` having the present path of each: all, or none of them.

    Raises WriteError when one can't be put there, FileExistsError when one of `new`, the names
    that were free, is taken by now; `parts` are then where they were.
    """
    placed: dict[Path, Path] = {}
    try:
        # The new ones first: nothing of the article's own is replaced before all names are had.
        for path in sorted(parts, key=lambda path: path not in new):
            with _blaming(path):
                _place(parts[path], path, as_new=new)
            if path in new:
                placed[path] = parts[path]
    except BaseException:
        take_back(placed)
        raise


def take_back(parts: Mapping[Path, Path]) -> None:
    """Take files from their places, to where they were before: linked, they are there still."""
    for path, part in parts.items():
        with suppress(OSError):
            if part.exists():
                path.unlink()
            else:
                path.rename(part)


def _place(part: Path, path: Path, *, as_new: Collection[Path]) -> None:
    """Give a file its name; raises FileExistsError when a name that was free is taken by now."""
    if path in as_new:
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise
        except OSError:  # FAT, as on e-readers, knows no links
            pass
        else:
            return
    part.replace(path)


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        raise WriteError("file-unwritable", subject=str(path), detail=reason_of(error)) from error


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()
