"""The PDF writer: a tagged PDF/UA-1 with our fonts only, its text and metadata complete."""

from __future__ import annotations

import re

from exporter import fonts
from exporter.article import Resource
from exporter.numbering import numbered
from exporter.publication import Artifact, Publication
from exporter.rendering import render_paper, render_stylesheet, resource_names
from exporter.shown_dates import unshown
from exporter.themes import Theme
from exporter.typesetting.engine import Engine
from exporter.writers.checking import check
from exporter.writers.xmp import PublicationMetadata

MEDIA_TYPE = "application/pdf"

# Templates escape `<` and `>` in texts and attributes, so these are the markup's own.
_TAG = re.compile(r"<[^>]*>")
_TEXT = re.compile(r"(?<=>)[^<]+")


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Set the publication and return its PDF, with the page of every anchor."""
    check(publication)
    publication = numbered(publication, theme)
    html = render_paper(publication, theme)
    families = theme.chain
    missing = fonts.missing_characters(_TAG.sub("", html), families)
    typeset = engine.typeset(
        _TEXT.sub(lambda text: fonts.replace_missing(text[0], families), html) if missing else html,
        css=render_stylesheet("print.css", theme, publication),
        resources=_resources(publication),
        metadata=PublicationMetadata(publication.metadata),
        identifier=publication.metadata.identifier,
        direction=publication.direction,
    )
    dates = unshown(publication.articles, theme)
    notices = (*dates, *typeset.notices, *fonts.missing_notices(missing))
    return Artifact(
        typeset.pdf, MEDIA_TYPE, notices, typeset.page_map, print_edition=typeset.print_edition
    )


def _resources(publication: Publication) -> dict[str, Resource]:
    return {
        name: article.resources[key]
        for number, article in enumerate(publication.articles, start=1)
        for key, name in resource_names(article, number).items()
    }
