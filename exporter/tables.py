"""Tables in TOML as they were parsed in an earlier run: those of the program, and of themes."""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from typing import Any

from exporter.kept import keep, recalled

_KIND = "tables"


def parsed(text: str) -> dict[str, Any]:
    """Return what a text in TOML says.

    Raises tomllib's TOMLDecodeError, which is a ValueError, for one that is none.
    """
    key = f"{sys.implementation.cache_tag or sys.version}\0{text}"
    data = recalled(_KIND, key)
    if data is not None:
        kept: dict[str, Any] = marshal.loads(data)  # noqa: S302 - kept by ourselves
        return kept
    import tomllib

    made = tomllib.loads(text)
    with suppress(ValueError):  # a date, which no table of ours has
        keep(_KIND, key, marshal.dumps(made))
    return made
