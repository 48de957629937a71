"""The clock: SOURCE_DATE_EPOCH, the date that whoever builds a file says it was built on.

The machine's own clock is asked by the command alone, and only about what it was just given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from exporter.errors import UsageError

VARIABLE = "SOURCE_DATE_EPOCH"


def build_date(environment: Mapping[str, str]) -> str:
    """Return the build date as an ISO 8601 date-time in UTC, empty when none is set.

    The time of day is never asked for: the same article gives the same bytes on another day. See
    reproducible-builds.org/specs/source-date-epoch, by which a malformed value is an error: raises
    UsageError.
    """
    seconds = environment.get(VARIABLE, "")
    if not seconds:
        return ""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError("source-date-epoch-wrong", subject=seconds) from error


def moment_of_reading(environment: Mapping[str, str], *, machine: Callable[[], datetime]) -> str:
    """Return when a source is read that came over standard input or the network, as ISO 8601.

    The build date counts where one is set, else the machine's time with its offset from UTC.
    """
    return build_date(environment) or machine().isoformat(timespec="seconds")
