"""The PDF writer: tagged, by the standards wanted, with our fonts only, its text complete."""

from __future__ import annotations

from itertools import chain

from exporter import fonts
from exporter.article import Resource
from exporter.numbering import numbered
from exporter.patterns import compiled
from exporter.printing import Ink
from exporter.publication import Artifact, Publication
from exporter.rendering import render_paper, render_stylesheet, resource_names
from exporter.shown_dates import unshown
from exporter.source_codes import codes_of
from exporter.themes import Theme
from exporter.typesetting.engine import Engine
from exporter.writers.checking import check
from exporter.writers.xmp import PublicationMetadata

MEDIA_TYPE = "application/pdf"

# Templates escape `<` and `>` in texts and attributes, so these are the markup's own.
_TAG = compiled(r"<[^>]*>")
_TEXT = compiled(r"(?<=>)[^<]+")


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Set the publication and return its PDF, with the page of every anchor."""
    check(publication)
    publication = numbered(publication, theme)
    if publication.makeup is not None:
        from exporter.writers import book_pdf  # it takes the parts of this module

        return book_pdf.write(publication, theme, engine)
    html, missing = drawable(render_paper(publication, theme), theme)
    typeset = engine.typeset(
        html,
        css=render_stylesheet("print.css", theme, publication),
        resources=resources_of(publication, theme),
        metadata=PublicationMetadata(publication.metadata, theme.printing.standards),
        identifier=publication.metadata.identifier,
        direction=publication.direction,
        printing=theme.printing,
    )
    dates = unshown(publication.articles, theme)
    notices = (*dates, *typeset.notices, *fonts.missing_notices(missing))
    return Artifact(
        typeset.pdf, MEDIA_TYPE, notices, typeset.page_map, print_edition=typeset.print_edition
    )


def drawable(html: str, theme: Theme) -> tuple[str, tuple[str, ...]]:
    """Return the markup without what no font can draw, and the characters that it lost."""
    families = theme.chain
    missing = fonts.missing_characters(_TAG.sub("", html), families)
    if not missing:
        return html, missing
    return _TEXT.sub(lambda text: fonts.replace_missing(text[0], families), html), missing


def resources_of(publication: Publication, theme: Theme, *, first: int = 1) -> dict[str, Resource]:
    """Return the pictures of the articles and the codes of their sources, by name.

    `first` is the number of the first article.
    """
    articles = publication.articles
    codes = chain.from_iterable(codes_of(one.metadata.source, theme) for one in articles)
    return {code.name: code.resource for code in codes} | {
        name: printed(article.resources[key], theme.printing.ink)
        for number, article in enumerate(articles, start=first)
        for key, name in resource_names(article, number).items()
    }


def printed(picture: Resource, ink: Ink) -> Resource:
    """Return a picture as this ink prints it."""
    if ink is Ink.COLOUR:
        return picture
    from exporter.pictures.preparing import in_grey

    return in_grey(picture)
