"""The Publication: what is bound into one PDF or EPUB, and the Artifact a writer makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum

from exporter.arabic.languages import direction_of
from exporter.article import Article, Direction, Metadata, Role
from exporter.notices import Notice
from exporter.records import dataclass

MAKERS = frozenset({Role.AUTHOR, Role.INTERVIEWER})
"""Who made the text itself: Dublin Core's creators; the other roles are contributors."""


class CoverKind(StrEnum):
    """Where an e-book's cover comes from."""

    TYPOGRAPHIC = "typographic"
    FILE = "file"
    LEAD = "lead"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover asked for; `data` and `media_type` are those of the user's own picture."""

    kind: CoverKind = CoverKind.TYPOGRAPHIC
    data: bytes = b""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins: in which article, after how many letters of its body; from 1 both."""

    article: int
    letters: int
    page: int


@dataclass(frozen=True, slots=True)
class PrintEdition:
    """The pages of the same articles on paper, in order, and the letters of each article's body."""

    starts: tuple[PageStart, ...] = ()
    letters: tuple[int, ...] = ()


class Start(StrEnum):
    """Where the articles of a book start.

    A recto is the page with the odd number: the one on the left in a right-to-left book.
    """

    PAGE = "page"
    RECTO = "recto"
    RUN_ON = "run-on"


class Index(StrEnum):
    """What a book may have an index of."""

    AUTHORS = "authors"
    SUBJECTS = "subjects"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a book: its title, and the numbers of its articles, from 1."""

    title: str
    articles: range


@dataclass(frozen=True, slots=True)
class Makeup:
    """How articles are made up into a book; without parts they stand under its title alone."""

    parts: tuple[Part, ...] = ()
    start: Start = Start.PAGE
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Ordered articles with the metadata of the whole.

    `print_edition` is that of the PDF made in the same run, if there is one; `makeup` is None for
    an article by itself.
    """

    metadata: Metadata
    articles: tuple[Article, ...]
    cover: Cover = Cover()
    print_edition: PrintEdition = PrintEdition()
    makeup: Makeup | None = None

    @property
    def direction(self) -> Direction:
        """The page progression: the direction of the publication's language."""
        return direction_of(self.metadata.language)


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished output: bytes; of paged ones the page (from 1) of each anchor, and all pages."""

    data: bytes
    media_type: str
    notices: tuple[Notice, ...] = ()
    page_map: Mapping[str, int] = field(default_factory=dict)
    print_edition: PrintEdition = PrintEdition()


def single(article: Article, *, cover: Cover, built: str = "") -> Publication:
    """Return the publication of one article, with the article's own metadata.

    `built` is the date of the publication itself, where one is known; else the article's stand.
    """
    metadata = replace(article.metadata, modified=built or article.metadata.modified)
    return Publication(metadata, (article,), cover)
