"""Writers: Publication + Theme → Artifact, one module a format, found in a table by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from exporter.errors import UsageError
from exporter.publication import Artifact, Publication
from exporter.themes import Theme

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from exporter.typesetting.engine import Engine

    Writer = Callable[[Publication, Theme, Engine], Artifact]

WRITERS: Mapping[str, str] = {
    "pdf": "exporter.writers.pdf:write",
    "epub": "exporter.writers.epub:write",
}
"""The writers by the name of their format, loaded on use."""

ENTRY_POINTS = "exporter.writers"
"""The group in which another distribution names a writer after its format."""


def writer(name: str) -> Writer:
    """Return the writer of a format; raises UsageError for a format nobody writes."""
    if name in WRITERS:
        module, _, function = WRITERS[name].partition(":")
        return cast("Writer", getattr(import_module(module), function))
    for point in _entry_points():
        if point.name == name:
            return cast("Writer", point.load())
    raise UsageError("format-unsupported", subject=name, detail=", ".join(WRITERS))


def formats_of(words: str | Iterable[str]) -> tuple[str, ...]:
    """Return the formats that words name (`pdf,epub`), each once, without loading any writer.

    Raises UsageError for a format nobody writes, and for none at all.
    """
    texts = (words,) if isinstance(words, str) else words
    named = (word.lower() for text in texts for word in text.replace(",", " ").split())
    formats = tuple(dict.fromkeys(named))
    if not formats:
        raise UsageError("format-unsupported", subject="--to", detail=", ".join(WRITERS))
    _check(formats)
    return formats


def _check(names: tuple[str, ...]) -> None:
    unknown = [name for name in names if name not in WRITERS]
    others = {point.name for point in _entry_points()} if unknown else set()
    for name in unknown:
        if name not in others:
            raise UsageError("format-unsupported", subject=name, detail=", ".join(WRITERS))


def _entry_points() -> Iterable[EntryPoint]:
    from importlib.metadata import entry_points  # only where it is needed: it takes time

    return entry_points(group=ENTRY_POINTS)
