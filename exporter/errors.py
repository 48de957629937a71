"""The exception tree: what stops an export, each with its exit code.

ExporterError               exit 1   this input can't be exported; the others still are
├── SourceError             exit 1   the reference leads to nothing readable
│   └── FetchError          exit 1   an address can't be fetched
├── ReadError               exit 1   the bytes are there, but no article is in them
├── PictureError            exit 1   a picture can't be had or shown; resolve makes it a Notice
├── WriteError              exit 1   the article is there, but its file can't be made
├── MissingLibraryError     exit 1   a system library is not installed
└── UsageError              exit 2   the request is wrong: theme, format, page …
"""

from __future__ import annotations

from errno import errorcode
from typing import ClassVar

from exporter.messages import catalogue, cause, filled, place


def reason_of(error: Exception) -> str:
    """Return why the system refused, as a `cause` where the catalogue has one.

    Else it is in the system's own words, without the path they come with.
    """
    if not isinstance(error, OSError):
        return str(error)
    code = f"system-{errorcode.get(error.errno or 0, '')}".lower()
    is_known = f"cause-{code}" in catalogue("en")
    return cause(code) if is_known else error.strerror or str(error)


class ExporterError(Exception):
    """An export that can't continue.

    `code` names a sentence of the message catalogue, `subject` the input (a path, a URL, an
    option's value) and `detail` what is wrong with it. `str()` gives the English sentence.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, *, subject: str, detail: str = "") -> None:
        super().__init__(code, subject, detail)
        self.code = code
        self.subject = subject
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        return _remade, (type(self), *self.args)

    def sentence(self, *, language: str = "en") -> str:
        """Return what happened and what to do, as one sentence for the user."""
        fields = {"subject": place(self.subject, language=language), "detail": self.detail}
        return filled(self.code, fields, language=language)

    def __str__(self) -> str:
        return self.sentence()


def _remade(kind: type[ExporterError], *said: str) -> ExporterError:
    """Return an error that came from another process."""
    code, subject, detail = said
    return kind(code, subject=subject, detail=detail)


class SourceError(ExporterError):
    """The reference leads to nothing readable."""


class FetchError(SourceError):
    """What is at an address can't be had."""


class ReadError(ExporterError):
    """The bytes are there, but no article can be read from them."""


class PictureError(ExporterError):
    """A picture that an article calls is not there, or is none that can be shown."""


class WriteError(ExporterError):
    """The article is there, but its output can't be made or stored."""


class MissingLibraryError(ExporterError):
    """A system library that typesetting needs is not installed."""


class UsageError(ExporterError):
    """The request itself is wrong: an unknown theme, format, page size, digit family …"""

    exit_code = 2
