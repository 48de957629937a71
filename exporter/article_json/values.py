"""JSON values that know where they stand, so that a wrong one is named by its path."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import TypeVar

from exporter.article import DEEPEST
from exporter.errors import ReadError
from exporter.messages import cause
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.records import dataclass

Choice = TypeVar("Choice", bound=StrEnum)

_SURROGATE = compiled("[\ud800-\udfff]")
# What XML 1.0 §2.2 can't hold, and the C1 controls it discourages.
_CONTROL = compiled("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SHOWN = 40


@dataclass(slots=True)
class Document:
    """What the values of one article share: its name, its notes, and what was lost in reading."""

    subject: str
    notes: frozenset[str] = frozenset()
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value, its path (`body[3].level`) and the document it belongs to.

    `level` is the number of blocks and inlines around it.
    """

    raw: object
    path: str
    document: Document
    level: int = 0

    def wrong(self, code: str, *, extra: str = "") -> ReadError:
        """Return the error that says what the value must be or have; the caller raises it.

        `code` is that of a cause in the catalogue, without `cause-`.
        """
        shown = reprlib.repr(self.raw)  # what is nested deeply is not followed to its end
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        found = "" if self.raw is None else shown
        detail = cause(code, self.path, extra=extra, found=found)
        return ReadError("json-shape", subject=self.document.subject, detail=detail)

    def inside(self) -> Value:
        """Return the block or inline as one level deeper; raises ReadError over `DEEPEST`."""
        if self.level >= DEEPEST:
            path = f"{self.path[:_SHOWN]}…"
            raise ReadError("json-deep", subject=self.document.subject, detail=path)
        return replace(self, level=self.level + 1)

    def text(self) -> str:
        """Return a string, without the control characters that no XML can hold."""
        if not isinstance(self.raw, str) or _SURROGATE.search(self.raw):
            raise self.wrong("string")
        removed = sorted(set(_CONTROL.findall(self.raw)))
        if not removed:
            return self.raw
        detail = ", ".join(f"U+{ord(character):04X}" for character in removed)
        self.note(NoticeCode.CONTROL_REMOVED, detail=detail)
        return _CONTROL.sub("", self.raw)

    def integer(self, *, least: int, most: int) -> int:
        """Return a whole number between two bounds; `true` is none."""
        if type(self.raw) is not int or not least <= self.raw <= most:
            raise self.wrong("integer", extra=f"{least}–{most}")
        return self.raw

    def choice(self, values: type[Choice]) -> Choice:
        """Return the member of an enumeration."""
        try:
            return values(self.text())
        except ValueError as error:
            raise self.wrong("one-of", extra=", ".join(values)) from error

    def elements(self) -> tuple[Value, ...]:
        """Return the elements of an array."""
        if not isinstance(self.raw, list):
            raise self.wrong("array")
        return tuple(
            replace(self, raw=element, path=f"{self.path}[{number}]")
            for number, element in enumerate(self.raw)
        )

    def entries(self) -> Mapping[str, Value]:
        """Return the members of an object; `null` counts as absent."""
        if not isinstance(self.raw, dict):
            raise self.wrong("object")
        return {
            key: replace(self, raw=member, path=f"{self.path}.{key}" if self.path else key)
            for key, member in self.raw.items()
            if member is not None
        }

    def members(self, *known: str) -> Mapping[str, Value]:
        """Return the members of an object under known keys; another key becomes a Notice."""
        entries = self.entries()
        for key, member in entries.items():
            if key not in known:
                member.note(NoticeCode.KEY_IGNORED, text=key)
        return {key: entries[key] for key in known if key in entries}

    def note(self, code: NoticeCode, *, text: str = "", detail: str = "") -> None:
        """Add a Notice about this value."""
        self.document.notices.append(Notice(code, location=self.path, text=text, detail=detail))
