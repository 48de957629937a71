"""The notation of PDF: references to objects, numbers and lengths (ISO 32000-1 §7.3)."""

from __future__ import annotations

POINTS = 0.75
"""A CSS pixel in points."""


def number_of(reference: bytes) -> int:
    """Return the number of the object that a reference leads to."""
    return int(reference.split()[0])


def reference_to(number: int) -> bytes:
    """Return a reference to the object with this number."""
    return b"%d 0 R" % number


def decimal(value: float) -> bytes:
    """Return a number with as many digits after the point as it needs, four at most."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()
