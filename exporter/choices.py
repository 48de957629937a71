"""What a user may choose about the look, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from exporter.arabic.normalisation.rules import Rule, choices, rules_of
from exporter.errors import UsageError
from exporter.printing import Printing
from exporter.records import dataclass


class Digits(StrEnum):
    """The digit family of everything the program itself numbers or dates."""

    AUTO = "auto"
    ARABIC = "arabic"
    WESTERN = "western"
    PERSIAN = "persian"


class Calendars(StrEnum):
    """The calendar of the dates that are shown; auto is the one usual in the language."""

    AUTO = "auto"
    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    BOTH = "both"


class Justify(StrEnum):
    """How lines are made as wide as their column: words are stretched, spaces, or nothing."""

    KASHIDA = "kashida"
    SPACES = "spaces"
    NONE = "none"


class Links(StrEnum):
    """Where the addresses of links stand on paper: in notes, behind their words, or nowhere."""

    NOTES = "notes"
    INLINE = "inline"
    NONE = "none"


class SourceNote(StrEnum):
    """What the note of the source on paper has: a QR code too, words alone; or there is none."""

    QR = "qr"
    TEXT = "text"
    NONE = "none"


class Numerals(StrEnum):
    """What numbered lists and notes are numbered with."""

    DIGITS = "digits"
    ABJAD = "abjad"


class Numbered(StrEnum):
    """What a theme may give numbers to, as papers have them."""

    HEADINGS = "headings"
    FIGURES = "figures"
    TABLES = "tables"


class Binding(StrEnum):
    """The edge at which pages are bound; mirrored margins only when there is one."""

    NONE = "none"
    RIGHT = "right"
    LEFT = "left"


class Device(StrEnum):
    """What an e-book is to be read on."""

    GENERIC = "generic"
    KOBO = "kobo"
    KINDLE = "kindle"
    POCKETBOOK = "pocketbook"
    KOREADER = "koreader"
    APPLE = "apple"


class BookFonts(StrEnum):
    """Whether an e-book brings its fonts or leaves them to the e-reader."""

    EMBED = "embed"
    NONE = "none"


_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose about the look; an empty value leaves it to the theme.

    `page` is `a4`, `a5`, `letter` or `WxHmm` (`120x180mm`); `margins` one to four lengths in mm
    in CSS order: block-start, outer, block-end, inner; `font` a family of the theme's, or of the
    fonts in the folder `font_dir`, which without it has one only; `font_size` is in points;
    `normalise` are the rules by which typed signs are put right.
    """

    page: str = ""
    margins: tuple[float, ...] = ()
    binding: Binding = Binding.NONE
    font: str = ""
    font_dir: str = ""
    font_size: float = 0.0
    digits: Digits = Digits.AUTO
    calendar: Calendars = Calendars.AUTO
    numerals: Numerals = Numerals.DIGITS
    justify: Justify | None = None
    device: Device = Device.GENERIC
    fonts: BookFonts = BookFonts.EMBED
    normalise: frozenset[Rule] = frozenset(Rule)
    printing: Printing = Printing()
    links: Links | None = None
    source_note: SourceNote | None = None


def choice(kind: type[_Choice], word: str, *, subject: str = "") -> _Choice:
    """Return the member that a word names.

    Raises UsageError, which names `subject` (the word itself without one) and the choices.
    """
    try:
        return kind(word)
    except ValueError as error:
        choices = ", ".join(kind)
        raise UsageError("choice-unknown", subject=subject or word, detail=choices) from error


def rules(words: Iterable[str], *, option: str = "") -> frozenset[Rule]:
    """Return the rules of normalisation that words choose.

    Raises UsageError for an unknown one, which names `option` before it.
    """
    try:
        return rules_of(words)
    except ValueError as error:
        names = ", ".join((*choices(), "no-…"))
        raise UsageError(
            "choice-unknown", subject=f"{option} {error}".strip(), detail=names
        ) from error


def each_choice(kind: type[_Choice], words: Iterable[str], *, subject: str) -> tuple[_Choice, ...]:
    """Return the members that words name, each once; raises UsageError as `choice`."""
    named = (choice(kind, word.lower(), subject=f"{subject} {word}") for word in words)
    return tuple(dict.fromkeys(named))
