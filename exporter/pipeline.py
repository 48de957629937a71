"""The whole program: reference → Source → Reading → Publication → XHTML → Artifact → files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from exporter import fonts, publication, readers, sources, transforms, writers
from exporter.article import Article, Reading
from exporter.corrections import Corrections, correct
from exporter.delivery import Delivery, deliver
from exporter.filenames import safe_stem
from exporter.identity import identify
from exporter.publication import Artifact, Cover
from exporter.readers.options import ReadingOptions
from exporter.resolve import resolve
from exporter.sources import Source
from exporter.themes import Theme

if TYPE_CHECKING:
    from exporter.typesetting.engine import Engine


def read(
    reference: str,
    *,
    options: ReadingOptions = ReadingOptions(),
    corrections: Corrections = Corrections(),
    stdin: BinaryIO | None = None,
) -> Iterator[Reading]:
    """Yield the articles of a reference: a path, a folder, or `-` for standard input."""
    for source in sources.open_sources([reference], endings=readers.READERS, stdin=stdin):
        yield from read_source(source, options=options, corrections=corrections)


def read_source(
    source: Source, *, options: ReadingOptions, corrections: Corrections
) -> Iterator[Reading]:
    """Yield the articles of a source, identified, with the user's corrections."""
    for reading in readers.reader_for(source)(source, options):
        yield correct(settle(reading), corrections)


def settle(reading: Reading) -> Reading:
    """Return the reading with an identifier, and with nothing in it that leads nowhere."""
    resolved = resolve(reading)
    return Reading(identify(resolved.article), resolved.notices)


def publish(
    article: Article, theme: Theme, *, formats: Sequence[str], cover: Cover
) -> tuple[Artifact, ...]:
    """Return the article in each format of `writers.WRITERS`, in their order."""
    bound = publication.single(transforms.transform(article), cover=cover)
    typesetter = engine()  # before any writer: its module says what is missing without Pango
    return tuple(writers.writer(name)(bound, theme, typesetter) for name in formats)


def store(
    article: Article, artifacts: Sequence[Artifact], *, folder: Path, stem: str = ""
) -> Delivery:
    """Write the article's artifacts into a folder, named `stem` or after its title."""
    metadata = article.metadata
    name = safe_stem(stem or metadata.title)
    return deliver(artifacts, folder, stem=name, identifier=metadata.identifier)


@cache
def engine() -> Engine:
    """Return the one engine of this process."""
    from exporter.typesetting.engine import Engine  # WeasyPrint takes half a second to import

    return Engine([face.path for family in fonts.families() for face in family.faces])
