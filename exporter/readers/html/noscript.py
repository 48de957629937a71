"""Noscript: what a page keeps for browsers without scripts, put in its place or taken out."""

from __future__ import annotations

from lxml.html import HtmlElement

from exporter.readers.html.addresses import Addresses
from exporter.readers.html.dom import Element, tag, text_of
from exporter.readers.html.images import IMAGES, image_of

_LEAST_LETTERS = 600
_ANYWHERE = Addresses(base="http://example.invalid/")


def settle(root: Element) -> None:
    """Put the pictures and texts of `noscript` elements into the page, where it lacks them.

    A picture replaces one whose address a script would have set; a text counts only where it is
    long and the page has less without it.
    """
    for element in list(root.iter("noscript")):
        if not isinstance(element, HtmlElement) or element.getparent() is None:
            continue
        has_picture = any(tag(each) in IMAGES for each in element.iter())
        if (has_picture and not _has_picture_before(element)) or (
            len(text_of(element, most=_LEAST_LETTERS)) >= _LEAST_LETTERS and _is_most(element, root)
        ):
            element.drop_tag()
        elif has_picture:
            element.drop_tree()


def _has_picture_before(element: HtmlElement) -> bool:
    """Say whether the picture before an element has an address of its own; one without goes."""
    before = element.getprevious()
    if before is None or tag(before) not in IMAGES:
        return False
    if image_of(before, _ANYWHERE) is not None:
        return True
    if isinstance(before, HtmlElement):
        before.drop_tree()
    return False


def _is_most(element: Element, root: Element) -> bool:
    whole = len(text_of(root))
    return 2 * len(text_of(element)) > whole - _scripts(root)


def _scripts(root: Element) -> int:
    return sum(len(each.text or "") for each in root.iter("script", "style"))
