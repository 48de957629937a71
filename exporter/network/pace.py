"""Pace: one request at a time to a host, with a pause between two, in a process or in many."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
        with self._own.turn(host), ExitStack() as stack:
            held = self._locked(host, stack)
            try:
                yield
            finally:
                if held is not None:
                    os.truncate(held, 1)  # what is empty had no turn yet; it takes no room
                    now = self._clock.now()
                    os.utime(held, (now, now))

    def _locked(self, host: str, stack: ExitStack) -> int | None:
        """Return a file that is this process's alone, after the pause since its last turn.

        None where files can't be locked. It is closed, and so let go of, with the stack.
        """
        try:
            import fcntl  # not on Windows

            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / sha256(host.encode()).hexdigest()
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            stack.callback(os.close, file)
            fcntl.flock(file, fcntl.LOCK_EX)
        except (OSError, ImportError):
            return None
        # Only now: of those that came together, one was first.
        state = os.fstat(file)
        wait = state.st_mtime + self._pause - self._clock.now()
        if state.st_size and 0 < wait <= self._pause:
            self._clock.sleep(wait)
        return file
