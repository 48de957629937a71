"""Sealing: a fragment with the book's numbers in it, as the bytes that stand in the file."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.typesetting.binding.fragment import PLACE, Fragment, Sheet, Stored
from exporter.typesetting.objects import decimal, packed, reference_to

# ISO 32000-1 §7.5.7: a reader unpacks a whole object stream for one of its objects.
_OBJECTS_TOGETHER = 200
# An array of TJ may begin with a number; its strings are hexadecimal, so none holds a bracket.
_FONT_OR_TEXT = compiled(rb"/(\S+) \S+ Tf\b|\[([^\]]*)\] TJ\b")
_HEX = compiled(rb"<([0-9a-f]+)>")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an object is: at an offset, or in an object stream at a place."""

    number: int
    kind: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """Bytes of the file, and where the objects in them are, from their beginning."""

    data: bytes
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """What the book decides about a fragment.

    `first` is the number of its first object; `elsewhere` has the numbers of what others have;
    `page` is its first page from 0, `key` the first key of its annotations in the parent tree.
    `shifts` and `furniture` are by page: points to the right, and the number of a form or 0.
    `codes` are those of the book by those of the fragment, by the name of the font.
    """

    first: int
    elsewhere: Mapping[int, int]
    page: int
    key: int
    shifts: Sequence[float]
    furniture: Sequence[int]
    codes: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that a fragment's objects get, from `first` on, but for those `elsewhere`."""

    first: int
    elsewhere: Mapping[int, int]
    objects: Mapping[int, int]
    contents: tuple[int, ...]
    tree: int
    page_leaf: int
    annotation_leaf: int
    packs: range

    @property
    def after(self) -> int:
        """The first number that is free after them."""
        return self.packs.stop


