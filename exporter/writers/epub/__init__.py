"""The e-book: a Publication as an EPUB 3.3 file, right to left where its language is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from exporter.arabic.languages import direction_of
from exporter.article_view import digit_family, digits_in
from exporter.choices import BookFonts
from exporter.fonts import missing_notices
from exporter.notices import Notice, NoticeCode
from exporter.numbering import numbered
from exporter.publication import Artifact, CoverKind, Publication
from exporter.rendering import render_stylesheet
from exporter.shown_dates import unshown
from exporter.theme_languages import own_families
from exporter.themes import Theme, words_of
from exporter.typesetting.engine import Engine
from exporter.writers.checking import check
from exporter.writers.epub.chapters import texts_of
from exporter.writers.epub.content import COVER_PAGE, Content, SheetNames, content_of
from exporter.writers.epub.devices import PROFILES, FontSwitch, Profile, Spans
from exporter.writers.epub.embedding import Embedding, StyledText, embed
from exporter.writers.epub.generated import generated_texts
from exporter.writers.epub.metadata import Access, terms
from exporter.writers.epub.navigation import WaysIn, nav, ncx
from exporter.writers.epub.package import (
    NCX_ID,
    XHTML,
    Item,
    Landmark,
    Package,
    Term,
    pack,
)
from exporter.writers.epub.spans import spanned
from exporter.writers.epub.styles import sheets_of
from exporter.writers.epub.weights import bold_names
from exporter.writers.lead_cover import lead_of

_NAV = "nav.xhtml"

_APPLE_PREFIX = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_APPLE_OPTIONS = b"""<?xml version="1.0" encoding="UTF-8"?>
<display_options>
<platform name="*">
<option name="specified-fonts">true</option>
</platform>
</display_options>
"""


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Return the publication as an EPUB: a chapter for each article, contents, cover, fonts.

    The bytes depend on the publication, the theme and SOURCE_DATE_EPOCH alone. Raises WriteError
    naming the article that can't become a chapter, UsageError for a cover that is no picture.
    """
    check(publication)
    publication = numbered(publication, theme)
    profile = PROFILES[theme.device]
    words = words_of(theme, publication.metadata.language)
    sheets = SheetNames(publication.direction, profile)
    css = render_stylesheet("epub.css", theme, publication)
    bold = bold_names(css)
    content = content_of(publication, theme, engine, sheets=sheets, bold=bold)
    ways = WaysIn(content.points, _landmarks(content, words), content.pages)
    navigation = _navigation(ways, publication=publication, theme=theme, sheets=sheets)
    texts = (
        *content.texts,
        *texts_of(navigation[0].data, bold=bold),
        *_added(content, publication, theme, css=css),
    )
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


# --- what is made of it ---------------------------------------------------------------------


def _access(content: Content, publication: Publication, theme: Theme) -> Access:
    alternatives = (text for chapter in content.chapters for text in chapter.alternatives)
    width, height = (f"{edge:g}" for edge in theme.page)
    title = publication.metadata.title
    return Access(
        tuple(alternatives),
        has_cover=content.cover is not None,
        page_source=f"{title} (PDF, {width} × {height} mm)" if content.pages else "",
    )


def _landmarks(content: Content, words: Mapping[str, str]) -> tuple[Landmark, ...]:
    """Return the landmarks; each is in the spine, as epubcheck wants it (RSC-011)."""
    cover = Landmark("cover", "cover", words["cover"], COVER_PAGE)
    contents = Landmark("toc", "toc", words["contents"], f"{_NAV}#toc")
    return (
        *((cover,) if content.cover_page else ()),
        *((contents,) if content.has_contents_page else ()),
        *content.leaves.landmarks,
        Landmark("bodymatter", "text", words["body"], content.chapters[0].path),
    )


def _navigation(
    ways: WaysIn, *, publication: Publication, theme: Theme, sheets: SheetNames
) -> tuple[Item, Item]:
    document = nav(
        ways, publication=publication, theme=theme, stylesheets=sheets.of(publication.direction)
    )
    return (
        Item("nav", _NAV, XHTML, document, ("nav",)),
        Item(NCX_ID, "toc.ncx", "application/x-dtbncx+xml", ncx(ways, publication)),
    )


def _added(
    content: Content, publication: Publication, theme: Theme, *, css: str
) -> Iterator[StyledText]:
    articles = publication.articles
    digits = {"": digit_family(articles[0], theme)} | {
        one.language: digits_in(one.language, articles, theme)
        for one in own_families(theme, articles)
    }
    yield from generated_texts(css, (one.data for one in content.chapters), digits=digits)


def _styles(
    embedding: Embedding, publication: Publication, theme: Theme, *, sheets: SheetNames
) -> Iterator[Item]:
    named = tuple(name for name in theme.fallback if name in embedding.families)
    css = render_stylesheet("epub.css", replace(theme, fallback=named), publication)
    used = {direction_of(article.metadata.language) for article in publication.articles}
    for direction in sorted({publication.direction, *used}, reverse=True):
        rules = sheets_of(css, direction)
        texts = (embedding.css + rules.base, rules.queries)
        for path, text in zip(sheets.of(direction), texts, strict=False):
            yield Item(Path(path).stem, path, "text/css", f"{text.strip()}\n".encode())


def _files(content: Content) -> Iterator[Item]:
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
        wanted = wanted and item.path != COVER_PAGE
        yield replace(item, data=spanned(item.data)) if wanted else item


def _spine(content: Content, navigation: tuple[Item, Item]) -> tuple[str, ...]:
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
