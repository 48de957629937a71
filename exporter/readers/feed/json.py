"""JSON Feed (versions 1 and 1.1) → a feed."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from exporter.article_json.syntax import syntax_cause
from exporter.errors import ReadError
from exporter.readers.feed.entries import (
    MOST_ENTRIES,
    Entry,
    Feed,
    address,
    author,
    date,
    language,
    plain,
)
from exporter.sources import Source


def read_json(source: Source) -> Feed:
    """Return the feed in a source; raises ReadError for what is no JSON Feed."""
    try:
        whole = json.loads(source.data.decode(json.detect_encoding(source.data)))
    except (ValueError, RecursionError) as error:
        raise ReadError(
            "json-syntax", subject=source.location, detail=syntax_cause(error)
        ) from error
    items = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(items, list):
        raise ReadError("feed-wrong", subject=source.location)
    return Feed(
        title=plain(_text(whole, "title")),
        link=address(_text(whole, "home_page_url")),
        language=language(_text(whole, "language")),
        entries=tuple(
            _entry(item, whole) for item in items[:MOST_ENTRIES] if isinstance(item, dict)
        ),
    )


def _entry(item: dict[str, object], feed: dict[str, object]) -> Entry:
    content = _text(item, "content_html") or _as_html(_text(item, "content_text"))
    tags = item.get("tags")
    return Entry(
        title=plain(_text(item, "title")),
        link=address(_text(item, "url") or _text(item, "external_url") or _text(item, "id")),
        content=content,
        summary=_as_html(_text(item, "summary")),
        has_full_text=bool(content),
        authors=tuple(_authors(item)) or tuple(_authors(feed)),
        issued=date(_text(item, "date_published")),
        modified=date(_text(item, "date_modified")),
        subjects=tuple(filter(None, map(plain, filter(_is_text, tags))))
        if isinstance(tags, list)
        else (),
        language=language(_text(item, "language")),
    )


def _authors(item: dict[str, object]) -> Iterator[str]:
    several = item.get("authors")
    for one in several if isinstance(several, list) else [item.get("author")]:
        if isinstance(one, dict) and (name := author(_text(one, "name"))):
            yield name


def _text(item: dict[str, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _as_html(text: str) -> str:
    """Return plain text as HTML, a paragraph a line."""
    lines = (line.strip() for line in text.split("\n"))
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
