"""Lines: a text cut into lines, and what each is in its document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum

from exporter.readers.text.features import Features, features_of, is_right_to_left
from exporter.readers.text.page import contents, place
from exporter.records import dataclass


class Weight(StrEnum):
    """What is typed around a whole line, or that a messenger, a mail or a wiki has put it there."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    HEADING = "heading"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number from 1, its text without the space around it.

    `indent` is in columns, a tab counting four; `blank_before` is the number of blank lines
    before it; `weight` what was typed around its text.
    """

    number: int
    text: str
    indent: int = 0
    blank_before: int = 0
    weight: Weight = Weight.PLAIN

    def weighed(self, text: str, weight: Weight) -> Line:
        """Return the line with its text without what gives it weight."""
        return replace(self, text=text, weight=weight)


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a text with their features, and the stretch of them that reads as prose.

    `has_blank_lines` says whether blank lines part its paragraphs; `title` is the title under the
    menus of a page, -1 where no menus stand above the article; `contents` the entries of a page's
    table of contents with the place of each; `is_right_to_left` whether half of the lines or more
    have letters of such a script.
    """

    lines: tuple[Line, ...]
    features: tuple[Features, ...]
    prose: range
    has_blank_lines: bool
    title: int = -1
    contents: Mapping[str, int] = field(default_factory=dict)
    is_right_to_left: bool = True

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def is_page(self) -> bool:
        """Whether the article stands in a page with its menus."""
        return self.title >= 0

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
    texts = tuple(line.text for line in lines)
    counts = Counter(texts)
    features = {text: features_of(text, repeats=number) for text, number in counts.items()}
    all_features = tuple(features[text] for text in texts)
    blanks = sum(1 for line in lines[1:] if line.blank_before)
    parted = blanks >= 0.4 * max(1, len(lines) - 1)
    found, prose = _place(lines, all_features)
    return Document(
        lines,
        all_features,
        prose=prose,
        has_blank_lines=parted,
        title=found,
        contents=contents(texts, all_features, title=found),
        is_right_to_left=2 * sum(map(is_right_to_left, texts)) >= len(texts),
    )


def _place(lines: tuple[Line, ...], features: tuple[Features, ...]) -> tuple[int, range]:
    """Return where the title under menus is, and the prose; what is told as a header is no menu."""
    kept = [at for at, line in enumerate(lines) if line.weight is not Weight.HEADER]
    found = place([lines[at].text for at in kept], [features[at] for at in kept])
    edges = [*kept, len(lines)]
    prose = range(edges[found.prose.start], edges[found.prose.stop])
    return (kept[found.title] if found.title >= 0 else -1), prose
