"""A laid out document as plain data: its PDF's objects, with places for what the book decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pydyf
from weasyprint.document import Document
from weasyprint.matrix import Matrix

from exporter.notices import Notice
from exporter.patterns import compiled
from exporter.printing import Printing
from exporter.publication import PageStart
from exporter.records import dataclass
from exporter.typesetting.exact_text.apart import FontUse, Stub
from exporter.typesetting.objects import POINTS, content_of, number_of, plain
from exporter.typesetting.page_starts import article_letters
from exporter.typesetting.sheets import around

LINK_SCHEME = "book:"
"""What a link to an anchor in another fragment begins with: `book:article-7`."""

PLACE = compiled(rb"\0([rkbf])(\d+)\0")
"""A place in a stored object: r the reference to an object, k the key of an annotation in the
parent tree, b the rectangle of an annotation, f the furniture of a page."""

_REFERENCE = compiled(rb"(\d+) 0 R")


@dataclass(frozen=True, slots=True)
class Stored:
    """An object: its value or dictionary, and its stream with what it is to be."""

    head: bytes
    stream: bytes = b""
    is_stream: bool = False
    is_packed: bool = False
    """Whether the stream is compressed already, or is to stay readable."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The rectangle of an annotation on a page of its fragment, in points."""

    page: int
    sides: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a page of the fragment, in points."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline, with those under it."""

    label: str
    spot: Spot
    children: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a fragment: its number as an object, entries, annotations, column, content.

    `around` is what stands before and after that.
    """

    number: int
    head: bytes
    box: bytes
    content: bytes
    around: tuple[bytes, bytes]
    resources: int
    annotations: tuple[int, ...]
    margin: float
    column: float
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """A document to be bound with others.

    Objects are by their own numbers; streams have the same of `digests` when one can stand for the
    other. `elements` are those at the top of the structure,
    `parents` the element of each marked content by page (0 for an artifact), `annotated` that of
    each annotation, `identifiers` those that have a name.
    `root` and `document` are the numbers of what the book has instead: page tree, document element.
    """

    objects: Mapping[int, Stored]
    digests: Mapping[int, bytes]
    sheets: tuple[Sheet, ...]
    root: int
    document: int
    elements: tuple[int, ...]
    parents: tuple[tuple[int, ...], ...]
    annotated: tuple[int, ...]
    rectangles: tuple[Rectangle, ...]
    fonts: Mapping[int, FontUse]
    spots: Mapping[str, Spot]
    bookmarks: tuple[Bookmark, ...]
    starts: tuple[PageStart, ...]
    letters: tuple[int, ...]
    notices: tuple[Notice, ...]
    identifiers: Mapping[str, int]


def capture(
    document: Document,
    pdf: pydyf.PDF,
    *,
    stubs: Sequence[Stub],
    labels: Mapping[str, str],
    notices: Iterable[Notice],
    printing: Printing = Printing(),
) -> Fragment:
    """Return the fragment of a document of which a PDF was made but not written.

    `stubs` are fonts that the book has in one; `labels` says what the target of a link is, for
    those who hear it, `printing` what is around each page.
    """
    tags = _Tags(pdf)
    reader = _Reader(pdf, labels, apart={pdf.pages.number, tags.root, tags.document})
    sheets = tuple(reader.sheets(document, printing))
    reader.reach(
        (*tags.elements, *tags.annotated, *(one for page in tags.parents for one in page if one))
    )
    fonts = {stub.reference.number: stub.use for stub in stubs}
    starts, letters = article_letters(document)
    objects = reader.objects(without=fonts)
    return Fragment(
        objects=objects,
        digests={number: one for number in objects if (one := _digest(number, objects))},
        sheets=sheets,
        root=pdf.pages.number,
        document=tags.document,
        elements=tags.elements,
        parents=tags.parents,
        annotated=tags.annotated,
        rectangles=tuple(reader.rectangles),
        fonts=fonts,
        spots=spots_of(document),
        bookmarks=_bookmarks(document.make_bookmark_tree(POINTS, transform_pages=True)),
        starts=starts,
        letters=letters,
        notices=tuple(notices),
        identifiers=tags.identifiers,
    )


def _digest(number: int, objects: Mapping[int, Stored]) -> bytes:
    """Return what a picture has in common with the same one elsewhere; nothing of other objects."""
    stored = objects.get(number)
    # Codes of text are each fragment's own.
    if stored is None or not stored.is_stream or b" Tf" in stored.stream:
        return b""
    masks = [int(match[2]) for match in PLACE.finditer(stored.head) if match[1] == b"r"]
    inside = [_digest(mask, objects) for mask in masks]
    if not all(inside):
        return b""
    head = PLACE.sub(b"", stored.head)
    return sha256(b"\0".join((head, stored.stream, *inside))).digest()


def values_of(pdf: pydyf.PDF, roots: Iterable[int]) -> dict[int, Stored]:
    """Return the objects of a PDF that these lead to, under their own numbers."""
    reader = _Reader(pdf, {}, apart={0})
    reader.reach(roots)
    found = reader.objects(without=())
    return {number: replace(one, head=_as_it_is(one.head)) for number, one in found.items()}


def _as_it_is(head: bytes) -> bytes:
    return PLACE.sub(lambda match: b"%b 0 R" % match[2], head)


class _Tags:
    """The structure that WeasyPrint made, as numbers of objects; nothing of an untagged PDF."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.root = self.document = 0
        self.elements: tuple[int, ...] = ()
        self.parents: tuple[tuple[int, ...], ...] = ()
        self.annotated: tuple[int, ...] = ()
        self.identifiers: dict[str, int] = {}
        if "StructTreeRoot" not in pdf.catalog:
            return
        self.root = number_of(pdf.catalog["StructTreeRoot"])
        root = pdf.objects[self.root]
        self.document = number_of(root["K"][0])
        self.elements = tuple(map(number_of, pdf.objects[self.document]["K"]))
        entries = pdf.objects[number_of(root["ParentTree"])]["Nums"][1::2]
        arrays = [entry for entry in entries if isinstance(entry, list)]
        self.parents = tuple(tuple(map(_number_or_none, entry)) for entry in arrays)
        self.annotated = tuple(map(number_of, entries[len(arrays) :]))
        names = pdf.objects[number_of(root["IDTree"])]["Names"] if "IDTree" in root else ()
        self.identifiers = {
            name.string: number_of(one) for name, one in zip(names[::2], names[1::2], strict=True)
        }


