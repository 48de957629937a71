"""Features: what can be seen of a line without its neighbours."""

from __future__ import annotations

from enum import StrEnum

from exporter.arabic.boilerplate import Boilerplate, Extent, boilerplate_of
from exporter.patterns import compiled
from exporter.records import dataclass


class Ending(StrEnum):
    """The punctuation that a line ends with, quotation marks and brackets aside.

    A CALL is a question or an exclamation: headlines and sub-headings end so too.
    """

    SENTENCE = "sentence"
    CALL = "call"
    COLON = "colon"
    PAUSE = "pause"
    ELLIPSIS = "ellipsis"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Features:
    """What can be seen of a line without its neighbours; `repeats` counts it in the document."""

    length: int
    words: int
    ending: Ending
    boilerplate: Boilerplate | None
    repeats: int

    @property
    def is_prose(self) -> bool:
        """Whether the line is a sentence or more, not a heading, a headline or a menu's entry."""
        if self.boilerplate and self.boilerplate.extent is Extent.WHOLE:
            return False
        closed = self.ending in (Ending.SENTENCE, Ending.CALL, Ending.ELLIPSIS)
        return self.words >= _FEWEST_WORDS_OF_PROSE and (
            (self.length >= 45 and self.words >= 7 and self.ending is Ending.SENTENCE)
            or (self.length >= 90 and closed)
            or self.length >= 150
        )

    @property
    def is_phrase(self) -> bool:
        """Whether the line could stand over a section: short, and not the end of a sentence."""
        open_ended = self.ending in (Ending.NONE, Ending.CALL)
        return self.words <= 14 and self.length <= 90 and open_ended


_FEWEST_WORDS_OF_PROSE = 2
_CLOSERS = "\"'»”’“)]} *_"
_ENDINGS = {
    ".": Ending.SENTENCE,
    "۔": Ending.SENTENCE,
    "!": Ending.CALL,
    "؟": Ending.CALL,
    "?": Ending.CALL,
    ":": Ending.COLON,
    "،": Ending.PAUSE,
    ",": Ending.PAUSE,
    "؛": Ending.PAUSE,
    ";": Ending.PAUSE,
    "…": Ending.ELLIPSIS,
}


def ending_of(text: str) -> Ending:
    """Return what a line ends with; two full stops or more are an ellipsis."""
    bare = text[-20:].rstrip(_CLOSERS)
    if bare.endswith(".."):
        return Ending.ELLIPSIS
    return _ENDINGS.get(bare[-1:], Ending.NONE)


def features_of(text: str, *, repeats: int) -> Features:
    """Return the features of a line that stands `repeats` times in its document."""
    return Features(
        length=len(text),
        words=len(text.split()),
        ending=ending_of(text),
        boilerplate=boilerplate_of(text),
        repeats=repeats,
    )


_FOLLOWED = compiled(r"[^:]{2,30}[::]\s+\S")


def is_labelled(text: str) -> bool:
    """Say whether a short line gives a thing after its label: `الدفاع: حكيمي، درار`."""
    return len(text) <= 200 and bool(_FOLLOWED.match(text))


def has_letters(text: str) -> bool:
    """Say whether a line has a letter: numbers, dots and arrows alone are a page's."""
    return any(character.isalpha() for character in text)


_RTL_LETTER = compiled(r"[\u0590-\u08FF]")


def is_right_to_left(text: str) -> bool:
    """Say whether a line has a letter of a right-to-left script."""
    return bool(_RTL_LETTER.search(text))
