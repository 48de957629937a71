"""Addresses: what the references of a page are relative to, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from exporter.arabic.addresses import uri_of
from exporter.article import LINK_SCHEMES
from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, tag
from exporter.records import dataclass

_SCHEME = compiled(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SPACE = compiled(r"[\t\n\r]")
_PICTURE = compiled(r"data:image/[a-z0-9.+-]+[;,]", re.IGNORECASE)
# What browsers write on top of a page that they save.
_SAVED_FROM = compiled(r"<!--\s*(?:saved from url=\(\d+\)|[^<>]{0,80}?url:\s*)(https?://[^\s>]+)")
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Addresses:
    """What references are relative to; empty where the page does not say.

    `page` is the page's own address, `base` what its relative references start from, `origin`
    the address whose site they belong to when only a saved file is here.
    """

    page: str = ""
    base: str = ""
    origin: str = ""

    def link(self, reference: str) -> str:
        """Return where a link leads, an absolute URL that a link may have; empty for others."""
        absolute = self._absolute(reference, self.base or self.origin)
        if not absolute.lower().startswith(LINK_SCHEMES):
            return ""
        try:
            uri_of(absolute)
        except ValueError:
            return ""
        return absolute

    def picture(self, reference: str) -> str:
        """Return where a picture is: a URL, a `data:` URL, or a path beside the page's file.

        Empty for anything else, as a file elsewhere on this machine.
        """
        reference = _SPACE.sub("", reference.strip())
        if _PICTURE.match(reference):
            return reference
        from_site = reference.startswith("/")
        absolute = self._absolute(reference, self.base or (self.origin if from_site else ""))
        if absolute.lower().startswith(("http://", "https://")):
            return absolute if self.link(absolute) else ""
        return "" if self.base or from_site else _beside(reference)

    def _absolute(self, reference: str, base: str) -> str:
        reference = _SPACE.sub("", reference.strip())
        if not reference or reference.startswith("#"):
            return ""
        try:
            return urljoin(base, reference).replace(" ", "%20") if base else reference
        except ValueError:
            return ""


def _beside(reference: str) -> str:
    """Return the path of a file beside the page or below it, else nothing."""
    if _SCHEME.match(reference):
        return ""
    path = unquote(re.split(r"[?#]", reference, maxsplit=1)[0]).replace("\\", "/")
    steps = path.split("/")
    if not path or path.startswith("/") or ".." in steps or _SCHEME.match(path) or "\0" in path:
        return ""
    return "/".join(step for step in steps if step != ".")


def addresses(root: Element, *, url: str = "", text: str = "") -> Addresses:
    """Return what the references of a page are relative to.

    `url` is where it was fetched from; a file that was saved from somewhere says so in `text`'s
    first comment, or in its canonical address.
    """
    canonical = next(_canonical(root), "")
    page = url or _saved_from(text)
    base = next((get(each, "href") for each in root.iter("base")), "")
    own = Addresses(page, page, page or canonical)
    if _is_absolute(base) or (page and base):
        own = Addresses(page, urljoin(page, base), page or canonical)
    return own


def _saved_from(text: str) -> str:
    found = _SAVED_FROM.search(text[:_HEAD])
    return found[1] if found and _is_absolute(found[1]) else ""


def canonical_address(root: Element, known: Addresses) -> str:
    """Return the address that an article is known by: the canonical one, else the page's own."""
    return next(_canonical(root), "") or known.page


def _canonical(root: Element) -> Iterator[str]:
    for link in root.iter("link"):
        if "canonical" in get(link, "rel").lower().split() and _is_absolute(get(link, "href")):
            yield get(link, "href")
    for meta in root.iter("meta"):
        name = (get(meta, "property") or get(meta, "name")).lower()
        if name == "og:url" and _is_absolute(get(meta, "content")):
            yield get(meta, "content")


def _is_absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
        uri_of(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def fragment_of(element: Element) -> str:
    """Return the name in this page that an element's link leads to; empty for another link."""
    href = get(element, "href") if tag(element) == "a" else ""
    return unquote(href[1:]) if href.startswith("#") else ""