class _Reader:
    """Takes objects out of a PDF, and all that they lead to."""

    def __init__(self, pdf: pydyf.PDF, labels: Mapping[str, str], *, apart: set[int]) -> None:
        self._pdf = pdf
        self._labels = labels
        self._apart = apart
        self._found: dict[int, Stored] = {}
        self._waiting: list[int] = []
        self._page_count = 0
        self.rectangles: list[Rectangle] = []

    def objects(self, *, without: Iterable[int]) -> dict[int, Stored]:
        left_out = {*without}
        return {n: one for n, one in sorted(self._found.items()) if n not in left_out}

    def reach(self, numbers: Iterable[int]) -> None:
        self._waiting.extend(numbers)
        while self._waiting:
            number = self._waiting.pop()
            # A number that the PDF doesn't have is another document's.
            if (
                number not in self._found
                and number not in self._apart
                and number < len(self._pdf.objects)
            ):
                self._found[number] = self._stored(self._pdf.objects[number])

    def sheets(self, document: Document, printing: Printing) -> Iterator[Sheet]:
        numbers = list(map(int, self._pdf.pages["Kids"][::3]))
        self._page_count = len(numbers)
        self._apart |= {*numbers}
        for index, number in enumerate(numbers):
            page = self._pdf.objects[number]
            annotations = tuple(map(number_of, page.get("Annots", ())))
            for annotation in annotations:
                self._take_annotation(self._pdf.objects[annotation], index)
            resources = self._pdf.objects[number_of(page["Resources"])]
            # Furniture may be drawn on it, as a form: its name is the page's own.
            drawn = resources.setdefault("XObject", pydyf.Dictionary())
            drawn[f"Furniture{index}"] = b"\0f%d\0" % index
            beside = around(page, printing)
            apart = {"Type", "Parent", "Contents", "Resources", "Annots", "StructParents"}
            head = pydyf.Dictionary({k: v for k, v in page.items() if k not in apart})
            self.reach(annotations)
            box = document.pages[index]._page_box  # noqa: SLF001 (no other way)
            yield Sheet(
                number=number,
                head=self._value(head)[2:-2],
                box=page["MediaBox"].data,
                content=content_of(self._pdf.objects[number_of(page["Contents"])]),
                around=beside,
                resources=number_of(page["Resources"]),
                annotations=annotations,
                margin=box.margin_left * POINTS,
                column=box.width * POINTS,
                is_blank=box.page_type.blank,
            )
        # Only now, as every page of the document has the same.
        self.reach({number_of(self._pdf.objects[page]["Resources"]) for page in numbers})

    def _take_annotation(self, annotation: pydyf.Dictionary, page: int) -> None:
        """Leave places in an annotation, and make a link into the book one to its anchor."""
        x1, y1, x2, y2 = annotation["Rect"]
        annotation["Rect"] = b"\0b%d\0" % len(self.rectangles)
        self.rectangles.append(Rectangle(page, (x1, y1, x2, y2)))
        action = annotation.get("A")
        target = action["URI"].string if action and "URI" in action else ""
        if target.startswith(LINK_SCHEME):
            name = target.removeprefix(LINK_SCHEME)
            del annotation["A"]
            annotation["Dest"] = pydyf.String(name)
            annotation["Contents"] = pydyf.String(self._labels.get(name, name))

    def _stored(self, item: pydyf.Object) -> Stored:
        if not isinstance(item, pydyf.Stream):
            if "StructParent" in item:
                # WeasyPrint counts the pages before them.
                item["StructParent"] = b"\0k%d\0" % (item["StructParent"] - self._page_count)
            return Stored(self._value(item))
        head = self._value(pydyf.Dictionary(item.extra))
        return Stored(head, content_of(item), is_stream=True, is_packed=not item.compress)

    def _value(self, item: Any) -> bytes:
        match item:
            case dict():
                inside = (b"/%b %b" % (plain(key), self._value(one)) for key, one in item.items())
                return b"<<%b>>" % b"".join(inside)
            case list() | tuple():
                return b"[%b]" % b" ".join(map(self._value, item))
            case bytes() if match := _REFERENCE.fullmatch(item):
                number = int(match[1])
                self._waiting.append(number)
                return b"\0r%d\0" % number
            case _:
                return plain(item)


def _number_or_none(reference: bytes) -> int:
    return 0 if reference == b"null" else number_of(reference)


def spots_of(document: Document) -> dict[str, Spot]:
    """Return the first place of each anchor."""
    spots: dict[str, Spot] = {}
    for number, page in enumerate(document.pages):
        matrix = Matrix(POINTS, 0, 0, -POINTS, 0, page.height * POINTS)
        for name, (x, y, *_) in page.anchors.items():
            spots.setdefault(name, Spot(number, *matrix.transform_point(x, y)))
    return spots


def _bookmarks(tree: Iterable[Any]) -> tuple[Bookmark, ...]:
    return tuple(
        Bookmark(label, Spot(page, x, y), _bookmarks(children))
        for label, (page, x, y), children, _ in tree
    )
