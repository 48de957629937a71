"""The terminal: results on standard output; progress, notices and errors on standard error."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum

from exporter.errors import ExporterError, MissingLibraryError, UsageError, WriteError, reason_of
from exporter.messages import counted_rule, listed, place, sentence
from exporter.notices import Notice, NoticeCode

UNEXPECTED = 1
_SUMMARISED = (
    NoticeCode.BOILERPLATE_DROPPED,
    NoticeCode.LEDE_DROPPED,
    NoticeCode.TEXT_NORMALISED,
)
_LONGEST_TEXT = 200
_CLEAR_LINE = "\r\x1b[K"


class Verbosity(StrEnum):
    """How much is said on the way."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


def interface_language(environment: Mapping[str, str]) -> str:
    """Return `ar` or `en`, by the first of the locale variables that is set (POSIX XBD §8.2)."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "ar" if locale.lower().startswith("ar") else "en"


class Console:
    """What the user sees, in their language, and the exit code that it adds up to."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.verbosity = Verbosity.NORMAL
        self.exit_code = 0
        self.ended_by = 0
        self._has_progress = False
        for stream in (sys.stdout, sys.stderr):
            # A terminal without Arabic letters gets escapes instead of a traceback.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")

    def say(self, code: str) -> str:
        """Return the sentence with this code."""
        return sentence(code, language=self.language)

    def write(self, line: str) -> None:
        """Print a line of the result."""
        self._clear()
        with _standard_output():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()

    def write_utf8(self, line: str) -> None:
        """Print a line of data that is UTF-8 whatever the terminal speaks."""
        self._clear()
        with _standard_output():
            sys.stdout.flush()
            sys.stdout.buffer.write(f"{line}\n".encode())
            sys.stdout.buffer.flush()

    def progress(self, text: str) -> None:
        """Show what is being done in a line that vanishes; nothing unless on a terminal."""
        is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        if is_terminal and self.verbosity is not Verbosity.QUIET:
            self._has_progress = True
            sys.stderr.write(_CLEAR_LINE + one_line(text, longest=70))
            sys.stderr.flush()

    def done(self) -> None:
        """Take the progress away."""
        self._clear()

    def notices(self, notices: Sequence[Notice], *, subject: str) -> None:
        """Show what was dropped, guessed or replaced; dropped lines are only counted."""
        if self.verbosity is Verbosity.QUIET:
            return
        shown = dict.fromkeys(notices)
        subject = place(subject, language=self.language)
        if self.verbosity is Verbosity.NORMAL:
            self._summarise(tuple(shown), subject=subject)
            shown = dict.fromkeys(notice for notice in shown if notice.code not in _SUMMARISED)
        for notice in shown:
            location = place(notice.location, language=self.language)
            where = listed(tuple(filter(None, (subject, location))), language=self.language)
            self._complain(f"{where}: {_short(notice).sentence(language=self.language)}")

    def _summarise(self, notices: Sequence[Notice], *, subject: str) -> None:
        """Say in one sentence how many lines were left out, in one what was put right."""
        normalised = [one for one in notices if one.code is NoticeCode.TEXT_NORMALISED]
        dropped = sum(one.code in _SUMMARISED for one in notices) - len(normalised)
        if normalised:
            rules = tuple(counted_rule(one.detail, language=self.language) for one in normalised)
            detail = listed(rules, language=self.language)
            summary = self.say("normalised-summary").format(detail=detail)
            self._complain(f"{subject}: {summary}")
        if dropped:
            summary = self.say(f"boilerplate-summary-{plural(dropped, self.language)}")
            self._complain(f"{subject}: {summary.format(count=dropped)}")

    def remark(self, code: str, *, detail: str) -> None:
        """Say something of the whole request that is no error."""
        if self.verbosity is not Verbosity.QUIET:
            self._complain(self.say(code).format(detail=detail))

    def error(self, error: ExporterError, *, subject: str = "") -> None:
        """Show what stopped an export, and let the exit code say so."""
        self.exit_code = max(self.exit_code, error.exit_code)
        text = error.sentence(language=self.language)
        subject = place(subject, language=self.language)
        self._complain(text if subject in text else f"{subject}: {text}")
        if self.verbosity is Verbosity.VERBOSE and error.__cause__:
            self._complain(f"  {type(error.__cause__).__name__}: {error.__cause__}")

    def unexpected(self, error: Exception, *, subject: str = "exporter") -> None:
        """Show an error of the program itself: one sentence, and with -v the traceback."""
        self.exit_code = max(self.exit_code, UNEXPECTED)
        detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        shown = one_line(detail, longest=_LONGEST_TEXT)
        subject = place(subject, language=self.language)
        self._complain(self.say("unexpected").format(subject=subject, detail=shown))
        if self.verbosity is Verbosity.VERBOSE:
            import traceback

            sys.stderr.write("".join(traceback.format_exception(error)))

    @contextmanager
    def attempt(self, subject: str) -> Iterator[None]:
        """Show an error about one input and go on with the next.

        A missing library or a wrong request concerns all of them and is passed on.
        """
        try:
            yield
        except (MissingLibraryError, UsageError, BrokenPipeError):
            raise
        except ExporterError as error:
            self._end_if_told()
            self.error(error, subject=subject)
        except Exception as error:  # noqa: BLE001 - the other inputs are still to be exported
            self._end_if_told()
            self.unexpected(error, subject=subject)
        self._end_if_told()

    def _end_if_told(self) -> None:
        """End at a signal that a library caught instead of passing it on."""
        if self.ended_by:
            raise SystemExit(128 + self.ended_by)

    def _complain(self, text: str) -> None:
        self._clear()
        sys.stderr.write(f"{one_line(text)}\n")
        sys.stderr.flush()

    def _clear(self) -> None:
        if self._has_progress:
            self._has_progress = False
            sys.stderr.write(_CLEAR_LINE)
            sys.stderr.flush()


@contextmanager
def _standard_output() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError("output-unwritable", subject="stdout", detail=reason_of(error)) from error


def plural(count: int, language: str) -> str:
    """Return the plural category of a number of things (CLDR) in Arabic or English."""
    if language != "ar":
        return "one" if count == 1 else "other"
    if count in {1, 2}:
        return ("one", "two")[count - 1]
    few, many = 3 <= count % 100 <= 10, 11 <= count % 100 <= 99
    return "few" if few else "many" if many else "other"


def one_line(text: str, *, longest: int = 0) -> str:
    """Return text as one line without control characters, which could steer the terminal."""
    spaced = " ".join(text.split())
    shown = "".join(each for each in spaced if unicodedata.category(each) != "Cc")
    return f"{shown[:longest]}…" if 0 < longest < len(shown) else shown


def _short(notice: Notice) -> Notice:
    return replace(notice, text=one_line(notice.text, longest=_LONGEST_TEXT))
