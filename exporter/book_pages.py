"""What a book has besides its articles, as templates see it: title page, contents, index, heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from exporter.arabic.digits import DigitFamily, to_digits
from exporter.arabic.folding import fold_words
from exporter.arabic.languages import direction_of
from exporter.article import Article, Direction, Inlines, Isolate, Metadata, Text
from exporter.article_view import ArticleView, Medium, digit_family, isolated, shortened, view
from exporter.choices import Digits
from exporter.publication import MAKERS, Index, Makeup, Publication
from exporter.records import dataclass
from exporter.rendering import paper_context, render_stylesheet, render_template
from exporter.themes import Theme, words_of
from exporter.transforms.direction import (
    isolated_line,
    isolated_name,
    isolated_names,
    order_inlines,
)

_MOST_SOURCES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents: a part or an article, where it is, and its page if there is one."""

    kind: str
    anchor: str
    title: Inlines
    direction: Direction
    language: str
    byline: Inlines = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the colophon."""

    label: str
    text: Inlines


@dataclass(frozen=True, slots=True)
class Found:
    """Where an entry of an index leads: the number of the article, and how it is shown."""

    article: int
    shown: Inlines


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A name or a subject, and the articles that it is of."""

    name: Inlines
    places: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries of an index under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The furniture of a page: its running head, empty where an article opens."""

    title: Inlines = ()
    direction: Direction = Direction.RTL
    language: str = ""


@dataclass(frozen=True)
class BookPages:
    """A book and how its own pages are written: its makeup, and the theme in the book's digits.

    `chosen` is the theme as the user chose it, in which articles may have other digits.
    """

    publication: Publication
    chosen: Theme
    theme: Theme
    makeup: Makeup
    digits: DigitFamily

    @property
    def language(self) -> str:
        """The language of the book's own words."""
        return self.publication.metadata.language

    @property
    def words(self) -> Mapping[str, str]:
        """The theme's words in the book's language."""
        return words_of(self.theme, self.language)

    @cached_property
    def views(self) -> Mapping[Medium, ArticleView]:
        """The book's metadata as that of an article, on paper and on screen."""
        article = Article(self.publication.metadata, ())
        return {medium: view(article, self.theme, medium) for medium in Medium}


def book_pages(publication: Publication, theme: Theme) -> BookPages:
    """Return what the pages of a publication that is a book are written from."""
    language = publication.metadata.language
    digits = digits_of_book(publication.articles, theme, language=language)
    settled = replace(theme, digits=Digits(digits))
    return BookPages(publication, theme, settled, publication.makeup or Makeup(), digits)


def digits_of_book(articles: Sequence[Article], theme: Theme, *, language: str) -> DigitFamily:
    """Return the digits of a book: those of most of its articles in its language."""
    own = [one for one in articles if one.metadata.language == language]
    counts = Counter(digit_family(article, theme) for article in own)
    if not counts:
        return digit_family(Article(Metadata("", language=language), ()), theme)
    return max(counts, key=counts.__getitem__)


# --- on paper and on screen -----------------------------------------------------------------


def runs(text: str, medium: Medium, *, direction: Direction) -> Inlines:
    """Return a line of the book's own pages, its directions as the medium needs them."""
    return ordered(isolated_line(isolated(text), direction=direction), medium, direction=direction)


def ordered(inlines: Inlines, medium: Medium, *, direction: Direction) -> Inlines:
    """Return inlines with their runs as the medium needs them."""
    return order_inlines(inlines, direction=direction) if medium is Medium.PAPER else inlines


def issue_of(book: BookPages, medium: Medium) -> Inlines:
    """Return the series and the number in it, as a line."""
    direction = book.publication.direction
    return ordered(_issue(book), medium, direction=direction)


def _issue(book: BookPages) -> Inlines:
    metadata = book.publication.metadata
    series = isolated_name(isolated(metadata.is_part_of), direction=book.publication.direction)
    if not metadata.group_position:
        return series
    number = to_digits(metadata.group_position, book.digits)
    return (*series, Text(f"{book.words['comma']} {book.words['number']} {number}"))


