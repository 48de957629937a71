"""The Python API: `read` and `export`, with the words of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from exporter import checks, pipeline, themes
from exporter.article import Article, Reading
from exporter.checks.results import Result
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
from exporter.clock import build_date
from exporter.corrections import Corrections, correct, iso_date
from exporter.covers import cover_of
from exporter.errors import UsageError
from exporter.filenames import given_stem
from exporter.network.access import Access, NetworkOnUse, access_of
from exporter.pictures.choice import Images
from exporter.pictures.gathering import Pictures
from exporter.pictures.loading import Loader
from exporter.pipeline import Export
from exporter.printing import Ink, Marks, Printing, profile_of, standards_of
from exporter.publication import Cover
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.readers.recognition import Format
from exporter.records import dataclass
from exporter.writers import WRITERS, formats_of


def read(  # noqa: PLR0913 (the options of the command)
    source: str | Path,
    *,
    title: str = "",
    author: str | Sequence[str] = (),
    publisher: str = "",
    date: str = "",
    language: str = "",
    keep_everything: bool = False,
    now: str = "",
    images: str = Images.EMBED,
    cookies: str | Path = "",
    offline: bool = False,
    cache: bool = True,
    allow_private: bool = False,
    input_format: str = "",
    limit: int = 0,
    since: str = "",
) -> Iterator[Reading]:
    """Yield the articles of a file, a folder or a link; the first keywords correct what was read.

    `date` is ISO 8601 or as articles write it; `keep_everything` leaves a site's own lines in the
    body. `now` is the ISO date-time from which `قبل ٣ ساعات` counts, by default that of
    SOURCE_DATE_EPOCH; without either such a line gives no date. `images` is `embed`, `grey` or
    `none`; `cookies` the path of a `cookies.txt`; `offline` takes the cache for the network,
    `cache` switches it off; `allow_private` lets links lead to this machine and its own network.
    `input_format` says what the source is (`markdown`, `feed` …), `limit` how many of its articles
    are wanted at most, `since` the date before which none is.
    Raises ExporterError (SourceError, ReadError, UsageError), whose text is one sentence that
    names the input and says what to do.
    """
    yield from pipeline.read(
        str(source),
        options=options_of(
            access_of(offline=offline, cache=cache, allow_private=allow_private, cookies=cookies),
            images=images,
            keep_everything=keep_everything,
            now=now,
            wanted=Wanted(input_format, limit, since),
        ),
        corrections=corrections_of(
            title, author, publisher=publisher, date=date, language=language
        ),
    )


def export(  # noqa: PLR0913 (the options of the command)
    source: str | Path | Article | Reading,
    *,
    output: str | Path = ".",
    name: str = "",
    to: str | Sequence[str] = tuple(WRITERS),
    theme: str | Path = themes.DEFAULT_THEME,
    page: str = "",
    margins: float | Sequence[float] = (),
    binding: str = Binding.NONE,
    font: str = "",
    font_dir: str | Path = "",
    font_size: float = 0.0,
    digits: str = Digits.AUTO,
    calendar: str = Calendars.AUTO,
    numerals: str = Numerals.DIGITS,
    justify: str = "",
    links: str = "",
    source_note: str = "",
    normalise: str | Sequence[str] = "all",
    pdf_standard: str | Sequence[str] = Printing().standards,
    output_profile: str | Path = "",
    ink: str = Ink.COLOUR,
    bleed: float = 0.0,
    crop_marks: bool = False,
    page_multiple: int = 1,
    device: str = Device.GENERIC,
    fonts: str = BookFonts.EMBED,
    cover: str | Path | Cover = "",
    title: str = "",
    author: str | Sequence[str] = (),
    publisher: str = "",
    date: str = "",
    language: str = "",
    keep_everything: bool = False,
    images: str = Images.EMBED,
    cookies: str | Path = "",
    offline: bool = False,
    cache: bool = True,
    allow_private: bool = False,
    input_format: str = "",
    limit: int = 0,
    since: str = "",
) -> tuple[Export, ...]:
    """Write the articles of a source, or one article, as files into the folder `output`.

    `to` names the formats (`pdf`, `epub`, `pdf,epub`), `name` the files (the title does without
    it), `cover` a picture's path, `lead` or `none`; `margins` are one to four lengths in mm in CSS
    order (block-start, outer, block-end, inner), `font` is a family and `font_dir` a folder of your
    own ones, `font_size` is in points, `calendar` is that of the date shown, `device` is what the
    e-book is for and `fonts` (`embed`, `none`) whether it brings its own. `links` says where
    their addresses stand on paper (`notes`, `inline`, `none`), `source_note` what the note of the
    source has there (`qr`, `text`, `none`), `normalise` (`none`, `no-quotes,no-dashes`) by which
    rules typed signs are put right. `pdf_standard` names the standards that the PDF keeps
    (`ua-1,a-3a`) or `none`; `ink` is `colour` or `black`, `bleed` in mm, `page_multiple` what the
    number of its pages is a multiple of, `output_profile` the ICC profile of a press. The words
    from `title` on are those of `read`. Raises ExporterError; an article that fails leaves no new
    file behind.
    """
    formats, stem = formats_of(to), given_stem(name)
    settings = settings_of(
        page=page,
        margins=margins,
        binding=binding,
        font=font,
        font_dir=font_dir,
        font_size=font_size,
        digits=digits,
        calendar=calendar,
        numerals=numerals,
        justify=justify,
        links=links,
        source_note=source_note,
        normalise=normalise,
        device=device,
        fonts=fonts,
        printing=chosen_printing(
            pdf_standard,
            output_profile,
            ink=ink,
            bleed=bleed,
            crop_marks=crop_marks,
            page_multiple=page_multiple,
        ),
    )
    chosen = themes.load(str(theme), settings)
    bound = cover if isinstance(cover, Cover) else cover_of(str(cover))
    corrections = corrections_of(title, author, publisher=publisher, date=date, language=language)
    options = options_of(
        access_of(offline=offline, cache=cache, allow_private=allow_private, cookies=cookies),
        images=images,
        keep_everything=keep_everything,
        wanted=Wanted(input_format, limit, since),
    )
    return tuple(
        pipeline.export(
            reading, chosen, formats=formats, cover=bound, folder=Path(output), stem=stem
        )
        for reading in readings_of(source, options, corrections)
    )


def settings_of(  # noqa: PLR0913 (the options of the command)
    *,
    page: str,
    margins: float | Sequence[float],
    binding: str,
    font: str,
    font_dir: str | Path,
    font_size: float,
    digits: str,
    calendar: str,
    numerals: str,
    justify: str,
    links: str,
    source_note: str,
    normalise: str | Sequence[str],
    device: str,
    fonts: str,
    printing: Printing,
) -> Settings:
    """Return the settings that these words are; raises UsageError for one that is none."""
    return Settings(
        page=page,
        margins=(margins,) if isinstance(margins, (int, float, str)) else tuple(margins),
        binding=choice(Binding, binding),
        font=font,
        font_dir=str(font_dir),
        font_size=font_size,
        digits=choice(Digits, digits),
        calendar=choice(Calendars, calendar),
        numerals=choice(Numerals, numerals),
        justify=choice(Justify, justify) if justify else None,
        device=choice(Device, device),
        fonts=choice(BookFonts, fonts),
        links=choice(Links, links) if links else None,
        source_note=choice(SourceNote, source_note) if source_note else None,
        normalise=rules(words_of(normalise)),
        printing=printing,
    )


def chosen_printing(
    pdf_standard: str | Sequence[str],
    output_profile: str | Path,
    *,
    ink: str,
    bleed: float,
    crop_marks: bool,
    page_multiple: int,
) -> Printing:
    """Return how the PDF is made for printers; raises UsageError for what can't be had."""
    return Printing(
        standards=standards_of(words_of(pdf_standard)),
        bleed=bleed,
        marks=Marks.CROP if crop_marks else Marks.NONE,
        ink=choice(Ink, ink),
        pages=page_multiple,
        profile=profile_of(str(output_profile)) if output_profile else None,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a source is wanted, and what it is."""

    input_format: str
    limit: int
    since: str


def options_of(
    access: Access, *, images: str, keep_everything: bool, wanted: Wanted, now: str = ""
) -> ReadingOptions:
    """Return how sources are to be read; raises UsageError for a word that is none."""
    named = wanted.input_format
    if wanted.limit < 0:
        raise UsageError("limit-wrong", subject=str(wanted.limit))
    moment = now or build_date(os.environ)
    try:
        datetime.fromisoformat(moment or "2000-01-01")
    except ValueError as error:
        raise UsageError("date-wrong", subject=moment) from error
    return ReadingOptions(
        Boilerplate.KEEP if keep_everything else Boilerplate.DROP,
        fetcher=NetworkOnUse(access),
        now=moment,
        images=choice(Images, images),
        input_format=choice(Format, named) if named else "",
        since=iso_date(wanted.since) if wanted.since else "",
        limit=wanted.limit,
    )


def check(file: str | Path) -> tuple[Result, ...]:
    """Return what each judge says of an EPUB or PDF, our own first.

    Each standard that a PDF claims has a Result of its own. The `state` of one is `passed`,
    `failed`, `not-run` or `no-claim`, its `findings` have a `message`.
    Raises ExporterError (SourceError, UsageError) for a file that can't be read or is of another
    kind.
    """
    return checks.check(Path(file))


def words_of(listed: str | Sequence[str]) -> tuple[str, ...]:
    """Return the words of a list, as one string or several."""
    texts = (listed,) if isinstance(listed, str) else tuple(listed)
    return tuple(word for text in texts for word in text.replace(",", " ").split())


def corrections_of(
    title: str, author: str | Sequence[str], *, publisher: str, date: str, language: str
) -> Corrections:
    """Return what the user says about the articles; raises UsageError for what isn't so."""
    authors = (author,) if isinstance(author, str) else tuple(author)
    return Corrections(
        title=title,
        creators=tuple(filter(None, authors)),
        publisher=publisher,
        issued=date,
        language=language,
    )


def readings_of(
    source: str | Path | Article | Reading, options: ReadingOptions, corrections: Corrections
) -> Iterator[Reading]:
    """Yield what there is to be exported of a source."""
    pictures = Pictures(Loader(fetcher=options.fetcher), options.images)
    match source:
        case Reading():
            yield correct(pipeline.settle(source, pictures=pictures), corrections)
        case Article():
            yield correct(pipeline.settle(Reading(source), pictures=pictures), corrections)
        case _:
            yield from pipeline.read(str(source), options=options, corrections=corrections)
