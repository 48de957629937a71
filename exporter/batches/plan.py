"""The plan of a batch: what the user gave to the jobs that it stands for, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from exporter import links, readers, sources
from exporter.batches.entries import Planned
from exporter.batches.jobs import Part, failed
from exporter.batches.storage import is_storage, stored, stream
from exporter.errors import SourceError, UsageError
from exporter.messages import STANDARD_INPUT

_LINES = ".jsonl"


def plan(references: Iterable[str]) -> Iterator[Planned]:
    """Yield the jobs of what the user gave: files, folders, patterns, links, URLs of storage.

    What leads nowhere is a job that failed. Raises UsageError for standard input, which nobody
    can read a second time.
    """
    for number, reference in enumerate(references):
        if reference == STANDARD_INPUT:
            raise UsageError("batch-stdin", subject=reference)
        try:
            for location in _located(reference):
                yield from _jobs(number, location)
        except SourceError as error:
            failure = failed(error, subject=reference)
            yield Planned(number, reference, reference, failure=failure)


def absolute(location: str) -> str:
    """Return a location as any process finds it, whatever folder it stands in."""
    if is_storage(location):
        return location
    return links.url_of(location) if links.is_link(location) else str(Path(location).absolute())


def _located(reference: str) -> Iterable[str]:
    if is_storage(reference):
        return stored(reference, endings=readers.endings())
    return sources.locate(reference, endings=readers.endings())


def _jobs(number: int, location: str) -> Iterator[Planned]:
    path = absolute(location)
    has_parts = False
    if location.lower().endswith(_LINES) and not links.is_link(path):
        for part in _lines(path):
            has_parts = True
            yield Planned(number, location, path, part)
    if not has_parts:
        yield Planned(number, location, path)


def _lines(path: str) -> Iterator[Part]:
    """Yield the lines of JSON Lines in UTF-8, of any length in all; none for a single one.

    What is in another encoding, or can't be read, is left to whoever reads it whole.
    """
    with suppress(SourceError), stream(path) as file:
        found = _numbered(file)
        first = next(found, None)
        second = next(found, None)
        if first and second:
            yield from chain((first, second), found)


def _numbered(file: Iterable[bytes]) -> Iterator[Part]:
    start = 0
    for number, line in enumerate(file, start=1):
        if number == 1 and not json.detect_encoding(line).startswith("utf-8"):
            return
        if line.strip():
            yield Part(line=number, start=start, length=len(line.rstrip(b"\r\n")))
        start += len(line)
