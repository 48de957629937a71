"""JSON values that know where they stand, so that a wrong one is named by its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from exporter.errors import ReadError
from exporter.notices import Notice, NoticeCode

Choice = TypeVar("Choice", bound=StrEnum)

_SURROGATE = re.compile("[\ud800-\udfff]")
# What XML 1.0 §2.2 can't hold, and the C1 controls it discourages.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SHOWN = 40


@dataclass(slots=True)
class Document:
    """What the values of one article share: its name, its notes, and what was lost in reading."""

    subject: str
    notes: frozenset[str] = frozenset()
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value, its path (`body[3].level`) and the document it belongs to."""

    raw: object
    path: str
    document: Document

    def wrong(self, expected: str) -> ReadError:
        """Return the error that says what should stand here; the caller raises it."""
        found = repr(self.raw)
        shown = found if len(found) <= _SHOWN else found[:_SHOWN] + "…"
        detail = f"{self.path or 'the top'} (expected: {expected}; found: {shown})"
        return ReadError("json-shape", subject=self.document.subject, detail=detail)

    def text(self) -> str:
        """Return a string, without the control characters that no XML can hold."""
        if not isinstance(self.raw, str) or _SURROGATE.search(self.raw):
            raise self.wrong("a string")
        removed = sorted(set(_CONTROL.findall(self.raw)))
        if not removed:
            return self.raw
        detail = ", ".join(f"U+{ord(character):04X}" for character in removed)
        self.note(NoticeCode.CONTROL_REMOVED, detail=detail)
        return _CONTROL.sub("", self.raw)

    def integer(self, *, least: int, most: int) -> int:
        """Return a whole number between two bounds; `true` is none."""
        if type(self.raw) is not int or not least <= self.raw <= most:
            raise self.wrong(f"an integer from {least} to {most}")
        return self.raw

    def choice(self, values: type[Choice]) -> Choice:
        """Return the member of an enumeration."""
        try:
            return values(self.text())
        except ValueError as error:
            raise self.wrong(", ".join(values)) from error

    def elements(self) -> tuple[Value, ...]:
        """Return the elements of an array."""
        if not isinstance(self.raw, list):
            raise self.wrong("an array")
        return tuple(
            Value(element, f"{self.path}[{number}]", self.document)
            for number, element in enumerate(self.raw)
        )

    def entries(self) -> Mapping[str, Value]:
        """Return the members of an object; `null` counts as absent."""
        if not isinstance(self.raw, dict):
            raise self.wrong("an object")
        return {
            key: Value(member, f"{self.path}.{key}" if self.path else key, self.document)
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
