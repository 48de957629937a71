"""Pagination: an article that its site cut into several pages, followed and joined again."""

from __future__ import annotations

from dataclasses import replace

from exporter.errors import FetchError
from exporter.fetching import Fetcher
from exporter.notices import Notice, NoticeCode
from exporter.pagination.joining import joined
from exporter.pagination.numbering import next_page
from exporter.records import dataclass
from exporter.sources import Source

__all__ = ["MOST_PAGES", "Pages", "joined", "pages_of"]

MOST_PAGES = 20
"""The most pages of an article, the first one counted."""

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of an article after its first, and a Notice for each that can't be had."""

    further: tuple[Source, ...] = ()
    notices: tuple[Notice, ...] = ()


def pages_of(source: Source, fetcher: Fetcher) -> Pages:
    """Return the further pages of the article on a fetched page.

    A page belongs to it when a link of the page before leads there, its address differs in
    nothing but the number of the page, and it has the same title: neither the next article nor
    more comments nor the next page of a list. A file has no further pages.
    """
    if not source.url or source.media_type not in _PAGE_TYPES:
        return Pages()
    from exporter.pagination.view import is_same_article, view_of  # lxml, for fetched pages only

    first = view_of(source)
    if first is None or first.kind == "other":
        return Pages()
    further: list[Source] = []
    seen = {source.url}
    url = next_page(source.url, first.links)
    while url and url not in seen:
        if len(further) + 1 >= MOST_PAGES:
            return Pages(tuple(further), (_missing(url, "page-limit"),))
        try:
            page = _fetched(url, source, fetcher)
        except FetchError as error:
            return Pages(tuple(further), (_missing(url, f"{error.code} {error.detail}".strip()),))
        view = view_of(page) if page.url not in seen and page.media_type in _PAGE_TYPES else None
        if view is None or not is_same_article(first, view):
            break
        seen |= {url, page.url}
        further.append(page)
        url = next_page(url, view.links)
    return Pages(tuple(further))


def _fetched(url: str, first: Source, fetcher: Fetcher) -> Source:
    """Return a further page as a source that is called as the first."""
    answer = fetcher.fetch(url)
    return replace(
        first,
        data=answer.data,
        url=answer.url,
        media_type=answer.media_type,
        charset=answer.charset,
    )


def _missing(url: str, detail: str) -> Notice:
    return Notice(NoticeCode.PAGE_MISSING, text=url, detail=detail)
