"""Making a book: entries and a plan → Publication → Artifact → files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from exporter import pipeline, transforms
from exporter.article import Metadata, Reading
from exporter.bookbinding import Arrangement, Edition, Entry, bind
from exporter.clock import build_date
from exporter.delivery import deliver
from exporter.filenames import safe_stem
from exporter.notices import Notice
from exporter.publication import Cover
from exporter.records import dataclass
from exporter.theme_languages import in_language
from exporter.themes import Theme
from exporter.transforms.normalisation import normalise


@dataclass(frozen=True, slots=True)
class Plan:
    """A book to be made: what it is, how it is arranged and looks, where its files go.

    `jobs` is on how many cores at once it may be made.
    """

    edition: Edition
    arrangement: Arrangement
    theme: Theme
    cover: Cover
    formats: tuple[str, ...]
    folder: Path
    stem: str = ""
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class BookExport:
    """An exported book: its files, its metadata, and every loss on the way."""

    paths: tuple[Path, ...]
    metadata: Metadata
    notices: tuple[Notice, ...]


def make(entries: Sequence[Entry], plan: Plan) -> BookExport:
    """Write one file of each format with all of the articles in it."""
    readings = [
        normalise(Reading(entry.article, entry.notices), plan.theme.normalise) for entry in entries
    ]
    transformed = [
        replace(entry, article=transforms.transform(reading.article))
        for entry, reading in zip(entries, readings, strict=True)
    ]
    bound = bind(
        transformed,
        plan.edition,
        plan.arrangement,
        theme=plan.theme,
        cover=plan.cover,
        built=build_date(os.environ),
    )
    publication = bound.publication
    theme = in_language(plan.theme, publication.metadata.language)
    artifacts = pipeline.written(publication, theme, formats=plan.formats, jobs=plan.jobs)
    metadata = publication.metadata
    delivery = deliver(
        artifacts,
        plan.folder,
        stem=safe_stem(plan.stem or metadata.title),
        identifier=metadata.identifier,
    )
    made = (notice for artifact in artifacts for notice in artifact.notices)
    read = (notice for reading in readings for notice in reading.notices)
    notices = dict.fromkeys((*read, *bound.notices, *made, *delivery.notices))
    return BookExport(delivery.paths, metadata, tuple(notices))
