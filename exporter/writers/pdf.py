"""The PDF writer: a tagged PDF/UA-1 with our fonts only, its text and metadata complete."""

from __future__ import annotations

from functools import partial

from weasyprint.document import Document

from exporter import fonts
from exporter.article import Resource
from exporter.notices import Notice, NoticeCode
from exporter.publication import Artifact, Publication
from exporter.rendering import render_paper, render_stylesheet
from exporter.themes import Theme
from exporter.typesetting.engine import Engine
from exporter.typesetting.finishing import finish
from exporter.writers.xmp import PublicationMetadata

MEDIA_TYPE = "application/pdf"
_VARIANT = "pdf/ua-1"


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Set the publication and return its PDF, with the page of every anchor.

    Raises WriteError when it can't be laid out.
    """
    html = render_paper(publication, theme)
    missing = fonts.missing_characters(html, map(fonts.family, theme.families))
    document = engine.lay_out(
        html.translate({ord(character): _REPLACEMENT for character in missing}),
        css=render_stylesheet("print.css", theme, publication),
        resources=_resources(publication),
        variant=_VARIANT,
    )
    document.metadata = PublicationMetadata(publication.metadata)
    data: bytes = document.write_pdf(
        finisher=partial(finish, direction=publication.direction),
        pdf_variant=_VARIANT,
        pdf_identifier=publication.metadata.identifier.encode(),
    )
    notices = (*engine.notices, *map(_missing_notice, missing))
    return Artifact(data, MEDIA_TYPE, notices, _page_map(document))


# Drawn in place of a character that no bundled face has: PDF/UA-1 §7.21.8 forbids .notdef.
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def _missing_notice(character: str) -> Notice:
    name = f"U+{ord(character):04X}"
    return Notice(NoticeCode.CHARACTER_MISSING, text=character, detail=name)


def _resources(publication: Publication) -> dict[str, Resource]:
    return {
        key: resource
        for article in publication.articles
        for key, resource in article.resources.items()
    }


def _page_map(document: Document) -> dict[str, int]:
    """Return the first page of each anchor: a box that goes on over pages repeats its own."""
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    return pages
