"""The reader of feeds (RSS, Atom, JSON Feed): each entry an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.languages import detect
from exporter.article import (
    Article,
    Blocks,
    Creator,
    Metadata,
    Paragraph,
    Reading,
    Text,
    blocks_text,
)
from exporter.errors import ExporterError, ReadError
from exporter.messages import cause
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.feed.entries import Entry, Feed
from exporter.readers.feed.json import read_json
from exporter.readers.feed.site import without_site_lines
from exporter.readers.feed.xml import read_xml
from exporter.readers.fragments import fragment_of
from exporter.readers.html import Fragment
from exporter.readers.html import read as read_page
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.sources import Source

_FEWEST_WORDS = 60
_CUT = compiled(r"(?:\[?(?:…|\.{3}|&#8230;)\]?|اقرأ المزيد|للمزيد|read more)\W*\Z", re.IGNORECASE)


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:
    """Yield an article for each entry of a feed that is not older than `options.since`.

    Its text is that of the feed where that is whole, else that of the page it links to, else the
    feed's summary with a Notice. Raises ReadError for what is no feed, or one without entries.
    """
    is_json = source.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    feed = read_json(source) if is_json else read_xml(source)
    if not feed.entries:
        raise ReadError("feed-empty", subject=source.location)
    for entry in feed.entries:
        if options.is_wanted(entry.issued or entry.modified):
            yield _reading(entry, feed=feed, source=source, options=options)


def _reading(entry: Entry, *, feed: Feed, source: Source, options: ReadingOptions) -> Reading:
    base = entry.link or feed.link or source.url
    own = fragment_of(entry.content, source, base=base) if entry.content else Fragment(())
    if options.boilerplate is Boilerplate.DROP:
        own = _without_site_lines(own, entry)
    if _is_whole(own.blocks, entry):
        return Reading(_article(entry, feed, own), own.notices)
    if linked := _linked(entry, feed, options):
        return linked
    summary = own if own.blocks else fragment_of(entry.summary, source, base=base)
    if not summary.blocks:
        summary = Fragment((Paragraph((Text(entry.title or entry.link or source.location),)),))
    notice = Notice(
        NoticeCode.SUMMARY_ONLY, text=entry.title, detail=entry.link or cause("no-link")
    )
    return Reading(_article(entry, feed, summary), (*summary.notices, notice))


def _without_site_lines(text: Fragment, entry: Entry) -> Fragment:
    kept, dropped = without_site_lines(text.blocks, title=entry.title)
    return replace(text, blocks=kept, notices=(*text.notices, *dropped))


def _is_whole(blocks: Blocks, entry: Entry) -> bool:
    """Say whether a feed gave the text of an article, and not its beginning."""
    text = blocks_text(blocks).strip()
    if not text or _CUT.search(text[-40:]):
        return False
    return entry.has_full_text or len(text.split()) >= _FEWEST_WORDS


def _linked(entry: Entry, feed: Feed, options: ReadingOptions) -> Reading | None:
    """Return the article of the page that an entry links to; None where it can't be had."""
    if not entry.link.startswith(("http://", "https://")):
        return None
    try:
        answer = options.fetcher.fetch(entry.link)
        page = Source(
            entry.link,
            "page.html",
            answer.data,
            url=answer.url,
            media_type=answer.media_type,
            charset=answer.charset,
        )
        reading = next(read_page(page, options))
    except (ExporterError, StopIteration):
        return None
    return replace(reading, article=_with_entry(reading.article, entry, feed))


def _with_entry(article: Article, entry: Entry, feed: Feed) -> Article:
    """Return the article of a page with what the feed says where the page says nothing."""
    said, own = article.metadata, _metadata(entry, feed)
    return replace(
        article,
        metadata=replace(
            said,
            title=said.title or own.title,
            creators=said.creators or own.creators,
            issued=said.issued or own.issued,
            publisher=said.publisher or own.publisher,
            source=said.source or own.source,
            subjects=said.subjects or own.subjects,
        ),
    )


def _article(entry: Entry, feed: Feed, text: Fragment) -> Article:
    metadata = _metadata(entry, feed)
    language = metadata.language or detect(f"{metadata.title}\n{blocks_text(text.blocks)}")
    return Article(replace(metadata, language=language), text.blocks, notes=text.notes)


def _metadata(entry: Entry, feed: Feed) -> Metadata:
    return Metadata(
        title=entry.title,
        creators=tuple(map(Creator, entry.authors)),
        publisher=feed.title,
        issued=entry.issued or entry.modified,
        modified=entry.modified if entry.issued else "",
        language=entry.language or feed.language,
        source=entry.link,
        subjects=entry.subjects,
        rights=entry.rights or feed.rights,
    )


__all__ = ["read"]
