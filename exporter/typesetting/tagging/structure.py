"""Structure elements as a tree of their own, and what they are in the PDF (ISO 32000-1 §14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

import pydyf

from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of marked content, by its page (from 0) and its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation of a page, such as the place of a link."""

    page: int
    dictionary: Any


@dataclass(eq=False, slots=True)
class Element:
    """A structure element; `kind` is one of the standard types of ISO 32000-1 §14.8.4.

    `notes` are the notes called in it. `language` is that of its words, said where it is not that
    of the element around it.
    """

    kind: str
    language: str
    parent: Element | None = None
    kids: list[Kid] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    alternative: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    identifier: str = ""

    def is_empty(self) -> bool:
        """Whether nothing that a reader meets is in it."""
        return not any(not isinstance(kid, Element) or not kid.is_empty() for kid in self.inside)

    @property
    def ancestors(self) -> Iterator[Element]:
        """The element itself and those around it, nearest first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def inside(self) -> Iterator[Kid]:
        """What is in it, each paragraph followed by the notes that it calls."""
        for kid in self.kids:
            yield kid
            if isinstance(kid, Element) and kid.is_paragraph:
                yield from kid.notes
        if not self.is_paragraph:
            yield from self.notes

    @property
    def is_paragraph(self) -> bool:
        """Whether its notes stand after it instead of at its end."""
        return self.kind in _PARAGRAPHS


Kid: TypeAlias = Element | Mark | Annotation

_PARAGRAPHS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})


class Writer:
    """Writes a tree of structure elements into a PDF."""

    def __init__(self, pdf: Any, marks: Sequence[int]) -> None:
        """Make a writer for as many marks as there are on each page."""
        self._pdf = pdf
        self._pages = pdf.page_references
        self._parents: list[list[Any]] = [[b"null"] * count for count in marks]
        self._annotations: list[tuple[Any, Any]] = []
        self._identifiers: dict[str, Any] = {}

    def write(self, document: Element) -> None:
        """Add the tree, and the indices that lead from the pages to it."""
        root = self._added({"Type": "/StructTreeRoot"})
        root["K"] = pydyf.Array([self._element(document, root, language=document.language)])
        root["ParentTree"] = self._added({"Nums": pydyf.Array(self._numbers())}).reference
        root["ParentTreeNextKey"] = len(self._pages) + len(self._annotations)
        if self._identifiers:
            names = [part for key in sorted(self._identifiers) for part in self._named(key)]
            root["IDTree"] = self._added({"Names": pydyf.Array(names)}).reference
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _element(self, element: Element, parent: Any, *, language: str) -> Any:
        written = self._added({"Type": "/StructElem", "S": f"/{element.kind}"})
        written["P"] = parent.reference
        if element.language != language:
            written["Lang"] = pydyf.String(element.language)
        if element.alternative:
            written["Alt"] = pydyf.String(element.alternative)
        if element.attributes:
            written["A"] = pydyf.Dictionary(element.attributes)
        if element.identifier:
            written["ID"] = pydyf.String(element.identifier)
            self._identifiers[element.identifier] = written.reference
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if page is not None:
            written["Pg"] = self._pages[page]
        kids = (kid for kid in element.inside if not isinstance(kid, Element) or not kid.is_empty())
        written["K"] = pydyf.Array(self._kid(kid, element, written, page) for kid in kids)
        return written.reference

    def _kid(self, kid: Kid, element: Element, written: Any, page: int | None) -> Any:
        match kid:
            case Element():
                return self._element(kid, written, language=element.language)
            case Mark(where, number):
                self._parents[where][number] = written.reference
                if where == page:
                    return number
                content = {"Type": "/MCR", "Pg": self._pages[where], "MCID": number}
            case Annotation(where, dictionary):
                dictionary["StructParent"] = len(self._pages) + len(self._annotations)
                self._annotations.append((dictionary, written.reference))
                content = {"Type": "/OBJR", "Obj": dictionary.reference, "Pg": self._pages[where]}
        return pydyf.Dictionary(content)

    def _numbers(self) -> Iterator[Any]:
        for page, parents in enumerate(self._parents):
            yield from (page, pydyf.Array(parents))
        for number, (_, parent) in enumerate(self._annotations, start=len(self._parents)):
            yield from (number, parent)

    def _named(self, key: str) -> tuple[Any, Any]:
        return pydyf.String(key), self._identifiers[key]

    def _added(self, values: Mapping[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(values)
        self._pdf.add_object(dictionary)
        return dictionary
