"""Folders that a batch writes: on this machine's disk, and those behind fsspec."""

from __future__ import annotations

import os
import posixpath
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from exporter import delivery
from exporter.batches.storage import is_storage, opened
from exporter.errors import WriteError, reason_of
from exporter.records import dataclass

HIDDEN = ".exporter-batch"
"""The folder in the output that holds what a batch needs until it is over, and its journal."""

# A store of objects shows a new one only when all of it is there.
_WHOLE_OBJECTS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"}


class Folder(Protocol):
    """Where the files of a batch go."""

    @property
    def url(self) -> str:
        """What the user calls it."""

    def prepare(self) -> None:
        """Make it when it is missing; raises WriteError."""

    def shown(self, name: str) -> str:
        """Return the path or URL of a file in it."""

    def exists(self, name: str) -> bool:
        """Say whether there is a file of this name."""

    def present(self) -> set[str] | None:
        """Return all names in it at once, where asking for each would take long; else None."""

    def identifier_of(self, name: str) -> str:
        """Return the identifier of the publication in a file, empty for another kind of file."""

    def adopt(self, files: Mapping[str, str], staging: Folder, *, identifier: str) -> None:
        """Bring an article's files in from a staging area, under the names that are their keys.

        Raises WriteError; FileExistsError where another program took a name meanwhile.
        """

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; raises WriteError."""

    def bring(self, name: str, path: Path) -> None:
        """Bring in a file of this machine, whole or not at all; raises WriteError."""

    def read(self, name: str) -> bytes:
        """Return what is in a file of it."""

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""

    def clear(self) -> None:
        """Remove the folder with all that is in it."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder on the disk of this machine."""

    path: Path

    @property
    def url(self) -> str:
        """What the user calls it."""
        return str(self.path)

    def prepare(self) -> None:
        """Make it when it is missing; raises WriteError."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise WriteError(
                "folder-unwritable", subject=self.url, detail=reason_of(error)
            ) from error

    def shown(self, name: str) -> str:
        """Return the path of a file in it."""
        return str(self.path / name)

    def exists(self, name: str) -> bool:
        """Say whether there is anything of this name."""
        return os.path.lexists(self.path / name)

    def present(self) -> None:
        """Return nothing: a disk is asked name by name, as others may write there too."""
        return

    def identifier_of(self, name: str) -> str:
        """Return the identifier of the publication in a file, empty for another kind of file."""
        return delivery.identifier_of(self.path / name)

    def adopt(self, files: Mapping[str, str], staging: Folder, *, identifier: str) -> None:
        """Bring the files of an article in from a staging area on the same disk."""
        parts = {self.path / name: Path(staging.shown(part)) for name, part in files.items()}
        # Those of a batch that was killed here are in their places already.
        there = {path: part for path, part in parts.items() if _is_at(path, part, identifier)}
        left = {path: part for path, part in parts.items() if path not in there}
        try:
            delivery.adopt(left, new=delivery.free(tuple(left), identifier=identifier))
        except FileExistsError:
            delivery.take_back(there)
            raise
        for part in parts.values():
            part.unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; raises WriteError."""
        with self._part(name) as part:
            part.write_bytes(data)

    def bring(self, name: str, path: Path) -> None:
        """Bring in a file of this machine, whole or not at all; raises WriteError."""
        with self._part(name) as part:
            shutil.copyfile(path, part)

    @contextmanager
    def _part(self, name: str) -> Iterator[Path]:
        """Give a path beside a file's place; what is written there is moved in one step."""
        part = self.path / f".exporter-{secrets.token_hex(8)}.part"
        try:
            yield part
            # Else a power failure could leave the name of a file without what is in it.
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(self.path / name)
        except OSError as error:
            raise WriteError(
                "file-unwritable", subject=self.shown(name), detail=reason_of(error)
            ) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def read(self, name: str) -> bytes:
        """Return what is in a file of it."""
        return (self.path / name).read_bytes()

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        with suppress(OSError):
            (self.path / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove the folder with all that is in it; what workers still write there fails."""
        shutil.rmtree(self.path, ignore_errors=True)


def _is_at(path: Path, part: Path, identifier: str) -> bool:
    """Whether a part has its place: as a link to it, or moved there where there are no links."""
    try:
        return path.samefile(part) if part.exists() else delivery.is_of(path, identifier)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder behind fsspec."""

    url: str

    def prepare(self) -> None:
        """Make it when it is missing; raises WriteError."""
        filesystem, path = opened(self.url)
        with self._writing(self.url):
            filesystem.makedirs(path, exist_ok=True)

    def shown(self, name: str) -> str:
        """Return the URL of a file in it."""
        head, chained, rest = self.url.partition("::")
        return f"{head.rstrip('/')}/{name}{chained}{rest}"

    def exists(self, name: str) -> bool:
        """Say whether there is a file of this name."""
        filesystem, path = self._at(name)
        with self._writing(self.shown(name)):
            return bool(filesystem.exists(path))
        raise AssertionError("it returns or raises")

    def present(self) -> set[str]:
        """Return all names in it: a storage takes a while to answer for each."""
        filesystem, path = opened(self.url)
        try:
            return {posixpath.basename(str(one)) for one in filesystem.ls(path, detail=False)}
        except FileNotFoundError:
            return set()
        except Exception as error:  # plugins raise what they like
            raise WriteError("storage-failed", subject=self.url, detail=reason_of(error)) from error

    def identifier_of(self, name: str) -> str:
        """Return the identifier of the publication in a file, empty for another kind of file."""
        filesystem, path = self._at(name)
        with TemporaryDirectory(prefix="exporter-") as folder, suppress(Exception):
            copy = Path(folder) / f"copy{posixpath.splitext(name)[1]}"
            copy.write_bytes(filesystem.cat_file(path))
            return delivery.identifier_of(copy)
        return ""

    def adopt(self, files: Mapping[str, str], staging: Folder, *, identifier: str) -> None:  # noqa: ARG002 - names are looked up once
        """Bring whole files in: moved within the storage, or sent there from this machine."""
        for name, part in files.items():
            with self._writing(self.shown(name)):
                if isinstance(staging, Remote):
                    source, target = staging._at(part)[1], self._at(name)[1]  # noqa: SLF001
                    filesystem = self._at(name)[0]
                    if filesystem.exists(source):
                        filesystem.mv(source, target)
                elif Path(staging.shown(part)).exists():
                    self.bring(name, Path(staging.shown(part)))
                    staging.remove(part)

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; raises WriteError."""
        with self._part(name) as (filesystem, part):
            filesystem.pipe_file(part, data)

    def bring(self, name: str, path: Path) -> None:
        """Bring in a file of this machine, whole or not at all; raises WriteError."""
        with self._part(name) as (filesystem, part):
            filesystem.put_file(str(path), part)

    @contextmanager
    def _part(self, name: str) -> Iterator[tuple[Any, str]]:
        """Give the place of a file, or one beside it from which it is moved when it is whole."""
        filesystem, path = self._at(name)
        with self._writing(self.shown(name)):
            if self.url.partition(":")[0].lower() in _WHOLE_OBJECTS:
                yield filesystem, path
                return
            part = f"{path}.{secrets.token_hex(8)}.part"
            yield filesystem, part
            filesystem.mv(part, path)

    def read(self, name: str) -> bytes:
        """Return what is in a file of it."""
        filesystem, path = self._at(name)
        with self._writing(self.shown(name)):
            data: bytes = filesystem.cat_file(path)
            return data
        raise AssertionError("it returns or raises")

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        filesystem, path = self._at(name)
        with suppress(Exception):
            filesystem.rm_file(path)

    def clear(self) -> None:
        """Remove the folder with all that is in it."""
        filesystem, path = opened(self.url)
        with suppress(Exception):
            filesystem.rm(path, recursive=True)

    def _at(self, name: str) -> tuple[Any, str]:
        filesystem, path = opened(self.url)
        return filesystem, f"{path.rstrip('/')}/{name}"

    @staticmethod
    @contextmanager
    def _writing(subject: str) -> Iterator[None]:
        try:
            yield
        except WriteError:
            raise
        except Exception as error:  # plugins raise what they like
            raise WriteError("storage-failed", subject=subject, detail=reason_of(error)) from error


def folder_of(reference: str) -> Disk | Remote:
    """Return the folder that a path or a URL means."""
    return Remote(reference) if is_storage(reference) else Disk(Path(reference))
