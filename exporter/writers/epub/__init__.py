"""The e-book: a Publication as an EPUB 3.3 file, right to left where its language is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exporter.article import Article
from exporter.errors import WriteError
from exporter.fonts import missing_notices
from exporter.publication import Artifact, Publication
from exporter.rendering import render_stylesheet
from exporter.shown_dates import unshown
from exporter.themes import Theme, words_of
from exporter.typesetting.engine import Engine
from exporter.writers.checking import check
from exporter.writers.cover import cover_of
from exporter.writers.epub.chapters import Chapter, NavPoint, chapter_of, texts_of
from exporter.writers.epub.embedding import Embedding, StyledText, embed
from exporter.writers.epub.metadata import Access, terms
from exporter.writers.epub.navigation import cover_page, nav, ncx
from exporter.writers.epub.package import (
    COVER_IMAGE_ID,
    NCX_ID,
    XHTML,
    Item,
    Landmark,
    Package,
    pack,
)

MEDIA_TYPE = "application/epub+zip"

_STYLESHEET = "styles/book.css"
_NAV = "nav.xhtml"
_COVER_PAGE = "text/cover.xhtml"
# EPUB 3.3 §3.2: the core media types of pictures, with their usual file endings.
_PICTURES = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}


@dataclass(frozen=True, slots=True)
class _Cover:
    """The cover's page and the picture on it."""

    page: Item
    picture: Item


@dataclass(frozen=True, slots=True)
class _Content:
    """What a reader reads and sees: chapters, their pictures, the cover if there is one."""

    chapters: tuple[Chapter, ...]
    pictures: tuple[Item, ...]
    cover: _Cover | None

    @property
    def points(self) -> tuple[NavPoint, ...]:
        """The contents."""
        return tuple(chapter.contents for chapter in self.chapters)

    @property
    def has_contents_page(self) -> bool:
        """Whether the contents are worth a page: of a single line they are not."""
        return len(self.chapters) > 1 or bool(self.points[0].children)

    @property
    def access(self) -> Access:
        """What an assistive reader needs to know of it."""
        alternatives = (text for chapter in self.chapters for text in chapter.alternatives)
        return Access(tuple(alternatives), has_cover=self.cover is not None)


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Return the publication as an EPUB: a chapter for each article, contents, cover, fonts.

    The bytes depend on the publication, the theme and SOURCE_DATE_EPOCH alone. Raises WriteError
    naming the article that can't become a chapter, UsageError for a cover that is no picture.
    """
    check(publication)
    content = _content(publication, theme, engine)
    words = words_of(theme, publication.metadata.language)
    landmarks = _landmarks(content, words)
    navigation = _navigation(content, landmarks, publication=publication, theme=theme)
    embedding = embed(_texts(content, navigation), theme)
    package = Package(
        terms(publication, content.access, words),
        (
            *navigation,
            *_files(content),
            Item("style", _STYLESHEET, "text/css", _style(embedding, publication, theme)),
            *embedding.items,
        ),
        _spine(content, navigation),
        landmarks,
    )
    notices = (*unshown(publication.articles, theme), *missing_notices(embedding.missing))
    return Artifact(pack(package, publication), MEDIA_TYPE, notices)


# --- content --------------------------------------------------------------------------------


def _content(publication: Publication, theme: Theme, engine: Engine) -> _Content:
    chapters: list[Chapter] = []
    pictures: list[Item] = []
    for number, article in enumerate(publication.articles, start=1):
        items = _pictures(article, number)
        paths = {key: item.path for key, item in items.items()}
        chapters.append(
            chapter_of(article, theme, number=number, stylesheet=_STYLESHEET, paths=paths)
        )
        pictures.extend(items.values())
    return _Content(tuple(chapters), tuple(pictures), _cover(publication, theme, engine))


def _pictures(article: Article, number: int) -> Mapping[str, Item]:
    items = {}
    for order, (key, resource) in enumerate(article.resources.items(), start=1):
        if resource.media_type not in _PICTURES:
            raise WriteError(
                "picture-format", subject=article.metadata.title, detail=resource.media_type
            )
        identifier = f"picture-{number:03}-{order:03}"
        path = f"images/{identifier}.{_PICTURES[resource.media_type]}"
        items[key] = Item(identifier, path, resource.media_type, resource.data)
    return items


def _cover(publication: Publication, theme: Theme, engine: Engine) -> _Cover | None:
    resource = cover_of(publication, theme, engine)
    if resource is None:
        return None
    path = f"images/cover.{_PICTURES[resource.media_type]}"
    page = cover_page(
        f"../{path}", publication=publication, theme=theme, stylesheet=f"../{_STYLESHEET}"
    )
    return _Cover(
        Item("cover", _COVER_PAGE, XHTML, page),
        Item(COVER_IMAGE_ID, path, resource.media_type, resource.data, ("cover-image",)),
    )


# --- what is made of it ---------------------------------------------------------------------


def _landmarks(content: _Content, words: Mapping[str, str]) -> tuple[Landmark, ...]:
    """Return the landmarks; each is in the spine, as epubcheck wants it (RSC-011)."""
    cover = Landmark("cover", "cover", words["cover"], _COVER_PAGE)
    contents = Landmark("toc", "toc", words["contents"], f"{_NAV}#toc")
    return (
        *((cover,) if content.cover else ()),
        *((contents,) if content.has_contents_page else ()),
        Landmark("bodymatter", "text", words["body"], content.chapters[0].path),
    )


def _navigation(
    content: _Content, landmarks: tuple[Landmark, ...], *, publication: Publication, theme: Theme
) -> tuple[Item, Item]:
    document = nav(
        content.points, landmarks, publication=publication, theme=theme, stylesheet=_STYLESHEET
    )
    return (
        Item("nav", _NAV, XHTML, document, ("nav",)),
        Item(NCX_ID, "toc.ncx", "application/x-dtbncx+xml", ncx(content.points, publication)),
    )


def _texts(content: _Content, navigation: tuple[Item, Item]) -> Iterator[StyledText]:
    for chapter in content.chapters:
        yield from chapter.texts
    yield from texts_of(navigation[0].data)


def _style(embedding: Embedding, publication: Publication, theme: Theme) -> bytes:
    return (embedding.css + render_stylesheet("epub.css", theme, publication)).encode()


def _files(content: _Content) -> Iterator[Item]:
    if content.cover:
        yield from (content.cover.page, content.cover.picture)
    yield from (Item(chapter.id, chapter.path, XHTML, chapter.data) for chapter in content.chapters)
    yield from content.pictures


def _spine(content: _Content, navigation: tuple[Item, Item]) -> tuple[str, ...]:
    return (
        *((content.cover.page.id,) if content.cover else ()),
        *((navigation[0].id,) if content.has_contents_page else ()),
        *(chapter.id for chapter in content.chapters),
    )
