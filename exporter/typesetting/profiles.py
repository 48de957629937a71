"""Colour profiles of our own, by ICC.1:2010: small, free of any licence, the same bytes always."""

from __future__ import annotations

import struct
from collections.abc import Mapping

# CIE XYZ of the profile connection space's white, D50 (ICC.1:2010 §7.2.16).
_D50 = (0.9642, 1.0, 0.8249)
# The primaries of sRGB (IEC 61966-2-1) under D50, adapted by Bradford's matrix from D65.
_RED, _GREEN, _BLUE = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.71410),
)
_BRADFORD = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_FREE = "CC0"
_POINTS = 33


def srgb() -> bytes:
    """Return a profile of sRGB with its exact curve."""
    # The parametric curve of type 3: (a·x + b)^g from d on, below it c·x (§10.18).
    curve = b"para" + struct.pack(">4xH2x", 3)
    curve += _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return _profile(
        b"mntr",
        b"RGB ",
        {
            b"desc": _text("sRGB"),
            b"cprt": _text(_FREE),
            b"wtpt": _xyz(_D50),
            b"chad": b"sf32" + bytes(4) + _fixed(*_BRADFORD),
            b"rXYZ": _xyz(_RED),
            b"gXYZ": _xyz(_GREEN),
            b"bXYZ": _xyz(_BLUE),
            b"rTRC": curve,
            b"gTRC": curve,
            b"bTRC": curve,
        },
    )


GREY_PRINT = "Black ink on white paper, dot gain 20 %"
"""The name of the printing condition of `grey_print`."""


def grey_print() -> bytes:
    """Return a profile of printing with black ink alone.

    A tint in the middle gets darker by a fifth on the paper, lighter and darker ones by less.
    """
    light = (_reflected(1 - step / (_POINTS - 1)) for step in range(_POINTS))
    values = [round(65535 * value) for value in light]
    curve = b"curv" + struct.pack(f">4xI{_POINTS}H", _POINTS, *values)
    return _profile(
        b"prtr",
        b"GRAY",
        {
            b"desc": _text(GREY_PRINT),
            b"cprt": _text(_FREE),
            b"wtpt": _xyz(_D50),
            b"kTRC": curve,
        },
    )


def _reflected(tint: float) -> float:
    """Return how much light a tint reflects, of what the paper does (Murray and Davies)."""
    return 1 - (tint + 4 * 0.2 * tint * (1 - tint))


def _profile(kind: bytes, space: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    """Return a profile of version 4.2; tags of one content share it (§7.3)."""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for data in tags.values():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
    table = struct.pack(">I", len(tags))
    for name, data in tags.items():
        table += struct.pack(">4sII", name, places[data], len(data))
    size = start + len(body)
    header = struct.pack(">I4xI4s4s4s", size, 0x04200000, kind, space, b"XYZ ")
    # The date of the profile; the signature, no platform, no flags, no device, relative intent.
    header += struct.pack(">6H4s28x", 2026, 1, 1, 0, 0, 0, b"acsp") + struct.pack(">I", 1)
    header += _fixed(*_D50)
    return header + bytes(128 - len(header)) + table + body


def _fixed(*numbers: float) -> bytes:
    """Return numbers as s15Fixed16 (§4.6)."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(colour: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*colour)


def _text(text: str) -> bytes:
    """Return a text in one language (§10.13)."""
    encoded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded
