"""Lines: a text cut into lines, and what each is in its document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from exporter.arabic.boilerplate import Boilerplate, BoilerplateClass, Extent, boilerplate_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number from 1, its text without the space around it.

    `indent` is in columns, a tab counting four; `blank_before` is the number of blank lines
    before it.
    """

    number: int
    text: str
    indent: int = 0
    blank_before: int = 0


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
        return (
            (self.length >= 45 and self.words >= 7 and self.ending is Ending.SENTENCE)
            or (self.length >= 90 and closed)
            or self.length >= 150
        )

    @property
    def is_phrase(self) -> bool:
        """Whether the line could stand over a section: short, and not the end of a sentence."""
        open_ended = self.ending in (Ending.NONE, Ending.CALL)
        return self.words <= 14 and self.length <= 90 and open_ended


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a text with their features, and the stretch of them that reads as prose.

    `has_blank_lines` says whether blank lines part its paragraphs.
    """

    lines: tuple[Line, ...]
    features: tuple[Features, ...]
    prose: range
    has_blank_lines: bool

    def __len__(self) -> int:
        return len(self.lines)

    def text(self, at: int) -> str:
        """Return the text of the line at an index."""
        return self.lines[at].text


def split(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank."""
    return tuple(_split(text))


def _split(text: str) -> Iterator[Line]:
    blank = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped:
            blank += 1
            continue
        margin = raw[: len(raw) - len(raw.lstrip())]
        yield Line(number, stripped, len(margin.replace("\t", "    ")), blank)
        blank = 0


def document(lines: tuple[Line, ...]) -> Document:
    """Return the lines with their features, seen in linear time."""
    counts = Counter(line.text for line in lines)
    features = {text: _features(text, repeats=number) for text, number in counts.items()}
    all_features = tuple(features[line.text] for line in lines)
    blanks = sum(1 for line in lines[1:] if line.blank_before)
    parted = blanks >= 0.4 * max(1, len(lines) - 1)
    return Document(lines, all_features, prose_stretch(all_features), parted)


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


def _features(text: str, *, repeats: int) -> Features:
    return Features(
        length=len(text),
        words=len(text.split()),
        ending=ending_of(text),
        boilerplate=boilerplate_of(text),
        repeats=repeats,
    )


def prose_stretch(features: tuple[Features, ...]) -> range:
    """Return the lines from the first to the last of the article's prose; empty without any.

    Prose counts for a line, short lines count against it, boilerplate more so; the stretch with
    the highest sum is the article (the greatest subarray, in one pass).
    """
    best, best_sum, start, running = range(0), 0.0, 0, 0.0
    for at, feature in enumerate(features):
        if running <= 0:
            start, running = at, 0.0
        running += _weight(feature)
        if running > best_sum:
            best, best_sum = range(start, at + 1), running
    return best


# An article seldom goes on after these.
_AFTER_ARTICLES = (BoilerplateClass.RELATED, BoilerplateClass.COMMENTS)


def _weight(feature: Features) -> float:
    if feature.boilerplate and feature.is_prose:
        return 0.5
    if feature.boilerplate:
        return -4.0 if feature.boilerplate.kind in _AFTER_ARTICLES else -2.0
    if feature.is_prose:
        return 2.0 + min(feature.words / 10, 8.0)
    closed = feature.ending in (Ending.SENTENCE, Ending.CALL, Ending.COLON)
    if closed and feature.words >= 3:
        return 0.5
    return -0.4
