"""Opening: a job to the source of its article, or to the parts of a source that holds several."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from exporter import archives, links, readers, sources
from exporter.archives import Archive
from exporter.batches.folders import Folder
from exporter.batches.jobs import WHOLE, Job, Part
from exporter.batches.storage import StoredNeighbours, is_storage, read_stored
from exporter.errors import ReadError
from exporter.fetching import Fetcher
from exporter.records import dataclass
from exporter.sources import LARGEST_SOURCE, Source


@dataclass(frozen=True, slots=True)
class Several:
    """The parts of a source that holds several articles, and all of it as it was loaded."""

    parts: tuple[Part, ...]
    whole: Source


def source_of(job: Job, *, fetcher: Fetcher, staging: Folder) -> Source | Several:
    """Return the source of a job's article, called as the user calls it, or its parts.

    Raises SourceError and ReadError as `sources` does.
    """
    part = job.part
    if part.member:
        packed = sources.unpack(_archive(job, fetcher, staging), part.member)
        return _cut(packed, job)
    if part.length:
        return _line(job)
    loaded = loaded_whole(job, fetcher=fetcher, staging=staging)
    if archives.is_archive(loaded.data):
        archive = archives.open_archive(loaded.data, location=job.location)
        names = sources.packed(archive, endings=readers.endings())
        return Several(tuple(Part(member=name) for name in names), loaded)
    return _cut(loaded, job)


def _cut(source: Source, job: Job) -> Source | Several:
    lines = sources.lines_of(source)
    if not lines:
        return sources.opened(source)
    if job.part.line:
        wanted = next((line for number, line in lines if number == job.part.line), b"")
        return sources.at_line(source, job.part.line, wanted)
    return Several(tuple(replace(job.part, line=number) for number, _ in lines), source)


def _line(job: Job) -> Source:
    """Return the source that is a line of JSON Lines, of which nothing else is read."""
    part = job.part
    if part.length > LARGEST_SOURCE:
        raise ReadError("too-much", subject=job.shown, detail=f"{LARGEST_SOURCE // 10**6} MB")
    if job.data is not None:
        data = job.data
    elif is_storage(job.path):
        data = read_stored(job.path, largest=LARGEST_SOURCE, start=part.start, length=part.length)
    else:
        with Path(job.path).open("rb") as file:
            file.seek(part.start)
            data = file.read(part.length)
    whole = Source(job.location, _name(job.path), b"", folder=_folder(job.path))
    return sources.at_line(_neighboured(whole, job.path), part.line, data)


def loaded_whole(job: Job, *, fetcher: Fetcher, staging: Folder) -> Source:
    """Return all of the source in which a job's article is."""
    if job.copy:
        copied: Source = pickle.loads(staging.read(job.copy))  # noqa: S301 - our own, of this batch
        return copied
    if job.data is not None:
        data = job.data
    elif is_storage(job.path):
        data = read_stored(job.path, largest=LARGEST_SOURCE)
    else:
        found = sources.load(job.path, stdin=None, fetcher=fetcher)
        return replace(found, location=job.location)
    return _neighboured(Source(job.location, _name(job.path), data), job.path)


def _neighboured(source: Source, path: str) -> Source:
    if not is_storage(path):
        return source
    head, chained, rest = path.partition("::")
    return replace(source, beside=StoredNeighbours(f"{head.rpartition('/')[0]}{chained}{rest}"))


def _name(path: str) -> str:
    head = path.partition("::")[0]
    return links.name_of(head) if is_storage(path) else Path(path).name


def _folder(path: str) -> str:
    return "" if is_storage(path) else str(Path(path).parent)


def copy_of(source: Source) -> bytes:
    """Return what was fetched as bytes, so that each of its articles is read from the same."""
    return pickle.dumps(replace(source, beside=None))


def _archive(job: Job, fetcher: Fetcher, staging: Folder) -> Archive:
    """Return the archive of a job; many jobs after one another are in the same one."""
    return _opened_archive(_Key(job, fetcher, staging))


class _Key:
    """An archive as a key: that of its path, of one version of the file there."""

    def __init__(self, job: Job, fetcher: Fetcher, staging: Folder) -> None:
        self.job, self.fetcher, self.staging = job, fetcher, staging
        stamp = ""
        if not (job.copy or job.data is not None or is_storage(job.path)):
            try:
                state = Path(job.path).stat()
                stamp = f"{state.st_size} {state.st_mtime_ns}"
            except OSError:
                stamp = ""
        self._text = f"{job.path} {job.copy} {stamp}"

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._text == self._text


@lru_cache(maxsize=1)
def _opened_archive(key: _Key) -> Archive:
    whole = replace(key.job, part=WHOLE)
    loaded = loaded_whole(whole, fetcher=key.fetcher, staging=key.staging)
    return archives.open_archive(loaded.data, location=key.job.location)
