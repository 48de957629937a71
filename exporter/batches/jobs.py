"""Jobs and their outcomes: what goes to a worker, and what comes back of it."""

from __future__ import annotations

from enum import StrEnum

from exporter.errors import ExporterError, MissingLibraryError, UsageError
from exporter.messages import filled, place
from exporter.notices import Notice
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One article in a source that holds several: a member of an archive, a line, an entry.

    `start` and `length` are the bytes of the line, where they are known; `entry` counts the
    readings of the source from 0. One part may lie in another: a line in a member.
    """

    member: str = ""
    line: int = 0
    start: int = 0
    length: int = 0
    entry: int = -1

    @property
    def is_source(self) -> bool:
        """Whether it is a source of its own, that holds no other."""
        return bool(self.line)


WHOLE = Part()
"""The whole source."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an article was made of before: it is not made again as long as this holds.

    `is_alone` says that nothing but the bytes of its source is in it, so that these are enough.
    """

    source: str
    article: str
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Job:
    """An article to be made.

    `location` is what the user calls the source, `path` where any process finds it; `copy` names
    a copy of something fetched in the staging area; `data` are the bytes, where only the process
    that gave the job has them; `reference` counts what the user gave.
    """

    id: int
    place: str
    reference: int
    location: str
    path: str
    part: Part = WHOLE
    copy: str = ""
    data: bytes | None = None
    known: Known | None = None

    @property
    def shown(self) -> str:
        """What the user calls the article, as `exporter export` says it."""
        name = f"{self.location}: {self.part.member}" if self.part.member else self.location
        if self.part.line:
            name = f"{name}, line {self.part.line}"
        return f"{name}, {self.part.entry + 1}" if self.part.entry >= 0 else name


# --- outcomes -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Staged:
    """A whole file in the staging area, and the ending that it will have."""

    name: str
    ending: str


@dataclass(frozen=True, slots=True)
class Made:
    """The files of an article, without their names; `now` is what they were made of."""

    title: str
    identifier: str
    stem: str
    files: tuple[Staged, ...]
    now: Known
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The article is as it was when its files were made; `now` is as of this look."""

    now: Known


@dataclass(frozen=True, slots=True)
class Unwanted:
    """The article is older than the user wants."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The source holds several articles; what was fetched is kept as `copy`."""

    parts: tuple[Part, ...]
    copy: str = ""


class Concerns(StrEnum):
    """What a failure is of: one article, or all of them, as none can be made then."""

    ARTICLE = "article"
    REQUEST = "request"
    LIBRARY = "library"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Failed:
    """No file was made, for the reason of an error.

    `was_read` says that it failed after it was read, so that it counts as one of its source.
    """

    code: str
    subject: str
    detail: str = ""
    was_read: bool = False
    concerns: Concerns = Concerns.ARTICLE

    def sentence(self, *, language: str = "en") -> str:
        """Return what happened and what to do, as one sentence for the user."""
        fields = {"subject": place(self.subject, language=language), "detail": self.detail}
        return filled(self.code, fields, language=language)


Outcome = Made | Unchanged | Unwanted | Parted | Failed


def failed(error: Exception, *, subject: str, was_read: bool = False) -> Failed:
    """Return the failure that an exception is."""
    if isinstance(error, ExporterError):
        return Failed(error.code, error.subject, error.detail, was_read, _concerns(error))
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failed("unexpected", subject, " ".join(said.split())[:200], was_read)


def _concerns(error: ExporterError) -> Concerns:
    match error:
        case UsageError():
            return Concerns.REQUEST
        case MissingLibraryError():
            return Concerns.LIBRARY
        case _:
            return Concerns.ARTICLE
