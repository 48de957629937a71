"""The Python API: `read` and `export`, with the words of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter import pipeline, themes
from exporter.article import Article, Reading
from exporter.corrections import Corrections
from exporter.notices import Notice
from exporter.publication import Cover
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.themes import Settings
from exporter.writers import WRITERS, check_formats


@dataclass(frozen=True, slots=True)
class Export:
    """One exported article: its files, what was read, and every loss and guess on the way."""

    paths: tuple[Path, ...]
    article: Article
    notices: tuple[Notice, ...]


def read(
    source: str | Path,
    *,
    title: str = "",
    author: str | Sequence[str] = (),
    publisher: str = "",
    date: str = "",
    language: str = "",
    keep_everything: bool = False,
) -> Iterator[Reading]:
    """Yield the articles of a file or a folder; the keywords correct what was read.

    `date` is ISO 8601 or as articles write it; `keep_everything` leaves a site's own lines in the
    body. Raises ExporterError (SourceError, ReadError, UsageError), whose text is one sentence
    that names the input and says what to do.
    """
    authors = (author,) if isinstance(author, str) else tuple(author)
    corrections = Corrections(
        title=title,
        creators=tuple(filter(None, authors)),
        publisher=publisher,
        issued=date,
        language=language,
    )
    options = ReadingOptions(Boilerplate.KEEP if keep_everything else Boilerplate.DROP)
    yield from pipeline.read(str(source), options=options, corrections=corrections)


def export(
    source: str | Path | Article | Reading,
    *,
    output: str | Path = ".",
    name: str = "",
    to: Sequence[str] = tuple(WRITERS),
    theme: str = themes.DEFAULT_THEME,
    settings: Settings = Settings(),
    cover: Cover = Cover(),
) -> tuple[Export, ...]:
    """Write the articles of a file or folder, or one article, as files into the folder `output`.

    `to` names the formats (`pdf`, `epub`), `name` the files (the title does without it), `settings`
    the look: page, margins, font, digits. Raises ExporterError; an article that fails leaves no
    file behind.
    """
    check_formats(tuple(to))
    chosen = themes.load(theme, settings)
    return tuple(
        _export(reading, chosen, formats=tuple(to), cover=cover, folder=Path(output), name=name)
        for reading in _readings(source)
    )


def _readings(source: str | Path | Article | Reading) -> Iterator[Reading]:
    match source:
        case Reading():
            yield source
        case Article():
            yield Reading(source)
        case _:
            yield from read(source)


def _export(
    reading: Reading,
    theme: themes.Theme,
    *,
    formats: Sequence[str],
    cover: Cover,
    folder: Path,
    name: str,
) -> Export:
    settled = pipeline.settle(reading)
    artifacts = pipeline.publish(settled.article, theme, formats=formats, cover=cover)
    delivery = pipeline.store(settled.article, artifacts, folder=folder, stem=name)
    made = tuple(notice for artifact in artifacts for notice in artifact.notices)
    return Export(delivery.paths, settled.article, (*settled.notices, *made, *delivery.notices))
