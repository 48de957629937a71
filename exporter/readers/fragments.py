"""The reader of pieces of HTML, which have no page around them: all of what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.languages import detect
from exporter.article import Article, Metadata, Reading, blocks_text
from exporter.errors import ReadError
from exporter.readers.headings import entitled
from exporter.readers.html import Fragment, fragment
from exporter.readers.opening import signed
from exporter.readers.options import ReadingOptions
from exporter.readers.text.decoding import decode
from exporter.sources import Source


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:  # noqa: ARG001
    """Yield the one article of a piece of HTML; raises ReadError for one without text."""
    decoded = decode(source)
    made = fragment_of(decoded.text, source)
    metadata, body = entitled(Metadata(title="", source=source.url), made.blocks)
    metadata, body, dates = signed(metadata, body)
    if not body:
        raise ReadError("empty", subject=source.location)
    language = detect(f"{metadata.title}\n{blocks_text(body)}")
    article = Article(replace(metadata, language=language), body, notes=made.notes)
    yield Reading(article, (*decoded.notices, *made.notices, *dates))


def fragment_of(html: str, source: Source, *, base: str = "") -> Fragment:
    """Return what a piece of HTML in a source holds; raises ReadError, which names the source."""
    try:
        return fragment(html, base=base or source.url)
    except ReadError as error:
        raise ReadError(error.code, subject=source.location, detail=error.detail) from error
