"""Pace: one request at a time to a host, with a pause between two, in a process or in many."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

from exporter.network.limits import Clock


class Pace:
    """Turns at a host; threads wait for one another."""

    def __init__(self, pause: float, clock: Clock) -> None:
        self._pause = pause
        self._clock = clock
        self._turns: defaultdict[str, Lock] = defaultdict(Lock)
        self._ended: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked, and let nobody else ask it meanwhile."""
        with self._turns[host]:
            now = self._clock.monotonic()
            wait = self._ended.get(host, now - self._pause) + self._pause - now
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                self._ended[host] = self._clock.monotonic()


class SharedPace:
    """Turns at a host among all processes that know a folder: the lock of a file is the turn.

    A process that dies lets go of it. Where files can't be locked, each process paces itself.
    """

    def __init__(self, pause: float, clock: Clock, folder: Path) -> None:
        self._pause = pause
        self._clock = clock
        self._folder = folder
        self._own = Pace(pause, clock)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked, and let nobody else ask it meanwhile."""
        with self._own.turn(host):
            held = self._locked(host)
            try:
                yield
            finally:
                if held is not None:
                    now = self._clock.now()
                    os.utime(held, (now, now))
                    os.close(held)

    def _locked(self, host: str) -> int | None:
        """Return a file that is this process's alone, after the pause since its last turn."""
        try:
            import fcntl  # not on Windows

            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / sha256(host.encode()).hexdigest()
            is_first = not path.exists()
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
        except (OSError, ImportError):
            return None
        wait = os.fstat(file).st_mtime + self._pause - self._clock.now()
        if not is_first and 0 < wait <= self._pause:
            self._clock.sleep(wait)
        return file