def colophon(book: BookPages, medium: Medium) -> tuple[Fact, ...]:
    """Return what is said of the book on the back of its title page."""
    metadata, words = book.publication.metadata, book.words
    shown = book.views[medium]
    direction = book.publication.direction
    publishers = [article.metadata.publisher for article in book.publication.articles]
    named = list(dict.fromkeys(filter(None, publishers)))
    more = ["…"] if len(named) > _MOST_SOURCES else []
    sources = isolated_names(
        [*named[:_MOST_SOURCES], *more], comma=words["comma"], direction=direction
    )

    def name(text: str) -> Inlines:
        return isolated_name(isolated(text), direction=direction)

    facts = (
        (words["publisher"], name(metadata.publisher)),
        (words["issued"], isolated(shown.shown_date)),
        (words["series"], _issue(book)),
        (
            words["articles"],
            isolated(to_digits(len(book.publication.articles), book.digits)),
        ),
        (words["sources"], sources),
        (words["rights"], name(metadata.rights)),
        (words["typeface"], name(book.theme.font if medium is Medium.PAPER else "")),
        (words["identifier"], name(metadata.identifier)),
    )
    return tuple(
        Fact(label, ordered(inlines, medium, direction=direction))
        for label, inlines in facts
        if inlines
    )


def contents(book: BookPages, medium: Medium, *, pages: Mapping[str, int]) -> tuple[Line, ...]:
    """Return the lines of the contents, with the pages (from 1) of the anchors that have one."""
    return tuple(_lines(book, medium, pages))


def _lines(book: BookPages, medium: Medium, pages: Mapping[str, int]) -> Iterator[Line]:
    openings = {part.articles.start: number for number, part in enumerate(book.makeup.parts, 1)}
    direction = book.publication.direction

    def line(kind: str, anchor: str, title: str) -> Line:
        shown = to_digits(pages[anchor], book.digits) if anchor in pages else ""
        turned = runs(title, medium, direction=direction)
        return Line(kind, anchor, turned, direction, book.language, page=shown)

    for number, article in enumerate(book.publication.articles, start=1):
        part = openings.get(number, 0)
        if part and book.makeup.parts[part - 1].title:
            yield line("part", f"part-{part}", book.makeup.parts[part - 1].title)
        metadata = article.metadata
        own = direction_of(metadata.language)
        names = isolated_names(_makers(metadata), comma=book.words["comma"], direction=own)
        yield replace(
            line("article", f"article-{number}", ""),
            title=runs(metadata.title, medium, direction=own),
            direction=own,
            language=metadata.language,
            byline=ordered(names, medium, direction=own),
        )
    for index in book.makeup.indexes:
        yield line("index", f"index-{index}", book.words[f"index-{index}"])


def _makers(metadata: Metadata) -> list[str]:
    return [one.name for one in metadata.creators if one.role in MAKERS]


# --- indexes --------------------------------------------------------------------------------


def index_of(
    index: Index, book: BookPages, medium: Medium, *, pages: Mapping[str, int]
) -> tuple[Letter, ...]:
    """Return an index: its entries as Arabic files them, by letter.

    They lead to pages (from 1, by anchor) where there are pages, else to articles by title.
    """
    numbers: dict[str, list[int]] = {}
    filed: dict[str, str] = {}
    for number, article in enumerate(book.publication.articles, start=1):
        for name, key in _indexed(index, article):
            numbers.setdefault(name, []).append(number)
            filed.setdefault(name, sorting_key(key))
    ordered = sorted(numbers, key=lambda name: (filed[name], name))
    return tuple(
        Letter(
            letter, tuple(_entry(name, numbers[name], book, medium, pages=pages) for name in names)
        )
        for letter, names in groupby(ordered, key=lambda name: filed[name][:1].upper())
    )


