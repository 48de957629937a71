"""The command `book`: articles of many sources as one PDF and one e-book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter import book_manifest, themes
from exporter.book_manifest import Source
from exporter.bookbinding import Arrangement, Edition, Entry, GroupBy, Order
from exporter.bookmaking import Plan, make
from exporter.choices import each_choice
from exporter.cli import settings
from exporter.cli.console import Console
from exporter.cli.inputs import Input, readings, settle
from exporter.cli.options import Command, options_of
from exporter.cli.parser import Request
from exporter.config import Values
from exporter.corrections import Corrections
from exporter.errors import ReadError, UsageError
from exporter.messages import place
from exporter.parallel import cores
from exporter.publication import Index, Start
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The sources of a book, and the values of its options."""

    sources: tuple[Source, ...]
    values: Values


def book(request: Request, console: Console) -> None:
    """Write the book, and print where its files are; an article that can't be read is left out."""
    wanted = _wanted(request, settle(request, console))
    values = wanted.values
    console.verbosity = settings.verbosity(values)  # the manifest may say it too
    # Whatever is wrong in the request comes up before anything is read.
    plan = Plan(
        edition=_edition(values),
        arrangement=_arrangement(values),
        theme=themes.load(
            settings.one(values, "theme") or themes.DEFAULT_THEME, settings.look(values)
        ),
        cover=settings.cover(values),
        formats=settings.formats(values),
        folder=Path(settings.one(values, "output") or "."),
        stem=settings.stem(values),
        jobs=settings.count(values, "jobs", cores()),
    )
    entries = tuple(_entries(wanted, console))
    subject = ", ".join(request.arguments)
    if not entries:
        raise ReadError("book-empty", subject=subject)
    console.progress(place(plan.edition.title, language=console.language))
    done = make(entries, plan)
    console.done()
    # Of many sources none is meant: the book is.
    one = len(request.arguments) == 1
    console.notices(done.notices, subject=subject if one else plan.edition.title)
    for path in done.paths:
        console.write(str(path))


def _wanted(request: Request, values: Values) -> _Wanted:
    """Return the sources and options of the request, or of the one manifest that it names."""
    named = [one for one in request.arguments if book_manifest.is_manifest(one)]
    if not named:
        return _Wanted(tuple(map(Source, request.arguments)), values)
    if len(request.arguments) > 1:
        raise UsageError("manifest-alone", subject=named[0])
    kinds = {option.name: option.kind for option in options_of(Command.BOOK) if option.in_file}
    manifest = book_manifest.load(Path(named[0]), options=kinds)
    settings.check_filled(manifest.values)
    return _Wanted(manifest.sources, {**values, **manifest.values, **request.values})


def _entries(wanted: _Wanted, console: Console) -> Iterator[Entry]:
    options = settings.reading_options(wanted.values)
    for source in wanted.sources:
        one = Input((source.reference,), options, Corrections())
        for location, reading in readings(one, console):
            console.notices(reading.notices, subject=location)
            yield Entry(reading.article, source.part)


def _edition(values: Values) -> Edition:
    return Edition(
        title=settings.one(values, "title"),
        subtitle=settings.one(values, "subtitle"),
        editors=values.get("editor", ()),
        authors=values.get("author", ()),
        publisher=settings.one(values, "publisher"),
        issued=settings.one(values, "date"),
        language=settings.one(values, "language"),
        description=settings.one(values, "description"),
        rights=settings.one(values, "rights"),
        series=settings.one(values, "series"),
        number=settings.one(values, "number"),
        identifier=settings.one(values, "identifier"),
    )


def _arrangement(values: Values) -> Arrangement:
    """Return how the articles are put in order; raises UsageError for what isn't a way."""
    return Arrangement(
        settings.chosen(values, "order", Order.GIVEN),
        settings.chosen(values, "group-by", GroupBy.NONE),
        settings.chosen(values, "start", Start.PAGE),
        each_choice(Index, settings.words(values.get("index", ())), subject="--index"),
    )
