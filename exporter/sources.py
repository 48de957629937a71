"""Sources: a reference (a path, a pattern, a folder, a link, `-`) to its bytes, one an article."""

from __future__ import annotations

import glob
import json
import os
import posixpath
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from exporter import archives, links, web_archives
from exporter.archives import Archive, Beside
from exporter.errors import ReadError, SourceError, reason_of
from exporter.fetching import OFFLINE, Fetcher, Neighbours
from exporter.messages import STANDARD_INPUT
from exporter.patterns import compiled
from exporter.records import dataclass

LARGEST_SOURCE = 20_000_000
"""The most bytes that are read of one source: a thousand times a long article."""

# What `exporter read --json` prints, so that it can be piped into another command.
_JSON = compiled(rb'(?:\xef\xbb\xbf)?\s*\{\s*"[a-z]+"\s*:')


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of an input and where they came from.

    `location` is what the user typed (shown in messages); `name` a file name or URL path that
    tells the reader (`article.txt`), empty for standard input. `url`, `media_type` and `charset`
    are those of something fetched: its address after all redirects, and its Content-Type.
    `folder` is where a file lies, as its pictures are beside it; `beside` the same in an archive
    or a storage.
    """

    location: str
    name: str
    data: bytes
    url: str = ""
    media_type: str = ""
    charset: str = ""
    folder: str = ""
    beside: Neighbours | None = None


def open_sources(
    references: Iterable[str],
    *,
    endings: Collection[str],
    stdin: BinaryIO | None,
    fetcher: Fetcher = OFFLINE,
) -> Iterator[Source]:
    """Yield the sources of every reference in order, those of a folder sorted by name.

    Raises SourceError at the first that can't be read; `locate`, `load` and `split` go one by one.
    """
    for reference in references:
        for location in locate(reference, endings=endings):
            loaded = load(location, stdin=stdin, fetcher=fetcher)
            yield from split(loaded, endings=endings)


def locate(reference: str, *, endings: Collection[str]) -> tuple[str, ...]:
    """Return the locations that a reference stands for: itself, or the articles of a folder.

    A folder's articles are the files in it, not below it, whose names are not hidden and have
    one of `endings` (`.txt`). A pattern (`*.md`, `**/*.txt`) stands for the files it matches.
    Raises SourceError for a folder or a pattern without articles, and for a link that isn't http
    or https.
    """
    if not reference.strip():  # an unset variable of the shell, not the folder one stands in
        raise SourceError("source-missing", subject=f"“{reference}”")
    if links.is_link(reference):
        return (links.url_of(reference),)
    path = Path(reference)
    if reference == STANDARD_INPUT or not path.is_dir():
        return _matched(reference, endings) if _is_pattern(reference) else (reference,)
    wanted = sorted(filter(None, endings))
    try:
        found = sorted(str(file) for file in path.iterdir() if _is_article(file, wanted))
    except OSError as error:
        raise _unreadable(reference, error) from error
    if not found:
        raise SourceError("source-folder-empty", subject=reference, detail=", ".join(wanted))
    return tuple(found)


def _is_pattern(reference: str) -> bool:
    """Say whether a reference is a pattern, not a file that happens to have such a name."""
    return glob.has_magic(reference) and not os.path.lexists(reference)


def _matched(pattern: str, endings: Collection[str]) -> tuple[str, ...]:
    """Return the files that a pattern matches, in order; of a folder's, those that are read."""
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - it may be absolute
    files = [name for name in found if Path(name).is_file()]
    is_named = bool(Path(pattern).suffix)
    wanted = [name for name in files if is_named or Path(name).suffix.lower() in endings]
    if not wanted:
        raise SourceError("source-pattern-empty", subject=pattern)
    return tuple(wanted)


def load(location: str, *, stdin: BinaryIO | None, fetcher: Fetcher = OFFLINE) -> Source:
    """Return the source at a location that `locate` gave.

    Raises SourceError for what is missing, can't be read or is over `LARGEST_SOURCE`, FetchError
    for a link that can't be fetched.
    """
    if links.is_link(location):
        return fetched(location, fetcher)
    if location == STANDARD_INPUT:
        return _load_standard_input(stdin)
    path = Path(location)
    try:
        with path.open("rb") as file:
            data = _read(file, location)
            return Source(location, path.name, data, folder=str(path.parent))
    except FileNotFoundError as error:
        raise SourceError("source-missing", subject=location) from error
    except (OSError, ValueError) as error:
        raise _unreadable(location, error) from error


def fetched(location: str, fetcher: Fetcher) -> Source:
    """Return the source at a link; raises FetchError when it can't be fetched."""
    answer = fetcher.fetch(links.url_of(location))
    return Source(
        location,
        links.name_of(answer.url),
        answer.data,
        url=answer.url,
        media_type=answer.media_type,
        charset=answer.charset,
    )


