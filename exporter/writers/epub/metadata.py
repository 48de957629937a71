"""The metadata of the package: Dublin Core, refined, and what readers with disabilities ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from exporter.arabic.folding import HARAKAT, TATWEEL
from exporter.arabic.languages import has_arabic_letters
from exporter.article import Creator, Metadata
from exporter.publication import MAKERS, Publication
from exporter.records import dataclass
from exporter.version import __version__
from exporter.writers.epub.package import COVER_IMAGE_ID, Term

IDENTIFIER_ID = "id"
_POINTING = dict.fromkeys(map(ord, HARAKAT + TATWEEL))
# `dcterms:modified` of a text without any date: EPUB 3.3 §5.5.5 wants one, and the clock would make
# every run another book. It is the date of the archive's entries.
DATELESS = "1980-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Access:
    """What an assistive reader needs to know: the pictures' alternative texts, cover and pages.

    `page_source` names the print edition whose pages are marked, if there is one.
    """

    alternatives: tuple[str, ...]
    has_cover: bool
    page_source: str = ""

    @property
    def described(self) -> bool:
        """Whether every picture says in words what it shows."""
        return all(alternative.strip() for alternative in self.alternatives)


def terms(publication: Publication, access: Access, words: Mapping[str, str]) -> tuple[Term, ...]:
    """Return the package's metadata in order.

    No `dcterms:conformsTo`: a claim of WCAG needs a person's judgement of the content (EPUB
    Accessibility 1.1 §4.3), and nobody gave one.
    """
    metadata = publication.metadata
    return (
        Term("dc:identifier", metadata.identifier, (("id", IDENTIFIER_ID),)),
        *_titles(metadata),
        *_creators(metadata.creators),
        Term("dc:language", metadata.language),
        *_optional(metadata),
        Term("meta", _modified(metadata), (("property", "dcterms:modified"),)),
        *_accessibility(access, words),
        *_legacy(metadata, access),
    )


def _refined(identifier: str, name: str, value: str) -> Term:
    return Term("meta", value, (("refines", f"#{identifier}"), ("property", name)))


def _titles(metadata: Metadata) -> Iterator[Term]:
    parts = (
        ("title", "main", metadata.title, metadata.title_romanised),
        ("subtitle", "subtitle", metadata.subtitle, metadata.subtitle_romanised),
    )
    given = [part for part in parts if part[2]]
    for order, (identifier, kind, text, romanised) in enumerate(given, start=1):
        yield Term("dc:title", _line(text), (("id", identifier),))
        yield _refined(identifier, "title-type", kind)
        if len(given) > 1:
            yield _refined(identifier, "display-seq", str(order))
        if romanised:
            yield _romanised(identifier, romanised, metadata.language)


def _romanised(identifier: str, text: str, language: str) -> Term:
    """EPUB 3.3 Appendix D.3.1: the same words in another script, told by its language tag."""
    attributes = (
        ("refines", f"#{identifier}"),
        ("property", "alternate-script"),
        ("xml:lang", f"{language.partition('-')[0]}-Latn"),
    )
    return Term("meta", _line(text), attributes)


def _creators(creators: tuple[Creator, ...]) -> Iterator[Term]:
    for order, creator in enumerate(creators, start=1):
        identifier = f"creator-{order}"
        name = "dc:creator" if creator.role in MAKERS else "dc:contributor"
        yield Term(name, _line(creator.name), (("id", identifier),))
        yield Term(
            "meta",
            creator.role.value,
            (("refines", f"#{identifier}"), ("property", "role"), ("scheme", "marc:relators")),
        )
        yield _refined(identifier, "display-seq", str(order))
        if sorted_as := creator.file_as or _spoken(creator.name):
            yield _refined(identifier, "file-as", _line(sorted_as))


def _spoken(name: str) -> str:
    """Return an Arabic name as it is filed where nobody said otherwise: as it is said, unpointed.

    Without it libraries turn it round as an English one, with a Latin comma; a name in other
    letters is left to them.
    """
    return name.translate(_POINTING) if has_arabic_letters(name) else ""


def _optional(metadata: Metadata) -> Iterator[Term]:
    named = (
        ("dc:publisher", metadata.publisher),
        ("dc:date", _w3c_date(metadata.issued)),
        ("dc:source", metadata.source),
        ("dc:description", metadata.description),
        *(("dc:subject", subject) for subject in metadata.subjects),
        ("dc:rights", metadata.rights),
    )
    yield from (Term(name, _line(text)) for name, text in named if text)
    yield from _series(metadata)


def _series(metadata: Metadata) -> Iterator[Term]:
    if not metadata.is_part_of:
        return
    series = _line(metadata.is_part_of)
    yield Term("meta", series, (("property", "belongs-to-collection"), ("id", "series")))
    yield _refined("series", "collection-type", "series")
    if metadata.group_position:
        yield _refined("series", "group-position", metadata.group_position)


def _accessibility(access: Access, words: Mapping[str, str]) -> Iterator[Term]:
    """EPUB Accessibility 1.1 §4.2; each value is one of schema.org's and true of this book."""
    yield _schema("accessMode", "textual")
    if access.alternatives:
        yield _schema("accessMode", "visual")
        yield _schema("accessModeSufficient", "textual,visual")
    if access.described:
        yield _schema("accessModeSufficient", "textual")
    yield _schema("accessibilityFeature", "displayTransformability")
    yield _schema("accessibilityFeature", "readingOrder")
    yield _schema("accessibilityFeature", "structuralNavigation")
    yield _schema("accessibilityFeature", "tableOfContents")
    yield _schema("accessibilityFeature", "unlocked")
    if access.described and (access.alternatives or access.has_cover):
        yield _schema("accessibilityFeature", "alternativeText")
    if access.page_source:
        yield _schema("accessibilityFeature", "pageBreakMarkers")
        yield _schema("accessibilityFeature", "pageNavigation")
        # EPUB Accessibility 1.1 §5.3
        yield Term("meta", access.page_source, (("property", "pageBreakSource"),))
    yield _schema("accessibilityHazard", "none")
    yield _schema("accessibilitySummary", _summary(access, words))


