"""The commands: what each does with a request."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import BinaryIO

from exporter import pipeline, readers, sources, themes
from exporter.article import Reading
from exporter.cli import settings
from exporter.cli.console import Console, Verbosity
from exporter.cli.options import Command
from exporter.cli.parser import Request
from exporter.clock import build_date, moment_of_reading
from exporter.config import Values
from exporter.corrections import Corrections
from exporter.messages import STANDARD_INPUT, place
from exporter.publication import Cover
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from exporter.themes import Theme


@dataclass(frozen=True, slots=True)
class _Input:
    """The sources of a request and how they are read."""

    references: tuple[str, ...]
    options: ReadingOptions
    corrections: Corrections


@dataclass(frozen=True, slots=True)
class _Output:
    """The files of a request: where, in which formats, with what look."""

    folder: Path
    stem: str
    formats: tuple[str, ...]
    theme: Theme
    cover: Cover


def export(request: Request, console: Console) -> None:
    """Write the files of every article, and print where they are."""
    values = _settle(request, console)
    # Whatever is wrong in the request comes up before anything is read.
    output = _Output(
        folder=Path(settings.one(values, "output") or "."),
        stem=settings.stem(values),
        formats=settings.formats(values),
        theme=themes.load(
            settings.one(values, "theme") or themes.DEFAULT_THEME, settings.look(values)
        ),
        cover=settings.cover(values),
    )
    for location, reading in _readings(_input(request, values), console):
        with console.attempt(location):
            _export_one(reading, output, console, location=location)


def _export_one(reading: Reading, output: _Output, console: Console, *, location: str) -> None:
    done = pipeline.export(
        reading,
        output.theme,
        formats=output.formats,
        cover=output.cover,
        folder=output.folder,
        stem=output.stem,
    )
    console.notices(done.notices, subject=location)
    for path in done.paths:
        console.write(str(path))


def read(request: Request, console: Console) -> None:
    """Print every article as it was read."""
    from exporter.article_json import to_json
    from exporter.cli.outline import outline

    values = _settle(request, console)
    as_json = settings.is_on(values, "json")
    whole = console.verbosity is Verbosity.VERBOSE
    for location, reading in _readings(_input(request, values), console):
        if as_json:
            console.write_utf8(to_json(reading))
        else:
            for line in outline(reading, console.language, subject=location, whole=whole):
                console.write(line)


def examine(_request: Request, console: Console) -> None:
    """Print what the program needs and finds; the exit code is 1 when it lacks something."""
    from exporter import doctor

    findings = doctor.examine()
    for line in doctor.report(findings, console.language):
        console.write(line)
    if any(finding.state is doctor.State.MISSING for finding in findings):
        console.exit_code = 1


def check(request: Request, console: Console) -> None:
    """Print what the judges say of each file; the exit code is 1 when one finds a fault."""
    from exporter import checks
    from exporter.checks.results import has_faults, report

    for name in request.arguments:
        with console.attempt(name):
            results = checks.check(Path(name))
            console.write(name)
            for line in report(results, console.language):
                console.write(line)
            if has_faults(results):
                console.exit_code = max(console.exit_code, 1)


def show_themes(request: Request, console: Console) -> None:
    """Print the bundled themes, or all about the one that is named."""
    from exporter.cli.themes import show

    show(request, console)


def complete(request: Request, console: Console) -> None:
    """Print the completion script of a shell."""
    from exporter.cli.completion import completion

    console.write(completion(request.arguments[0], console.say))


COMMANDS: Mapping[Command, Callable[[Request, Console], None]] = {
    Command.EXPORT: export,
    Command.READ: read,
    Command.CHECK: check,
    Command.THEMES: show_themes,
    Command.DOCTOR: examine,
    Command.COMPLETION: complete,
}
"""The commands by name."""


def _settle(request: Request, console: Console) -> Values:
    console.verbosity = settings.verbosity(request.values)
    values = settings.merged(request)
    console.verbosity = settings.verbosity(values)
    return values


def _input(request: Request, values: Values) -> _Input:
    return _Input(request.arguments, settings.reading_options(values), settings.corrections(values))


def _readings(wanted: _Input, console: Console) -> Iterator[tuple[str, Reading]]:
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
    location: str, wanted: _Input, console: Console, *, said: str
) -> Iterator[tuple[str, Reading]]:
    stdin: BinaryIO | None = sys.stdin.buffer if sys.stdin else None
    console.progress(f"{said} {place(location, language=console.language)}")
    with console.attempt(location):
        loaded = sources.load(location, stdin=stdin, fetcher=wanted.options.fetcher)
        for source in sources.split(loaded, endings=readers.endings()):
            yield from _readings_of(source, wanted, console)


def _readings_of(source: Source, wanted: _Input, console: Console) -> Iterator[tuple[str, Reading]]:
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
