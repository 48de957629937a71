"""The cache on disk: answers by address, written whole, of a bounded size."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from exporter.network.transport import Response
from exporter.records import dataclass

LARGEST_CACHE = 500_000_000
"""The most bytes that are kept; what was not used for longest goes first."""

_FORM = 1
_ENDING = ".answer"


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer and when it came, in seconds since 1970."""

    response: Response
    arrived: float


class Cache(Protocol):
    """Somewhere to keep answers by a key."""

    def get(self, key: str) -> Stored | None:
        """Return what is kept under a key, if anything is."""

    def put(self, key: str, stored: Stored) -> None:
        """Keep an answer under a key, or let it be where that can't be done."""


class NoCache:
    """A cache that keeps nothing."""

    def get(self, key: str) -> Stored | None:  # noqa: ARG002
        """Return nothing."""
        return None

    def put(self, key: str, stored: Stored) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class DiskCache:
    """A cache of one file an answer: a line of JSON with status, headers and time, then the body.

    It may be lost, damaged or full at any time: then the answer is fetched again.
    """

    folder: Path
    largest: int = LARGEST_CACHE

    def get(self, key: str) -> Stored | None:
        """Return what is kept under a key, if anything sound is."""
        path = self._path(key)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            entry = json.loads(head)
            if entry["form"] != _FORM or entry["size"] != len(body):
                return None
            os.utime(path)  # used just now
            response = Response(int(entry["status"]), dict(entry["headers"]), body)
            return Stored(response, float(entry["arrived"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, stored: Stored) -> None:
        """Keep an answer; it appears whole or not at all."""
        response = stored.response
        entry = {
            "form": _FORM,
            "status": response.status,
            "headers": dict(response.headers),
            "arrived": stored.arrived,
            "size": len(response.body),
        }
        path = self._path(key)
        part = path.with_name(f"{token_hex(8)}.part")
        with suppress(OSError):
            # What was read with someone's cookies is nobody else's business.
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with os.fdopen(
                    os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                ) as file:
                    file.write(json.dumps(entry).encode() + b"\n" + response.body)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            self._shrink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{sha256(key.encode()).hexdigest()}{_ENDING}"

    def _shrink(self) -> None:
        """Remove what was not used for longest until the rest fits."""
        found = [(path, path.stat()) for path in self.folder.glob(f"*{_ENDING}")]
        total = sum(state.st_size for _, state in found)
        for path, state in sorted(found, key=lambda one: one[1].st_mtime):
            if total <= self.largest:
                break
            path.unlink(missing_ok=True)
            total -= state.st_size
