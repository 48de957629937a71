"""From the boxes of the pages to structure elements, and which marked content is none of them."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from exporter.typesetting.exact_text.pieces import Part
from exporter.typesetting.objects import POINTS, number_of
from exporter.typesetting.tagging.kinds import (
    LAYOUT,
    PAGINATION,
    attributes_of,
    is_contents,
    kind_of,
    running_matter,
)
from exporter.typesetting.tagging.structure import Annotation, Element, Mark

_CALL, _MARKER = "::footnote-call", "::footnote-marker"
_INLINE = frozenset({"Span", "Link", "Code", "Quote", "Reference"})


class Tree:
    """The structure elements of a document, and what kind of artifact the other marks are."""

    def __init__(self, pdf: Any, *, language: str) -> None:
        self.root = Element("Document", language)
        self.artifacts: dict[Mark, str] = {}
        self._pdf = pdf
        self._references: tuple[bytes, ...] = pdf.page_references
        self._elements: dict[tuple[int, str], Element] = {}
        self._notes: dict[int, Element] = {}
        self._calls: dict[int, Any] = {}
        self._contents: set[int] = set()
        self._article = ""
        self._page: Any = None
        self._number = 0
        self._marks: MutableMapping[Any, Any] = {}

    def add(self, page: Any, number: int, marks: MutableMapping[Any, Any]) -> None:
        """Add what is on a page; `marks` has the number of the marked content of each box."""
        self._page, self._number, self._marks = page, number, marks
        for box in page._page_box.children:  # noqa: SLF001 (no other way)
            self._take(box, self.root)

    def _take(self, box: Any, current: Element) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001
        match box:
            case boxes.MarginBox():
                self._leave(box, running_matter(box.at_keyword))
            case boxes.TextBox():
                if box in self._marks:
                    _for_words(current).kids += [self._mark(box), *self._parts(box)]
            case boxes.ReplacedBox():
                self._take_picture(box, current)
            case _ if self._is_repeated(box):
                self._leave(box, PAGINATION)
            case _:
                element = self._element(box, current)
                self._take_link(box, element)
                for child in getattr(box, "children", ()):
                    self._take(child, element)

    def _mark(self, box: Any) -> Mark:
        return Mark(self._number, self._marks.pop(box)["mcid"])

    def _parts(self, box: Any) -> Iterator[Mark]:
        """Yield the further content of a text, which is drawn in pieces."""
        part = Part(box, 1)
        while part in self._marks:
            yield self._mark(part)
            part = Part(box, part.number + 1)

    def _leave(self, box: Any, artifact: str) -> None:
        """Take a box out of the tree, with all that is in it; its links go from the page too."""
        if box in self._marks:
            marks = [self._mark(box), *self._parts(box)]
            self.artifacts |= dict.fromkeys(marks, artifact)
        if box.link_annotation:
            self._sheet["Annots"].remove(box.link_annotation.reference)
        for child in getattr(box, "children", ()):
            self._leave(child, artifact)

    def _is_repeated(self, box: Any) -> bool:
        """Whether a box is the header or the footer of a table on its further pages."""
        repeats = getattr(box, "is_header", False) or getattr(box, "is_footer", False)
        return bool(repeats) and _key(box) in self._elements

    def _element(self, box: Any, current: Element) -> Element:
        """Return the element that the content of a box belongs to; a new one for a new element."""
        if box.element is None:
            return current
        key = _key(box)
        if key in self._elements:
            return self._elements[key]
        if box.element_tag.endswith(_CALL):
            element = self._call(box, current)
        elif box.element_tag.endswith(_MARKER):
            element = self._marker(box, current)
        elif id(box.element) in self._notes and "::" not in box.element_tag:
            element = self._begin_note(box)
        else:
            kind = kind_of(box, in_contents=self._is_in_contents(current))
            if not kind and box.style["lang"] in {None, current.language}:
                return current
            element = self._new(kind or "Span", box, current)
        self._elements[key] = element
        return element

    def _is_in_contents(self, current: Element) -> bool:
        return any(id(element) in self._contents for element in current.ancestors)

    def _new(self, kind: str, box: Any, current: Element) -> Element:
        parent = _parent(kind, current)
        if kind == "Link" and parent.kind == "TOCI":
            parent = _added("Reference", parent)
        element = _added(kind, parent)
        element.language = box.style["lang"] or current.language
        element.attributes = attributes_of(kind, box)
        if box.element_tag == "article":
            self._article = box.element.get("id", "")
        if is_contents(box):
            self._contents.add(id(element))
        return element

    def _take_picture(self, box: Any, current: Element) -> None:
        """Tag a picture; one without words for what it shows is decoration (HTML §4.8.4.4)."""
        self._take_link(box, current)
        alternative = "" if "::" in box.element_tag else box.element.get("alt", "")
        if box in self._marks and not alternative:
            self.artifacts[self._mark(box)] = LAYOUT
        elif box in self._marks:
            figure = _added("Figure", _parent("Figure", current))
            figure.alternative = alternative
            area = (box.content_box_x(), box.content_box_y(), box.width, box.height)
            bounds = pydyf.Array(self._rectangle(area))
            figure.attributes = {"O": "/Layout", "BBox": bounds}
            if isinstance(box, boxes.BlockLevelBox):
                figure.attributes["Placement"] = "/Block"
            figure.kids.append(self._mark(box))

    def _take_link(self, box: Any, current: Element) -> None:
        if box.link_annotation:
            links = (element for element in current.ancestors if element.kind == "Link")
            holder = next(links, current)
            holder.kids.append(Annotation(self._number, box.link_annotation))

    # --- notes ------------------------------------------------------------------------------

    def _call(self, box: Any, current: Element) -> Element:
        """Return the link of a call to its note, which stands after the paragraph."""
        number = len(self._notes) + 1
        holder = _holder(current)
        name = f"{self._article}-note-{number:04}"
        note = Element("Note", holder.language, holder, identifier=name)
        holder.notes.append(note)
        link = _added("Link", _added("Reference", _inside(current)))
        annotation = self._annotation(box, link)
        self._notes[id(box.element)] = note
        self._calls[id(box.element)] = (annotation, self._place(box))
        return link

    def _begin_note(self, box: Any) -> Element:
        annotation, _ = self._calls[id(box.element)]
        annotation["Dest"] = self._place(box)
        return self._notes[id(box.element)]

    def _marker(self, box: Any, current: Element) -> Element:
        """Return the link of a note's number back to its call."""
        link = _added("Link", _added("Lbl", current))
        if id(box.element) in self._calls:
            _, place = self._calls[id(box.element)]
            self._annotation(box, link)["Dest"] = place
        return link

    def _annotation(self, box: Any, link: Element) -> Any:
        words = "".join(one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
        annotation = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pydyf.Array(self._rectangle(box.hit_area())),
                "BS": pydyf.Dictionary({"W": 0}),
                "Contents": pydyf.String(words.strip()),
            }
        )
        self._pdf.add_object(annotation)
        self._sheet.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        link.kids.append(Annotation(self._number, annotation))
        return annotation

    def _place(self, box: Any) -> Any:
        """Return the destination that shows a box (ISO 32000-1 §12.3.2.2)."""
        x, _, _, y = self._rectangle(box.hit_area())
        return pydyf.Array([self._reference, "/XYZ", x, y, 0])

    @property
    def _sheet(self) -> Any:
        """The page's dictionary."""
        return self._pdf.objects[number_of(self._reference)]

    @property
    def _reference(self) -> bytes:
        return self._references[self._number]

    def _rectangle(self, area: tuple[float, float, float, float]) -> tuple[float, ...]:
        """Return an area of the page in the PDF's own lengths, from its lower left corner."""
        x, y, width, height = area
        lengths = (x, self._page.height - y - height, x + width, self._page.height - y)
        return tuple(length * POINTS for length in lengths)