def _schema(name: str, value: str) -> Term:
    return Term("meta", value, (("property", f"schema:{name}"),))


def _summary(access: Access, words: Mapping[str, str]) -> str:
    summary = words["accessibility"]
    if not access.alternatives:
        return summary
    pictures = "pictures-described" if access.described else "pictures-undescribed"
    return f"{summary} {words[pictures]}"


def _legacy(metadata: Metadata, access: Access) -> Iterator[Term]:
    """EPUB 2's forms, for Kindle's converter and old readers; calibre's of a series."""
    if access.has_cover:
        yield Term("meta", "", (("name", "cover"), ("content", COVER_IMAGE_ID)))
    if metadata.is_part_of:
        series = _line(metadata.is_part_of)
        yield Term("meta", "", (("name", "calibre:series"), ("content", series)))
    if metadata.is_part_of and metadata.group_position:
        # calibre knows one point at most: the place of a part stands for the whole.
        place = ".".join(metadata.group_position.split(".")[:2])
        yield Term("meta", "", (("name", "calibre:series_index"), ("content", place)))
    yield Term("meta", "", (("name", "generator"), ("content", f"arabic-exporter {__version__}")))


def _line(text: str) -> str:
    return " ".join(text.split())


# --- dates ----------------------------------------------------------------------------------


def _w3c_date(iso: str) -> str:
    """Return an ISO date as it is, a date-time in UTC, and the day alone of one without a zone."""
    if not iso:
        return ""
    if "T" not in iso:
        return iso
    moment = _moment(iso)
    return _stamp(moment) if moment.tzinfo else iso.partition("T")[0]


def _modified(metadata: Metadata) -> str:
    for iso in (metadata.modified, metadata.issued):
        if iso:
            return _stamp(_moment(iso))
    return DATELESS


def _moment(iso: str) -> datetime:
    """Return the first moment of a year, a month or a day, and a date-time as it is."""
    day, _, time = iso.partition("T")
    whole = "-".join((*day.split("-"), "01", "01")[:3])
    return datetime.fromisoformat(f"{whole}T{time or '00:00'}")


def _stamp(moment: datetime) -> str:
    """CCYY-MM-DDThh:mm:ssZ; a time without a zone counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{aware.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
