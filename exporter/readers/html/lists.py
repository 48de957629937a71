"""Lists: items counted, marked or defined."""

from __future__ import annotations

from dataclasses import replace

from exporter.article import Blocks, Definition, List, ListKind
from exporter.readers.html import tables, verse
from exporter.readers.html.dom import Element, get, tag


def define(terms: list[Definition], element: Element, blocks: Blocks) -> None:
    """Add a term (`dt`), or one more meaning of the last one (`dd`), to a list of definitions."""
    if tag(element) == "dt":
        terms.append(Definition(tables.cell_inlines(blocks), ()))
    elif blocks:
        last = terms.pop() if terms else Definition((), ())
        terms.append(replace(last, meanings=(*last.meanings, blocks)))


def made(element: Element, items: tuple[Blocks, ...]) -> List:
    """Return the list that an element is."""
    is_numbered = tag(element) == "ol" and not verse.is_unmarked(element)
    kind = ListKind.NUMBERED if is_numbered else ListKind.BULLETED
    start = get(element, "start")[:6]
    first = int(start) if start.removeprefix("-").isdecimal() else 1
    return List(items, kind=kind, start=first if is_numbered and first >= 0 else 1)
