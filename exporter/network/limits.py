"""Limits: how long, how much and how often the network may be asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes after decompression.

    `total` is for one address with all its redirects and tries; `pause` lies between two requests
    to one host; `backoff` is the first wait before another try, which doubles each time.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 120.0
    size: int = 20_000_000
    redirects: int = 10
    tries: int = 3
    backoff: float = 1.0
    longest_wait: float = 30.0
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the network: what is stored grows old, and a host is not asked too often."""

    now: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
