"""Kobo's spans: each sentence of a document in an element by which Kobo's readers know places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree

from exporter.patterns import compiled

_XHTML = "{http://www.w3.org/1999/xhtml}"
# What begins a paragraph in Kobo's numbering: `kobo.PARAGRAPH.SENTENCE`.
_PARAGRAPHS = frozenset(
    f"{_XHTML}{name}"
    for name in "p li dt dd td th caption figcaption pre h1 h2 h3 h4 h5 h6".split()
)
_LEFT_ALONE = frozenset(f"{_XHTML}{name}" for name in "svg math script style".split())
# A sentence ends with its mark, the quotes that close it and the space after it.
_SENTENCE = compiled(r".+?(?:[.!?؟۔…]+[\"'»”’)\]]*\s+|\Z)", re.DOTALL)
_STYLE = "div#book-inner { margin-top: 0; margin-bottom: 0; }"


class _Numbers:
    """The numbers of the paragraph at hand and of its sentences."""

    def __init__(self) -> None:
        self._paragraphs = count(1)
        self._paragraph = 0
        self._sentences = count(1)
        self._fresh = True

    def begin_paragraph(self) -> None:
        self._fresh = True

    def next(self) -> str:
        if self._fresh:
            self._paragraph, self._sentences = next(self._paragraphs), count(1)
            self._fresh = False
        return f"kobo.{self._paragraph}.{next(self._sentences)}"


def spanned(document: bytes) -> bytes:
    """Return the document as Kobo's renderer wants it.

    Every sentence and picture is in a `koboSpan` with an identifier, and the content of the body in
    the two elements by which the renderer makes pages. The text is the same.
    """
    root = etree.fromstring(document)
    head, body = root.find(f"{_XHTML}head"), root.find(f"{_XHTML}body")
    if head is None or body is None:
        return document
    _span(body, _Numbers())
    _wrap(body)
    style = etree.SubElement(head, f"{_XHTML}style", {"type": "text/css", "id": "kobostylehacks"})
    style.text = _STYLE
    return serialised(root)


def serialised(root: etree._Element) -> bytes:
    """Return a document with its doctype, every element that may have content with an end tag."""
    for element in root.iter(f"{_XHTML}*"):
        if element.text is None and not len(element) and element.tag not in _VOID:
            element.text = ""
    return etree.tostring(
        root.getroottree(), encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
    )


_VOID = frozenset(f"{_XHTML}{name}" for name in "br col hr img link meta wbr".split())


def _span(element: etree._Element, numbers: _Numbers) -> None:
    if element.tag in _LEFT_ALONE:
        return
    if element.tag in _PARAGRAPHS:
        numbers.begin_paragraph()
    children = list(element)
    text, element.text = element.text or "", None
    fragments: list[etree._Element] = []
    _append(element, fragments, text, numbers=numbers)
    for child in children:
        tail, child.tail = child.tail or "", None
        if child.tag == f"{_XHTML}img":
            fragments.append(_wrapped(child, numbers))
        else:
            _span(child, numbers)
            fragments.append(child)
        _append(element, fragments, tail, numbers=numbers)
    element[:] = fragments


def _append(
    parent: etree._Element, fragments: list[etree._Element], text: str, *, numbers: _Numbers
) -> None:
    """Put text after what is there: white space as it is, each sentence in a span."""
    if not text.strip():
        if fragments:
            fragments[-1].tail = (fragments[-1].tail or "") + text
        elif text:
            parent.text = text
        return
    fragments.extend(_spans(text, numbers))


def _spans(text: str, numbers: _Numbers) -> Iterator[etree._Element]:
    for sentence in _SENTENCE.findall(text):
        span = etree.Element(f"{_XHTML}span", {"class": "koboSpan", "id": numbers.next()})
        span.text = sentence
        yield span


def _wrapped(picture: etree._Element, numbers: _Numbers) -> etree._Element:
    span = etree.Element(f"{_XHTML}span", {"class": "koboSpan", "id": numbers.next()})
    span.append(picture)
    return span


def _wrap(body: etree._Element) -> None:
    columns = etree.Element(f"{_XHTML}div", {"id": "book-columns"})
    inner = etree.SubElement(columns, f"{_XHTML}div", {"id": "book-inner"})
    inner.text, body.text = body.text, None
    inner[:] = list(body)
    body.append(columns)
