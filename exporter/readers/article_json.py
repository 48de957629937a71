"""The reader of `.article.json` and of JSON Lines: one Reading or many."""

from __future__ import annotations

import json
from collections.abc import Iterator

from exporter.article import Reading
from exporter.article_json import readings_from_json
from exporter.errors import ReadError
from exporter.readers.options import ReadingOptions
from exporter.sources import Source


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:  # noqa: ARG001
    """Yield the articles of a source; they hold no boilerplate, so the options change nothing.

    Raises ReadError for what is not JSON, or not in the form of an article.
    """
    # RFC 8259 §8.1 wants UTF-8; detect_encoding knows the marks of UTF-8 and UTF-16 as well.
    encoding = json.detect_encoding(source.data)
    try:
        text = source.data.decode(encoding)
    except UnicodeDecodeError as error:
        detail = f"{encoding.upper()}, byte {error.start}"
        raise ReadError("json-encoding", subject=source.location, detail=detail) from error
    for reading in readings_from_json(text, subject=source.location):
        if not reading.article.body:
            raise ReadError("json-no-body", subject=source.location)
        yield reading