def numbered(fragment: Fragment, first: int, elsewhere: Mapping[int, int] | None = None) -> Numbers:
    """Return the numbers of a fragment whose first object is `first`.

    An object that is elsewhere in the book needs none.
    """
    known = elsewhere or {}
    twins = _twins(fragment)
    own = [number for number in fragment.objects if number not in known and number not in twins]
    own += [sheet.number for sheet in fragment.sheets]
    objects = {number: first + index for index, number in enumerate(own)}
    objects |= {number: objects[twin] for number, twin in twins.items() if twin in objects}
    following = first + len(own)
    contents = tuple(range(following, following + len(fragment.sheets)))
    tree = following + len(contents)
    values = sum(not fragment.objects[n].is_stream for n in own if n in fragment.objects)
    together = values + len(fragment.sheets) + 3
    packs = -(-together // _OBJECTS_TOGETHER)
    return Numbers(
        first,
        known,
        {**objects, **known},
        contents,
        tree,
        page_leaf=tree + 1,
        annotation_leaf=tree + 2,
        packs=range(tree + 3, tree + 3 + packs),
    )


def _twins(fragment: Fragment) -> dict[int, int]:
    """Return the streams that were in the fragment already, with the first of their kind."""
    firsts: dict[bytes, int] = {}
    for number, digest in fragment.digests.items():
        firsts.setdefault(digest, number)
    return {n: firsts[one] for n, one in fragment.digests.items() if firsts[one] != n}


def seal(fragment: Fragment, seat: Seat) -> Sealed:
    """Return the fragment's pages and all that they need."""
    numbers = numbered(fragment, seat.first, seat.elsewhere)
    sealer = _Sealer(fragment, seat, numbers)
    file = _File()
    file.add_all(sealer.objects())
    for index, sheet in enumerate(fragment.sheets):
        file.add_stream(numbers.contents[index], b"<<>>", sealer.content(index, sheet))
        file.add(numbers.objects[sheet.number], sealer.page(index, sheet))
    file.add(numbers.tree, sealer.tree())
    if fragment.document:
        file.add(numbers.page_leaf, sealer.page_leaf())
    if fragment.annotated:
        file.add(numbers.annotation_leaf, sealer.annotation_leaf())
    return file.sealed(numbers.packs)


def seal_forms(fragment: Fragment, seat: Seat) -> Sealed:
    """Return the fragment's pages as forms, under the numbers of the pages."""
    numbers = numbered(fragment, seat.first, seat.elsewhere)
    sealer = _Sealer(fragment, seat, numbers)
    file = _File()
    file.add_all(sealer.objects())
    for sheet in fragment.sheets:
        head = b"<</Type /XObject/Subtype /Form/BBox %b/Resources %d 0 R>>" % (
            sheet.box,
            numbers.objects[sheet.resources],
        )
        file.add_stream(numbers.objects[sheet.number], head, sealer.text(sheet.content))
    return file.sealed(numbers.packs)


def seal_values(values: Mapping[int, Stored], packs: int) -> Sealed:
    """Return objects that stand by themselves; the number `packs` and those after it are free."""
    file = _File()
    file.add_all(values.items())
    return file.sealed(range(packs, packs + pack_count(values)))


def pack_count(values: Mapping[int, Stored]) -> int:
    """Return how many object streams these values need."""
    return -(-sum(not one.is_stream for one in values.values()) // _OBJECTS_TOGETHER)


class _Sealer:
    def __init__(self, fragment: Fragment, seat: Seat, numbers: Numbers) -> None:
        self._fragment = fragment
        self._seat = seat
        self._numbers = numbers

    def objects(self) -> Iterator[tuple[int, Stored]]:
        written = set(self._seat.elsewhere.values())
        for number, stored in self._fragment.objects.items():
            if self._numbers.objects[number] in written:
                continue
            written.add(self._numbers.objects[number])
            stream = stored.stream if stored.is_packed else self.text(stored.stream)
            head = self._filled(stored.head)
            yield (
                self._numbers.objects[number],
                Stored(head, stream, is_stream=stored.is_stream, is_packed=stored.is_packed),
            )

    def content(self, index: int, sheet: Sheet) -> bytes:
        """Return what is drawn on a page: its body where its margins are, then its furniture."""
        shift, form = self._seat.shifts[index], self._seat.furniture[index]
        body = self.text(sheet.content)
        if shift:
            body = b"q 1 0 0 1 %b 0 cm\n%b\nQ" % (decimal(shift), body)
        if form:
            drawn = b"/Artifact <</Type /Pagination>> BDC /Furniture%d Do EMC" % index
            body = b"q\n%b\nQ\n%b" % (body, drawn)
        before, after = sheet.around
        return b"\n".join((before, body, after)) if before else body

    def page(self, index: int, sheet: Sheet) -> bytes:
        references = [reference_to(self._numbers.objects[one]) for one in sheet.annotations]
        annotations = b"/Annots [%b]" % b" ".join(references) if references else b""
        return b"<</Type /Page/Parent %d 0 R/Contents %d 0 R/Resources %d 0 R%b%b%b>>" % (
            self._numbers.tree,
            self._numbers.contents[index],
            self._numbers.objects[sheet.resources],
            annotations,
            self._filled(sheet.head),
            b"/StructParents %d" % (self._seat.page + index) if self._fragment.document else b"",
        )

    def tree(self) -> bytes:
        kids = b" ".join(
            reference_to(self._numbers.objects[sheet.number]) for sheet in self._fragment.sheets
        )
        return b"<</Type /Pages/Parent %d 0 R/Count %d/Kids [%b]>>" % (
            self._seat.elsewhere[self._fragment.root],
            len(self._fragment.sheets),
            kids,
        )

    def page_leaf(self) -> bytes:
        """Return the pages' part of the parent tree (ISO 32000-1 §14.7.4.4)."""
        arrays = [
            b"[%b]" % b" ".join(map(self._parent, elements)) for elements in self._fragment.parents
        ]
        return _leaf(self._seat.page, arrays)

    def _parent(self, element: int) -> bytes:
        return reference_to(self._numbers.objects[element]) if element else b"null"

    def annotation_leaf(self) -> bytes:
        references = [
            reference_to(self._numbers.objects[element]) for element in self._fragment.annotated
        ]
        return _leaf(self._seat.key, references)

    def text(self, content: bytes) -> bytes:
        """Return a content stream with the book's codes in place of the fragment's."""
        if not self._seat.codes or b" Tf" not in content:
            return content
        codes: Sequence[int] | None = None

        def changed(match: re.Match[bytes]) -> bytes:
            nonlocal codes
            if match[1] is not None:
                codes = self._seat.codes.get(match[1].decode())
                return match[0]
            return match[0] if codes is None else _HEX.sub(_recoded(codes), match[0])

        return _FONT_OR_TEXT.sub(changed, content)

    def _filled(self, head: bytes) -> bytes:
        return PLACE.sub(self._place, head) if b"\0" in head else head

    def _place(self, match: re.Match[bytes]) -> bytes:
        number = int(match[2])
        match match[1]:
            case b"r":
                return reference_to(self._numbers.objects[number])
            case b"k":
                return b"%d" % (self._seat.key + number)
            case b"f":
                form = self._seat.furniture[number]
                return reference_to(form) if form else b"null"
            case _:
                rectangle = self._fragment.rectangles[number]
                shift = self._seat.shifts[rectangle.page]
                x1, y1, x2, y2 = rectangle.sides
                sides = (x1 + shift, y1, x2 + shift, y2)
                return b"[%b]" % b" ".join(map(decimal, sides))


def _leaf(first: int, values: Sequence[bytes]) -> bytes:
    numbers = b" ".join(b"%d %b" % (first + index, one) for index, one in enumerate(values))
    return b"<</Limits [%d %d]/Nums [%b]>>" % (first, first + len(values) - 1, numbers)


def _recoded(codes: Sequence[int]) -> Callable[[re.Match[bytes]], bytes]:
    def recoded(match: re.Match[bytes]) -> bytes:
        count = len(match[1]) // 4
        given = struct.unpack(f">{count}H", bytes.fromhex(match[1].decode()))
        changed = struct.pack(f">{count}H", *[codes[code] for code in given])
        return b"<%b>" % changed.hex().encode()

    return recoded


class _File:
    """Bytes of a file as they are put one after another."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0
        self._entries: list[Entry] = []
        self._values: list[tuple[int, bytes]] = []

    def add_all(self, objects: Iterable[tuple[int, Stored]]) -> None:
        for number, stored in objects:
            if stored.is_stream:
                self.add_stream(number, stored.head, stored.stream, is_packed=stored.is_packed)
            else:
                self.add(number, stored.head)

    def add(self, number: int, value: bytes) -> None:
        self._values.append((number, value))

    def add_stream(self, number: int, head: bytes, data: bytes, *, is_packed: bool = False) -> None:
        filtered = b"" if is_packed else b"/Filter /FlateDecode"
        body = data if is_packed else packed(data)
        self._entries.append(Entry(number, 1, self._length, 0))
        written = b"%d 0 obj\n%b%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
            number,
            head.removesuffix(b">>"),
            filtered,
            len(body),
            body,
        )
        self._parts.append(written)
        self._length += len(written)

    def sealed(self, packs: range) -> Sealed:
        """Put the values into object streams (ISO 32000-1 §7.5.7) and return all."""
        for index, pack in enumerate(packs):
            start = index * _OBJECTS_TOGETHER
            values = self._values[start : start + _OBJECTS_TOGETHER]
            if not values:
                break
            positions, offset = [], 0
            for place, (number, value) in enumerate(values):
                positions.append(b"%d %d" % (number, offset))
                offset += len(value) + 1
                self._entries.append(Entry(number, 2, pack, place))
            first = b" ".join(positions)
            head = b"<</Type /ObjStm/N %d/First %d>>" % (len(values), len(first) + 1)
            self.add_stream(pack, head, b"\n".join((first, *(value for _, value in values))))
        return Sealed(b"".join(self._parts), tuple(self._entries))
