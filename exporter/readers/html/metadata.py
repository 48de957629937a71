"""Metadata: Dublin Core terms from what a page says to machines and what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.dates import DateLine, date_line
from exporter.arabic.folding import fold_words
from exporter.arabic.languages import detect, direction_of
from exporter.arabic.names import credits_of
from exporter.article import Creator, Metadata, Role
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.html.structured import Data
from exporter.readers.html.styles import tag_of
from exporter.readers.text.metadata import DOUBTS
from exporter.readers.text.publishers import publisher_name
from exporter.records import dataclass

_PERSONS = frozenset(("Person", ""))
_ADDRESS = compiled(r"https?:|www\.|@|\.(?:com|net|org|html?)\b|/")
# Who publishes with a shared account is nobody; general words, no one's name.
_NOBODY = frozenset(
    map(
        fold_words,
        (
            "admin|administrator|editor|author|webmaster|super user|superuser|root|user|"
            "guest|staff|editorial|web desk|news desk|newsroom|unknown|"
            "المحرر|محرر|الكاتب|كاتب|المدير|مدير|"
            "مدير الموقع|الإدارة|ادارة الموقع|التحرير|هيئة التحرير|فريق التحرير|قسم التحرير|"
            "أسرة التحرير|غرفة الأخبار|محرر الموقع|المشرف|مشرف|مدير التحرير|تحریریه|مدیر سایت"
        ).split("|"),
    )
)
# What site software writes before a name.
_BY = compiled(
    r"^(?:مرسلة|نشر|كتب|أضيف|posted|published)?\s*(?:بواسطة|by)\s*:?\s+",
    re.IGNORECASE,
)
_LIST = compiled(r"\s*[,،;؛|>]\s*")
_ELLIPSIS = compiled(r"(?:\.{2,}|…|\[…\]|\[\.\.\.\])\s*$")
_DAY_IN_ADDRESS = compiled(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|\b)")
_JOINT = compiled(r"\s*[|–—]\s*|\s+-\s+")
_LONGEST_SITE = 40
_LANGUAGE = compiled(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_MOST_SUBJECTS, _LONGEST_SUBJECT, _LONGEST_NAME = 20, 60, 80
_KNOWN = frozenset(("ar", "fa", "ur", "ckb", "ug", "he", "en"))
_COMPARED = 4000
_LEAST_SHARED = 0.35


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows around the text: lines with credits, dates, a source, a standfirst."""

    credits: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    standfirst: str = ""
    subjects: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page: its title, the names of its site, its address and its language.

    `text` is the article's, `shown` that of the whole page;
    from `now` relative dates are counted.
    """

    title: str
    sites: tuple[str, ...]
    address: str
    source: str
    language: str
    text: str
    shown: str
    now: str = ""


def metadata(data: Data, shown: Shown, page: Page) -> tuple[Metadata, tuple[Notice, ...]]:
    """Return the metadata of a page's article, and what was ambiguous in it."""
    people = _people(data, shown, page)
    dates = _dates(data, shown, page)
    made = Metadata(
        title=page.title,
        creators=people.creators,
        publisher=_publisher(data, shown, papers=people.papers),
        issued=dates.issued,
        modified=dates.modified,
        date_line=dates.line,
        language=page.language,
        source=page.source,
        description=_description(data, shown, page),
        subjects=_subjects(data, shown, page),
        rights=data.first("dc.rights", "dcterms.rights"),
    )
    unused = (name for name in people.papers if not _is_known(name, (made.publisher, *page.sites)))
    return made, (
        *dates.notices,
        *(
            Notice(NoticeCode.BOILERPLATE_DROPPED, text=name, detail=BoilerplateClass.SOURCE.value)
            for name in unused
        ),
    )


# --- people ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class People:
    """The persons whom a credit names, and the papers and agencies."""

    creators: tuple[Creator, ...] = ()
    papers: tuple[str, ...] = ()


