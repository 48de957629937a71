"""Readers: Source → Readings, one module a format, found by ending, media type and content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from importlib import import_module
from typing import TYPE_CHECKING, cast

from exporter.archives import is_archive
from exporter.article import Reading
from exporter.errors import ReadError
from exporter.patterns import compiled
from exporter.readers.options import ReadingOptions
from exporter.readers.recognition import Format, certain, is_fragment, likely
from exporter.sources import Source

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

Reader = Callable[[Source, ReadingOptions], Iterator[Reading]]

READERS: Mapping[str, str] = {
    "": "exporter.readers.text:read",
    ".txt": "exporter.readers.text:read",
    ".text": "exporter.readers.text:read",
    ".html": "exporter.readers.html:read",
    ".htm": "exporter.readers.html:read",
    ".mht": "exporter.readers.html:read",
    ".mhtml": "exporter.readers.html:read",
    ".xhtml": "exporter.readers.html:read",
    ".webarchive": "exporter.readers.html:read",
    ".md": "exporter.readers.markdown:read",
    ".markdown": "exporter.readers.markdown:read",
    ".docx": "exporter.readers.docx:read",
    ".docm": "exporter.readers.docx:read",
    ".rss": "exporter.readers.feed:read",
    ".atom": "exporter.readers.feed:read",
    ".json": "exporter.readers.article_json:read",
    ".jsonl": "exporter.readers.article_json:read",
}
"""The readers by the ending of a source's name (none for standard input), loaded on use."""

ENTRY_POINTS = "exporter.readers"
"""The group in which another distribution names a reader after an ending without its dot."""

MEDIA_ENDINGS: Mapping[str, str] = {
    "application/atom+xml": ".atom",
    "application/feed+json": ".json",
    "application/rss+xml": ".rss",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-ndjson": ".jsonl",
    "application/xhtml+xml": ".html",
    "text/html": ".html",
    "text/markdown": ".md",
}
"""The ending that goes with the media type of something fetched, whatever its address ends in."""

GENERIC_ENDINGS: Mapping[str, str] = {
    "": ".html",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/plain": ".txt",
    "text/xml": ".xml",
}
"""Media types that say little: where the address has an ending that is read, that one counts."""

# A dot in an Arabic title or before a number is no ending of a file's name.
_ENDING = compiled(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")


def endings() -> AbstractSet[str]:
    """Return the endings of what can be read, with those of other distributions' readers."""
    return _Endings()


class _Endings(AbstractSet[str]):
    """Known endings are found without a look at what is installed, which takes time."""

    def __contains__(self, ending: object) -> bool:
        return ending in READERS or ending in _others()

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*READERS, *_others())))

    def __len__(self) -> int:
        return len({*READERS, *_others()})

    @classmethod
    def _from_iterable(cls, endings: Iterable[str]) -> AbstractSet[str]:  # type: ignore[override]
        return frozenset(endings)


def _others() -> frozenset[str]:
    return frozenset(f".{point.name.lower()}" for point in _entry_points())


def _entry_points(name: str = "") -> EntryPoints:
    from importlib.metadata import entry_points

    found = entry_points(group=ENTRY_POINTS)
    return found.select(name=name) if name else found


def ending_of(source: Source) -> str:
    """Return the ending that tells a source's reader, empty for plain text without a name.

    That of its name; for something fetched its media type comes first, unless it says little.
    """
    found = _ENDING.search(source.name)
    named = found[0].lower() if found else ""
    if not source.url or (source.media_type not in MEDIA_ENDINGS and named in endings() - {""}):
        return named
    by_type = {**MEDIA_ENDINGS, **GENERIC_ENDINGS}
    return by_type.get(source.media_type, named or source.media_type)


def reader_for(source: Source, *, input_format: str = "") -> Reader:
    """Return the reader for a source: of the format that the user names, else by what it is.

    Raises ReadError for what nothing reads.
    """
    if input_format:
        return _loaded(_reader_of(Format(input_format), source))
    ending = ending_of(source)
    known = READERS.get(ending, "")
    if found := certain(source.data):
        return _loaded(_reader_of(found, source))
    if is_archive(source.data):
        raise ReadError("archive-nested", subject=source.location)
    if ending in _OPEN or not known:
        weak = likely(source.data)
        if weak and (ending in _OPEN or not _is_named(ending)):
            return _loaded(_reader_of(weak, source))
    if known:
        is_piece = ending in _PAGES and _is_piece(source)
        return _loaded(_FRAGMENTS if is_piece and likely(source.data) is Format.HTML else known)
    for point in _entry_points(ending.removeprefix(".")):
        return cast(Reader, point.load())
    code = "format-pdf" if source.data.startswith(b"%PDF-") else "format-unknown"
    raise ReadError(code, subject=source.location, detail=ending)


_FORMATS: Mapping[Format, str] = {
    Format.TEXT: "exporter.readers.text:read",
    Format.HTML: "exporter.readers.html:read",
    Format.MARKDOWN: "exporter.readers.markdown:read",
    Format.DOCX: "exporter.readers.docx:read",
    Format.FEED: "exporter.readers.feed:read",
    Format.ARTICLE_JSON: "exporter.readers.article_json:read",
}
_FRAGMENTS = "exporter.readers.fragments:read"
_PAGES = frozenset(ending for ending, reader in READERS.items() if "readers.html" in reader)
_OPEN = frozenset({"", ".txt", ".text"})
"""The endings under which anything is kept."""


def _reader_of(format_: Format, source: Source) -> str:
    is_piece = format_ is Format.HTML and _is_piece(source)
    return _FRAGMENTS if is_piece else _FORMATS[format_]


def _is_piece(source: Source) -> bool:
    """Say whether HTML is a piece of a page; what a site serves is a page, however it begins."""
    return not source.url and is_fragment(source.data)


def _is_named(ending: str) -> bool:
    """Say whether another distribution reads an ending."""
    return bool(_entry_points(ending.removeprefix(".")))


def _loaded(reader: str) -> Reader:
    module, _, name = reader.partition(":")
    return cast(Reader, getattr(import_module(module), name))
