"""Option values, as strings from the command line or the config file, to what stages take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from exporter import config
from exporter.choices import (
    Binding,
    BookFonts,
    Calendars,
    Device,
    Digits,
    Justify,
    Links,
    Numerals,
    Settings,
    SourceNote,
    choice,
    rules,
)
from exporter.cli.console import Verbosity
from exporter.cli.options import OPTIONS
from exporter.cli.parser import Request
from exporter.config import Values
from exporter.corrections import Corrections, iso_date
from exporter.covers import cover_of
from exporter.errors import UsageError
from exporter.filenames import given_stem
from exporter.network.access import NetworkOnUse, access_of
from exporter.pictures.choice import Images
from exporter.printing import Marks, Printing, profile_of, standards_of
from exporter.publication import Cover
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.readers.recognition import Format
from exporter.writers import WRITERS, formats_of

Choice = TypeVar("Choice", bound=StrEnum)


def merged(request: Request, *, environment: Mapping[str, str] = os.environ) -> Values:
    """Return the values of the config file, with those of the command line over them.

    Raises UsageError for a config file that is wrong or was named and isn't there, and for a value
    that is empty: who wants what was read leaves the option out.
    """
    check_filled(request.values)
    named = one(request.values, "config")
    path = config.find(named, environment=environment, here=Path())
    if path is None:
        return request.values
    kinds = {option.name: option.kind for option in OPTIONS if option.in_file}
    loudness = {"verbose", "quiet"}
    values = dict(config.load(path, options=kinds))
    check_filled(values)
    if loudness & request.values.keys():
        values = {name: value for name, value in values.items() if name not in loudness}
    return {**values, **request.values}


def check_filled(values: Values) -> None:
    """Raise UsageError for an option without a value."""
    for name, given in values.items():
        if not all(value.strip() for value in given):
            raise UsageError("value-empty", subject=f"--{name}")


def one(values: Values, name: str) -> str:
    """Return the value of an option that has one; empty when it isn't given."""
    return values.get(name, ("",))[0]


def is_on(values: Values, name: str) -> bool:
    """Whether a flag is given."""
    return one(values, name) == "true"


def verbosity(values: Values) -> Verbosity:
    """Return how much is to be said; with both -q and -v, everything is."""
    if is_on(values, "verbose"):
        return Verbosity.VERBOSE
    return Verbosity.QUIET if is_on(values, "quiet") else Verbosity.NORMAL


def reading_options(values: Values) -> ReadingOptions:
    """Return how sources are to be read; raises UsageError for what can't be asked for."""
    keep = is_on(values, "keep-everything")
    access = access_of(
        offline=is_on(values, "offline"),
        cache=one(values, "cache") != "false",
        allow_private=is_on(values, "allow-private"),
        cookies=one(values, "cookies"),
    )
    word = one(values, "input-format").lower()
    return ReadingOptions(
        Boilerplate.KEEP if keep else Boilerplate.DROP,
        fetcher=NetworkOnUse(access),
        images=chosen(values, "images", Images.EMBED),
        input_format=choice(Format, word, subject=f"--input-format {word}") if word else "",
        since=iso_date(one(values, "since")) if one(values, "since") else "",
        limit=count(values, "limit", 0, refusal="limit-wrong"),
    )


def corrections(values: Values) -> Corrections:
    """Return what the user says about the articles; raises UsageError for a wrong date."""
    return Corrections(
        title=one(values, "title"),
        creators=tuple(filter(None, values.get("author", ()))),
        publisher=one(values, "publisher"),
        issued=one(values, "date"),
        language=one(values, "language"),
    )


def look(values: Values) -> Settings:
    """Return the settings of the theme; raises UsageError for what isn't one."""
    return Settings(
        page=one(values, "page"),
        margins=_lengths(values),
        binding=chosen(values, "binding", Binding.NONE),
        font=one(values, "font"),
        font_dir=one(values, "font-dir"),
        font_size=_number(one(values, "font-size").removesuffix("pt"), refusal="font-size-wrong"),
        digits=chosen(values, "digits", Digits.AUTO),
        calendar=chosen(values, "calendar", Calendars.AUTO),
        numerals=chosen(values, "numerals", Numerals.DIGITS),
        justify=_of_theme(values, "justify", Justify),
        device=chosen(values, "device", Device.GENERIC),
        fonts=chosen(values, "fonts", BookFonts.EMBED),
        links=_of_theme(values, "links", Links),
        source_note=_of_theme(values, "source-note", SourceNote),
        normalise=rules(words(values.get("normalise", ())), option="--normalise"),
        printing=_printing(values),
    )


def _printing(values: Values) -> Printing:
    """Return how the PDF is made for printers; raises UsageError for what doesn't go together."""
    wanted = Printing()
    named = words(word.lower() for word in values.get("pdf-standard", ()))
    profile = one(values, "output-profile")
    return Printing(
        standards=standards_of(named) if named else wanted.standards,
        bleed=_number(one(values, "bleed").removesuffix("mm"), refusal="bleed-wrong"),
        marks=Marks.CROP if is_on(values, "crop-marks") else Marks.NONE,
        ink=chosen(values, "ink", wanted.ink),
        pages=count(values, "page-multiple", 1, refusal="page-multiple-wrong"),
        profile=profile_of(profile) if profile else None,
    )


def formats(values: Values) -> tuple[str, ...]:
    """Return the formats to write, each once; raises UsageError for an unknown one."""
    return formats_of(values.get("to", tuple(WRITERS)))


def stem(values: Values) -> str:
    """Return the name for the files, empty to take the title; raises UsageError for a bad one."""
    return given_stem(one(values, "name"))


def cover(values: Values) -> Cover:
    """Return the cover asked for; raises UsageError when its file is no picture."""
    return cover_of(one(values, "cover"))


def _lengths(values: Values) -> tuple[float, ...]:
    given = words(values.get("margins", ()))
    try:
        return tuple(float(word.removesuffix("mm")) for word in given)
    except ValueError as error:
        raise UsageError("margins-wrong", subject=", ".join(given)) from error


def count(values: Values, name: str, default: int, *, refusal: str = "count-wrong") -> int:
    """Return a whole number of 1 or more; raises UsageError, of the code `refusal`, for another."""
    word = one(values, name)
    if word and not (word.isdecimal() and int(word)):
        raise UsageError(refusal, subject=f"--{name} {word}")
    return int(word or default)


def _number(text: str, *, refusal: str) -> float:
    try:
        return float(text) if text else 0.0
    except ValueError as error:
        raise UsageError(refusal, subject=text) from error


def _of_theme(values: Values, name: str, kind: type[Choice]) -> Choice | None:
    """Return what is chosen, or None where the theme decides."""
    word = one(values, name)
    return choice(kind, word.lower(), subject=f"--{name} {word}") if word else None


def chosen(values: Values, name: str, default: Choice) -> Choice:
    """Return the choice that an option names; raises UsageError for what is none."""
    word = one(values, name)
    if not word:
        return default
    return choice(type(default), word.lower(), subject=f"--{name} {word}")


def words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a list, which may be parted by commas or spaces."""
    return tuple(word for text in texts for word in text.replace(",", " ").split())
