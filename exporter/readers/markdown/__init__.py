"""The reader of Markdown: CommonMark with tables, notes, definitions, attributes and verse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.languages import detect
from exporter.article import Article, Reading, blocks_text
from exporter.errors import ReadError
from exporter.readers.headings import entitled
from exporter.readers.markdown.blocks import convert
from exporter.readers.markdown.front_matter import front_matter
from exporter.readers.opening import signed
from exporter.readers.options import ReadingOptions
from exporter.readers.text.decoding import decode
from exporter.sources import Source

_LONGEST, _MOST_BRACKETS = 2_000_000, 50_000


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:  # noqa: ARG001
    """Yield the one article of a text in Markdown; what a person wrote holds no boilerplate.

    Raises ReadError when the bytes are no text, nothing is in it, its front matter is broken, or
    it is nested too deeply.
    """
    decoded = decode(source)
    _check_size(decoded.text, source)
    matter = front_matter(decoded.text, subject=source.location)
    made = convert(matter.text, source=source, lines_before=matter.lines)
    metadata, body = entitled(matter.metadata, made.body)
    metadata, body, dates = signed(metadata, body)
    if not body:
        raise ReadError("empty", subject=source.location)
    language = metadata.language or detect(f"{metadata.title}\n{blocks_text(body)}")
    article = Article(replace(metadata, language=language), body, notes=made.notes)
    yield Reading(article, (*decoded.notices, *matter.notices, *made.notices, *dates))


def _check_size(text: str, source: Source) -> None:
    """Refuse what would take minutes: every bracket may open a link, and each is tried."""
    if len(text) > _LONGEST:
        detail = f"{_LONGEST:,} characters of Markdown"
    elif text.count("[") > _MOST_BRACKETS:
        detail = f"{_MOST_BRACKETS:,} brackets in Markdown"
    else:
        return
    raise ReadError("too-much", subject=source.location, detail=detail)


__all__ = ["read"]
