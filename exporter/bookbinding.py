"""A book: articles put in order and into parts, under a title page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from uuid import UUID, uuid5

from exporter.arabic.languages import is_language_tag
from exporter.arabic.names import creator
from exporter.article import Article, Creator, Metadata, Role
from exporter.book_pages import digits_of_book, sorting_key
from exporter.corrections import iso_date
from exporter.errors import UsageError
from exporter.identity import normalise
from exporter.notices import Notice, NoticeCode
from exporter.publication import MAKERS, Cover, Index, Makeup, Part, Publication, Start
from exporter.records import dataclass
from exporter.shown_dates import calendars_of, shown_date
from exporter.themes import Theme, words_of

_NAMESPACE = UUID("c1b4b0a6-6f3d-5f0e-9a43-2f6f1f0d7c55")
# The most authors of articles that stand on a book's cover and title page.
_MOST_AUTHORS = 3


class Order(StrEnum):
    """In which order articles stand: as given, by date, by title or by the first author."""

    GIVEN = "given"
    OLDEST = "oldest"
    NEWEST = "newest"
    TITLE = "title"
    AUTHOR = "author"


class GroupBy(StrEnum):
    """What the parts of a book are made by."""

    NONE = "none"
    SOURCE = "source"
    MONTH = "month"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article for a book, the part that the user puts it in, if any, and what reading lost."""

    article: Article
    part: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What the user says of the book itself; an empty value leaves it out, or to the articles.

    `editors` and `authors` are names, `issued` a date in ISO 8601 or as articles write it,
    `language` a BCP 47 tag, `series` a periodical with the `number` of the issue. Raises UsageError
    for a book without a title, and for a date, language or number in another form.
    """

    title: str
    subtitle: str = ""
    editors: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publisher: str = ""
    issued: str = ""
    language: str = ""
    description: str = ""
    rights: str = ""
    series: str = ""
    number: str = ""
    identifier: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise UsageError("book-title-missing", subject="exporter book")
        if self.language and not is_language_tag(self.language):
            raise UsageError("language-wrong", subject=self.language)
        if self.number and not self.series:
            raise UsageError("series-missing", subject=self.number)
        try:
            Metadata(title="", group_position=self.number)
        except ValueError as error:
            raise UsageError("number-wrong", subject=self.number) from error
        object.__setattr__(self, "issued", iso_date(self.issued, language=self.language))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the articles are put in order and made up."""

    order: Order = Order.GIVEN
    group_by: GroupBy = GroupBy.NONE
    start: Start = Start.PAGE
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A book that is ready to be written, and what was left out of it."""

    publication: Publication
    notices: tuple[Notice, ...]


def bind(
    entries: Sequence[Entry],
    edition: Edition,
    arrangement: Arrangement,
    *,
    theme: Theme,
    cover: Cover,
    built: str = "",
) -> Bound:
    """Return the book of these articles; one that comes again is left out with a notice."""
    once, notices = _once(entries)
    ordered = _ordered(once, arrangement.order)
    language = edition.language or _usual_language(ordered)
    titled = _parted(ordered, arrangement, _namer(ordered, language, arrangement, theme=theme))
    articles = tuple(entry.article for entry in titled)
    metadata = _metadata(edition, articles, language=language, built=built)
    makeup = Makeup(_parts(titled), arrangement.start, arrangement.indexes)
    return Bound(Publication(metadata, articles, cover, makeup=makeup), notices)


def _once(entries: Iterable[Entry]) -> tuple[list[Entry], tuple[Notice, ...]]:
    found: dict[str, Entry] = {}
    notices = []
    for entry in entries:
        metadata = entry.article.metadata
        if metadata.identifier in found:
            notices.append(Notice(NoticeCode.ARTICLE_REPEATED, text=metadata.title))
        else:
            found[metadata.identifier] = entry
    return list(found.values()), tuple(notices)


def _usual_language(entries: Sequence[Entry]) -> str:
    counts = Counter(entry.article.metadata.language for entry in entries)
    return max(counts, key=counts.__getitem__, default="ar")


# --- order and parts ------------------------------------------------------------------------


def _ordered(entries: Sequence[Entry], order: Order) -> list[Entry]:
    dated = [entry for entry in entries if entry.article.metadata.issued]
    undated = [entry for entry in entries if not entry.article.metadata.issued]
    match order:
        case Order.GIVEN:
            return list(entries)
        case Order.OLDEST:
            return sorted(dated, key=_issued) + undated
        case Order.NEWEST:
            return sorted(dated, key=_issued, reverse=True) + undated
        case Order.TITLE:
            return sorted(entries, key=lambda one: sorting_key(one.article.metadata.title))
        case Order.AUTHOR:
            return sorted(entries, key=_author)


def _issued(entry: Entry) -> str:
    return entry.article.metadata.issued


def _author(entry: Entry) -> tuple[bool, str]:
    """Return what an article is sorted by, one without an author last."""
    names = [one.file_as or one.name for one in entry.article.metadata.creators]
    return not names, sorting_key(names[0]) if names else ""


def _namer(
    entries: Sequence[Entry], language: str, arrangement: Arrangement, *, theme: Theme
) -> Callable[[Entry], str]:
    """Return what names the part of an article."""
    words = words_of(theme, language)
    digits = digits_of_book([entry.article for entry in entries], theme, language=language)

    def name(entry: Entry) -> str:
        metadata = entry.article.metadata
        match arrangement.group_by:
            case GroupBy.NONE:
                return entry.part
            case GroupBy.SOURCE:
                return metadata.publisher or words["other-sources"]
            case GroupBy.SUBJECT:
                return metadata.subjects[0] if metadata.subjects else words["other-subjects"]
            case GroupBy.MONTH:
                month = metadata.issued[:7]
                calendars = calendars_of(language, theme.calendar)
                shown = shown_date(month, words=words, digits=digits, calendars=calendars)
                return shown if month else words["undated"]

    return name


def _parted(
    entries: Sequence[Entry], arrangement: Arrangement, name: Callable[[Entry], str]
) -> list[Entry]:
    """Return the articles part by part, in the order in which the parts come up.

    Months follow one another, also where the articles don't. What names no source or subject comes
    last; what a manifest has outside of its parts comes first, else it would seem to be in one.
    """
    named = [replace(entry, part=" ".join(name(entry).split())) for entry in entries]
    if arrangement.group_by is GroupBy.MONTH and arrangement.order is not Order.NEWEST:
        named.sort(key=lambda entry: entry.article.metadata.issued[:7] or "~")
    places: dict[str, int] = {}
    for entry in named:
        places.setdefault(entry.part, len(places))
    bare = {GroupBy.SOURCE: _is_sourceless, GroupBy.SUBJECT: _is_subjectless}
    is_last: Callable[[Entry], bool] = bare.get(arrangement.group_by, lambda entry: False)  # noqa: ARG005
    if all(map(is_last, named)):  # one part of all that names nothing is no part
        return [replace(entry, part="") for entry in named]
    return sorted(named, key=lambda entry: (is_last(entry), bool(entry.part), places[entry.part]))


def _is_sourceless(entry: Entry) -> bool:
    return not entry.article.metadata.publisher


def _is_subjectless(entry: Entry) -> bool:
    return not entry.article.metadata.subjects


def _parts(entries: Sequence[Entry]) -> tuple[Part, ...]:
    return tuple(_each_part(entries)) if any(entry.part for entry in entries) else ()


def _each_part(entries: Sequence[Entry]) -> Iterator[Part]:
    numbered = enumerate(entries, start=1)
    for title, group in groupby(numbered, key=lambda pair: pair[1].part):
        numbers = [number for number, _ in group]
        yield Part(title, range(numbers[0], numbers[-1] + 1))


# --- metadata -------------------------------------------------------------------------------


def _metadata(
    edition: Edition, articles: Sequence[Article], *, language: str, built: str
) -> Metadata:
    metadata = Metadata(
        title=" ".join(edition.title.split()),
        subtitle=" ".join(edition.subtitle.split()),
        creators=_creators(edition, articles),
        publisher=edition.publisher,
        issued=edition.issued,
        modified=built,
        language=language,
        description=edition.description,
        subjects=_subjects(articles),
        rights=edition.rights,
        is_part_of=edition.series,
        group_position=edition.number,
        identifier=edition.identifier,
    )
    if metadata.identifier:
        return metadata
    return replace(metadata, identifier=f"urn:uuid:{_uuid(metadata, articles)}")


def _creators(edition: Edition, articles: Sequence[Article]) -> tuple[Creator, ...]:
    """Return the book's authors and editors; the articles' authors when there are few of them."""
    given = tuple(map(creator, edition.authors))
    makers = {
        one.name: one
        for article in articles
        for one in article.metadata.creators
        if one.role in MAKERS
    }
    own = given or (tuple(makers.values()) if len(makers) <= _MOST_AUTHORS else ())
    editors = (replace(creator(name), role=Role.EDITOR) for name in edition.editors)
    return (*own, *editors)


_MOST_SUBJECTS = 10


def _subjects(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return the subjects that most articles have."""
    counts = Counter(subject for article in articles for subject in article.metadata.subjects)
    return tuple(subject for subject, _ in counts.most_common(_MOST_SUBJECTS))


def _uuid(metadata: Metadata, articles: Sequence[Article]) -> UUID:
    """Name a book for good.

    An issue is named by its series and number, so that e-readers take the corrected one for the
    same; any other book by its title, first creator and articles.
    """
    if metadata.is_part_of and metadata.group_position:
        return uuid5(_NAMESPACE, f"{metadata.is_part_of}\n{metadata.group_position}")
    names = [one.name for one in metadata.creators[:1]]
    words: Sequence[str] = (metadata.title, *names)
    identifiers = (article.metadata.identifier for article in articles)
    return uuid5(_NAMESPACE, "\n".join((*map(normalise, words), *identifiers)))