def split(source: Source, *, endings: Collection[str] = ()) -> Iterator[Source]:
    """Yield a source for each article that a source holds, so that each can fail alone.

    An archive holds the files with one of `endings`, JSON Lines an article a line; any other
    source is one itself.
    """
    if archives.is_archive(source.data):
        yield from _unpacked(source, endings)
    else:
        yield from _cut(source)


def _unpacked(source: Source, endings: Collection[str]) -> Iterator[Source]:
    """Yield the articles in an archive, in order of their names; what is beside them goes along.

    An archive in it is left for its reader to refuse. Raises ReadError for an archive without
    articles, and after the others for the first that can't be unpacked.
    """
    archive = archives.open_archive(source.data, location=source.location)
    failed: list[ReadError] = []
    for name in packed(archive, endings=endings):
        try:
            unpacked = unpack(archive, name)
        except ReadError as error:
            failed.append(error)
            continue
        yield from _cut(unpacked)
    if failed:
        raise failed[0]


def packed(archive: Archive, *, endings: Collection[str]) -> tuple[str, ...]:
    """Return the names of the articles in an archive, in order.

    Raises SourceError for an archive without any.
    """
    wanted = {*endings, ".zip"} - {""}
    names = tuple(name for name in sorted(archive.names) if _is_packed_article(name, wanted))
    if not names:
        detail = ", ".join(sorted(wanted - {".zip"}))
        raise SourceError("source-archive-empty", subject=archive.location, detail=detail)
    return names


def unpack(archive: Archive, name: str) -> Source:
    """Return the source that is packed under a name; raises ReadError when it can't be."""
    location, folder, base = f"{archive.location}: {name}", *posixpath.split(name)
    return Source(location, base, archive.read(name), beside=Beside(archive, folder))


def _is_packed_article(name: str, endings: Collection[str]) -> bool:
    parts = name.split("/")
    is_hidden = parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)
    return not is_hidden and posixpath.splitext(name)[1].lower() in endings


def opened(source: Source) -> Source:
    """Return a source, or the page in it with what lies beside it, if it is a web archive.

    Raises ReadError for an archive without a page.
    """
    if not web_archives.is_web_archive(source.data):
        return source
    page = web_archives.open_page(source.data, location=source.location)
    name = f"{posixpath.splitext(source.name)[0]}.html"
    return replace(
        source, name=name, data=page.data, charset=page.charset, folder="", beside=page.beside
    )


def _cut(source: Source) -> Iterator[Source]:
    """Yield a source for each line of JSON Lines, else the source."""
    lines = lines_of(source)
    if not lines:
        yield opened(source)
    for number, line in lines:
        yield at_line(source, number, line)


def lines_of(source: Source) -> tuple[tuple[int, bytes], ...]:
    """Return the lines of JSON Lines with their numbers, none for a source that is one article.

    JSON Lines are a name in `.jsonl`, or in `.json` (and standard input) with an article in one
    line; empty lines are passed over.
    """
    lines = _lines(source.data) if source.name.lower().endswith((".json", ".jsonl")) else []
    is_cut = source.name.lower().endswith(".jsonl") or any(map(_is_whole, lines))
    numbered = tuple((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return numbered if is_cut and len(numbered) > 1 else ()


def at_line(source: Source, number: int, line: bytes) -> Source:
    """Return the source that is one line of JSON Lines; its location is `a.jsonl, line 3`."""
    return replace(source, location=f"{source.location}, line {number}", data=line)


def _lines(data: bytes) -> list[bytes]:
    """Return the lines of JSON in UTF-8; what is in no encoding of JSON is one line."""
    encoding = json.detect_encoding(data)
    if encoding.startswith("utf-8"):
        return data.removeprefix(BOM_UTF8).split(b"\n")
    try:
        return data.decode(encoding).encode().split(b"\n")
    except ValueError:
        return [data]


def _is_whole(line: bytes) -> bool:
    """Whether a line is an article; a line of one that is set over many lines is not."""
    if not _JSON.match(line) or not line.rstrip().endswith(b"}"):
        return False
    try:
        return "body" in json.loads(line)
    except (ValueError, RecursionError):
        return False


def _load_standard_input(stdin: BinaryIO | None) -> Source:
    if stdin is None:
        raise SourceError("source-no-stdin", subject=STANDARD_INPUT)
    try:
        data = _read(stdin, STANDARD_INPUT)
    except (OSError, ValueError) as error:
        raise _unreadable(STANDARD_INPUT, error) from error
    return Source(STANDARD_INPUT, "stdin.json" if _JSON.match(data) else "", data)


def _read(file: BinaryIO, location: str) -> bytes:
    data = file.read(LARGEST_SOURCE + 1)
    if len(data) > LARGEST_SOURCE:
        megabytes = str(LARGEST_SOURCE // 10**6)
        raise SourceError("source-too-large", subject=location, detail=megabytes)
    return data


def _is_article(path: Path, endings: Collection[str]) -> bool:
    named = not path.name.startswith(".") and path.suffix.lower() in endings
    return named and not path.is_dir()


def _unreadable(location: str, error: Exception) -> SourceError:
    return SourceError("source-unreadable", subject=location, detail=reason_of(error))
