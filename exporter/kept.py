"""What one run keeps for the next in the user's cache folder: whole files, or none.

Anything in it may be lost, damaged, out of date or out of reach at any time. Then it is made anew:
what is kept saves time, and never changes what comes out.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import CodeType

NAME = "arabic-exporter"

_MOST_OF_A_KIND = 64
_ENDING = ".kept"
_DIGEST = sha256().digest_size


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the user's folder for what can be had again, None for a user without a home.

    `XDG_CACHE_HOME`, else what the system itself uses.
    """
    home = _home(environment)
    if base := environment.get("XDG_CACHE_HOME"):
        return Path(base) / NAME
    if sys.platform == "win32" and (local := environment.get("LOCALAPPDATA")):
        return Path(local) / NAME / "cache"
    if sys.platform == "darwin" and home:
        return Path(home) / "Library" / "Caches" / NAME
    return Path(home) / ".cache" / NAME if home else None


def state_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the user's folder for what is to be kept but is no data, None without a home."""
    if base := environment.get("XDG_STATE_HOME"):
        return Path(base) / NAME
    home = _home(environment)
    return Path(home) / ".local" / "state" / NAME if home else None


def _home(environment: Mapping[str, str]) -> str:
    return environment.get("HOME") or environment.get("USERPROFILE") or ""


def kept(kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what is kept of a kind under a key, else make it and keep it.

    The key holds all that the bytes depend on, the versions of what makes them included.
    """
    found = recalled(kind, key)
    if found is None:
        found = make()
        keep(kind, key, found)
    return found


def code_of(source: str, name: str) -> CodeType:
    """Return source as it is compiled, once for all runs, as that takes half a millisecond."""
    key = "\0".join((sys.implementation.cache_tag or sys.version, name, source))
    made = kept("functions", key, lambda: marshal.dumps(compile(source, name, "exec")))
    code: CodeType = marshal.loads(made)  # noqa: S302 - kept by ourselves
    return code


def recalled(kind: str, key: str) -> bytes | None:
    """Return what is kept of a kind under a key; None where nothing sound is."""
    place = _place(kind, key)
    return None if place is None else _sound(*place)


def keep(kind: str, key: str, data: bytes) -> None:
    """Keep bytes of a kind under a key, or let it be where that can't be done."""
    place = _place(kind, key)
    if place is not None:
        with suppress(OSError):
            _keep(*place, data)


def _place(kind: str, key: str) -> tuple[Path, bytes] | None:
    """Return the file for a key and the seal that is to be on it."""
    folder = cache_folder(os.environ)
    if folder is None:
        return None
    seal = sha256(key.encode()).digest()
    return folder / kind / f"{seal.hex()}{_ENDING}", seal


def _sound(path: Path, seal: bytes) -> bytes | None:
    """Return what a file holds, None where there is none that we wrote whole ourselves."""
    try:
        if not (_is_ours(path.parent) and _is_ours(path)):
            return None
        content = path.read_bytes()
    except OSError:
        return None
    digest, data = content[:_DIGEST], content[_DIGEST:]
    return data if digest == sha256(seal + data).digest() else None


def _is_ours(path: Path) -> bool:
    """Whether nobody but the user can have written here."""
    if os.name != "posix":
        return True
    state = path.lstat()
    others = state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return state.st_uid == os.geteuid() and not others and not stat.S_ISLNK(state.st_mode)


def _keep(path: Path, seal: bytes, data: bytes) -> None:
    """Write a file that appears whole or not at all, whoever else is writing it."""
    from secrets import token_hex

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sha256(seal + data).digest() + data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    others = sorted(path.parent.glob(f"*{_ENDING}"), key=lambda one: one.stat().st_mtime)
    for old in others[:-_MOST_OF_A_KIND]:
        old.unlink(missing_ok=True)
