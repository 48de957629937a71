"""The e-book: a Publication as an EPUB 3.3 file, right to left where its language is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.arabic.languages import direction_of
from exporter.article import Article, Direction
from exporter.article_view import Medium, view
from exporter.choices import BookFonts
from exporter.errors import WriteError
from exporter.fonts import missing_notices
from exporter.notices import Notice, NoticeCode
from exporter.numbering import numbered
from exporter.parallel import spread
from exporter.publication import Artifact, CoverKind, Publication
from exporter.rendering import render_stylesheet
from exporter.shown_dates import unshown
from exporter.themes import Theme, words_of
from exporter.typesetting.engine import Engine
from exporter.writers.checking import check
from exporter.writers.cover import cover_of
from exporter.writers.epub.chapters import Chapter, NavPoint, chapter_of, cut_to, texts_of
from exporter.writers.epub.devices import (
    PROFILES,
    CoverPage,
    FontSwitch,
    Profile,
    Queries,
    Spans,
)
from exporter.writers.epub.embedding import Embedding, StyledText, embed
from exporter.writers.epub.generated import generated_texts
from exporter.writers.epub.leaves import Leaves, leaves_of
from exporter.writers.epub.metadata import Access, terms
from exporter.writers.epub.navigation import WaysIn, cover_page, nav, ncx
from exporter.writers.epub.package import (
    COVER_IMAGE_ID,
    NCX_ID,
    XHTML,
    Item,
    Landmark,
    Package,
    Term,
    pack,
)
from exporter.writers.epub.pages import PageMark, marked
from exporter.writers.epub.spans import spanned
from exporter.writers.epub.styles import sheets_of
from exporter.writers.lead_cover import lead_of

_NAV = "nav.xhtml"
# How many chapters a core makes at a time: few are made sooner than they are sent round.
_CHAPTERS_TOGETHER = 50
_COVER_PAGE = "text/cover.xhtml"
# EPUB 3.3 §3.2: the core media types of pictures, with their usual file endings.
_PICTURES = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}


_APPLE_PREFIX = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_APPLE_OPTIONS = b"""<?xml version="1.0" encoding="UTF-8"?>
<display_options>
<platform name="*">
<option name="specified-fonts">true</option>
</platform>
</display_options>
"""


@dataclass(frozen=True, slots=True)
class _SheetNames:
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
class _Content:
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
        lines: list[NavPoint] = []
        for number, point in enumerate(own, start=1):
            if number in parts:
                lines.append(parts[number].point)
            if parts and lines and lines[-1].href in self._part_paths:
                children = (*lines[-1].children, cut_to(point, 1))
                lines[-1] = replace(lines[-1], children=children)
            else:
                lines.append(cut_to(point, 2))
        return (*lines, *(leaf.point for leaf in self.leaves.back))

    @property
    def _part_paths(self) -> frozenset[str]:
        return frozenset(leaf.item.path for leaf in (self.leaves.parts or {}).values())

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


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Return the publication as an EPUB: a chapter for each article, contents, cover, fonts.

    The bytes depend on the publication, the theme and SOURCE_DATE_EPOCH alone. Raises WriteError
    naming the article that can't become a chapter, UsageError for a cover that is no picture.
    """
    check(publication)
    publication = numbered(publication, theme)
    profile = PROFILES[theme.device]
    words = words_of(theme, publication.metadata.language)
    sheets = _SheetNames(publication.direction, profile)
    content = _content(publication, theme, engine, sheets=sheets)
    ways = WaysIn(content.points, _landmarks(content, words), content.pages)
    navigation = _navigation(ways, publication=publication, theme=theme, sheets=sheets)
    texts = (*_texts(content, navigation), *_added(content, publication, theme))
    embedding = embed(texts, theme)
    package = Package(
        (*terms(publication, _access(content, publication, theme), words), *_switch_terms(theme)),
        (
            *_spanned((*navigation, *_files(content)), profile),
            *_styles(embedding, publication, theme, sheets=sheets),
            *embedding.items,
        ),
        _spine(content, navigation),
        ways.landmarks,
        *_font_switch(theme),
    )
    data = pack(package, publication)
    notices = (
        *unshown(publication.articles, theme),
        *missing_notices(embedding.missing),
        *_lead_notices(publication),
        *_size_notices(data, theme),
    )
    return Artifact(data, profile.media_type, notices)


# --- content --------------------------------------------------------------------------------


def _content(
    publication: Publication, theme: Theme, engine: Engine, *, sheets: _SheetNames
) -> _Content:
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
        )
        return replace(made, contents=cut_to(made.contents, depth))

    cut = spread(chapter, len(paths), jobs=engine.jobs, together=_CHAPTERS_TOGETHER)
    marked, pages = _with_pages(cut, publication, theme)
    leaves = leaves_of(
        publication,
        theme,
        stylesheets=sheets.of(publication.direction),
        paths={number: chapter.path for number, chapter in enumerate(marked, start=1)},
    )
    return _Content(
        marked, pictures.items, _cover(publication, theme, engine, sheets=sheets), pages, leaves
    )


