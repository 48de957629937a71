"""The view of a page: what of it tells whether another page belongs to the same article."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree, html

from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.sources import Source

_LARGEST_PAGE = 5_000_000

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PAGE_WORDS = compiled(r"\b(?:page|pages|صفحة|الصفحة|صفحه)\b|[\d()\[\]|/–—·:-]")
_ARTICLE_TYPES = compiled(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|BlogPosting|Report)"')


@dataclass(frozen=True, slots=True)
class View:
    """What of a page tells its place among others: addresses it links to, with their words.

    `kind` is `article`, `other` (a list, a home page), or empty where the page doesn't say.
    """

    url: str
    links: tuple[tuple[str, str], ...]
    title: str
    kind: str
    text: str


def view_of(source: Source) -> View | None:
    """Return the view of an HTML page, None for a very large one or one that is no HTML."""
    if len(source.data) > _LARGEST_PAGE:
        return None
    try:
        parser = html.HTMLParser(encoding=source.charset or None)
        root = html.document_fromstring(source.data, parser=parser)
    except (LookupError, ValueError, etree.LxmlError):
        return None
    return View(source.url, tuple(_links(root, source.url)), _title(root), _kind(root), _text(root))


def _links(root: html.HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    """Yield address and words of each link; of one with `rel=next` the word is `next`."""
    for element in root.iter("link", "a"):
        href, relations = element.get("href"), (element.get("rel") or "").lower().split()
        if not href:
            continue
        label = element.get("title") or element.get("aria-label") or ""
        words = " ".join((element.text_content() or label).split())
        if "next" in relations:
            words = "next"
        elif element.tag == "link":
            continue
        try:
            yield urljoin(base, href.strip()), words
        except ValueError:
            continue


def _title(root: html.HtmlElement) -> str:
    """Return the title without what counts pages in it."""
    found = root.xpath('//meta[@property="og:title"]/@content') or root.xpath("//h1//text()")
    found = found or root.xpath("//title//text()")
    bare = _PAGE_WORDS.sub(" ", " ".join(map(str, found)).lower().translate(_DIGITS))
    return " ".join(bare.split())


def _kind(root: html.HtmlElement) -> str:
    said = [str(one).lower() for one in root.xpath('//meta[@property="og:type"]/@content')]
    scripts = root.xpath('//script[@type="application/ld+json"]/text()')
    if any("article" in one for one in said) or any(map(_ARTICLE_TYPES.search, map(str, scripts))):
        return "article"
    return "other" if said else ""


def _text(root: html.HtmlElement) -> str:
    """Return the words of the paragraphs: two pages with the same ones are one page."""
    return " ".join(" ".join(p.text_content().split()) for p in root.iter("p"))


def is_same_article(first: View, further: View) -> bool:
    """Whether a further page has the title of the first, or one that begins so, and other text."""
    titles = sorted((first.title, further.title), key=len)
    alike = titles[0] == titles[1] or (len(titles[0]) > 10 and titles[1].startswith(titles[0]))
    return alike and first.text != further.text
