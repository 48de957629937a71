"""The colours of a finished PDF: all in grey for one ink, or by their profile for a press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pydyf

_OPERATION = re.compile(rb"((?:-?[\d.]+ )+)(rg|RG|scn|SCN)")
_SPACE = re.compile(rb"/(\S+) (cs|CS)")
# Inks as dark as this are printed whole: a screened letter has ragged edges.
_DARKEST_TINT = 0.35
_Converted = Callable[[Sequence[float], bytes, bytes], Sequence[bytes]]


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


def _converted(content: Sequence[Any], convert: _Converted) -> Iterator[Any]:
    """Yield the operations of a content stream, those that choose a colour converted."""
    spaces = {b"scn": b"", b"SCN": b""}
    for item in content:
        operation = _OPERATION.fullmatch(item) if isinstance(item, bytes) else None
        space = _SPACE.fullmatch(item) if isinstance(item, bytes) else None
        if space is not None:
            name, operator = space.groups()
            spaces[b"scn" if operator == b"cs" else b"SCN"] = name
        if operation is None:
            yield item
            continue
        numbers, operator = operation.groups()
        yield from convert(
            [float(number) for number in numbers.split()], operator, spaces.get(operator, b"")
        )


def _as_grey(numbers: Sequence[float], operator: bytes, space: bytes) -> Sequence[bytes]:
    match len(numbers):
        case 3 if space.startswith(b"lab"):
            light = numbers[0] / 100
        case 3:
            light = _lightness(numbers)
        case 4:
            cyan, magenta, yellow, black = numbers
            light = _lightness([(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)])
        case _:
            light = numbers[0]
    return (_tint(light, operator),)


def _tint(light: float, operator: bytes) -> bytes:
    shown = 0.0 if light < _DARKEST_TINT else light
    return b"%b %b" % (_number(shown), b"g" if operator.islower() else b"G")


def _as_profiled(numbers: Sequence[float], operator: bytes, space: bytes) -> Sequence[bytes]:
    written = b" ".join(map(_number, numbers))
    if space:
        return (b"%b %b" % (written, operator),)
    lower = operator.islower()
    if len(set(numbers)) == 1:
        return (_tint(numbers[0], operator),)
    return (
        b"/srgb %b" % (b"cs" if lower else b"CS"),
        b"%b %b" % (written, b"scn" if lower else b"SCN"),
    )


def _lightness(rgb: Sequence[float]) -> float:
    """Return the grey of a colour, as Rec. 601 and the pictures have it."""
    red, green, blue = rgb
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()


def _make_grey(function: Any) -> None:
    """Make the function of a gradient return greys."""
    for key in ("C0", "C1"):
        if key in function:
            function[key] = pydyf.Array([_lightness(function[key][:3])])
    for part in function.get("Functions", ()):
        _make_grey(part)