def _with_pages(
    chapters: Sequence[Chapter], publication: Publication, theme: Theme
) -> tuple[tuple[Chapter, ...], tuple[PageMark, ...]]:
    documents, pages = marked(
        {number: chapter.data for number, chapter in enumerate(chapters, start=1)},
        publication.print_edition,
        paths={number: chapter.path for number, chapter in enumerate(chapters, start=1)},
        digits=view(publication.articles[0], theme, Medium.SCREEN).digits,
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
    publication: Publication, theme: Theme, engine: Engine, *, sheets: _SheetNames
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
    return _Cover(picture, Item("cover", _COVER_PAGE, XHTML, page))


# --- what is made of it ---------------------------------------------------------------------


def _access(content: _Content, publication: Publication, theme: Theme) -> Access:
    alternatives = (text for chapter in content.chapters for text in chapter.alternatives)
    width, height = (f"{edge:g}" for edge in theme.page)
    title = publication.metadata.title
    return Access(
        tuple(alternatives),
        has_cover=content.cover is not None,
        page_source=f"{title} (PDF, {width} × {height} mm)" if content.pages else "",
    )


def _landmarks(content: _Content, words: Mapping[str, str]) -> tuple[Landmark, ...]:
    """Return the landmarks; each is in the spine, as epubcheck wants it (RSC-011)."""
    cover = Landmark("cover", "cover", words["cover"], _COVER_PAGE)
    contents = Landmark("toc", "toc", words["contents"], f"{_NAV}#toc")
    return (
        *((cover,) if content.cover_page else ()),
        *((contents,) if content.has_contents_page else ()),
        *content.leaves.landmarks,
        Landmark("bodymatter", "text", words["body"], content.chapters[0].path),
    )


def _navigation(
    ways: WaysIn, *, publication: Publication, theme: Theme, sheets: _SheetNames
) -> tuple[Item, Item]:
    document = nav(
        ways, publication=publication, theme=theme, stylesheets=sheets.of(publication.direction)
    )
    return (
        Item("nav", _NAV, XHTML, document, ("nav",)),
        Item(NCX_ID, "toc.ncx", "application/x-dtbncx+xml", ncx(ways, publication)),
    )


def _texts(content: _Content, navigation: tuple[Item, Item]) -> Iterator[StyledText]:
    yield from content.texts
    yield from texts_of(navigation[0].data)


def _added(content: _Content, publication: Publication, theme: Theme) -> Iterator[StyledText]:
    css = render_stylesheet("epub.css", theme, publication)
    digits = view(publication.articles[0], theme, Medium.SCREEN).digits
    yield from generated_texts(css, (one.data for one in content.chapters), digits=digits)


def _styles(
    embedding: Embedding, publication: Publication, theme: Theme, *, sheets: _SheetNames
) -> Iterator[Item]:
    named = tuple(name for name in theme.fallback if name in embedding.families)
    css = render_stylesheet("epub.css", replace(theme, fallback=named), publication)
    used = {direction_of(article.metadata.language) for article in publication.articles}
    for direction in sorted({publication.direction, *used}, reverse=True):
        rules = sheets_of(css, direction)
        texts = (embedding.css + rules.base, rules.queries)
        for path, text in zip(sheets.of(direction), texts, strict=False):
            yield Item(Path(path).stem, path, "text/css", f"{text.strip()}\n".encode())


def _files(content: _Content) -> Iterator[Item]:
    if content.cover:
        yield from (content.cover.page,) if content.cover.page else ()
        yield content.cover.picture
    yield from (leaf.item for leaf in content.leaves.front)
    yield from content.documents
    yield from content.pictures


def _spanned(items: Iterable[Item], profile: Profile) -> Iterator[Item]:
    """Put Kobo's spans into every document; the cover's page is a picture and nothing to mark."""
    for item in items:
        wanted = profile.spans is Spans.KOBO and item.media_type == XHTML
        wanted = wanted and item.path != _COVER_PAGE
        yield replace(item, data=spanned(item.data)) if wanted else item


def _spine(content: _Content, navigation: tuple[Item, Item]) -> tuple[str, ...]:
    return (
        *((content.cover_page.id,) if content.cover_page else ()),
        *(leaf.item.id for leaf in content.leaves.front),
        *((navigation[0].id,) if content.has_contents_page else ()),
        *(item.id for item in content.documents),
    )


# --- for one device -------------------------------------------------------------------------


def _brings_fonts_to_apple(theme: Theme) -> bool:
    switch = PROFILES[theme.device].font_switch
    return switch is FontSwitch.APPLE and theme.fonts is BookFonts.EMBED


def _switch_terms(theme: Theme) -> tuple[Term, ...]:
    if not _brings_fonts_to_apple(theme):
        return ()
    return (Term("meta", "true", (("property", "ibooks:specified-fonts"),)),)


def _font_switch(theme: Theme) -> tuple[tuple[tuple[str, bytes], ...], str]:
    """Return the file and the prefix by which Apple Books shows the fonts of a book."""
    if not _brings_fonts_to_apple(theme):
        return (), ""
    return (("com.apple.ibooks.display-options.xml", _APPLE_OPTIONS),), _APPLE_PREFIX


def _size_notices(data: bytes, theme: Theme) -> tuple[Notice, ...]:
    largest = PROFILES[theme.device].largest
    if not largest or len(data) <= largest:
        return ()
    detail = f"{len(data) / 1e6:.0f}, {largest / 1e6:.0f}"
    return (Notice(NoticeCode.BOOK_LARGE, text=theme.device, detail=detail),)


def _lead_notices(publication: Publication) -> tuple[Notice, ...]:
    if publication.cover.kind is not CoverKind.LEAD or lead_of(publication):
        return ()
    return (Notice(NoticeCode.COVER_LEAD_MISSING, text=publication.metadata.title),)
