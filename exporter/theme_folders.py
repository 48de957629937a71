"""Theme folders: where a theme is, which themes it extends, and what their tables say together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

from exporter.assets import templates_folder
from exporter.errors import UsageError
from exporter.records import dataclass
from exporter.tables import parsed

TABLE = "theme.toml"
WORDS = "words.toml"

BASE = "base"
"""The folder of what the bundled themes share; no look of its own, so no theme to choose."""


@dataclass(frozen=True, slots=True)
class ThemeFolders:
    """A theme's own folder and those it extends, nearest first, with their tables merged.

    In `table` and `words` a nearer theme's value stands over that of a further one, key by key
    and language by language; its fallback families come before those of the others.
    """

    folders: tuple[Path, ...]
    table: Mapping[str, Any]
    words: Mapping[str, Mapping[str, str]]

    @property
    def name(self) -> str:
        """The name of the theme itself."""
        return self.folders[0].name


def bundled_names() -> tuple[str, ...]:
    """Return the names of the bundled themes."""
    found = {path.parent.name for path in templates_folder().glob(f"*/{TABLE}")}
    return tuple(sorted(found - {BASE}))


def find(name: str) -> ThemeFolders:
    """Return the bundled theme of this name, or the one in the folder that a path names.

    A path has a `/` (or this system's separator) in it. Raises UsageError for a theme that isn't
    there, that extends one that isn't or itself, or whose tables are no TOML.
    """
    folder = _folder(name, start=Path())
    if folder is None or name == BASE:
        raise UsageError("theme-unknown", subject=name, detail=", ".join(bundled_names()))
    folders, tables = [folder], [_read(folder / TABLE)]
    while parent := tables[-1].get("extends"):
        folder = _folder(str(parent), start=folders[-1])
        if folder is None:
            raise UsageError("theme-parent-unknown", subject=name, detail=str(parent))
        if folder in folders:
            raise UsageError("theme-cycle", subject=name, detail=str(parent))
        folders.append(folder)
        tables.append(_read(folder / TABLE))
    words = [_read(one / WORDS) for one in folders if (one / WORDS).exists()]
    table = {**_merged(tables), "fallback": _fallback(tables)}
    return ThemeFolders(tuple(folders), table, _merged(words))


def is_path(name: str) -> bool:
    """Whether a theme is named by the path of its folder."""
    return not {"/", os.sep}.isdisjoint(name)


def _folder(name: str, *, start: Path) -> Path | None:
    """Return the folder of a theme, None where there is none; a path begins at `start`."""
    if is_path(name):
        folder = (start / Path(name).expanduser()).resolve()
        return folder if (folder / TABLE).is_file() else None
    return templates_folder() / name if name in {BASE, *bundled_names()} else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise UsageError("theme-unreadable", subject=str(path), detail=str(error)) from error


def _fallback(tables: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for table in tables for name in table.get("fallback", ())))


def _merged(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Merge tables, those inside them too; the first that has a key gives its value."""
    return reduce(_over, reversed(list(tables)), {})


def _over(far: Mapping[str, Any], near: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _over(far[key], near[key])
        for key in far.keys() & near.keys()
        if isinstance(far[key], dict) and isinstance(near[key], dict)
    }
    return {**far, **near, **both}
