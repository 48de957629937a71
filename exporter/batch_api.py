"""The Python API of batches: `batch`, with the words of the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from exporter import themes
from exporter.api import Wanted, chosen_printing, corrections_of, options_of, settings_of
from exporter.batches.batch import batch as run_batch
from exporter.batches.order import MEGABYTES, SECONDS, Limits, order_of
from exporter.batches.report import Batch
from exporter.batches.running import How, Selection, Start
from exporter.choices import Binding, BookFonts, Calendars, Device, Digits, Numerals
from exporter.covers import cover_of
from exporter.errors import UsageError
from exporter.network.access import access_of
from exporter.pictures.choice import Images
from exporter.printing import Ink, Printing
from exporter.publication import Cover
from exporter.writers import WRITERS, formats_of


def batch(  # noqa: PLR0913 (the options of the command)
    sources: str | Path | Sequence[str | Path],
    *,
    output: str | Path = ".",
    jobs: int = 0,
    changed: bool = False,
    anew: bool = False,
    time_limit: float = SECONDS,
    memory_limit: int = MEGABYTES,
    journal: str | Path = "",
    scheduler: str = "",
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
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
    device: str = Device.GENERIC,
    fonts: str = BookFonts.EMBED,
    links: str = "",
    source_note: str = "",
    normalise: str | Sequence[str] = "all",
    pdf_standard: str | Sequence[str] = Printing().standards,
    output_profile: str | Path = "",
    ink: str = Ink.COLOUR,
    bleed: float = 0.0,
    crop_marks: bool = False,
    page_multiple: int = 1,
    cover: str | Path | Cover = "",
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
) -> Batch:
    """Write the articles of many sources into a folder or storage, each in a process of its own.

    A source is a path, a folder, a pattern, a link, or a URL for fsspec. `jobs` are made at once (0
    for one a core), each within `time_limit` seconds and `memory_limit` MB, on this machine or on
    the Dask cluster of `scheduler`. The same call again goes on with a batch that was interrupted,
    unless `anew`; `changed` makes only what is new or changed. `progress` is told how many articles
    are done, and of how many. The other words are those of `export`.

    Unlike `export`, it doesn't stop at an article that fails: see `failures`. Raises ExporterError
    for what concerns all of them.
    """
    if jobs < 0 or memory_limit < 1 or time_limit <= 0:
        raise UsageError("count-wrong", subject=f"{min(jobs, memory_limit, time_limit):g}")
    order = order_of(
        options=options_of(
            access_of(offline=offline, cache=cache, allow_private=allow_private, cookies=cookies),
            images=images,
            keep_everything=keep_everything,
            wanted=Wanted(input_format, limit, since),
        ),
        corrections=corrections_of("", author, publisher=publisher, date=date, language=language),
        theme=str(theme),
        settings=settings_of(
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
        ),
        formats=formats_of(to),
        cover=cover if isinstance(cover, Cover) else cover_of(str(cover)),
        limits=Limits(time_limit, memory_limit),
    )
    given = (sources,) if isinstance(sources, (str, Path)) else tuple(sources)
    how = How(
        selection=Selection.CHANGED if changed else Selection.ALL,
        start=Start.ANEW if anew else Start.RESUME,
        jobs=jobs,
        scheduler=scheduler,
    )
    return run_batch(
        tuple(map(str, given)),
        order,
        output=str(output),
        how=how,
        journal=str(journal),
        watch=progress,
    )
