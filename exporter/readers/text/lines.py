"""Lines: a text cut into lines, and what each is in its document."""

from __future__ import annotations

import re
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


# --- hard-wrapped text ----------------------------------------------------------------------

_MARKED = re.compile(r"[•·▪●■*–—-]\s|\(?[\d٠-٩۰-۹]{1,3}[.)–-]|```|\S.*(?:\t|\s{3,}|\s\*{2,}\s)")
# The turn of a speaker, where the line before it is at its end.
_TURN = re.compile(r"[^:]{1,30}:\s")
_NARROWEST, _WIDEST = 50, 105


def unwrap(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with hard-wrapped paragraphs joined into one line each.

    A run without blank lines between is wrapped when its lines are about as long as one another,
    50 to 105 characters, and do not end as sentences do; two lines alone, when other runs are.
    """
    runs = [(run, _width(run)) for run in _runs(lines)]
    widest = max((width for _, width in runs), default=0)
    joined: list[Line] = []
    for run, own_width in runs:
        width = own_width or (widest if _is_broken_pair(run, width=widest) else 0)
        joined += _join(run, width=width) if width else run
    return tuple(joined)


def _columns(line: Line) -> int:
    return line.indent + len(line.text)


def _is_broken_pair(run: list[Line], *, width: int) -> bool:
    if len(run) != 2 or not width:
        return False
    first = run[0]
    is_full = 0.75 * width <= len(first.text) and max(map(_columns, run)) <= 1.15 * width
    is_open = ending_of(first.text) is not Ending.SENTENCE
    return is_full and is_open and not any(_MARKED.match(line.text) for line in run)


def _runs(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and line.blank_before:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _width(run: list[Line]) -> int:
    """Return the width that a run was wrapped at, or 0 when it was not."""
    longest = max(map(_columns, run))
    if len(run) < 3 or not _NARROWEST <= longest <= _WIDEST:
        return 0
    full = [line for line in run[:-1] if _columns(line) >= 0.75 * longest]
    broken = [line for line in full if ending_of(line.text) is not Ending.SENTENCE]
    is_even = len(full) >= 0.7 * (len(run) - 1)
    marked = sum(1 for line in run if _MARKED.match(line.text) or _TURN.match(line.text))
    return longest if is_even and len(broken) >= 0.6 * len(full) and marked < 0.4 * len(run) else 0


def _join(run: list[Line], *, width: int) -> Iterator[Line]:
    parts = [run[0]]
    for line in run[1:]:
        last = parts[-1]
        closed = ending_of(last.text) in (Ending.SENTENCE, Ending.CALL)
        is_end = closed and (len(last.text) < 0.75 * width or bool(_TURN.match(line.text)))
        if is_end or line.indent > last.indent or _MARKED.match(line.text):
            yield _joined(parts)
            parts = []
        parts.append(line)
    yield _joined(parts)


def _joined(parts: list[Line]) -> Line:
    first = parts[0]
    text = " ".join(line.text for line in parts)
    return Line(first.number, text, first.indent, first.blank_before)
