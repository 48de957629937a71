"""Pace: one request at a time to a host, with a pause between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
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
