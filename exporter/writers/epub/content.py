"""What is read and seen in an e-book: chapters, pictures, cover, pages, a book's own leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.arabic.languages import direction_of
from exporter.article import Article, Direction
from exporter.article_view import digit_family
from exporter.errors import WriteError
from exporter.parallel import spread
from exporter.publication import Publication
from exporter.records import dataclass
from exporter.themes import Theme
from exporter.typesetting.engine import Engine
from exporter.writers.cover import cover_of
from exporter.writers.epub.chapters import Chapter, NavPoint, chapter_of, cut_to
from exporter.writers.epub.devices import PROFILES, CoverPage, Profile, Queries
from exporter.writers.epub.embedding import StyledText
from exporter.writers.epub.leaves import Leaves, leaves_of
from exporter.writers.epub.navigation import cover_page
from exporter.writers.epub.package import COVER_IMAGE_ID, XHTML, Item
from exporter.writers.epub.pages import PageMark, marked

# How many chapters a core makes at a time: few are made sooner than they are sent round.
_CHAPTERS_TOGETHER = 50
COVER_PAGE = "text/cover.xhtml"
# EPUB 3.3 §3.2: the core media types of pictures, with their usual file endings.
_PICTURES = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The paths of the book's style sheets, by the direction of the document."""

    direction: Direction
    profile: Profile

    def of(self, direction: Direction) -> tuple[str, ...]:
        """Return the paths for a document of this direction, in the order of their links."""
        ending = "" if direction is self.direction else f"-{direction}"
        base = f"styles/book{ending}.css"
        if self.profile.queries is Queries.DROP:
            return (base,)
        return base, f"styles/screen{ending}.css"


@dataclass(frozen=True, slots=True)
class _Cover:
    """The picture of the cover, and the page that shows it where the device wants one."""

    picture: Item
    page: Item | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader reads and sees: chapters, pictures, the cover and the pages in print if any."""

    chapters: tuple[Chapter, ...]
    pictures: tuple[Item, ...]
    cover: _Cover | None
    pages: tuple[PageMark, ...]
    leaves: Leaves

    @property
    def points(self) -> tuple[NavPoint, ...]:
        """The contents: of a book two levels, parts with articles or articles with headings."""
        own = [chapter.contents for chapter in self.chapters]
        parts = self.leaves.parts
        if parts is None:
            return tuple(own)
        of_parts = {leaf.item.path for leaf in parts.values()}
        lines: list[NavPoint] = []
        for number, point in enumerate(own, start=1):
            if number in parts:
                lines.append(parts[number].point)
            if lines and lines[-1].href in of_parts:
                children = (*lines[-1].children, cut_to(point, 1))
                lines[-1] = replace(lines[-1], children=children)
            else:
                lines.append(cut_to(point, 2))
        return (*lines, *(leaf.point for leaf in self.leaves.back))

    @property
    def documents(self) -> tuple[Item, ...]:
        """The chapters with the book's own documents between them, in the order of reading."""
        parts = self.leaves.parts or {}
        between = (
            item
            for number, chapter in enumerate(self.chapters, start=1)
            for item in (
                *((parts[number].item,) if number in parts else ()),
                Item(chapter.id, chapter.path, XHTML, chapter.data),
            )
        )
        return (*between, *(leaf.item for leaf in self.leaves.back))

    @property
    def texts(self) -> Iterator[StyledText]:
        """The texts of all documents, by style."""
        for chapter in self.chapters:
            yield from chapter.texts
        own = (*self.leaves.front, *(self.leaves.parts or {}).values(), *self.leaves.back)
        for leaf in own:
            yield from leaf.texts

    @property
    def has_contents_page(self) -> bool:
        """Whether the contents are worth a page: of a single line they are not."""
        return len(self.chapters) > 1 or bool(self.points[0].children)

    @property
    def cover_page(self) -> Item | None:
        """The page of the cover."""
        return self.cover.page if self.cover else None


def content_of(
    publication: Publication,
    theme: Theme,
    engine: Engine,
    *,
    sheets: SheetNames,
    bold: frozenset[str],
) -> Content:
    """Return the content of the book, its chapters made on as many cores as the engine may use.

    `bold` is what the style sheets set in bold.
    """
    pictures = _Pictures()
    paths = [pictures.take(one, number) for number, one in enumerate(publication.articles, 1)]
    depth = PROFILES[theme.device].contents_depth

    def chapter(index: int) -> Chapter:
        article = publication.articles[index]
        made = chapter_of(
            article,
            theme,
            number=index + 1,
            stylesheets=sheets.of(direction_of(article.metadata.language)),
            paths=paths[index],
            bold=bold,
        )
        return replace(made, contents=cut_to(made.contents, depth))

    cut = spread(chapter, len(paths), jobs=engine.jobs, together=_CHAPTERS_TOGETHER)
    marked, pages = _with_pages(cut, publication, theme)
    leaves = leaves_of(
        publication,
        theme,
        stylesheets=sheets.of(publication.direction),
        paths={number: chapter.path for number, chapter in enumerate(marked, start=1)},
        bold=bold,
    )
    return Content(
        marked, pictures.items, _cover(publication, theme, engine, sheets=sheets), pages, leaves
    )


def _with_pages(
    chapters: Sequence[Chapter], publication: Publication, theme: Theme
) -> tuple[tuple[Chapter, ...], tuple[PageMark, ...]]:
    documents, pages = marked(
        {number: chapter.data for number, chapter in enumerate(chapters, start=1)},
        publication.print_edition,
        paths={number: chapter.path for number, chapter in enumerate(chapters, start=1)},
        digits=digit_family(publication.articles[0], theme),
    )
    return tuple(
        replace(chapter, data=documents[number]) for number, chapter in enumerate(chapters, start=1)
    ), pages


class _Pictures:
    """The pictures of all articles; one that is in several is in the book once."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, bytes], Item] = {}

    @property
    def items(self) -> tuple[Item, ...]:
        """The pictures' files, in the order in which they come."""
        return tuple(self._items.values())

    def take(self, article: Article, number: int) -> dict[str, str]:
        """Return the paths of an article's pictures, by key."""
        paths = {}
        for order, (key, resource) in enumerate(article.resources.items(), start=1):
            kind = resource.media_type
            if kind not in _PICTURES:
                raise WriteError("picture-format", subject=article.metadata.title, detail=kind)
            identifier = f"picture-{number:03}-{order:03}"
            path = f"images/{identifier}.{_PICTURES[kind]}"
            item = Item(identifier, path, kind, resource.data)
            paths[key] = self._items.setdefault((kind, resource.data), item).path
        return paths


def _cover(
    publication: Publication, theme: Theme, engine: Engine, *, sheets: SheetNames
) -> _Cover | None:
    resource = cover_of(publication, theme, engine)
    if resource is None:
        return None
    path = f"images/cover.{_PICTURES[resource.media_type]}"
    picture = Item(COVER_IMAGE_ID, path, resource.media_type, resource.data, ("cover-image",))
    if PROFILES[theme.device].cover_page is CoverPage.NONE:
        return _Cover(picture, None)
    page = cover_page(
        f"../{path}",
        publication=publication,
        theme=theme,
        stylesheets=[f"../{sheet}" for sheet in sheets.of(publication.direction)],
    )
    return _Cover(picture, Item("cover", COVER_PAGE, XHTML, page))
