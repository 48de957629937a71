"""What every writer asks of a publication before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.article import (
    Article,
    CodeSpan,
    Figure,
    Image,
    Inline,
    LineBreak,
    NoteRef,
    Text,
    blocks_text,
    walk,
)
from exporter.errors import WriteError
from exporter.publication import Publication
from exporter.transforms.mapping import runs_of


def check(publication: Publication) -> None:
    """Raise WriteError for what no file can be made of.

    That is a publication without an article or an identifier, and an article without text and
    pictures or with the call of a picture that it doesn't hold.
    """
    title = publication.metadata.title
    if not publication.articles:
        raise WriteError("publication-empty", subject=title)
    if not publication.metadata.identifier:
        raise WriteError("identifier-missing", subject=title)
    for article in publication.articles:
        _check_article(article)


def _check_article(article: Article) -> None:
    title = article.metadata.title
    if not article.resources and not blocks_text(article.body).strip():
        raise WriteError("article-empty", subject=title)
    for picture in _pictures(article):
        if picture.resource not in article.resources:
            raise WriteError("picture-missing", subject=title, detail=picture.resource)


def _pictures(article: Article) -> Iterator[Image]:
    for blocks in (article.body, *article.notes.values()):
        yield from (block.image for block in walk(blocks) if isinstance(block, Figure))
        for inlines in runs_of(blocks):
            yield from _pictures_in(inlines)


def _pictures_in(inlines: Iterable[Inline]) -> Iterator[Image]:
    for inline in inlines:
        match inline:
            case Image():
                yield inline
            case Text() | CodeSpan() | LineBreak() | NoteRef():
                pass
            case _:
                yield from _pictures_in(inline.children)
