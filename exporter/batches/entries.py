"""Entries: what the journal of a batch knows of a job, and how it is written in a row."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any

from exporter.batches.jobs import WHOLE, Concerns, Failed, Job, Known, Part, Staged
from exporter.notices import Notice, NoticeCode
from exporter.records import dataclass


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    MADE = "made"  # its files are in the staging area
    NAMED = "named"  # its files have names, and are brought to their places
    DONE = "done"
    UNCHANGED = "unchanged"
    UNWANTED = "unwanted"  # older than --since, or more than --limit
    PARTED = "parted"  # others are in its place
    FAILED = "failed"


OVER = (State.DONE, State.UNCHANGED, State.UNWANTED, State.PARTED, State.FAILED)
"""The states of a job with which there is nothing left to do."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A job to be added; with a failure, what the user gave leads to no article."""

    reference: int
    location: str
    path: str
    part: Part = WHOLE
    failure: Failed | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A job as the journal knows it; `stem` is the name that was chosen once it is NAMED."""

    job: Job
    state: State
    title: str
    identifier: str
    stem: str
    files: tuple[Staged, ...]
    now: Known | None
    notices: tuple[Notice, ...]
    failure: Failed | None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(f"{self.stem}{file.ending}" for file in self.files)


def entry_of(row: sqlite3.Row) -> Entry:
    """Return the entry that a row of jobs is."""
    part = Part(**json.loads(row["part"]), start=row["start"], length=row["length"])
    job = Job(
        row["id"],
        row["place"],
        row["reference"],
        text_of(row["location"]),
        text_of(row["path"]),
        part,
        row["copy"],
    )
    notices = (
        Notice(**{**one, "code": NoticeCode(one["code"])}) for one in json.loads(row["notices"])
    )
    return Entry(
        job=job,
        state=State(row["state"]),
        title=row["title"],
        identifier=row["identifier"],
        stem=row["stem"],
        files=tuple(Staged(**one) for one in json.loads(row["files"])),
        now=Known(**json.loads(row["now"])) if row["now"] else None,
        notices=tuple(notices),
        failure=_failed(json.loads(row["failure"])) if row["failure"] else None,
    )


def _failed(said: dict[str, Any]) -> Failed:
    return Failed(**{**said, "concerns": Concerns(said["concerns"])})


def part_text(part: Part) -> str:
    """Return a part as text, the same for the same part; what is not said is left out.

    A line is the same one wherever it begins: those before it may have another length by now.
    """
    said = asdict(replace(part, start=0, length=0))
    return as_json({name: value for name, value in said.items() if value != _UNSAID[name]})


_UNSAID = asdict(WHOLE)


def as_json(value: object) -> str:
    """Return a value as JSON, the same for the same value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def raw(path: str) -> bytes:
    """Return a path as SQLite takes it: names of files may be no text at all."""
    return path.encode("utf-8", "surrogateescape")


def text_of(path: bytes) -> str:
    """Return the path that SQLite was given."""
    return path.decode("utf-8", "surrogateescape")
