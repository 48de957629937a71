"""The whole program: reference → Source → Reading → Publication → XHTML → Artifact → files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from exporter import pagination, publication, readers, sources, transforms, writers
from exporter.article import Article, Reading
from exporter.clock import build_date
from exporter.corrections import Corrections, correct
from exporter.delivery import Delivery, deliver
from exporter.filenames import safe_stem
from exporter.font_library import Library, files
from exporter.fonts import Face
from exporter.identity import identify
from exporter.notices import Notice
from exporter.pictures.gathering import Pictures
from exporter.pictures.loading import Loader
from exporter.publication import Artifact, Cover, Publication
from exporter.readers.options import ReadingOptions
from exporter.records import dataclass
from exporter.resolve import resolve
from exporter.sources import Source
from exporter.theme_languages import in_language
from exporter.themes import Theme
from exporter.titles import titled
from exporter.transforms.normalisation import normalise

if TYPE_CHECKING:
    from exporter.typesetting.engine import Engine


@dataclass(frozen=True, slots=True)
class Product:
    """An article in all its formats, before it is stored, and every loss and guess by then."""

    article: Article
    artifacts: tuple[Artifact, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """One exported article: its files, what was read, and every loss and guess on the way."""

    paths: tuple[Path, ...]
    article: Article
    notices: tuple[Notice, ...]


def read(
    reference: str,
    *,
    options: ReadingOptions = ReadingOptions(),
    corrections: Corrections = Corrections(),
    stdin: BinaryIO | None = None,
) -> Iterator[Reading]:
    """Yield the articles of a reference, the first of them up to the limit of the options.

    It is a path, a pattern, a folder, a link, or `-` for standard input.
    """
    found = (
        reading
        for source in sources.open_sources(
            [reference], endings=readers.endings(), stdin=stdin, fetcher=options.fetcher
        )
        for reading in read_source(source, options=options, corrections=corrections)
    )
    yield from islice(found, options.limit or None)


def read_source(
    source: Source, *, options: ReadingOptions, corrections: Corrections
) -> Iterator[Reading]:
    """Yield the articles of a source, identified, with pictures and the user's corrections."""
    pictures = Pictures(
        Loader(source.folder, source.url, options.fetcher, source.beside), options.images
    )
    for reading in readings_of(source, options=options):
        metadata = reading.article.metadata
        if options.is_wanted(metadata.issued or metadata.modified):
            yield correct(settle(reading, pictures=pictures), corrections)


def readings_of(source: Source, *, options: ReadingOptions) -> Iterator[Reading]:
    """Yield what the reader makes of a source; an article in several pages is one."""
    reader = readers.reader_for(source, input_format=options.input_format)
    pages = pagination.pages_of(source, options.fetcher)
    if not pages.further:
        yield from reader(source, options)
        return
    parts = (part for page in (source, *pages.further) for part in reader(page, options))
    yield pagination.joined(parts, notices=pages.notices)


def settle(reading: Reading, *, pictures: Pictures = Pictures()) -> Reading:
    """Return the reading with an identifier, a title, its pictures, and nothing that leads nowhere.

    The identifier is that of the article as it was read: with another an e-reader would take it
    for a new book as soon as a missing picture is there.
    """
    identified = Reading(identify(reading.article), reading.notices)
    return titled(resolve(identified, pictures=pictures))


def export(
    reading: Reading,
    theme: Theme,
    *,
    formats: Sequence[str],
    cover: Cover,
    folder: Path,
    stem: str = "",
) -> Export:
    """Write the article of a reading into a folder, named `stem` or after its title."""
    made = produce(reading, theme, formats=formats, cover=cover)
    delivery = store(made.article, made.artifacts, folder=folder, stem=stem)
    notices = dict.fromkeys((*made.notices, *delivery.notices))
    return Export(delivery.paths, made.article, tuple(notices))


def produce(reading: Reading, theme: Theme, *, formats: Sequence[str], cover: Cover) -> Product:
    """Return the article of a reading in each of the formats.

    Its typed signs are put right first: what was read and named keeps those of its author.
    """
    reading = normalise(reading, theme.normalise)
    artifacts = publish(reading.article, theme, formats=formats, cover=cover)
    made = (notice for artifact in artifacts for notice in artifact.notices)
    # Both outputs lack the same characters: once is enough.
    notices = tuple(dict.fromkeys((*reading.notices, *made)))
    return Product(reading.article, artifacts, notices)


def publish(
    article: Article, theme: Theme, *, formats: Sequence[str], cover: Cover
) -> tuple[Artifact, ...]:
    """Return the article in each format of `writers.WRITERS`, in the order of `formats`.

    The PDF is made first: where its pages begin is the page list of the other formats.
    """
    theme = in_language(theme, article.metadata.language)
    built = build_date(os.environ)
    bound = publication.single(transforms.transform(article), cover=cover, built=built)
    return written(bound, theme, formats=formats)


def written(
    bound: Publication, theme: Theme, *, formats: Sequence[str], jobs: int = 1
) -> tuple[Artifact, ...]:
    """Return a publication in each format, the PDF made first and on so many cores at once."""
    # Before any writer: its module says what is missing without Pango.
    typesetter = engine(theme.library.faces)
    typesetter.jobs = jobs
    made: dict[str, Artifact] = {}
    for name in sorted(formats, key=lambda name: name != "pdf"):
        made[name] = writers.writer(name)(bound, theme, typesetter)
        if made[name].print_edition.starts:
            bound = replace(bound, print_edition=made[name].print_edition)
    return tuple(made[name] for name in formats)


def store(article: Article, artifacts: Sequence[Artifact], *, folder: Path, stem: str) -> Delivery:
    """Write the artifacts of an article into a folder."""
    metadata = article.metadata
    name = safe_stem(stem or metadata.title)
    return deliver(artifacts, folder, stem=name, identifier=metadata.identifier)


@cache
def engine(faces: tuple[Face, ...] = ()) -> Engine:
    """Return the one engine of this process for these faces, without any for the bundled ones."""
    from exporter.typesetting.engine import Engine  # WeasyPrint takes half a second to import

    return Engine(files(faces or Library().faces))
