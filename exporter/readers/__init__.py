"""Readers: Source → Readings, one module a format, found in a table by the name's ending."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from exporter.article import Reading
from exporter.errors import ReadError
from exporter.readers.options import ReadingOptions
from exporter.sources import Source

Reader = Callable[[Source, ReadingOptions], Iterator[Reading]]

READERS: Mapping[str, str] = {
    "": "exporter.readers.text:read",
    ".txt": "exporter.readers.text:read",
    ".text": "exporter.readers.text:read",
    ".html": "exporter.readers.html:read",
    ".htm": "exporter.readers.html:read",
    ".xhtml": "exporter.readers.html:read",
    ".json": "exporter.readers.article_json:read",
    ".jsonl": "exporter.readers.article_json:read",
}
"""The readers by the ending of a source's name (none for standard input), loaded on use."""

ENTRY_POINTS = "exporter.readers"
"""The group in which another distribution names a reader after an ending without its dot."""

# A dot in an Arabic title or before a number is no ending of a file's name.
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")


def endings() -> frozenset[str]:
    """Return the endings of what can be read, with those of other distributions' readers."""
    others = entry_points(group=ENTRY_POINTS)
    return frozenset((*READERS, *(f".{point.name.lower()}" for point in others)))


def reader_for(source: Source) -> Reader:
    """Return the reader for a source, by the ending of its name.

    Raises ReadError for an ending that has no reader.
    """
    found = _ENDING.search(source.name)
    ending = found[0].lower() if found else ""
    if ending in READERS:
        module, _, name = READERS[ending].partition(":")
        return cast(Reader, getattr(import_module(module), name))
    for point in entry_points(group=ENTRY_POINTS, name=ending.removeprefix(".")):
        return cast(Reader, point.load())
    raise ReadError("format-unknown", subject=source.location, detail=ending)
