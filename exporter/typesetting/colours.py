"""The colours of a finished PDF: all in grey for one ink, or by their profile for a press."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pydyf

from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.typesetting.objects import decimal

_OPERATION = compiled(rb"((?:-?[\d.]+ )+)(rg|RG|scn|SCN)")
_SPACE = compiled(rb"/(\S+) (cs|CS)")
_RECTANGLE = compiled(rb"\S+ \S+ (\S+) (\S+) re")
# Letters and lines as dark as this are printed whole: screened, they have ragged edges.
_DARKEST_TINT = 0.35
# What is as thin as this is a line, in CSS pixels.
_THICKEST_LINE = 4.0


@dataclass(frozen=True, slots=True)
class _Colour:
    """A colour as it is chosen: numbers, operator, the space that was named, if any was.

    `least` is how light it has to be for a tint.
    """

    numbers: Sequence[float]
    operator: bytes
    space: bytes
    least: float

    @property
    def is_stroke(self) -> bool:
        return self.operator.isupper()

    def grey(self, light: float) -> bytes:
        """Return the choice of a grey in its place."""
        shown = 0.0 if light < self.least else light
        return b"%b %b" % (decimal(shown), b"G" if self.is_stroke else b"g")


_Convert = Callable[[_Colour], Sequence[bytes]]


def images(pdf: pydyf.PDF) -> Iterator[Any]:
    """Yield the dictionary of each picture."""
    for stream in _streams(pdf):
        if stream.extra.get("Subtype") == "/Image":
            yield stream.extra


def in_grey(pdf: pydyf.PDF) -> None:
    """Set every colour of text, drawings and grounds in grey; pictures are grey already."""
    for stream in _streams(pdf):
        converted = _converted(stream.stream, _as_grey)
        stream.stream = [item for item in converted if not _is_space_of_inks(item)]
        _set_group(stream, "/DeviceGray")
    for shading in _shadings(pdf):
        _make_grey(shading["Function"])
        shading["ColorSpace"] = "/DeviceGray"


def by_profile(pdf: pydyf.PDF, reference: bytes) -> None:
    """Set every colour by the profile of sRGB and greys in grey, as ISO 15930-7 wants it.

    So black letters are printed with black ink alone.
    """
    space = pydyf.Array(("/ICCBased", reference))
    for spaces in _colour_spaces(pdf):
        spaces["srgb"] = space
    for stream in _streams(pdf):
        stream.stream = list(_converted(stream.stream, _as_profiled))
        _set_group(stream, space)
    for image in images(pdf):
        if image["ColorSpace"] == "/DeviceRGB":
            image["ColorSpace"] = space
    for shading in _shadings(pdf):
        shading["ColorSpace"] = space


def _streams(pdf: pydyf.PDF) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, pydyf.Stream))


def _colour_spaces(pdf: pydyf.PDF) -> Iterator[Any]:
    """Yield the spaces that all pages and drawings share, known by those that WeasyPrint names."""
    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and "lab-d50" in one:
            yield one


def _shadings(pdf: pydyf.PDF) -> Iterator[Any]:
    """Yield the gradients of colours, not those of opacity."""
    for one in pdf.objects:
        is_shading = isinstance(one, pydyf.Dictionary) and "ShadingType" in one
        if is_shading and one["ColorSpace"] != "/DeviceGray":
            yield one


def _set_group(stream: Any, space: Any) -> None:
    """Say in which space a transparent group is blended."""
    if "Group" in stream.extra:
        stream.extra["Group"]["CS"] = space


def _is_space_of_inks(item: Any) -> bool:
    match = _SPACE.fullmatch(item) if isinstance(item, bytes) else None
    return match is not None and match[1] != b"Pattern"


def _converted(content: Sequence[Any], convert: _Convert) -> Iterator[Any]:
    """Yield the operations of a content stream, those that choose a colour converted."""
    spaces = {b"scn": b"", b"SCN": b""}
    for place, item in enumerate(content):
        operation = _OPERATION.fullmatch(item) if isinstance(item, bytes) else None
        space = _SPACE.fullmatch(item) if isinstance(item, bytes) else None
        if space is not None:
            name, operator = space.groups()
            spaces[b"scn" if operator == b"cs" else b"SCN"] = name
        if operation is None:
            yield item
            continue
        numbers, operator = operation.groups()
        is_fine = operator.isupper() or _is_fine(islice(content, place + 1, None))
        yield from convert(
            _Colour(
                [float(number) for number in numbers.split()],
                operator,
                spaces.get(operator, b""),
                _DARKEST_TINT if is_fine else 0.0,
            )
        )


def _is_fine(following: Iterable[Any]) -> bool:
    """Whether letters or a thin line are drawn in the colour that was chosen before this."""
    for item in following:
        if item == b"BT":
            return True
        if not isinstance(item, bytes):
            continue
        if item == b"Q" or _OPERATION.fullmatch(item):
            return False
        if rectangle := _RECTANGLE.fullmatch(item):
            sides = (abs(float(side)) for side in rectangle.groups())
            return min(sides) <= _THICKEST_LINE
    return False


def _as_grey(colour: _Colour) -> Sequence[bytes]:
    match len(colour.numbers):
        case 3 if colour.space.startswith(b"lab"):
            light = colour.numbers[0] / 100
        case 3:
            light = _lightness(colour.numbers)
        case 4:
            *inks, black = colour.numbers
            light = _lightness([(1 - ink) * (1 - black) for ink in inks])
        case _:
            light = colour.numbers[0]
    return (colour.grey(light),)


def _as_profiled(colour: _Colour) -> Sequence[bytes]:
    written = b" ".join(map(decimal, colour.numbers))
    if colour.space:
        return (b"%b %b" % (written, colour.operator),)
    if len(set(colour.numbers)) == 1:
        return (colour.grey(colour.numbers[0]),)
    space, choice = (b"CS", b"SCN") if colour.is_stroke else (b"cs", b"scn")
    return (b"/srgb %b" % space, b"%b %b" % (written, choice))


def _lightness(rgb: Sequence[float]) -> float:
    """Return the grey of a colour, as Rec. 601 and the pictures have it."""
    red, green, blue = rgb
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _make_grey(function: Any) -> None:
    """Make the function of a gradient return greys."""
    for key in ("C0", "C1"):
        if key in function:
            function[key] = pydyf.Array([_lightness(function[key][:3])])
    for part in function.get("Functions", ()):
        _make_grey(part)
