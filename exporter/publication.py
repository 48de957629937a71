"""The Publication: what is bound into one PDF or EPUB, and the Artifact a writer makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from exporter.arabic.languages import direction_of
from exporter.article import Article, Direction, Metadata, Role
from exporter.notices import Notice

MAKERS = frozenset({Role.AUTHOR, Role.INTERVIEWER})
"""Who made the text itself: Dublin Core's creators; the other roles are contributors."""


class CoverKind(StrEnum):
    """Where an e-book's cover comes from."""

    TYPOGRAPHIC = "typographic"
    FILE = "file"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover asked for; `data` and `media_type` are those of the user's own picture."""

    kind: CoverKind = CoverKind.TYPOGRAPHIC
    data: bytes = b""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """Ordered articles with the metadata of the whole."""

    metadata: Metadata
    articles: tuple[Article, ...]
    cover: Cover = Cover()

    @property
    def direction(self) -> Direction:
        """The page progression: the direction of the publication's language."""
        return direction_of(self.metadata.language)


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished output: its bytes, and for paged ones the page (from 1) of each anchor."""

    data: bytes
    media_type: str
    notices: tuple[Notice, ...] = ()
    page_map: Mapping[str, int] = field(default_factory=dict)


def single(article: Article, *, cover: Cover, built: str = "") -> Publication:
    """Return the publication of one article, with the article's own metadata.

    `built` is the date of the publication itself, where one is known; else the article's stand.
    """
    metadata = replace(article.metadata, modified=built or article.metadata.modified)
    return Publication(metadata, (article,), cover)