def people_of(text: str, sites: Iterable[str], *, kind: str = "") -> People:
    """Return whom a credit names; an agency, a paper or the site itself is no person."""
    text = _BY.sub("", " ".join(text.split()).strip(" .,،:|-–—()[]"))
    if not text or len(text) > 2 * _LONGEST_NAME or _ADDRESS.search(text):
        return People()
    if _is_known(text, sites) or (kind and kind not in _PERSONS):
        return People(papers=(text,))
    found = credits_of(text)
    own = [one for one in found.creators if _is_known(one.name, sites)]
    people = (one for one in found.creators if one not in own and _is_name(one.name))
    papers = (found.publisher, *(one.name for one in own))
    return People(tuple(people), tuple(filter(None, papers)))


def _is_name(name: str) -> bool:
    is_short = 0 < len(name) <= _LONGEST_NAME and len(name.split()) <= 7
    return is_short and fold_words(name) not in _NOBODY and not name.replace(" ", "").isdecimal()


def _is_known(name: str, names: Iterable[str]) -> bool:
    words = fold_words(name)
    return any(words == fold_words(other) for other in names)


def _people(data: Data, shown: Shown, page: Page) -> People:
    """Return the people of the first place that names any; roles besides from the page's lines.

    JSON-LD comes first as it parts names and says which are persons; then what the page shows as
    its author's, as `meta` is often the account that published.
    """
    visible = [people_of(text, page.sites) for text in shown.credits]
    offered = (
        [people_of(name, page.sites, kind=kind) for name, kind in data.people],
        visible,
        [people_of(name, page.sites) for name in shown.authors],
        [people_of(name, page.sites) for name in data.properties.get("author", ())],
        [people_of(name, page.sites) for name in _accounts(data, page)],
    )
    papers = tuple(dict.fromkeys(paper for each in offered for one in each for paper in one.papers))
    for found in offered:
        creators = [creator for one in found for creator in one.creators]
        if creators:
            others = [
                creator
                for one in visible
                for creator in one.creators
                if creator.role is not Role.AUTHOR
            ]
            return People(_distinct((*creators, *others)), papers)
    return People((), papers)


def _accounts(data: Data, page: Page) -> Iterator[str]:
    """Yield the authors in `meta` whom the page shows: others are who made the template."""
    shown = fold_words(page.shown)
    for name in _AUTHORS:
        value = data.first(name)
        if value and fold_words(value) in shown:
            yield value


_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
    "byl",
)


def _distinct(creators: Iterable[Creator]) -> tuple[Creator, ...]:
    kept: dict[tuple[str, Role], Creator] = {}
    for creator in creators:
        kept.setdefault((fold_words(creator.name), creator.role), creator)
    return tuple(kept.values())


def _publisher(data: Data, shown: Shown, *, papers: Sequence[str]) -> str:
    """Return who published: a source that the page names, else the site, else an agency."""
    named = (name for line in shown.publishers if (name := publisher_name(line)))
    said = next((name for name in named if not _ADDRESS.search(name)), "")
    own = (
        *data.publishers,
        data.first("og:site_name", "dc.publisher", "dcterms.publisher", "application-name"),
        *data.sites,
    )
    return said or _short(next(filter(None, own), "")) or next(iter(papers), "")


def _short(name: str) -> str:
    """Return a site's name without the description that it is often given with."""
    return _JOINT.split(name)[0] if len(name) > _LONGEST_SITE else name


# --- dates ----------------------------------------------------------------------------------

_ISSUED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)


@dataclass(frozen=True, slots=True)
class _Dates:
    issued: str = ""
    modified: str = ""
    line: str = ""
    notices: tuple[Notice, ...] = ()


