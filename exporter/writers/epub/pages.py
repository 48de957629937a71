"""The pages of the print edition in the e-book: where each begins, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from exporter.arabic.digits import DigitFamily, to_digits
from exporter.fonts import counts_as_letter
from exporter.publication import PrintEdition
from exporter.records import dataclass
from exporter.writers.epub.spans import serialised

_XHTML = "{http://www.w3.org/1999/xhtml}"
# The calls of notes and the letters of lists, which the paper's style sheet puts in.
_NOT_ON_PAPER = frozenset(("noteref", "marker"))
_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class PageMark:
    """The place where a page of the print edition begins."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A run of text, as the `text` of its element or as its `tail`."""

    element: etree._Element
    is_tail: bool
    text: str


def marked(
    documents: Mapping[int, bytes],
    edition: PrintEdition,
    *,
    paths: Mapping[int, str],
    digits: DigitFamily,
) -> tuple[Mapping[int, bytes], tuple[PageMark, ...]]:
    """Return chapters with an element where each page begins, and the list of these places.

    `documents` and `paths` are by the number of the article, from 1. Nothing changes, and the list
    is empty, where there was no print edition, or where its letters are not those of the chapters.
    """
    if not edition.starts:
        return documents, ()
    roots = {number: etree.fromstring(document) for number, document in documents.items()}
    letters = tuple(_letters(root) for root in roots.values())
    if edition.letters != letters:
        return documents, ()
    marks = []
    for number, root in roots.items():
        pages = [(start.page, start.letters) for start in edition.starts if start.article == number]
        labels = {page: to_digits(str(page), digits) for page, _ in pages}
        _insert(root, pages, labels)
        marks += [PageMark(labels[page], f"{paths[number]}#page-{page}") for page, _ in pages]
    return {number: serialised(root) for number, root in roots.items()}, tuple(marks)


def _letters(root: etree._Element) -> int:
    return sum(_letters_in(place.text) for place in _places(root))


def _letters_in(text: str) -> int:
    return sum(text.count(character) for character in set(text) if counts_as_letter(character))


def _places(root: etree._Element) -> Iterator[_Place]:
    body = root.find(f".//{_XHTML}div[@class='body']")
    if body is not None:
        yield from _inside(body)


def _inside(element: etree._Element) -> Iterator[_Place]:
    yield _Place(element, is_tail=False, text=element.text or "")
    for child in element:
        if child.get("class") not in _NOT_ON_PAPER:
            yield from _inside(child)
        yield _Place(child, is_tail=True, text=child.tail or "")


def _insert(
    root: etree._Element, pages: Sequence[tuple[int, int]], labels: Mapping[int, str]
) -> None:
    """Insert the break of each page before the letter that is the first on it."""
    article = root.find(f".//{_XHTML}article")
    body = root.find(f".//{_XHTML}div[@class='body']")
    first = [page for page, letters in pages if letters == 0]
    waiting = [(page, letters) for page, letters in pages if letters > 0]
    counted = 0
    for place in list(_places(root)):
        inside = _letters_in(place.text)
        if not waiting or waiting[0][1] >= counted + inside:  # no page begins here
            counted += inside
            continue
        cuts = []
        for position, character in enumerate(place.text):
            if not counts_as_letter(character):
                continue
            while waiting and waiting[0][1] <= counted:
                cuts.append((position, waiting.pop(0)[0]))
            counted += 1
        _cut(place, [(position, _break(page, labels[page])) for position, page in cuts])
    for page, _ in waiting:  # pages of what stands after the text
        if body is not None:
            body.append(_break(page, labels[page]))
    for page in reversed(first):
        if article is not None:
            _put_first(article, _break(page, labels[page]))


def _break(page: int, label: str) -> etree._Element:
    attributes = {
        _TYPE: "pagebreak",
        "role": "doc-pagebreak",
        "id": f"page-{page}",
        "aria-label": label,
    }
    return etree.Element(f"{_XHTML}span", attributes)


def _cut(place: _Place, breaks: Sequence[tuple[int, etree._Element]]) -> None:
    for position, element in reversed(breaks):
        if place.is_tail:
            text = place.element.tail or ""
            place.element.tail = text[:position]
            place.element.addnext(element)
        else:
            text = place.element.text or ""
            place.element.text = text[:position]
            place.element.insert(0, element)
        element.tail = text[position:]


def _put_first(parent: etree._Element, element: etree._Element) -> None:
    element.tail, parent.text = parent.text, None
    parent.insert(0, element)
