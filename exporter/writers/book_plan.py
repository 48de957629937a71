"""The plan of a book on paper: which page is which, what its head is, and what leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from exporter.book_pages import BookPages, Head, head_of
from exporter.choices import Binding
from exporter.errors import WriteError
from exporter.publication import PageStart, PrintEdition, Start
from exporter.records import dataclass
from exporter.typesetting.binding.assembly import Furniture, Piece
from exporter.typesetting.binding.fragment import Bookmark, Fragment, Spot

# The pages before those of furniture take the rules for a document's first page.
_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A fragment and what it holds; `title` is the head of pages that are the book's own."""

    fragment: Fragment
    kind: str
    articles: range = range(0)
    index: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A section, and the number of its first page, from 1."""

    section: Section
    first: int


@dataclass(frozen=True)
class Layout:
    """Sections at their places, with blank pages between them where one has to start on a recto."""

    book: BookPages
    placed: tuple[_Placed, ...]
    blank: Fragment

    @cached_property
    def pages(self) -> Mapping[str, int]:
        """The pages of the anchors, from 1."""
        found: dict[str, int] = {}
        for one in self.placed:
            for name, spot in one.section.fragment.spots.items():
                found.setdefault(name, one.first + spot.page)
        return found

    @cached_property
    def _heads(self) -> Mapping[int, Head]:
        """The head of each page that has furniture."""
        heads: dict[int, Head] = {}
        for one in self.placed:
            heads |= _heads_of(one, self.book, self.pages)
        return heads

    @property
    def count(self) -> int:
        """How many pages there are."""
        last = self.placed[-1]
        return last.first + len(last.section.fragment.sheets) - 1

    def ranges(self, together: int) -> tuple[range, ...]:
        """Return the pages in runs that begin on a recto."""
        return tuple(
            range(start, min(start + together, self.count + 1))
            for start in range(1, self.count + 1, together)
        )

    def heads(self, pages: range) -> tuple[Head, ...]:
        """Return the heads of pages in a row, empty where there is none."""
        return tuple(self._heads.get(page, Head()) for page in pages)

    def furniture(
        self, fragments: Sequence[Fragment], ranges: Sequence[range]
    ) -> tuple[Furniture, ...]:
        """Return the furniture of these pages, for those that have some."""
        return tuple(
            Furniture(
                fragment,
                pages.start - 1,
                _BEFORE,
                frozenset(page - 1 for page in pages if page in self._heads),
            )
            for fragment, pages in zip(fragments, ranges, strict=True)
        )

    def with_contents(self, fragment: Fragment) -> Layout:
        """Return the layout with contents that have their page numbers.

        Raises WriteError where these take other pages than the empty places for them did, so that
        every number would be wrong.
        """
        (drafted,) = (one.section for one in self.placed if one.section.kind == "contents")
        before, after = len(drafted.fragment.sheets), len(fragment.sheets)
        if before != after:
            raise WriteError(
                "contents-unsteady",
                subject=self.book.theme.name,
                detail=f"{after}, {before}",
            )
        placed = tuple(
            replace(one, section=replace(one.section, fragment=fragment))
            if one.section.kind == "contents"
            else one
            for one in self.placed
        )
        return Layout(self.book, placed, self.blank)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The fragments in order."""
        return tuple(self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        page = 1
        for one in self.placed:
            for _ in range(page, one.first):
                yield Piece(self.blank)
            yield Piece(one.section.fragment, self._part_of(one.section))
            page = one.first + len(one.section.fragment.sheets)

    def _part_of(self, section: Section) -> int:
        for number, part in enumerate(self.book.makeup.parts, start=1):
            if section.articles and section.articles.start in part.articles:
                return number if part.title else 0
        return 0

    @property
    def outlined(self) -> tuple[tuple[str, ...], tuple[Bookmark, ...], tuple[str, ...]]:
        """The titles of the parts, the outline, and the labels of pages without a number."""
        titles = tuple(part.title for part in self.book.makeup.parts)
        covers = [one for one in self.placed if one.section.kind == "cover"]
        return titles, tuple(self._outline()), (self.book.words["cover"],) * len(covers)

    def _outline(self) -> Iterator[Bookmark]:
        words, parts = self.book.words, self.book.makeup.parts
        yield self._bookmark(words["contents"], "contents")
        headings = dict(self._headings())
        articles = [
            self._bookmark(article.metadata.title, f"article-{number}", headings.get(number, ()))
            for number, article in enumerate(self.book.publication.articles, start=1)
        ]
        if not parts:
            yield from articles
        for number, part in enumerate(parts, start=1):
            own = articles[part.articles.start - 1 : part.articles.stop - 1]
            if part.title:
                flat = tuple(replace(one, children=()) for one in own)
                yield self._bookmark(part.title, f"part-{number}", flat)
            else:
                yield from own
        for index in self.book.makeup.indexes:
            yield self._bookmark(words[f"index-{index}"], f"index-{index}")

    def _headings(self) -> Iterator[tuple[int, tuple[Bookmark, ...]]]:
        """Yield the headings of each article, one level of them."""
        titled = {part.articles.start for part in self.book.makeup.parts if part.title}
        for one in self.placed:
            bookmarks = list(one.section.fragment.bookmarks)
            openings = [n for number in one.section.articles for n in _openings(number, titled)]
            if len(bookmarks) != len(openings):  # a theme of other headings
                continue
            for number, bookmark in zip(openings, bookmarks, strict=True):
                yield (
                    number,
                    tuple(
                        Bookmark(child.label, _moved(child.spot, one))
                        for child in bookmark.children
                    ),
                )

    def _bookmark(self, label: str, anchor: str, children: tuple[Bookmark, ...] = ()) -> Bookmark:
        for one in self.placed:
            if anchor in one.section.fragment.spots:
                spot = _moved(one.section.fragment.spots[anchor], one)
                return Bookmark(label, spot, children)
        return Bookmark(label, Spot(0, 0, 0), children)

    @property
    def print_edition(self) -> PrintEdition:
        """Where the pages with something of an article begin, and the letters of the articles."""
        starts: list[PageStart] = []
        letters: list[int] = []
        for one in self.placed:
            run = one.section.articles
            letters += one.section.fragment.letters if run else ()
            for start in one.section.fragment.starts if run else ():
                article, page = run.start - 1 + start.article, one.first - 1 + start.page
                starts.append(PageStart(article, start.letters, page))
        return PrintEdition(tuple(starts), tuple(letters))


def _openings(number: int, titled: set[int]) -> tuple[int, ...]:
    """Return what the titles before an article are of: 0 for the page of a part."""
    return (0, number) if number in titled else (number,)


def _moved(spot: Spot, placed: _Placed) -> Spot:
    return replace(spot, page=placed.first - 1 + spot.page)


def laid_out(book: BookPages, sections: Sequence[Section], *, blank: Fragment) -> Layout:
    """Return the sections one after another.

    In a book that is bound, or whose articles start on a recto, what comes before them does too.
    """
    is_imposed = book.makeup.start is Start.RECTO or book.theme.binding is not Binding.NONE
    placed: list[_Placed] = []
    page, has_begun = 1, False
    for section in sections:
        begins = section.kind != "articles" or not has_begun or book.makeup.start is Start.RECTO
        has_begun = has_begun or section.kind == "articles"
        if is_imposed and begins and page % 2 == 0:
            page += 1
        placed.append(_Placed(section, page))
        page += len(section.fragment.sheets)
    return Layout(book, tuple(placed), blank)


# --- heads ----------------------------------------------------------------------------------


def _heads_of(placed: _Placed, book: BookPages, pages: Mapping[str, int]) -> dict[int, Head]:
    section = placed.section
    numbers = range(placed.first, placed.first + len(section.fragment.sheets))
    match section.kind:
        case "contents" | "index":
            head = head_of(section.title, book, language=book.language)
            return dict.fromkeys(numbers, head) | {placed.first: Head()}
        case "articles":
            return dict(_heads_of_articles(placed, book, pages))
        case _:
            return {}


def _heads_of_articles(
    placed: _Placed, book: BookPages, pages: Mapping[str, int]
) -> Iterator[tuple[int, Head]]:
    """Yield the head of each page with something of an article: the article that is going on."""
    run = placed.section.articles
    for start in placed.section.fragment.starts:
        page, number = placed.first - 1 + start.page, run.start - 1 + start.article
        metadata = book.publication.articles[number - 1].metadata
        opens = start.letters == 0 and pages.get(f"article-{number}") == page
        yield page, Head() if opens else head_of(metadata.title, book, language=metadata.language)
