"""The Python API: `read` and `export`, with the words of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter import pipeline, themes
from exporter.article import Article, Reading
from exporter.corrections import Corrections
from exporter.filenames import given_stem
from exporter.pipeline import Export
from exporter.publication import Cover
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.themes import Settings
from exporter.writers import WRITERS, formats_of


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
    to: str | Sequence[str] = tuple(WRITERS),
    theme: str = themes.DEFAULT_THEME,
    settings: Settings = Settings(),
    cover: Cover = Cover(),
) -> tuple[Export, ...]:
    """Write the articles of a file or folder, or one article, as files into the folder `output`.

    `to` names the formats (`pdf`, `epub`, `pdf,epub`), `name` the files (the title does without
    it), `settings` the look: page, margins, font, digits. Raises ExporterError; an article that
    fails leaves no new file behind.
    """
    formats, stem = formats_of(to), given_stem(name)
    chosen = themes.load(theme, settings)
    return tuple(
        pipeline.export(
            reading, chosen, formats=formats, cover=cover, folder=Path(output), stem=stem
        )
        for reading in _readings(source)
    )


def _readings(source: str | Path | Article | Reading) -> Iterator[Reading]:
    match source:
        case Reading():
            yield pipeline.settle(source)
        case Article():
            yield pipeline.settle(Reading(source))
        case _:
            yield from read(source)
