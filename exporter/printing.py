"""Printing: what a user asks of the PDF for printers and archives, and what of it goes together."""

from __future__ import annotations

import io
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from exporter.errors import UsageError, reason_of
from exporter.records import dataclass


class Standard(StrEnum):
    """A standard that a PDF says it keeps."""

    UA_1 = "ua-1"
    A_2A = "a-2a"
    A_2B = "a-2b"
    A_2U = "a-2u"
    A_3A = "a-3a"
    A_3B = "a-3b"
    A_3U = "a-3u"
    X_4 = "x-4"


ARCHIVAL = frozenset(one for one in Standard if one.startswith("a-"))
"""The parts and levels of PDF/A, of which a file keeps one."""

NO_STANDARD = "none"
"""The word for a PDF that claims nothing."""


class Ink(StrEnum):
    """With what the pages are printed: in their colours, or with black alone."""

    COLOUR = "colour"
    BLACK = "black"


class Marks(StrEnum):
    """What is printed beside the page for those who cut it."""

    NONE = "none"
    CROP = "crop"


@dataclass(frozen=True, slots=True)
class OutputProfile:
    """The ICC profile of a printing condition: its bytes, its name and its colour space."""

    data: bytes
    name: str
    space: str


@dataclass(frozen=True, slots=True)
class Printing:
    """How the PDF is made for those who print and keep it; `bleed` is in mm.

    `pages` is the number of which the count of pages is a multiple.
    """

    standards: tuple[Standard, ...] = (Standard.UA_1, Standard.A_3A)
    bleed: float = 0.0
    marks: Marks = Marks.NONE
    ink: Ink = Ink.COLOUR
    pages: int = 1
    profile: OutputProfile | None = None

    def __post_init__(self) -> None:
        """Raise UsageError for what can't be had, or not together."""
        if not 0 <= self.bleed <= _LARGEST_BLEED:
            raise UsageError("bleed-wrong", subject=f"{self.bleed:g}")
        if not 1 <= self.pages <= _LARGEST_MULTIPLE:
            raise UsageError("page-multiple-wrong", subject=str(self.pages))
        archival = [one for one in self.standards if one in ARCHIVAL]
        if len(archival) > 1:
            raise UsageError("pdf-standards-two", subject=", ".join(archival))
        self._check_profile()

    def _check_profile(self) -> None:
        is_for_press = Standard.X_4 in self.standards
        if self.profile is None:
            if is_for_press and self.ink is Ink.COLOUR:
                raise UsageError("output-profile-missing", subject=f"--pdf-standard {Standard.X_4}")
        elif not is_for_press:
            raise UsageError("output-profile-idle", subject=self.profile.name)
        elif self.profile.space == "GRAY" and self.ink is Ink.COLOUR:
            raise UsageError("output-profile-grey", subject=self.profile.name)


_LARGEST_BLEED, _LARGEST_MULTIPLE = 30.0, 64


def standards_of(words: Sequence[str]) -> tuple[Standard, ...]:
    """Return the standards that words name, in one order; raises UsageError for another word."""
    named = list(dict.fromkeys(words))
    if NO_STANDARD in named:
        if len(named) > 1:
            raise UsageError("pdf-standard-none", subject=", ".join(named))
        return ()
    for word in named:
        if word not in tuple(Standard):
            choices = ", ".join((*Standard, NO_STANDARD))
            raise UsageError("choice-unknown", subject=f"--pdf-standard {word}", detail=choices)
    return tuple(one for one in Standard if one in named)


def profile_of(path: str) -> OutputProfile:
    """Return the profile in a file; raises UsageError when it is none of a printing condition."""
    from PIL import ImageCms  # few who print need it

    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError("profile-unreadable", subject=path, detail=reason_of(error)) from error
    # ICC.1:2010 §7.2: its size, its class and its colour space are in the header.
    size, kind, space = int.from_bytes(data[:4]), data[12:16], data[16:20].decode("latin-1").strip()
    if size != len(data) or kind != b"prtr" or space not in {"CMYK", "GRAY"}:
        raise UsageError("profile-other", subject=path)
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data)))
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise UsageError("profile-other", subject=path) from error
    return OutputProfile(data, name.strip() or Path(path).stem, space)
