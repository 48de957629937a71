"""RSS (0.9x, 1.0, 2.0) and Atom → a feed: elements by their names, whatever their prefixes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urljoin

from lxml import etree

from exporter.errors import ReadError
from exporter.readers.feed.entries import (
    MOST_ENTRIES,
    Entry,
    Feed,
    address,
    author,
    date,
    language,
    plain,
)
from exporter.readers.xml import parse_leniently
from exporter.sources import Source

Element = etree._Element  # noqa: SLF001 - lxml names the type of an element so

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def read_xml(source: Source) -> Feed:
    """Return the feed in a source; raises ReadError for XML that is no feed, or none at all."""
    root = parse_leniently(source.data.lstrip(), subject=source.location)
    match _local(root):
        case "feed":
            return _atom(root, source)
        case "rss" | "RDF":
            return _rss(root)
        case _:
            raise ReadError("feed-wrong", subject=source.location)


# --- RSS ------------------------------------------------------------------------------------


def _rss(root: Element) -> Feed:
    channel = next(iter(_all(root, "channel")), root)
    # The items of RSS 1.0 stand beside the channel, those of the others in it.
    items = [*_all(channel, "item"), *(_all(root, "item") if channel is not root else [])]
    return Feed(
        title=plain(_text(channel, "title")),
        link=address(_text(channel, "link")),
        language=language(_text(channel, "language")),
        rights=plain(_text(channel, "copyright", "rights")),
        entries=tuple(map(_item, items[:MOST_ENTRIES])),
    )


def _item(item: Element) -> Entry:
    full = _inner(item.find(f"{{{_CONTENT}}}encoded"))
    summary = _inner(_first(item, "description"))
    guid = _first(item, "guid")
    permanent = "" if guid is None or guid.get("isPermaLink") == "false" else _words(guid)
    people = [*_all(item, "creator"), *_all(item, "author")]
    return Entry(
        title=plain(_text(item, "title")),
        link=address(_text(item, "origLink", "link")) or address(permanent),
        content=full or summary,
        summary=summary,
        has_full_text=bool(full),
        authors=_unique(author(_words(one)) for one in people),
        issued=date(_text(item, "pubDate", "date", "issued")),
        modified=date(_text(item, "modified", "updated")),
        subjects=_unique(plain(_words(one)) for one in _all(item, "category", "subject")),
        language=language(_text(item, "language")),
        rights=plain(_text(item, "rights")),
    )


# --- Atom -----------------------------------------------------------------------------------


def _atom(root: Element, source: Source) -> Feed:
    own = str(root.get(_LANGUAGE) or "")
    base = _joined(source.url, str(root.get(_BASE) or ""))
    people = _people(root)
    entries = _all(root, "entry")[:MOST_ENTRIES]
    return Feed(
        title=_plain(_first(root, "title")),
        link=_link(root, base),
        language=language(own),
        rights=_plain(_first(root, "rights")),
        entries=tuple(_atom_entry(entry, base, people) for entry in entries),
    )


def _atom_entry(entry: Element, base: str, people: tuple[str, ...]) -> Entry:
    content, summary = _construct(_first(entry, "content")), _construct(_first(entry, "summary"))
    terms = (str(one.get("label") or one.get("term") or "") for one in _all(entry, "category"))
    return Entry(
        title=_plain(_first(entry, "title")),
        link=_link(entry, _joined(base, str(entry.get(_BASE) or ""))),
        content=content or summary,
        summary=summary,
        has_full_text=bool(content),
        authors=_people(entry) or people,
        issued=date(_text(entry, "published", "issued", "created")),
        modified=date(_text(entry, "updated", "modified")),
        subjects=_unique(map(plain, terms)),
        language=language(str(entry.get(_LANGUAGE) or "")),
        rights=_plain(_first(entry, "rights")),
    )


def _people(element: Element) -> tuple[str, ...]:
    return _unique(author(_text(one, "name")) for one in _all(element, "author"))


def _link(element: Element, base: str) -> str:
    """Return the address of the page of an entry: the first link that is of no other kind."""
    links = (one for one in _all(element, "link") if one.get("rel", "alternate") == "alternate")
    first = next(links, None)
    return "" if first is None else address(_joined(base, str(first.get("href") or "")))


def _construct(element: Element | None) -> str:
    """Return a text construct as HTML (RFC 4287 §3.1): text, escaped HTML, or XHTML inside."""
    if element is None or element.get("src"):
        return ""
    kind = str(element.get("type") or "text")
    if kind == "xhtml" or (kind.endswith(("+xml", "/xml")) and len(element)):
        return _markup(element)
    text = _words(element)
    if kind in {"html", "text/html"}:
        return text
    return f"<p>{_escaped(text)}</p>" if text else ""


def _plain(element: Element | None) -> str:
    if element is None:
        return ""
    is_html = str(element.get("type") or "text") in {"html", "text/html"}
    return plain(_words(element)) if is_html else " ".join(_words(element).split())


# --- elements -------------------------------------------------------------------------------


def _local(element: Element) -> str:
    """Return the name of an element without its prefix, also one that XML doesn't allow."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _all(element: Element, *names: str) -> list[Element]:
    return [one for one in element.iterchildren(etree.Element) if _local(one) in names]


def _first(element: Element, *names: str) -> Element | None:
    """Return the first child of the first name that has words, else None."""
    for name in names:
        for one in _all(element, name):
            if len(one) or _words(one):
                return one
    return None


def _text(element: Element, *names: str) -> str:
    found = _first(element, *names)
    return "" if found is None else _words(found)


def _words(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _inner(element: Element | None) -> str:
    """Return the HTML in an element: escaped, as it should be, or as elements."""
    if element is None:
        return ""
    return _markup(element) if len(element) else _words(element)


def _markup(element: Element) -> str:
    for one in element.iter(etree.Element):
        with suppress(ValueError):  # what was mended may have a name that none can be given
            one.tag = _local(one)  # a prefix is no part of the names of HTML
    inside = "".join(etree.tostring(one, encoding="unicode") for one in element)
    return _escaped(str(element.text or "")) + inside


def _escaped(text: str) -> str:
    return text.strip().replace("&", "&amp;").replace("<", "&lt;")


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