def _indexed(index: Index, article: Article) -> Iterable[tuple[str, str]]:
    metadata = article.metadata
    match index:
        case Index.AUTHORS:
            makers = [one for one in metadata.creators if one.role in MAKERS]
            return {one.name: one.file_as or one.name for one in makers}.items()
        case Index.SUBJECTS:
            return {subject: subject for subject in metadata.subjects}.items()


def _entry(  # noqa: PLR0917 (a name, its articles, and where it is shown)
    name: str,
    numbers: Sequence[int],
    book: BookPages,
    medium: Medium,
    *,
    pages: Mapping[str, int],
) -> IndexEntry:
    direction = book.publication.direction
    places = []
    for number in numbers:
        metadata = book.publication.articles[number - 1].metadata
        own = direction_of(metadata.language)
        if f"article-{number}" in pages:
            shown: Inlines = (Text(to_digits(pages[f"article-{number}"], book.digits)),)
        else:
            shown = (Isolate(runs(metadata.title, medium, direction=own), own, metadata.language),)
        places.append(Found(number, shown))
    entry = isolated_name(isolated(name), direction=direction)
    return IndexEntry(ordered(entry, medium, direction=direction), tuple(places))


def sorting_key(text: str) -> str:
    """Return a text as Arabic indexes file it: unpointed, letters of one base alike, without ال."""
    return " ".join(
        word.removeprefix("ال") if len(word) > 3 else word for word in fold_words(text).split()
    )


# --- the paper's documents ------------------------------------------------------------------


def stylesheet_of(book: BookPages, numbers: range) -> str:
    """Return the CSS of a run of articles."""
    run, theme = _run(book, numbers)
    return _stylesheet(book, run, theme, is_furniture=False)


def _run(book: BookPages, numbers: range) -> tuple[Publication, Theme]:
    """Return a run of articles, and the theme in the digits that they have in common."""
    articles = book.publication.articles[numbers.start - 1 : numbers.stop - 1]
    digits = Digits(digit_family(articles[0], book.chosen))
    return replace(book.publication, articles=articles), replace(book.chosen, digits=digits)


def render_articles(book: BookPages, numbers: range) -> str:
    """Return the XHTML of a run of articles, each part with its page before its first."""
    run, theme = _run(book, numbers)
    openings = {
        part.articles.start: (number, runs(part.title, Medium.PAPER, direction=run.direction))
        for number, part in enumerate(book.makeup.parts, start=1)
        if part.title
    }
    context = paper_context(run, theme, first=numbers.start)
    return render_template("book.xhtml", theme, {**context, "openings": openings})


def render_own(name: str, book: BookPages, values: Mapping[str, object]) -> str:
    """Return the XHTML of pages of the book's own: front matter, contents, an index, furniture."""
    shown = book.views[Medium.PAPER]
    context = {
        "publication": book.publication,
        "book": shown,
        "article": shown,  # whose direction `markup` asks for
        "words": book.words,
        "issue": issue_of(book, Medium.PAPER),
        "medium": Medium.PAPER,
        **values,
    }
    return render_template(name, book.theme, context)


def own_stylesheet(book: BookPages) -> str:
    """Return the CSS of pages of the book's own."""
    return _stylesheet(book, _own(book), book.theme, is_furniture=False)


def furniture_stylesheet(book: BookPages) -> str:
    """Return the CSS of pages with heads and folios alone."""
    return _stylesheet(book, _own(book), book.theme, is_furniture=True)


def _own(book: BookPages) -> Publication:
    return replace(book.publication, articles=(Article(book.publication.metadata, ()),))


def _stylesheet(book: BookPages, run: Publication, theme: Theme, *, is_furniture: bool) -> str:
    more = {"start": book.makeup.start, "is_furniture": is_furniture}
    own = render_stylesheet("book.css", theme, run, more=more)
    return f"{render_stylesheet('print.css', theme, run, more=more)}\n{own}"


def head_of(title: str, book: BookPages, *, language: str) -> Head:
    """Return the running head of an article, or of pages of the book's own."""
    direction = direction_of(language)
    line = shortened(title, book.theme)
    return Head(runs(line, Medium.PAPER, direction=direction), direction, language)
