"""The commands: what each does with a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from exporter import pipeline, themes
from exporter.article import Reading
from exporter.cli import settings
from exporter.cli.console import Console, Verbosity
from exporter.cli.inputs import input_of, readings, settle
from exporter.cli.options import Command
from exporter.cli.parser import Request
from exporter.errors import UsageError
from exporter.publication import Cover
from exporter.records import dataclass
from exporter.themes import Theme


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
    values = settle(request, console)
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
    for location, reading in readings(input_of(request, values), console):
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


def book(request: Request, console: Console) -> None:
    """Write one book of all articles, and print where its files are."""
    from exporter.cli.book import book

    book(request, console)


def read(request: Request, console: Console) -> None:
    """Print every article as it was read."""
    from exporter.article_json import to_json
    from exporter.cli.outline import outline

    values = settle(request, console)
    as_json = settings.is_on(values, "json")
    whole = console.verbosity is Verbosity.VERBOSE
    for location, reading in readings(input_of(request, values), console):
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

    for place, name in enumerate(request.arguments):
        with console.attempt(name):
            try:
                results = checks.check(Path(name))
            except UsageError as error:  # of this file alone: the others have their verdicts
                console.error(error, subject=name)
                continue
            if place:
                console.write("")
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


def batch(request: Request, console: Console) -> None:
    """Make the articles of a batch."""
    from exporter.cli.batch import batch as run

    run(request, console)


COMMANDS: Mapping[Command, Callable[[Request, Console], None]] = {
    Command.EXPORT: export,
    Command.BOOK: book,
    Command.READ: read,
    Command.BATCH: batch,
    Command.CHECK: check,
    Command.THEMES: show_themes,
    Command.DOCTOR: examine,
    Command.COMPLETION: complete,
}
"""The commands by name."""
