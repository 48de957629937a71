"""Sources: a reference (a path, `-`) to the bytes it names, with their limit of size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of an input and where they came from.

    `location` is what the user typed (shown in messages); `name` a file name or URL path that
    tells the reader (`article.txt`), empty for standard input.
    """

    location: str
    name: str
    data: bytes
