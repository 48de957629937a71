"""The notation of PDF: references to objects, numbers, lengths and streams (ISO 32000-1 §7.3)."""

from __future__ import annotations

from typing import Any

import pydyf
from zlib_ng import zlib_ng

POINTS = 0.75
"""A CSS pixel in points."""

# The level at which zlib-ng leaves streams as small as zlib's highest does.
_LEVEL = 7


def number_of(reference: bytes) -> int:
    """Return the number of the object that a reference leads to."""
    return int(reference.split()[0])


def reference_to(number: int) -> bytes:
    """Return a reference to the object with this number."""
    return b"%d 0 R" % number


def decimal(value: float) -> bytes:
    """Return a number with as many digits after the point as it needs, four at most."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()


def plain(value: Any) -> bytes:
    """Return a value of pydyf's, or one that it takes for one, as it stands in a file."""
    data: bytes = pydyf.Array([value]).data
    return data[1:-1]


def content_of(stream: pydyf.Stream) -> bytes:
    """Return what a stream holds, not compressed."""
    return b"\n".join(
        item if isinstance(item, bytes) else item.encode() if isinstance(item, str) else plain(item)
        for item in stream.stream
    )


def packed(data: bytes) -> bytes:
    """Return bytes for the filter FlateDecode (ISO 32000-1 §7.4.4)."""
    return zlib_ng.compress(data, _LEVEL)
