"""The Python API of books: `book`, with the words of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from exporter import api, themes
from exporter.article import Article, Reading
from exporter.bookbinding import Arrangement, Edition, Entry, GroupBy, Order
from exporter.bookmaking import BookExport, Plan, make
from exporter.choices import (
    Binding,
    BookFonts,
    Calendars,
    Device,
    Digits,
    Numerals,
    choice,
    each_choice,
)
from exporter.corrections import Corrections
from exporter.covers import cover_of
from exporter.errors import ReadError
from exporter.filenames import given_stem
from exporter.network.access import access_of
from exporter.parallel import cores
from exporter.pictures.choice import Images
from exporter.printing import Ink, Printing
from exporter.publication import Cover, Index, Start
from exporter.writers import WRITERS, formats_of

Source = str | Path | Article | Reading


def book(  # noqa: PLR0913 (the options of the command)
    sources: Source | Iterable[Source],
    *,
    title: str,
    subtitle: str = "",
    editor: str | Sequence[str] = (),
    author: str | Sequence[str] = (),
    publisher: str = "",
    date: str = "",
    language: str = "",
    series: str = "",
    number: str | int = "",
    description: str = "",
    rights: str = "",
    identifier: str = "",
    order: str = Order.GIVEN,
    group_by: str = GroupBy.NONE,
    start: str = Start.PAGE,
    index: str | Sequence[str] = (),
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
    keep_everything: bool = False,
    images: str = Images.EMBED,
    cookies: str | Path = "",
    offline: bool = False,
    cache: bool = True,
    allow_private: bool = False,
    input_format: str = "",
    limit: int = 0,
    since: str = "",
    jobs: int = 0,
) -> BookExport:
    """Write the articles of these sources as one book in each format, into the folder `output`.

    The words from `title` to `identifier` are said of the book; `order` is `given`, `oldest`,
    `newest`, `title` or `author`, `group_by` makes parts by `source`, `month` or `subject`,
    `start` begins each article on a new `page`, on a `recto`, or lets it `run-on`, `index` adds
    those of `authors` and `subjects`. `jobs` is on how many cores at once the book is made (all
    without it), which changes no byte; the rest are words of `export`. Raises ExporterError, for
    the first source that can't be read too.
    """
    plan = Plan(
        edition=Edition(
            title=title,
            subtitle=subtitle,
            editors=_several(editor),
            authors=_several(author),
            publisher=publisher,
            issued=date,
            language=language,
            description=description,
            rights=rights,
            series=series,
            number=str(number),
            identifier=identifier,
        ),
        arrangement=Arrangement(
            choice(Order, order),
            choice(GroupBy, group_by),
            choice(Start, start),
            each_choice(Index, api.words_of(index), subject="index"),
        ),
        theme=themes.load(
            str(theme),
            api.settings_of(
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
                printing=api.chosen_printing(
                    pdf_standard,
                    output_profile,
                    ink=ink,
                    bleed=bleed,
                    crop_marks=crop_marks,
                    page_multiple=page_multiple,
                ),
            ),
        ),
        cover=cover if isinstance(cover, Cover) else cover_of(str(cover)),
        formats=formats_of(to),
        folder=Path(output),
        stem=given_stem(name),
        jobs=jobs or cores(),
    )
    options = api.options_of(
        access_of(offline=offline, cache=cache, allow_private=allow_private, cookies=cookies),
        images=images,
        keep_everything=keep_everything,
        wanted=api.Wanted(input_format, limit, since),
    )
    given = [sources] if isinstance(sources, str | Path | Article | Reading) else [*sources]
    entries = [
        Entry(reading.article, notices=reading.notices)
        for source in given
        for reading in api.readings_of(source, options, Corrections())
    ]
    if not entries:
        raise ReadError("book-empty", subject=title)
    return make(entries, plan)


def _several(words: str | Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (words,) if isinstance(words, str) else words))