def _key(box: Any) -> tuple[int, str]:
    return id(box.element), box.element_tag


def _added(kind: str, parent: Element) -> Element:
    element = Element(kind, parent.language, parent)
    parent.kids.append(element)
    return element


def _parent(kind: str, current: Element) -> Element:
    """Return where an element belongs: a list holds items, an item its label and its body."""
    match current.kind, kind:
        case ("L", "Lbl" | "LBody"):
            item = _last(current, "LI")
            is_new = item is None or (kind == "Lbl" and _last(item, "LBody") is not None)
            return _added("LI", current) if item is None or is_new else item
        case ("L", "LI") | ("LI", "Lbl" | "LBody"):
            return current
        case _:
            return _inside(current)


# What may hold no words of its own, and what holds them there.
_HOLDERS = {"Document": "P", "TOCI": "P"}


def _inside(current: Element) -> Element:
    """Return the element for content: in an item of a list, that is its body."""
    if current.kind != "LI":
        return current
    return _last(current, "LBody") or _added("LBody", current)


def _for_words(current: Element) -> Element:
    """Return the element for words."""
    kind = _HOLDERS.get(current.kind)
    return _inside(current) if kind is None else _last(current, kind) or _added(kind, current)


def _last(parent: Element, kind: str) -> Element | None:
    kids = (kid for kid in reversed(parent.kids) if isinstance(kid, Element) and kid.kind == kind)
    return next(kids, None)


def _holder(current: Element) -> Element:
    """Return the paragraph after which a note stands, else what holds the words of its call."""
    around = [element for element in current.ancestors if element.kind not in _INLINE]
    paragraphs = (element for element in around if element.is_paragraph)
    return next(paragraphs, None) or _inside(around[0])
