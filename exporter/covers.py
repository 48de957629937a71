"""Covers: from the word of a user to the cover of a publication."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import UsageError, reason_of
from exporter.publication import Cover, CoverKind


def cover_of(reference: str) -> Cover:
    """Return the cover that a user's word asks for: nothing, `none`, `lead`, or a picture's path.

    Raises UsageError when the file can't be read or is no picture.
    """
    if not reference:
        return Cover()
    if reference == CoverKind.NONE:
        return Cover(CoverKind.NONE)
    if reference == CoverKind.LEAD:
        return Cover(CoverKind.LEAD)
    from exporter.writers.cover import check

    try:
        data = Path(reference).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError("cover-unreadable", subject=reference, detail=reason_of(error)) from error
    picture = check(data, subject=reference)
    return Cover(CoverKind.FILE, picture.data, picture.media_type)
