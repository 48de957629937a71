"""The ways into the book: the navigation document, the NCX of EPUB 2, the page of the cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from lxml import etree

from exporter.article import Direction, inline_text
from exporter.article_view import Medium
from exporter.publication import Publication
from exporter.records import dataclass
from exporter.rendering import render_template
from exporter.themes import Theme, words_of
from exporter.transforms.direction import isolated_line
from exporter.writers.epub.chapters import NavPoint
from exporter.writers.epub.package import Landmark
from exporter.writers.epub.pages import PageMark

_NCX = "http://www.daisy.org/z3986/2005/ncx/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class WaysIn:
    """The ways into a book: its contents, its landmarks, the pages of its print edition."""

    points: tuple[NavPoint, ...]
    landmarks: tuple[Landmark, ...]
    pages: tuple[PageMark, ...] = ()


def nav(
    ways: WaysIn, *, publication: Publication, theme: Theme, stylesheets: Sequence[str]
) -> bytes:
    """Return the navigation document: contents, landmarks and pages in print (EPUB 3.3 §7)."""
    context = {
        **_document(publication, theme, stylesheets),
        "points": [_turned(point, publication.direction) for point in ways.points],
        "landmarks": ways.landmarks,
        "pages": ways.pages,
    }
    return render_template("nav.xhtml", theme, context).strip().encode()


def _turned(point: NavPoint, direction: Direction) -> NavPoint:
    """Return a line of the contents, and those under it, as a page in `direction` has them."""
    children = tuple(_turned(child, direction) for child in point.children)
    return replace(point, label=isolated_line(point.label, direction=direction), children=children)


def cover_page(
    picture: str, *, publication: Publication, theme: Theme, stylesheets: Sequence[str]
) -> bytes:
    """Return the page that shows the cover; paths are relative to it."""
    context = _document(publication, theme, stylesheets)
    return (
        render_template("cover-page.xhtml", theme, {**context, "picture": picture}).strip().encode()
    )


def _document(
    publication: Publication, theme: Theme, stylesheets: Sequence[str]
) -> Mapping[str, object]:
    metadata = publication.metadata
    return {
        "language": metadata.language,
        "direction": publication.direction,
        "title": metadata.title,
        "words": words_of(theme, metadata.language),
        "stylesheets": stylesheets,
        "medium": Medium.SCREEN,
    }


def ncx(ways: WaysIn, publication: Publication) -> bytes:
    """Return the contents as EPUB 2 readers want them (OPF 2.0.1 §2.4.1, DAISY Z39.86-2005)."""
    metadata = publication.metadata
    root = etree.fromstring(f'<ncx xmlns="{_NCX}" version="2005-1"/>')
    root.set(_XML_LANG, metadata.language)
    root.set("dir", publication.direction)
    head = _child(root, "head")
    facts = {
        "dtb:uid": metadata.identifier,
        "dtb:depth": str(_depth(ways.points)),
        "dtb:totalPageCount": str(len(ways.pages)),
        "dtb:maxPageNumber": str(len(ways.pages)),
    }
    for name, content in facts.items():
        _child(head, "meta", {"name": name, "content": content})
    _labelled(root, "docTitle", metadata.title)
    for creator in metadata.creators:
        _labelled(root, "docAuthor", creator.name)
    play_order = count(1)
    _nav_points(_child(root, "navMap"), ways.points, play_order)
    if ways.pages:
        _page_targets(_child(root, "pageList"), ways.pages, play_order)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _nav_points(
    parent: etree._Element, points: Sequence[NavPoint], play_order: Iterator[int]
) -> None:
    for point in points:
        number = str(next(play_order))
        element = _child(parent, "navPoint", {"id": f"point-{number}", "playOrder": number})
        _labelled(element, "navLabel", inline_text(point.label))
        _child(element, "content", {"src": point.href})
        _nav_points(element, point.children, play_order)


def _page_targets(
    parent: etree._Element, pages: Sequence[PageMark], play_order: Iterator[int]
) -> None:
    for number, page in enumerate(pages, start=1):
        attributes = {"id": f"target-{number}", "type": "normal", "value": str(number)}
        target = _child(parent, "pageTarget", {**attributes, "playOrder": str(next(play_order))})
        _labelled(target, "navLabel", page.label)
        _child(target, "content", {"src": page.href})


def _labelled(parent: etree._Element, name: str, text: str) -> None:
    _child(_child(parent, name), "text").text = " ".join(text.split())


def _child(
    parent: etree._Element, name: str, attributes: Mapping[str, str] | None = None
) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NCX}}}{name}", dict(attributes or {}))


def _depth(points: Sequence[NavPoint]) -> int:
    return 1 + max((_depth(point.children) for point in points), default=0) if points else 0
