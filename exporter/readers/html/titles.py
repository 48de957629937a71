"""Titles: the headline of a page's article, without the name of its site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from exporter.arabic.folding import fold_words
from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, is_hidden, tag, text_of
from exporter.readers.html.structured import Data

_SEPARATOR = compiled(r"\s*(?:\||::|»|«(?=\s)|•|·|(?<=\s)[-–—―~/<>](?=\s)|:(?=\s))\s*")
_LONGEST, _FEWEST_WORDS, _ALIKE = 400, 3, 0.6
_MOST_H1 = 40


def claims(root: Element, data: Data) -> tuple[str, ...]:
    """Return what a page says that its title is, from machine-readable places, the surest first."""
    head = root.find("head")
    own = [
        text_of(each, most=_LONGEST) for each in (head if head is not None else root).iter("title")
    ]
    said = (
        *data.article.get("headline", ()),
        *data.meta.get("og:title", ()),
        *data.properties.get("headline", ()),
        *data.meta.get("dc.title", ()),
        *data.meta.get("dcterms.title", ()),
        *data.meta.get("twitter:title", ()),
        *own[:1],
    )
    return tuple(dict.fromkeys(text[:_LONGEST] for text in said if text))


def headline(
    root: Element, known: Sequence[str], *, sites: Iterable[str], shown: Iterable[str] = ()
) -> tuple[str, Element | None]:
    """Return the title of a page and the heading that shows it, None where none does.

    The heading is what readers see: it wins where it is about what the page claims. Of the
    claims, the first one without the names of the site counts. `shown` are the lines of the page.
    """
    names = [fold_words(name) for name in sites]
    others = {fold_words(text) for text in (*known, *shown) if _is_long(text)}
    bare = [text for text in (without_site(each, names, others) for each in known) if text]
    headings = [each for each in root.iter("h1") if not is_hidden(each)][:_MOST_H1]
    seen = [(text, each) for each in headings if (text := text_of(each, most=_LONGEST)[:_LONGEST])]
    likeness = [max((alike(text, claim) for claim in bare), default=0.0) for text, _ in seen]
    if likeness and max(likeness) >= _ALIKE:
        text, heading = seen[likeness.index(max(likeness))]
        return _without_kicker(text, bare), heading
    if not bare and len(seen) == 1 and fold_words(seen[0][0]) not in names:
        return seen[0]
    title = bare[0] if bare else ""
    return title, _other_heading(root, title) if title else None


def _without_kicker(text: str, claimed: Sequence[str]) -> str:
    """Return a heading without the words over the title that stand in the same element."""
    words = fold_words(text)
    for claim in claimed:
        said = fold_words(claim)
        if said and words != said and words.endswith(f" {said}") and len(said) > 0.4 * len(words):
            return claim
    return text


def _other_heading(root: Element, title: str) -> Element | None:
    words = fold_words(title)
    for each in root.iter("h2", "h3", "h4", "div", "span", "p", "strong", "td"):
        if len(each) < 3 and fold_words(text_of(each, most=len(title) + 40)) == words:
            return each
    return None


def alike(first: str, second: str) -> float:
    """Return the share of words that two titles have in common, of the shorter one's."""
    one, two = fold_words(first).split(), fold_words(second).split()
    if not one or not two:
        return 0.0
    both = len(set(one) & set(two))
    share = both / min(len(set(one)), len(set(two)))
    return share if min(len(one), len(two)) > 1 else float(one == two)


def _is_long(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS and len(text) <= _LONGEST


def without_site(text: str, names: Sequence[str], others: Collection[str]) -> str:
    """Return a title without the segments at its ends that are no part of the headline.

    A segment goes when it is one of the names of the site, or when what is left is what another
    place gives as the whole title, or one of the page's lines; both are folded.
    """
    parts = list(_parts(text))
    while len(parts) > 1:
        last, first = _joined(parts[:-1]), _joined(parts[1:])
        if fold_words(parts[-1][1]) in names or _is_whole(last, parts, others):
            parts.pop()
        elif fold_words(parts[0][1]) in names or _is_whole(first, parts, others):
            parts.pop(0)
        else:
            break
    whole = _joined(parts)
    return "" if fold_words(whole) in names else whole


def _is_whole(rest: str, parts: Sequence[tuple[str, str]], others: Collection[str]) -> bool:
    """Say whether what is left of a title is given elsewhere, and is most of it."""
    return fold_words(rest) in others and 2 * len(rest) >= len(_joined(parts))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the segments of a title, each after what parts it from the one before."""
    start, separator = 0, ""
    for found in _SEPARATOR.finditer(text):
        yield separator, text[start : found.start()]
        start, separator = found.end(), found[0]
    yield separator, text[start:]


def _joined(parts: Sequence[tuple[str, str]]) -> str:
    first, *rest = parts
    return (first[1] + "".join(f"{separator}{text}" for separator, text in rest)).strip()


# --- names of the site ----------------------------------------------------------------------


def site_names(root: Element, data: Data, *, address: str) -> tuple[str, ...]:
    """Return the names of a page's site, as it gives them: the surest first."""
    return tuple(dict.fromkeys(filter(None, _site_names(root, data, address))))


def _site_names(root: Element, data: Data, address: str) -> Iterator[str]:
    yield from data.meta.get("og:site_name", ())
    yield from data.publishers
    yield from data.sites
    for name in (
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "dcterms.publisher",
    ):
        yield from data.meta.get(name, ())
    host = urlsplit(address).hostname or ""
    yield host.removeprefix("www.")
    yield from (part for part in host.split(".")[:-1] if len(part) > 3)
    yield from _home(root, host)


def _home(root: Element, host: str) -> Iterator[str]:
    """Yield what the links to the site's first page say, and the names of their pictures."""
    for link in root.iter("a"):
        href = get(link, "href")
        is_home = href in {"/", "./", "index.html"} or (
            bool(host) and urlsplit_path(href) in {"", "/"} and host in href
        )
        if not is_home:
            continue
        for name in (
            text_of(link, most=60),
            get(link, "title"),
            *(get(each, "alt") for each in link.iter("img")),
        ):
            if 0 < len(name) <= 60 and tag(link):
                yield name


def urlsplit_path(href: str) -> str:
    """Return the path of an address; a mark that is no path for what is no address."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return "?"
    return parts.path if parts.netloc else "?"
