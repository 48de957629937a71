"""Where the pages begin: how many letters of which article are before each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from exporter.fonts import counts_as_letter
from exporter.publication import PageStart, PrintEdition

_Run = tuple[int, int]
"""An article by its element, and letters of its body."""


_NOT_IN_THE_TEXT = frozenset({"note-call", "address", "source-note"})


def print_edition(document: Document) -> PrintEdition:
    """Return where the pages of a laid out document begin.

    The letters are those of the articles' bodies, without what the style sheet put in, the calls of
    notes, the notes themselves, the addresses of links, the note of the source, which a theme may
    set in the last column, and the header of a table on its further pages.
    """
    starts, letters = article_letters(document)
    if len(starts) != len(document.pages):  # a page with nothing of an article on it
        return PrintEdition()
    return PrintEdition(starts, letters)


def article_letters(document: Document) -> tuple[tuple[PageStart, ...], tuple[int, ...]]:
    """Return where the pages with something of an article begin, and the letters of each."""
    numbers: dict[int, int] = {}
    letters: Counter[int] = Counter()
    headers: set[int] = set()
    starts = []
    for number, page in enumerate(document.pages, start=1):
        first = None
        for element, count in _runs(page._page_box, None, headers):  # noqa: SLF001 (no other way)
            article = numbers.setdefault(element, len(numbers) + 1)
            if first is None:
                first = PageStart(article, letters[article], number)
            letters[article] += count
        if first is not None:
            starts.append(first)
    return tuple(starts), tuple(letters[article] for article in numbers.values())


def _runs(
    box: Any, article: int | None, headers: set[int], *, inside: bool = False
) -> Iterator[_Run]:
    if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)) or "::" in (box.element_tag or ""):
        return
    element = box.element
    classes = set() if element is None else set(element.get("class", "").split())
    if box.element_tag == "article" and element is not None:
        article = id(element)
        yield article, 0
    if classes & _NOT_IN_THE_TEXT or _is_repeated(box, headers):
        return
    inside = inside or (box.element_tag == "div" and "body" in classes)
    if isinstance(box, boxes.TextBox):
        if inside and article is not None:
            yield article, sum(map(counts_as_letter, box.text))
        return
    for child in getattr(box, "children", ()):
        yield from _runs(child, article, headers, inside=inside)


def _is_repeated(box: Any, headers: set[int]) -> bool:
    if not getattr(box, "is_header", False) or box.element is None:
        return False
    if id(box.element) in headers:
        return True
    headers.add(id(box.element))
    return False
