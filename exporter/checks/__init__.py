"""Checks: what the judges that are installed, and our own eyes, say of an e-book or a PDF.

Any Arabic file may be checked, whoever made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from exporter.checks import book, claims, judges, paper
from exporter.checks.results import Result
from exporter.errors import SourceError, UsageError, reason_of

_OWN: Mapping[str, Callable[[bytes], Result]] = {".epub": book.check, ".pdf": paper.check}
_CLAIMS: Mapping[str, Callable[[Path, bytes], tuple[Result, ...]]] = {".pdf": claims.verdicts}
ENDINGS = tuple(_OWN)
"""The kinds of files that can be checked."""


def check(path: Path) -> tuple[Result, ...]:
    """Return what each judge says of a file, our own first; one that isn't there says nothing.

    Raises UsageError for a file of another kind, SourceError for one that can't be read.
    """
    ending = path.suffix.lower()
    if ending not in _OWN:
        raise UsageError("check-kind-unknown", subject=str(path), detail=", ".join(ENDINGS))
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError("source-missing", subject=str(path)) from error
    except (OSError, ValueError) as error:
        raise SourceError(
            "source-unreadable", subject=str(path), detail=reason_of(error)
        ) from error
    claimed = _CLAIMS[ending](path.resolve(), data) if ending in _CLAIMS else ()
    return (_OWN[ending](data), *claimed, *(judge(path) for judge in judges.JUDGES[ending]))
