"""The configuration file: a user's own defaults for the options of the command line, in TOML."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from pathlib import Path
from typing import Any

from exporter.errors import UsageError, reason_of
from exporter.links import is_link

VARIABLE = "EXPORTER_CONFIG"
"""The environment variable that names a configuration file."""

FILE_HERE = "exporter.toml"


class Kind(Enum):
    """What an option takes, on the command line and in the file."""

    TEXT = auto()
    NUMBER = auto()
    PATH = auto()
    LIST = auto()
    REPEATED = auto()
    FLAG = auto()


Values = Mapping[str, tuple[str, ...]]
"""The values of options by their long names, as strings; a flag's is `true` or `false`."""

_REFUSALS = {
    Kind.TEXT: "config-text",
    Kind.NUMBER: "config-number",
    Kind.PATH: "config-text",
    Kind.LIST: "config-list",
    Kind.REPEATED: "config-repeated",
    Kind.FLAG: "config-flag",
}


def find(named: str, *, environment: Mapping[str, str], here: Path) -> Path | None:
    """Return the file to read, or None when the user has none.

    `named` comes from `--config`; then EXPORTER_CONFIG, `exporter.toml` in the folder `here`, and
    the user's own folder for configuration are looked at. A file named in the first two ways must
    be there: `load` says so.
    """
    for path in (named, environment.get(VARIABLE, "")):
        if path:
            return Path(path).expanduser()
    candidates = (here / FILE_HERE, *_in_user_folder(environment))
    return next((path for path in candidates if path.is_file()), None)


def load(path: Path, *, options: Mapping[str, Kind]) -> Values:
    """Return what a configuration file says about these options.

    A path in it starts from the folder of the file. Raises UsageError, which names the file and
    the key, for a file that can't be read, an unknown key or a value of another kind.
    """
    return values_of(table_of(path), path, options=options, unknown="config-key-unknown")


def table_of(path: Path) -> dict[str, Any]:
    """Return what stands in a TOML file; raises UsageError for one that can't be read."""
    try:
        import tomllib

        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageError("config-unreadable", subject=str(path), detail=reason_of(error)) from error
    except ValueError as error:
        raise UsageError("config-syntax", subject=str(path), detail=str(error)) from error


def values_of(
    table: Mapping[str, object], path: Path, *, options: Mapping[str, Kind], unknown: str
) -> Values:
    """Return the values of options that stand in a file's table; raises UsageError as `load`.

    `unknown` is the code of the error for another key.
    """
    for key in table:
        if key not in options:
            raise UsageError(unknown, subject=str(path), detail=key)
    return {
        key: tuple(_strings(value, options[key], key=key, path=path))
        for key, value in table.items()
    }


def _strings(value: object, kind: Kind, *, key: str, path: Path) -> Iterator[str]:
    """Yield the value as the command line would give it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    match value, kind:
        case bool(), Kind.FLAG:
            yield "true" if value else "false"
        case str(), Kind.PATH:
            yield _from_folder_of(path, value)
        case str(), Kind.TEXT | Kind.LIST | Kind.REPEATED:
            yield value
        case _, Kind.NUMBER | Kind.LIST if is_number:
            yield str(value)
        case list(), Kind.LIST | Kind.REPEATED if all(_is_scalar(one) for one in value):
            for one in value:
                yield from _strings(one, kind, key=key, path=path)
        case _:
            raise UsageError(_REFUSALS[kind], subject=str(path), detail=key)


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)


def _from_folder_of(file: Path, value: str) -> str:
    return (
        value if value == "none" or is_link(value) else str(file.parent / Path(value).expanduser())
    )


def _in_user_folder(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the file's places in the user's folder: XDG's, and what the system itself uses."""
    home = environment.get("HOME") or environment.get("USERPROFILE")
    if base := environment.get("XDG_CONFIG_HOME"):
        yield Path(base) / "exporter" / "config.toml"
    elif home:
        yield Path(home) / ".config" / "exporter" / "config.toml"
    if sys.platform == "win32" and (roaming := environment.get("APPDATA")):
        yield Path(roaming) / "exporter" / "config.toml"
    if sys.platform == "darwin" and home:
        yield Path(home) / "Library" / "Application Support" / "exporter" / "config.toml"
