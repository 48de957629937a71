"""The lists of a Word file: what marks the items of each level, and the number of each item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from exporter.arabic.letters import letter, letters_of
from exporter.article import ListKind
from exporter.patterns import compiled
from exporter.readers.docx.package import Element, Part, child, get, named, value
from exporter.readers.docx.properties import number
from exporter.records import dataclass

# ECMA-376 §17.18.59; what isn't here counts in numbers.
_KINDS = {
    "bullet": ListKind.BULLETED,
    "arabicAbjad": ListKind.LETTERED,
    "hebrew1": ListKind.LETTERED,
    "hebrew2": ListKind.LETTERED,
    "lowerLetter": ListKind.LETTERED,
    "upperLetter": ListKind.LETTERED,
    "arabicAlpha": ListKind.ALPHABETICAL,
}
_DEEPEST = 8
_PLACE = compiled(r"%([1-9])")
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list; `text` is the pattern of its labels: `%1.%2`."""

    kind: ListKind = ListKind.NUMBERED
    start: int = 1
    text: str = ""
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """What marks a paragraph: the list it belongs to, its level from 0, its kind and number."""

    list_key: str
    level: int
    kind: ListKind
    number: int
    label: str


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted."""

    definitions: Mapping[str, Mapping[int, Level]]
    lists: Mapping[str, tuple[str, Mapping[int, int]]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, list_key: str, level: int) -> Mark | None:
        """Count the next item of a list; None for a paragraph that shows no mark."""
        if list_key not in self.lists or not 0 <= level <= _DEEPEST:
            return None
        definition, starts = self.lists[list_key]
        levels = self.definitions.get(definition, {})
        here = levels.get(level, Level())
        if not here.is_marked:
            return None
        counts = self.counts.setdefault(definition, {})
        if level in starts and (list_key, level) not in self.begun:
            counts[level] = starts[level] - 1
        self.begun.add((list_key, level))
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        label = self._label(levels, level, counts)
        return Mark(definition, level, here.kind, counts[level], label)

    @staticmethod
    def _label(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
        def shown(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            at = levels.get(place, Level())
            count = counts.get(place, at.start)
            if at.kind in (ListKind.LETTERED, ListKind.ALPHABETICAL):
                return letter(count, letters_of(at.kind, language="ar"))
            return str(count)

        return _PLACE.sub(shown, levels.get(level, Level()).text[:_LONGEST_LABEL])


def read_numbering(part: Part | None) -> Numbering:
    """Return the lists that the numbering part of a file defines."""
    if part is None:
        return Numbering({}, {})
    definitions = {
        get(one, "w:abstractNumId"): _levels(one)
        for one in part.root.iterchildren(named("w:abstractNum"))
    }
    lists = {}
    for one in part.root.iterchildren(named("w:num")):
        overrides = {
            number(get(each, "w:ilvl")) or 0: number(value(each, "w:startOverride")) or 1
            for each in one.iterchildren(named("w:lvlOverride"))
            if child(each, "w:startOverride") is not None
        }
        lists[get(one, "w:numId")] = (value(one, "w:abstractNumId"), overrides)
    return Numbering(definitions, lists)


def _levels(definition: Element) -> Mapping[int, Level]:
    levels = {}
    for one in definition.iterchildren(named("w:lvl")):
        form = value(one, "w:numFmt") or "decimal"
        start = number(value(one, "w:start"))
        levels[number(get(one, "w:ilvl")) or 0] = Level(
            kind=_KINDS.get(form, ListKind.NUMBERED),
            start=1 if start is None else start,
            text=value(one, "w:lvlText"),
            is_marked=form != "none",
        )
    return levels
