"""The manifest of a book that is made again and again: its sources and options, in TOML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from exporter.config import Kind, Values, table_of, values_of
from exporter.errors import UsageError
from exporter.links import is_link
from exporter.records import dataclass

ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A reference to articles, and the part of the book that they stand in, if any."""

    reference: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: sources in order, and options by name."""

    sources: tuple[Source, ...]
    values: Values


def is_manifest(reference: str) -> bool:
    """Whether a reference is that of a manifest."""
    return reference.lower().endswith(ENDING) and not is_link(reference)


def load(path: Path, *, options: Mapping[str, Kind]) -> Manifest:
    """Return a manifest; its paths start from its own folder.

    Raises UsageError, which names the file and the key, for one that can't be read or used.
    """
    table = table_of(path)
    parts = table.pop("part", [])
    sources = tuple(_sources(table.pop("sources", []), path, part="", key="sources"))
    if not isinstance(parts, list):
        raise UsageError("manifest-part", subject=str(path), detail="part")
    for part in parts:
        sources += tuple(_part(part, path))
    if not sources:
        raise UsageError("manifest-empty", subject=str(path))
    values = values_of(table, path, options=options, unknown="manifest-key-unknown")
    return Manifest(sources, values)


def _part(table: object, path: Path) -> Iterator[Source]:
    if not isinstance(table, dict) or table.keys() != {"title", "sources"}:
        raise UsageError("manifest-part", subject=str(path), detail="part")
    title = table["title"]
    if not isinstance(title, str) or not title.strip():
        raise UsageError("config-text", subject=str(path), detail="title")
    yield from _sources(table["sources"], path, part=title, key="sources")


def _sources(given: object, path: Path, *, part: str, key: str) -> Iterator[Source]:
    references = [given] if isinstance(given, str) else given
    if not isinstance(references, list) or not all(isinstance(one, str) for one in references):
        raise UsageError("config-list", subject=str(path), detail=key)
    for reference in references:
        if is_link(reference):
            yield Source(reference, part)
        else:
            yield Source(str(path.parent / Path(reference).expanduser()), part)
