"""The PDF of a book: its articles laid out in runs, on all cores, and bound into one file.

Runs are cut by content alone: by part, by the digits of an article, by length. So the number of
cores changes no byte. A page gets its head and folio when all have their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from exporter.article import Resource, blocks_text
from exporter.article_view import Medium, digit_family
from exporter.book_pages import (
    BookPages,
    book_pages,
    colophon,
    contents,
    furniture_stylesheet,
    index_of,
    own_stylesheet,
    render_articles,
    render_own,
    stylesheet_of,
)
from exporter.fonts import missing_notices
from exporter.notices import Notice
from exporter.parallel import spread
from exporter.publication import Artifact, Index, Publication, Start
from exporter.records import dataclass
from exporter.shown_dates import unshown
from exporter.themes import Theme
from exporter.typesetting.binding.assembly import Piece, Plan, assemble
from exporter.typesetting.binding.fragment import Fragment
from exporter.typesetting.engine import Engine
from exporter.typesetting.standards import version_of
from exporter.writers.book_cover import cover_sheet
from exporter.writers.book_plan import Layout, Section, laid_out
from exporter.writers.pdf import MEDIA_TYPE, drawable, printed, resources_of
from exporter.writers.xmp import PublicationMetadata

# How many letters are laid out together: enough that what each run costs of itself is little, few
# enough that there is work for every core and memory for all.
_LETTERS_TOGETHER = 24_000
_PAGES_TOGETHER = 96


@dataclass(frozen=True, slots=True)
class _Set:
    """A fragment, and the characters that no font has for it."""

    fragment: Fragment
    missing: tuple[str, ...] = ()


_Work = Callable[[], _Set]


def write(publication: Publication, theme: Theme, engine: Engine) -> Artifact:
    """Return the book as a PDF, with the page of every anchor and where its pages begin."""
    press = _Press(book_pages(publication, theme), engine)
    runs = tuple(runs_of(press.book))
    press.prepare(runs)
    cover, front, draft, *bodies = press.work(
        [press.cover, press.front, press.draft, *(press.articles(run) for run in runs)]
    )
    covers = [cover.fragment] if cover.fragment.sheets else []
    sections = [
        *(Section(one, kind="cover") for one in covers),
        Section(front.fragment, kind="front"),
        Section(draft.fragment, kind="contents", title=press.book.words["contents"]),
        *(
            Section(body.fragment, kind="articles", articles=run)
            for body, run in zip(bodies, runs, strict=True)
        ),
    ]
    layout = press.layout(sections)
    indexes = press.work([press.index(one, layout.pages) for one in press.book.makeup.indexes])
    sections += [
        Section(one.fragment, kind="index", index=index, title=press.book.words[f"index-{index}"])
        for one, index in zip(indexes, press.book.makeup.indexes, strict=True)
    ]
    layout = press.layout(sections)
    ranges = layout.ranges(_PAGES_TOGETHER)
    listed, *heads = press.work(
        [press.contents(layout.pages), *(press.furniture(layout, pages) for pages in ranges)]
    )
    layout = layout.with_contents(listed.fragment)
    furniture = layout.furniture([one.fragment for one in heads], ranges)
    sets = (front, listed, *bodies, *indexes)
    return Artifact(
        press.bound(Plan(press.filled(layout.pieces), furniture, *layout.outlined)),
        MEDIA_TYPE,
        (*unshown(publication.articles, theme), *_notices(sets, engine)),
        layout.pages,
        print_edition=layout.print_edition,
    )


def runs_of(book: BookPages) -> Iterator[range]:
    """Yield the numbers of the articles that are laid out together.

    Articles that run on are one run with all of their part.
    """
    articles = book.publication.articles
    opened = {part.articles.start for part in book.makeup.parts}
    digits = [digit_family(article, book.chosen) for article in articles]
    first, letters = 1, 0
    for number, article in enumerate(articles, start=1):
        length = len(blocks_text(article.body))
        is_full = letters + length > _LETTERS_TOGETHER or digits[number - 1] != digits[first - 1]
        ends = number in opened or (is_full and book.makeup.start is not Start.RUN_ON)
        if ends and number > first:
            yield range(first, number)
            first, letters = number, 0
        letters += length
    yield range(first, len(articles) + 1)


def _notices(sets: Sequence[_Set], engine: Engine) -> Iterator[Notice]:
    yield from engine.notices
    # A style sheet is complained of in each document that uses it.
    yield from dict.fromkeys(notice for one in sets for notice in one.fragment.notices)
    missing = dict.fromkeys(character for one in sets for character in one.missing)
    yield from missing_notices(tuple(missing))


class _Press:
    """Sets the documents of one book."""

    def __init__(self, book: BookPages, engine: Engine) -> None:
        self.book = book
        self._engine = engine
        self._printing = book.theme.printing
        self._css, self._furniture_css = own_stylesheet(book), furniture_stylesheet(book)
        publication = book.publication
        self._shell = engine.shell(
            render_own("book-own.xhtml", book, {}),
            css=self._css,
            metadata=PublicationMetadata(publication.metadata, self._printing.standards),
            direction=publication.direction,
            printing=self._printing,
        )
        self._labels = {
            f"article-{number}": article.metadata.title
            for number, article in enumerate(publication.articles, start=1)
        }
        self._labels |= {f"part-{n}": one.title for n, one in enumerate(book.makeup.parts, 1)}
        self._labels |= {f"index-{one}": book.words[f"index-{one}"] for one in book.makeup.indexes}

    def work(self, works: Sequence[_Work]) -> list[_Set]:
        """Do these on all cores."""
        return spread(lambda number: works[number](), len(works), jobs=self._engine.jobs)

    def prepare(self, runs: Sequence[range]) -> None:
        """Parse the style sheets once for all cores."""
        of_runs = (stylesheet_of(self.book, run) for run in runs)
        for css in (self._css, self._furniture_css, *of_runs):
            self._engine.prepare(css, printing=self.book.theme.printing)

    def layout(self, sections: Sequence[Section]) -> Layout:
        """Return the sections at their places."""
        return laid_out(self.book, sections, blank=self._shell.blank)

    def filled(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Return the pieces with the blank pages after them that fill the last sheet."""
        count = sum(len(piece.fragment.sheets) for piece in pieces)
        return (*pieces, *[Piece(self._shell.blank)] * (-count % self._printing.pages))

    def bound(self, plan: Plan) -> bytes:
        """Return the file."""
        return assemble(
            self._shell.pdf,
            plan,
            font_file=self._engine.font_file,
            identifier=self.book.publication.metadata.identifier,
            version=version_of(self._printing),
            run=lambda seal, count: spread(seal, count, jobs=self._engine.jobs),
        )

    # --- documents ----------------------------------------------------------------------

    def cover(self) -> _Set:
        """Set the cover; no page for a book without one."""
        sheet = cover_sheet(self.book, self._engine.here())
        if sheet is None:
            return _Set(replace(self._shell.blank, sheets=()))
        picture = printed(sheet.picture, self._printing.ink)
        return self._set(sheet.html, sheet.css, {"cover": picture})

    def front(self) -> _Set:
        """Set the title page and the colophon."""
        facts = colophon(self.book, Medium.PAPER)
        return self._own("book-front.xhtml", {"facts": facts})

    def draft(self) -> _Set:
        """Set the contents without page numbers and draw nothing: how many pages they take."""
        lines = contents(self.book, Medium.PAPER, pages={})
        html, _ = drawable(
            render_own("book-contents.xhtml", self.book, {"lines": lines}), self.book.theme
        )
        count, spots = self._engine.here().places(html, css=self._css, printing=self._printing)
        blank = self._shell.blank
        return _Set(replace(blank, sheets=blank.sheets * count, spots=spots))

    def contents(self, pages: Mapping[str, int]) -> _Work:
        """Return the work of setting the contents, with these pages."""
        lines = contents(self.book, Medium.PAPER, pages=pages)
        return lambda: self._own("book-contents.xhtml", {"lines": lines})

    def index(self, index: Index, pages: Mapping[str, int]) -> _Work:
        """Return the work of setting an index."""
        letters = index_of(index, self.book, Medium.PAPER, pages=pages)
        return lambda: self._own("book-index.xhtml", {"letters": letters, "index": index})

    def articles(self, run: range) -> _Work:
        """Return the work of setting a run of articles."""
        return lambda: self._articles(run)

    def _articles(self, run: range) -> _Set:
        html, css = render_articles(self.book, run), stylesheet_of(self.book, run)
        articles = self.book.publication.articles[run.start - 1 : run.stop - 1]
        publication = replace(self.book.publication, articles=articles)
        return self._set(html, css, resources_of(publication, self.book.theme, first=run.start))

    def furniture(self, layout: Layout, pages: range) -> _Work:
        """Return the work of setting the heads and folios of these pages, from 1."""

        def work() -> _Set:
            heads = layout.heads(pages)
            html, _ = drawable(
                render_own(
                    "book-furniture.xhtml",
                    self.book,
                    {"heads": heads, "furniture_from": pages.start},
                ),
                self.book.theme,
            )
            engine = self._engine.here()
            return _Set(engine.furniture(html, css=self._furniture_css, printing=self._printing))

        return work

    def _own(self, name: str, values: Mapping[str, object]) -> _Set:
        html = render_own(name, self.book, values)
        return self._set(html, self._css, {})

    def _set(self, html: str, css: str, resources: Mapping[str, Resource]) -> _Set:
        drawn, missing = drawable(html, self.book.theme)
        fragment = self._engine.here().fragment(
            drawn,
            css=css,
            resources=resources,
            direction=self.book.publication.direction,
            labels=self._labels,
            printing=self._printing,
        )
        return _Set(fragment, missing)