def _dates(data: Data, shown: Shown, page: Page) -> _Dates:
    """Return the dates of issue and change, and the notice of one that can be read in two ways.

    What is written for machines first: JSON-LD, `meta`, microdata; then what the page shows; the
    day in the address at last.
    """
    lines = [(text, date_line(text, language=page.language, now=page.now)) for text in shown.dates]
    seen = next(((text, date) for text, date in lines if date.issued), ("", DateLine()))
    said = (
        *map(iso, data.article.get("datepublished", ())),
        *(iso(data.first(name)) for name in _ISSUED),
        *map(iso, data.properties.get("datepublished", ())),
    )
    changed = (
        *map(iso, data.article.get("datemodified", ())),
        *(iso(data.first(name)) for name in _MODIFIED),
        *map(iso, data.properties.get("datemodified", ())),
        *(date.modified for _, date in lines),
    )
    first, last = (next(filter(None, found), "") for found in (said, changed))
    text, date = seen
    issued = first or date.issued or _in_address(page.address or page.source) or last
    doubts = () if first else tuple(Notice(DOUBTS[one], "", text, issued) for one in date.doubts)
    is_later = last[:10] > issued[:10]
    is_shown = date.issued[:10] == issued[:10]
    return _Dates(issued, last if is_later else "", text if is_shown else "", doubts)


def iso(text: str) -> str:
    """Return a date that was written for machines as ISO 8601, empty for what is none."""
    found = date_line(text[:120])
    date = found.issued or found.modified
    return date if date[:4] >= "1900" else ""


def _in_address(address: str) -> str:
    found = _DAY_IN_ADDRESS.search(address)
    return iso("-".join((found[1], found[2].zfill(2), found[3].zfill(2)))) if found else ""


# --- the rest -------------------------------------------------------------------------------


def language(declared: str, text: str) -> str:
    """Return the language of a page: what it declares, where the text can be in it.

    Declarations are often the template's: of the languages that can be told apart the text says.
    """
    found = detect(text)
    tag = (
        tag_of(declared) if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", declared) else ""
    )
    primary = tag.partition("-")[0]
    if not primary or primary in _KNOWN or direction_of(tag) is not direction_of(found):
        return found
    return primary


def _description(data: Data, shown: Shown, page: Page) -> str:
    """Return the standfirst; what only repeats the text, or tells of the site, is none."""
    if shown.standfirst:
        return "" if _repeats(shown.standfirst, page.text) else shown.standfirst
    told = (
        *data.meta.get("og:description", ()),
        *data.article.get("description", ()),
        *data.meta.get("description", ()),
        *data.meta.get("dc.description", ()),
    )
    return next((text for text in told if _tells_of(text, page)), "")


def _tells_of(text: str, page: Page) -> bool:
    if len(text.split()) < 5 or _ELLIPSIS.search(text) or _repeats(text, page.text):
        return False
    if fold_words(text) == fold_words(page.title):
        return False
    words = {word for word in fold_words(text).split() if len(word) > 3}
    about = set(fold_words(f"{page.title} {page.text[:60_000]}").split())
    return bool(words) and len(words & about) >= _LEAST_SHARED * len(words)


def _repeats(text: str, body: str) -> bool:
    """Say whether a text is cut from the body: its words stand there in a row."""
    words = fold_words(_ELLIPSIS.sub("", text)).split()
    start = f" {fold_words(body[: _COMPARED + 2 * len(text)])} "
    kept = words[:-1] if len(words) > 8 else words
    return bool(kept) and f" {' '.join(kept)} " in start


def _subjects(data: Data, shown: Shown, page: Page) -> tuple[str, ...]:
    offered = (
        *data.article.get("articlesection", ()),
        *data.meta.get("article:section", ()),
        *data.properties.get("articlesection", ()),
        *data.meta.get("article:tag", ()),
        *shown.subjects,
        *data.article.get("keywords", ()),
        *data.meta.get("news_keywords", ()),
        *data.meta.get("dc.subject", ()),
    )
    if not offered:
        offered = data.meta.get("keywords", ())
    kept: dict[str, str] = {}
    for text in _split(offered):
        words = fold_words(text)
        if words and not _is_known(text, (*page.sites, page.title)):
            kept.setdefault(words, text)
    return tuple(kept.values())[:_MOST_SUBJECTS]


def _split(offered: Iterable[str]) -> Iterator[str]:
    for text in offered:
        for part in _LIST.split(text):
            subject = part.strip(" #.").replace("_", " ")
            if 1 < len(subject) <= _LONGEST_SUBJECT:
                yield subject
