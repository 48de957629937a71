"""The sheets that are printed: pages that fill them, the bleed around them, marks to cut by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from exporter.printing import Marks, Printing
from exporter.typesetting.objects import number_of

_POINTS_PER_MM = 72 / 25.4
_LEAST_DISTANCE, _LENGTH = 3.0, 5.0
"""How far a mark is from the corner at least, and how long it is, in mm."""


def rule(printing: Printing) -> str:
    """Return the CSS that makes the sheet go beyond the page as far as it has to."""
    edge = printing.bleed
    if printing.marks is Marks.CROP:
        edge = max(printing.bleed, _LEAST_DISTANCE) + _LENGTH
    return f"\n@page {{ bleed: {edge:g}mm }}" if edge else ""


def lay(pdf: pydyf.PDF, printing: Printing) -> None:
    """Add the blank pages that are wanted; give every page its boxes and its marks."""
    while pdf.pages["Count"] % printing.pages:
        _add_blank(pdf)
    for page in list(_pages(pdf)):
        before, after = around(page, printing)
        content = pdf.objects[number_of(page["Contents"])].stream
        content[:] = [part for part in (before, *content, after) if part != b""]


def around(page: Any, printing: Printing) -> tuple[bytes, bytes]:
    """Give a page its boxes; return what stands before and after its content for its marks.

    A mark is a line at both sides of each corner, outside of what bleeds; nothing else is there.
    """
    trim = [float(length) for length in page["TrimBox"]]
    bleed = left, low, right, high = _wider(trim, printing.bleed)
    # ISO 32000-1 §14.11.2: ground goes as far as the bleed, the page is cut at the trim.
    page["BleedBox"] = pydyf.Array(bleed)
    if printing.marks is Marks.NONE:
        return b"", b""
    clip = f"q {left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re W n"
    lines = _lines(trim, max(printing.bleed, _LEAST_DISTANCE) * _POINTS_PER_MM)
    marks = ("Q", "/Artifact <</Type /Page>> BDC", "q 0.25 w 0 G", *lines, "Q", "EMC")
    return clip.encode(), "\n".join(marks).encode()


def _pages(pdf: pydyf.PDF) -> Iterator[Any]:
    for reference in pdf.page_references:
        yield pdf.objects[number_of(reference)]


def _add_blank(pdf: pydyf.PDF) -> None:
    *_, last = _pages(pdf)
    content = pydyf.Stream([], compress=True)
    pdf.add_object(content)
    boxes = {box: last[box] for box in ("MediaBox", "TrimBox", "BleedBox")}
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                **boxes,
                "Contents": content.reference,
                "Resources": pydyf.Dictionary(),
            }
        )
    )


def _lines(trim: list[float], distance: float) -> Iterator[str]:
    left, low, right, high = trim
    end = distance + _LENGTH * _POINTS_PER_MM
    for x in (left, right):
        for y, way in ((low, -1), (high, 1)):
            yield f"{x:.2f} {y + way * distance:.2f} m {x:.2f} {y + way * end:.2f} l S"
    for y in (low, high):
        for x, way in ((left, -1), (right, 1)):
            yield f"{x + way * distance:.2f} {y:.2f} m {x + way * end:.2f} {y:.2f} l S"


def _wider(box: list[float], by: float) -> list[float]:
    left, low, right, high = box
    more = by * _POINTS_PER_MM
    return [left - more, low - more, right + more, high + more]
