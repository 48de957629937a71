"""The pages of a book's own in its e-book: title page, parts, indexes, colophon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exporter.article import Inlines, Text
from exporter.article_view import Medium
from exporter.book_pages import BookPages, book_pages, colophon, index_of, issue_of, runs
from exporter.publication import Index, Publication
from exporter.records import dataclass
from exporter.rendering import render_template
from exporter.themes import Theme
from exporter.writers.epub.chapters import NavPoint, texts_of
from exporter.writers.epub.embedding import StyledText
from exporter.writers.epub.package import XHTML, Item, Landmark

_FOLDER = "text"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document of the book's own, with its line of the contents, and its text by style."""

    item: Item
    point: NavPoint
    texts: tuple[StyledText, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The documents before, between and after the articles; `parts` by the number of the first."""

    front: tuple[Leaf, ...] = ()
    parts: Mapping[int, Leaf] | None = None
    back: tuple[Leaf, ...] = ()
    landmarks: tuple[Landmark, ...] = ()


def leaves_of(
    publication: Publication,
    theme: Theme,
    *,
    stylesheets: Sequence[str],
    paths: Mapping[int, str],
    bold: frozenset[str],
) -> Leaves:
    """Return the book's own documents; none of an article by itself.

    `stylesheets` and `paths` (of the articles, by number) are relative to the book, `bold` is
    what their rules set in bold.
    """
    if publication.makeup is None:
        return Leaves()
    binder = _Binder(book_pages(publication, theme), stylesheets, paths, bold=bold)
    indexes = tuple(binder.index(index) for index in publication.makeup.indexes)
    title = binder.title_page()
    return Leaves(
        (title,),
        {
            part.articles.start: binder.part(number, part.title)
            for number, part in enumerate(publication.makeup.parts, start=1)
            if part.title
        },
        (*indexes, binder.colophon()),
        (
            Landmark("titlepage", "title-page", binder.words["title-page"], title.item.path),
            *(
                Landmark("index", "index", binder.words[f"index-{index}"], leaf.item.path)
                for index, leaf in zip(publication.makeup.indexes[:1], indexes[:1], strict=True)
            ),
        ),
    )


class _Binder:
    def __init__(
        self,
        book: BookPages,
        stylesheets: Sequence[str],
        paths: Mapping[int, str],
        *,
        bold: frozenset[str],
    ) -> None:
        self._bold = bold
        self._book = book
        self._stylesheets = [f"../{stylesheet}" for stylesheet in stylesheets]
        self._paths = {number: path.removeprefix(f"{_FOLDER}/") for number, path in paths.items()}
        self.words = book.words

    def title_page(self) -> Leaf:
        values = {"issue": issue_of(self._book, Medium.SCREEN)}
        title = self._book.publication.metadata.title
        return self._leaf(
            "title-page", title, template="title", values=values, label=self.words["title-page"]
        )

    def part(self, number: int, title: str) -> Leaf:
        direction = self._book.publication.direction
        name = runs(title, Medium.SCREEN, direction=direction)
        values = {"name": name, "matter": "bodymatter"}
        return self._leaf(f"part-{number:03}", title, template="part", values=values, label=name)

    def index(self, index: Index) -> Leaf:
        letters = index_of(index, self._book, Medium.SCREEN, pages={})
        values = {"letters": letters, "matter": "backmatter"}
        title = self.words[f"index-{index}"]
        return self._leaf(f"index-{index}", title, template="index", values=values)

    def colophon(self) -> Leaf:
        values = {"facts": colophon(self._book, Medium.SCREEN), "matter": "backmatter"}
        return self._leaf("colophon", self.words["colophon"], template="colophon", values=values)

    def _leaf(
        self,
        name: str,
        title: str,
        *,
        template: str,
        values: Mapping[str, object],
        label: str | Inlines = "",
    ) -> Leaf:
        shown = self._book.views[Medium.SCREEN]
        context = {
            "language": self._book.language,
            "direction": self._book.publication.direction,
            "title": title,
            "stylesheets": self._stylesheets,
            "words": self.words,
            "book": shown,
            "article": shown,  # whose direction `markup` asks for
            "paths": self._paths,
            "medium": Medium.SCREEN,
            "matter": "frontmatter",
            **values,
        }
        markup = render_template(f"leaf-{template}.xhtml", self._book.theme, context)
        data = markup.strip().encode()
        item = Item(name, f"{_FOLDER}/{name}.xhtml", XHTML, data)
        line = label if isinstance(label, tuple) else (Text(label or title),)
        return Leaf(item, NavPoint(line, item.path), texts_of(data, bold=self._bold))
