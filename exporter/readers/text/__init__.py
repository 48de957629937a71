"""The reader for plain text: lines → features → labels → blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.languages import Identified, identify
from exporter.article import Article, Blocks, Code, Metadata, Reading, blocks_text
from exporter.errors import ReadError
from exporter.notices import Notice, NoticeCode
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.readers.text.blocks import DROPPED, with_attributions
from exporter.readers.text.decoding import decode
from exporter.readers.text.labels import Label, Mark, Marks
from exporter.readers.text.lines import Document, Line, document, split
from exporter.readers.text.messages import parted, without_fields
from exporter.readers.text.metadata import (
    doubts_of,
    guess_title,
    metadata_of,
    notices_of,
    with_dates,
)
from exporter.readers.text.rules import label
from exporter.readers.text.typed import with_weights
from exporter.readers.text.wiki import without_links
from exporter.readers.text.wrapping import code_lines, unwrap
from exporter.sources import Source


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:
    """Yield the one article of a plain text.

    Raises ReadError when the bytes are no text, the text is empty, or a site's own lines are all
    that is in it.
    """
    decoded = decode(source)
    lines = _lines(decoded.text)
    if not lines:
        raise ReadError("empty", subject=source.location)
    seen = document(lines)
    marks = label(seen)
    shown = _shown(marks, options)
    body = tuple(with_attributions(seen, shown))
    if not body or _is_remnant(seen, shown):
        code = "only-boilerplate" if _dropped(marks) else "empty"
        raise ReadError(code, subject=source.location)
    metadata, guesses = guess_title(metadata_of(seen, marks), body, document=seen)
    told = identify(_prose(metadata, body))
    metadata = replace(metadata, language=told.language)
    metadata, doubts = with_dates(metadata, seen, marks, now=options.now)
    of_lines = (*notices_of(seen, shown), *(doubts_of(seen, marks) if shown is marks else ()))
    notices = (*decoded.notices, *guesses, *_unsure(told), *doubts, *of_lines)
    yield Reading(Article(metadata, body), notices)


def _lines(text: str) -> tuple[Line, ...]:
    lines = without_links(parted(without_fields(unwrap(split(text)))))
    return with_weights(lines, code=code_lines(lines))


def _unsure(told: Identified) -> Iterator[Notice]:
    if not told.is_sure:
        signs = " ".join(told.evidence) or "—"
        yield Notice(NoticeCode.LANGUAGE_GUESSED, text=signs, detail=told.language)


def _prose(metadata: Metadata, body: Blocks) -> str:
    """Return the words that tell the language: all but the code."""
    text = blocks_text(block for block in body if not isinstance(block, Code))
    return f"{metadata.title}\n{metadata.description}\n{text}"


def _shown(marks: Marks, options: ReadingOptions) -> Marks:
    """Return the marks with those of dropped lines made paragraphs, if everything is kept."""
    match options.boilerplate:
        case Boilerplate.DROP:
            return marks
        case Boilerplate.KEEP:
            return {at: _kept(mark) for at, mark in marks.items()}


def _kept(mark: Mark) -> Mark:
    is_dropped = isinstance(mark, BoilerplateClass) or mark in DROPPED
    return Label.PARAGRAPH if is_dropped else mark


def _dropped(marks: Marks) -> int:
    return sum(1 for mark in marks.values() if isinstance(mark, BoilerplateClass))


# A few words between the menus of a site are one of its names, no article.
_FEWEST_WORDS, _MOST_DROPPED = 8, 3


def _is_remnant(seen: Document, shown: Marks) -> bool:
    kept = (at for at, mark in shown.items() if not isinstance(mark, BoilerplateClass))
    words = sum(seen.features[at].words for at in kept)
    return words <= _FEWEST_WORDS and _dropped(shown) >= _MOST_DROPPED


__all__ = ["read"]
