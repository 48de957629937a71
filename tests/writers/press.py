"""The profile of a press with four inks, as a printer gives it, made of sixteen colours."""

from __future__ import annotations

import itertools
import struct

from exporter.typesetting import profiles

_NAME = "Four inks on test paper"
# CIE Lab of the paper and of each ink on it, roughly as on coated stock.
_PAPER = (95, 0, -2)
_SHARES = {"cyan": (0.58, -36, -50), "magenta": (0.5, 74, -3), "yellow": (0.94, -5, 93)}


def press_profile() -> bytes:
    """Return an ICC profile of class `prtr` in CMYK, with the way from inks to colours."""
    made = profiles._profile(
        b"prtr",
        b"CMYK",
        {
            b"desc": profiles._text(_NAME),
            b"cprt": profiles._text("CC0"),
            b"wtpt": profiles._xyz(profiles._D50),
            b"A2B0": _table(),
        },
    )
    return made[:20] + b"Lab " + made[24:]


def _table() -> bytes:
    """ICC.1:2010 §10.9, lut8Type with two points an ink."""
    identity = (65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    head = b"mft1" + struct.pack(">4x4B9i", 4, 3, 2, 0, *identity)
    straight = bytes(range(256))
    points = b"".join(_colour(inks) for inks in itertools.product((0, 1), repeat=4))
    return head + straight * 4 + points + straight * 3


def _colour(inks: tuple[int, ...]) -> bytes:
    light, a, b = map(float, _PAPER)
    for ink, (share, green_red, blue_yellow) in zip(inks[:3], _SHARES.values(), strict=True):
        if ink:
            light, a, b = light * share, a + green_red, b + blue_yellow
    if inks[3]:
        light, a, b = light * 0.17, a * 0.1, b * 0.1
    return bytes(max(0, min(255, round(value))) for value in (light * 2.55, a + 128, b + 128))
