"""Structured data: what a page says to machines, in JSON-LD, `meta` and microdata."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from html import unescape

from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, tag, text_of
from exporter.records import dataclass

_ARTICLES = (
    "Article NewsArticle BlogPosting ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle "
    "BackgroundNewsArticle ReviewNewsArticle LiveBlogPosting TechArticle ScholarlyArticle "
    "SocialMediaPosting AdvertiserContentArticle SatiricalArticle Report Review CreativeWork"
).split()
_PAGES = frozenset(("WebPage", "ItemPage"))
_SITES = frozenset(("WebSite", "Organization", "NewsMediaOrganization"))
_LARGEST, _MOST_NODES, _LONG = 2_000_000, 20_000, 2000
_COMMA = compiled(r",\s*([\]}])")
_WRAPPED = compiled(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
# What can still be read of JSON that is broken.
_FIELD = compiled(
    r'"(headline|datePublished|dateModified|articleBody|description|articleSection|inLanguage)"'
    r'\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)

Json = object


@dataclass(frozen=True, slots=True)
class Data:
    """What a page says, by where: a JSON-LD article, names of `meta`, properties of microdata.

    Every value is text; names are in small letters. `sites` are names of the publishing site.
    """

    article: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[tuple[str, str], ...] = ()
    publishers: tuple[str, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sites: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """Return the first value of `meta` by one of these names, in the order of the names."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")


def structured(root: Element) -> Data:
    """Return what a page says of its article to machines."""
    nodes = list(_nodes(root))
    meta = _meta(root)
    headlines = [value for name in ("og:title", "twitter:title") for value in meta.get(name, ())]
    article = _article(nodes, headlines)
    sites = [text for node in nodes if _types(node) & _SITES for text in _texts(node.get("name"))]
    return Data(
        article={name.lower(): _values(name, value) for name, value in article.items()},
        people=tuple(_people(article, nodes)),
        publishers=tuple(_named(article.get("publisher"), nodes)),
        meta=meta,
        properties=_properties(root),
        sites=tuple(sites),
    )


# --- JSON-LD --------------------------------------------------------------------------------


def _nodes(root: Element) -> Iterator[Mapping[str, Json]]:
    """Yield every object in the JSON-LD of a page, the outer ones first."""
    number = 0
    for script in root.iter("script"):
        if "ld+json" not in get(script, "type").lower():
            continue
        todo: list[Json] = [_loaded(script.text or "")]
        while todo and number < _MOST_NODES:
            value = todo.pop(0) if len(todo) < 100 else todo.pop()
            number += 1
            if isinstance(value, dict):
                yield value
                todo.extend(value.values())
            elif isinstance(value, list):
                todo.extend(value)


def _loaded(text: str) -> Json:
    """Return what a script holds; of broken JSON the fields that can still be read."""
    bare = _WRAPPED.sub("", text[:_LARGEST].strip())
    for attempt in (bare, _COMMA.sub(r"\1", bare)):
        try:
            loaded: Json = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return loaded
    found: dict[str, Json] = {}
    for name, value in _FIELD.findall(bare):
        try:
            found.setdefault(name, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue
    return {"@type": "Article", **found} if found else None


def _types(node: Mapping[str, Json]) -> set[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rpartition("/")[2].rpartition(":")[2] for kind in listed if isinstance(kind, str)}


def _article(nodes: Sequence[Mapping[str, Json]], headlines: Sequence[str]) -> Mapping[str, Json]:
    """Return the object of the page's article: of several the one with the page's headline."""
    found = [node for node in nodes if _types(node).intersection(_ARTICLES) and _is_told(node)]
    for node in found:
        said = " ".join(_texts(node.get("headline")) or _texts(node.get("name")))
        if said and any(said in headline or headline in said for headline in headlines):
            return node
    if not found or (headlines and len(found) > 1):
        return next(
            (node for node in nodes if _types(node) & _PAGES and "datePublished" in node), {}
        )
    return found[0]


def _is_told(node: Mapping[str, Json]) -> bool:
    return any(name in node for name in ("headline", "datePublished", "articleBody", "author"))


def _values(name: str, value: Json) -> tuple[str, ...]:
    """Return the texts of a property; the lines of a whole text stay."""
    if name == "articleBody" and isinstance(value, str):
        return (unescape(value),)
    return tuple(_texts(value))


def _texts(value: Json) -> list[str]:
    """Return the texts in a value: itself, those in a list, the name of an object."""
    found: list[str] = []
    todo = [value]
    while todo and len(found) < 100:
        each = todo.pop(0)
        if isinstance(each, str):
            found.append(_spaced(each) if len(each) < _LONG else each)
        elif isinstance(each, int | float) and not isinstance(each, bool):
            found.append(str(each))
        elif isinstance(each, list):
            todo[:0] = each[:100]
        elif isinstance(each, dict):
            todo.insert(0, each.get("name") or each.get("@value"))
    return [text for text in found if text]


def _spaced(text: str) -> str:
    """Return a value with single spaces; many sites write entities twice (`&amp;zwnj;`)."""
    return " ".join(unescape(text).split())


def _people(
    article: Mapping[str, Json], nodes: Sequence[Mapping[str, Json]]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the type of each author; the type is empty where none is given."""
    authors = article.get("author") or article.get("creator")
    for each in authors if isinstance(authors, list) else [authors]:
        person = _referred(each, nodes)
        kind = next(iter(sorted(_types(person))), "") if isinstance(person, dict) else ""
        yield from ((name, kind) for name in _texts(person))


def _named(value: Json, nodes: Sequence[Mapping[str, Json]]) -> list[str]:
    return _texts(_referred(value, nodes))


def _referred(value: Json, nodes: Sequence[Mapping[str, Json]]) -> Json:
    """Return the object that an object with nothing but an `@id` refers to."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        same = (node for node in nodes if node.get("@id") == value["@id"] and "name" in node)
        return next(same, value)
    return value


# --- meta and microdata ---------------------------------------------------------------------


def _meta(root: Element) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        value = _spaced(get(element, "content"))
        for name in (get(element, "property") or get(element, "name")).lower().split():
            if value:
                found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


_ASKED = frozenset(
    "headline datepublished datemodified author articlesection keywords publisher".split()
)


def _properties(root: Element) -> Mapping[str, tuple[str, ...]]:
    """Return the properties of microdata (and RDFa) that articles have, in their order."""
    found: dict[str, list[str]] = {}
    for element in root.iter():
        named = f"{get(element, 'itemprop')} {get(element, 'property')}".lower()
        asked = {name.rpartition(":")[2] for name in named.split()} & _ASKED
        # Open Graph's `meta` have a `property` too; theirs are read as such.
        if asked and (tag(element) != "meta" or get(element, "itemprop")):
            value = _value(element)
            for name in sorted(asked) if value else ():
                found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _value(element: Element) -> str:
    name = next((each for each in element.iter() if get(each, "itemprop") == "name"), None)
    if name is not None and name is not element:
        return get(name, "content") or text_of(name, most=300)
    return get(element, "content") or get(element, "datetime") or text_of(element, most=300)
