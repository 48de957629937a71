"""The Python API: `read` and `export`, with the words of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter import pipeline, themes
from exporter.article import Article, Reading
from exporter.corrections import Corrections, correct
from exporter.covers import cover_of
from exporter.filenames import given_stem
from exporter.pipeline import Export
from exporter.publication import Cover
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.themes import Binding, Digits, Settings
from exporter.writers import WRITERS, formats_of


def read(
    source: str | Path,
    *,
    title: str = "",
    author: str | Sequence[str] = (),
    publisher: str = "",
    date: str = "",
    language: str = "",
    keep_everything: bool = False,
) -> Iterator[Reading]:
    """Yield the articles of a file or a folder; the keywords correct what was read.

    `date` is ISO 8601 or as articles write it; `keep_everything` leaves a site's own lines in the
    body. Raises ExporterError (SourceError, ReadError, UsageError), whose text is one sentence
    that names the input and says what to do.
    """
    yield from pipeline.read(
        str(source),
        options=ReadingOptions(Boilerplate.KEEP if keep_everything else Boilerplate.DROP),
        corrections=_corrections(title, author, publisher=publisher, date=date, language=language),
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
    font_size: float = 0.0,
    digits: str = Digits.AUTO,
    cover: str | Path | Cover = "",
    title: str = "",
    author: str | Sequence[str] = (),
    publisher: str = "",
    date: str = "",
    language: str = "",
    keep_everything: bool = False,
) -> tuple[Export, ...]:
    """Write the articles of a file or folder, or one article, as files into the folder `output`.

    `to` names the formats (`pdf`, `epub`, `pdf,epub`), `name` the files (the title does without
    it), `cover` a picture's path or `none`; `margins` are one to four lengths in mm in CSS order
    (block-start, outer, block-end, inner), `font_size` is in points. The last five words correct
    what was read, as in `read`. Raises ExporterError; an article that fails leaves no new file
    behind.
    """
    formats, stem = formats_of(to), given_stem(name)
    settings = Settings(
        page=page,
        margins=(margins,) if isinstance(margins, (int, float)) else tuple(margins),
        binding=themes.choice(Binding, binding),
        font=font,
        font_size=font_size,
        digits=themes.choice(Digits, digits),
    )
    chosen = themes.load(str(theme), settings)
    bound = cover if isinstance(cover, Cover) else cover_of(str(cover))
    corrections = _corrections(title, author, publisher=publisher, date=date, language=language)
    options = ReadingOptions(Boilerplate.KEEP if keep_everything else Boilerplate.DROP)
    return tuple(
        pipeline.export(
            reading, chosen, formats=formats, cover=bound, folder=Path(output), stem=stem
        )
        for reading in _readings(source, options, corrections)
    )


def _corrections(
    title: str, author: str | Sequence[str], *, publisher: str, date: str, language: str
) -> Corrections:
    authors = (author,) if isinstance(author, str) else tuple(author)
    return Corrections(
        title=title,
        creators=tuple(filter(None, authors)),
        publisher=publisher,
        issued=date,
        language=language,
    )


def _readings(
    source: str | Path | Article | Reading, options: ReadingOptions, corrections: Corrections
) -> Iterator[Reading]:
    match source:
        case Reading():
            yield correct(pipeline.settle(source), corrections)
        case Article():
            yield correct(pipeline.settle(Reading(source)), corrections)
        case _:
            yield from pipeline.read(str(source), options=options, corrections=corrections)
