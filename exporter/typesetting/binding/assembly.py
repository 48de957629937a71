"""Assembly: fragments in order, as one PDF with one structure, one outline and one set of fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pydyf

from exporter.records import dataclass
from exporter.typesetting.binding.codes import BookFonts, Taken, by_name
from exporter.typesetting.binding.fragment import Bookmark, Fragment, Spot, values_of
from exporter.typesetting.binding.sealing import (
    Numbers,
    Sealed,
    Seat,
    numbered,
    pack_count,
    seal,
    seal_forms,
    seal_values,
)
from exporter.typesetting.binding.writing import file_of
from exporter.typesetting.exact_text.embedding import add_font
from exporter.typesetting.objects import number_of, reference_to

Run = Callable[[Callable[[int], Sealed], int], Sequence[Sealed]]
"""Calls a function with each number below a count, on as many cores as there are for it."""

# How alike two columns are that stand at different margins, in points.
_SAME = 0.01


@dataclass(frozen=True, slots=True)
class Piece:
    """A fragment at its place in the book; `part` is its part from 1, or 0."""

    fragment: Fragment
    part: int = 0


@dataclass(frozen=True, slots=True)
class Furniture:
    """Pages with nothing but heads and folios: from sheet `offset` on, for the page `first` on.

    Pages are of the book, from 0; `wanted` are those that get theirs.
    """

    fragment: Fragment
    first: int
    offset: int
    wanted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is put together: pieces in order, their furniture, parts, outline, labels of pages.

    Spots of the outline have pages of the whole book, as `labelled` has: the first page, from 0, of
    each way to count, with the words before the number (all of the label where `is_counted` isn't).
    """

    pieces: tuple[Piece, ...]
    furniture: tuple[Furniture, ...]
    parts: tuple[str, ...]
    outline: tuple[Bookmark, ...]
    covers: tuple[str, ...]
    """The labels of the pages that are not counted by their number, which come first."""


@dataclass(frozen=True, slots=True)
class _Seating:
    """A fragment, its numbers, and where it sits."""

    fragment: Fragment
    numbers: Numbers
    seat: Seat
    part: int = 0


def assemble(
    shell: pydyf.PDF,
    plan: Plan,
    *,
    font_file: Callable[[bytes], bytes],
    identifier: str,
    version: str,
    run: Run,
) -> bytes:
    """Return the book as a PDF; of `shell` all but its pages is kept: metadata, intents, wishes.

    `font_file` returns the font with a digest.
    """
    assembly = _Assembly(shell, plan, font_file)
    forms, pages = assembly.seated()
    assembly.fill(pages)
    values = values_of(shell, [shell.catalog.number, *assembly.added])
    first_pack = (pages or forms)[-1].numbers.after
    sealed = [
        seal_values(values, first_pack),
        *run(lambda index: _sealed(forms, pages, index), len(forms) + len(pages)),
    ]
    return file_of(
        sealed, shell, first_pack + pack_count(values), identifier=identifier, version=version
    )


def _sealed(forms: Sequence[_Seating], pages: Sequence[_Seating], index: int) -> Sealed:
    if index < len(forms):
        return seal_forms(forms[index].fragment, forms[index].seat)
    seating = pages[index - len(forms)]
    return seal(seating.fragment, seating.seat)


