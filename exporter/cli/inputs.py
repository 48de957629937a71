"""The inputs of a command: its references to articles, whatever fails said and left behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count, islice
from typing import BinaryIO

from exporter import pipeline, readers, sources
from exporter.article import Reading
from exporter.cli import settings
from exporter.cli.console import Console
from exporter.cli.parser import Request
from exporter.clock import build_date, moment_of_reading
from exporter.config import Values
from exporter.corrections import Corrections
from exporter.messages import STANDARD_INPUT, place
from exporter.readers.options import ReadingOptions
from exporter.records import dataclass
from exporter.sources import Source


@dataclass(frozen=True, slots=True)
class Input:
    """The sources of a request and how they are read."""

    references: tuple[str, ...]
    options: ReadingOptions
    corrections: Corrections


def settle(request: Request, console: Console) -> Values:
    """Return the options of a request, and let the console be as loud as they say."""
    console.verbosity = settings.verbosity(request.values)
    values = settings.merged(request)
    console.verbosity = settings.verbosity(values)
    return values


def input_of(request: Request, values: Values) -> Input:
    """Return the sources of a request, and how they are read and corrected."""
    return Input(request.arguments, settings.reading_options(values), settings.corrections(values))


def readings(wanted: Input, console: Console) -> Iterator[tuple[str, Reading]]:
    """Yield the articles with the location of each; an input that fails is reported.

    Of each reference there are as many as the user wants at most.
    """
    found = [_locations(reference, console) for reference in wanted.references]
    whole = sum(map(len, found))
    numbers, is_none = count(1), True
    for locations in found:
        of_one = (
            article
            for location in locations
            for article in _loaded(location, wanted, console, said=f"[{next(numbers)}/{whole}]")
        )
        for article in islice(of_one, wanted.options.limit or None):
            is_none = False
            yield article
    console.done()
    if is_none and wanted.options.since and not console.exit_code:
        console.remark("nothing-since", detail=wanted.options.since)


def _loaded(
    location: str, wanted: Input, console: Console, *, said: str
) -> Iterator[tuple[str, Reading]]:
    stdin: BinaryIO | None = sys.stdin.buffer if sys.stdin else None
    console.progress(f"{said} {place(location, language=console.language)}")
    with console.attempt(location):
        loaded = sources.load(location, stdin=stdin, fetcher=wanted.options.fetcher)
        for source in sources.split(loaded, endings=readers.endings()):
            yield from _readings_of(source, wanted, console)


def _readings_of(source: Source, wanted: Input, console: Console) -> Iterator[tuple[str, Reading]]:
    with console.attempt(source.location):
        options = replace(wanted.options, now=_moment(source))
        for reading in pipeline.read_source(
            source, options=options, corrections=wanted.corrections
        ):
            yield source.location, reading


def _moment(source: Source) -> str:
    """Return when a source was written, as far as is known: now for what the user just gave.

    A file says nothing of it: its own time changes as it is copied.
    """
    if source.url or source.location == STANDARD_INPUT:
        return moment_of_reading(os.environ, machine=lambda: datetime.now().astimezone())
    return build_date(os.environ)


def _locations(reference: str, console: Console) -> tuple[str, ...]:
    found: list[str] = []
    with console.attempt(reference):
        found += sources.locate(reference, endings=readers.endings())
    return tuple(found)