class _Assembly:
    def __init__(self, shell: pydyf.PDF, plan: Plan, font_file: Callable[[bytes], bytes]) -> None:
        self._shell = shell
        self._plan = plan
        self._fonts = BookFonts()
        self._font_file = font_file
        self._first = len(shell.objects)
        self._structure = shell.objects[number_of(shell.catalog["StructTreeRoot"])]
        self._document = shell.objects[number_of(self._structure["K"][0])]
        self._parts = [self._added({"Type": "/StructElem", "S": "/Part"}) for _ in plan.parts]
        self._lines = [self._added({}) for _ in _all(plan.outline)]
        self._outline = self._added({}) if plan.outline else None
        self._destinations = self._added({})
        self._names = self._added({})
        shell.add_object(shell.info)

    def _added(self, values: Mapping[str, Any]) -> pydyf.Dictionary:
        added = pydyf.Dictionary(values)
        self._shell.add_object(added)
        return added

    @property
    def added(self) -> range:
        """The numbers of the objects that the shell had not."""
        return range(self._first, len(self._shell.objects))

    # --- numbers ------------------------------------------------------------------------

    def seated(self) -> tuple[list[_Seating], list[_Seating]]:
        """Return the furniture and the pieces, each with its numbers and all that it needs."""
        plan = self._plan
        fragments = [
            *(one.fragment for one in plan.furniture),
            *(piece.fragment for piece in plan.pieces),
        ]
        taken = [
            {number: self._fonts.take(use) for number, use in fragment.fonts.items()}
            for fragment in fragments
        ]
        references = [
            add_font(self._shell, use, self._font_file(use.facts.digest))
            for use in self._fonts.uses
        ]
        numbers = list(self._numbers(fragments, taken, list(map(number_of, references))))
        count = len(plan.furniture)
        forms = [
            _Seating(fragment, one, self._seat(fragment, one, fonts))
            for fragment, one, fonts in zip(
                fragments[:count], numbers[:count], taken[:count], strict=True
            )
        ]
        return forms, list(self._pages(forms, numbers[count:], taken[count:]))

    def _numbers(
        self,
        fragments: Iterable[Fragment],
        taken: Iterable[Mapping[int, Taken]],
        fonts: Sequence[int],
    ) -> Iterator[Numbers]:
        """Yield the numbers of each fragment; a stream that was there already gets none."""
        first, seen = len(self._shell.objects), dict[bytes, int]()
        parts = [0] * len(self._plan.furniture) + [piece.part for piece in self._plan.pieces]
        for fragment, used, part in zip(fragments, taken, parts, strict=True):
            document = self._parts[part - 1] if part else self._document
            elsewhere = {
                fragment.root: self._shell.pages.number,
                **{number: fonts[one.font] for number, one in used.items()},
                **{n: seen[one] for n, one in fragment.digests.items() if one in seen},
            }
            if fragment.document:
                elsewhere[fragment.document] = document.number
            numbers = numbered(fragment, first, elsewhere)
            for number, digest in fragment.digests.items():
                seen.setdefault(digest, numbers.objects[number])
            first = numbers.after
            yield numbers

    def _seat(self, fragment: Fragment, numbers: Numbers, fonts: Mapping[int, Taken]) -> Seat:
        nothing = [0] * len(fragment.sheets)
        return Seat(
            numbers.first, numbers.elsewhere, 0, 0, nothing, nothing, by_name(fragment.fonts, fonts)
        )

    def _pages(
        self,
        forms: Sequence[_Seating],
        numbers: Sequence[Numbers],
        taken: Sequence[Mapping[int, Taken]],
    ) -> Iterator[_Seating]:
        pieces = self._plan.pieces
        page, key = 0, sum(len(piece.fragment.sheets) for piece in pieces)
        for piece, own, fonts in zip(pieces, numbers, taken, strict=True):
            fragment = piece.fragment
            furnished = [
                self._furniture_of(page + index, forms) for index in range(len(fragment.sheets))
            ]
            seat = Seat(
                own.first,
                own.elsewhere,
                page,
                key,
                [
                    _shift(fragment, index, margin, column)
                    for index, (_, margin, column) in enumerate(furnished)
                ],
                [form for form, _, _ in furnished],
                by_name(fragment.fonts, fonts),
            )
            yield _Seating(fragment, own, seat, piece.part)
            page += len(fragment.sheets)
            key += len(fragment.annotated)

    def _furniture_of(self, page: int, forms: Sequence[_Seating]) -> tuple[int, float, float]:
        """Return the form of a page, and where the column of such a page is."""
        for furniture, form in zip(self._plan.furniture, forms, strict=True):
            index = page - furniture.first + furniture.offset
            if furniture.offset <= index < len(furniture.fragment.sheets):
                sheet = furniture.fragment.sheets[index]
                number = form.numbers.objects[sheet.number] if page in furniture.wanted else 0
                return number, sheet.margin, sheet.column
        return 0, 0.0, 0.0

    # --- what is the whole book's -------------------------------------------------------

    def fill(self, seatings: Sequence[_Seating]) -> None:
        """Put the pages, the structure, the outline and the destinations into the shell."""
        shell = self._shell
        pages = [
            (one.numbers.objects[sheet.number], one.seat.shifts[index])
            for one in seatings
            for index, sheet in enumerate(one.fragment.sheets)
        ]
        shell.pages["Kids"] = pydyf.Array([reference_to(one.numbers.tree) for one in seatings])
        shell.pages["Count"] = len(pages)
        self._fill_structure(seatings)
        if self._outline is not None:
            lines = iter(self._lines)
            count = self._fill_outline(self._plan.outline, self._outline, lines, pages)
            self._outline["Count"] = count
            shell.catalog["Outlines"] = self._outline.reference
        self._fill_destinations(seatings, pages)
        shell.catalog["PageLabels"] = _labels(self._plan.covers)

    def _fill_structure(self, seatings: Sequence[_Seating]) -> None:
        kids: list[bytes] = []
        for index, part in enumerate(self._parts):
            part["P"] = self._document.reference
            part["T"] = pydyf.String(self._plan.parts[index])
            part["K"] = pydyf.Array()
        for one in seatings:
            elements = [reference_to(one.numbers.objects[n]) for n in one.fragment.elements]
            if not one.part:
                kids += elements
                continue
            part = self._parts[one.part - 1]
            if not part["K"]:
                kids.append(part.reference)
            part["K"].extend(elements)
        self._document["K"] = pydyf.Array(kids)
        leaves = [reference_to(one.numbers.page_leaf) for one in seatings if one.fragment.document]
        leaves += [
            reference_to(one.numbers.annotation_leaf) for one in seatings if one.fragment.annotated
        ]
        tree = self._shell.objects[number_of(self._structure["ParentTree"])]
        tree.clear()
        tree["Kids"] = pydyf.Array(leaves)
        keys = (len(one.fragment.sheets) + len(one.fragment.annotated) for one in seatings)
        self._structure["ParentTreeNextKey"] = sum(keys)
        named = {
            name: one.numbers.objects[number]
            for one in seatings
            for name, number in one.fragment.identifiers.items()
        }
        for name in sorted(named):  # as in a name tree
            self._names.setdefault("Names", pydyf.Array()).extend(
                [pydyf.String(name), reference_to(named[name])]
            )
        if named:
            self._structure["IDTree"] = self._names.reference

    def _fill_outline(
        self,
        bookmarks: Sequence[Bookmark],
        parent: pydyf.Dictionary,
        lines: Iterator[pydyf.Dictionary],
        pages: Sequence[tuple[int, float]],
    ) -> int:
        """Chain the lines under a parent; those further below are closed (§12.3.3)."""
        previous: pydyf.Dictionary | None = None
        for bookmark in bookmarks:
            line = next(lines)
            line["Title"] = pydyf.String(bookmark.label)
            line["Dest"] = _destination(bookmark.spot, pages)
            line["Parent"] = parent.reference
            if bookmark.children:
                line["Count"] = -self._fill_outline(bookmark.children, line, lines, pages)
            if previous is None:
                parent["First"] = line.reference
            else:
                previous["Next"], line["Prev"] = line.reference, previous.reference
            parent["Last"] = line.reference
            previous = line
        return len(bookmarks)

    def _fill_destinations(
        self, seatings: Sequence[_Seating], pages: Sequence[tuple[int, float]]
    ) -> None:
        spots: dict[bytes, Spot] = {}
        for one in seatings:
            for name, spot in one.fragment.spots.items():
                whole = Spot(one.seat.page + spot.page, spot.x, spot.y)
                spots.setdefault(name.encode(), whole)
        names = pydyf.Array()
        for key, spot in sorted(spots.items()):  # a name tree is sorted by bytes (§7.9.6)
            names += [pydyf.String(key.decode()), _destination(spot, pages)]
        self._destinations["Names"] = names
        self._shell.catalog["Names"] = pydyf.Dictionary({"Dests": self._destinations.reference})


def _all(bookmarks: Iterable[Bookmark]) -> Iterator[Bookmark]:
    for bookmark in bookmarks:
        yield bookmark
        yield from _all(bookmark.children)


def _shift(fragment: Fragment, index: int, margin: float, column: float) -> float:
    """Return how far a page's body moves to stand at the margins of its side of the sheet."""
    sheet = fragment.sheets[index]
    return margin - sheet.margin if abs(column - sheet.column) < _SAME else 0.0


def _destination(spot: Spot, pages: Sequence[tuple[int, float]]) -> pydyf.Array:
    number, shift = pages[spot.page]
    return pydyf.Array([reference_to(number), "/XYZ", spot.x + shift, spot.y, 0])


def _labels(covers: Sequence[str]) -> pydyf.Dictionary:
    """Return the labels of the pages (§12.4.2), which are their numbers in the whole book."""
    numbers = pydyf.Array()
    for page, label in enumerate(covers):
        numbers += [page, pydyf.Dictionary({"P": pydyf.String(label)})]
    counted = pydyf.Dictionary({"S": "/D", "St": len(covers) + 1})
    return pydyf.Dictionary({"Nums": pydyf.Array([*numbers, len(covers), counted])})
