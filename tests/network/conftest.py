"""Fixtures: a site on this machine, and a network that may go there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from exporter.network.access import Reach
from exporter.network.client import Network
from exporter.network.limits import Limits
from exporter.network.transport import Wire
from tests.network.server import Site, serving

QUICK = Limits(
    connect=1.0, read=0.3, total=5.0, size=200_000, tries=3, backoff=0.01, longest_wait=1, pause=0
)

Connect = Callable[..., Network]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def connect() -> Connect:
    """Makes a network with quick limits that may reach this machine."""

    def made(*, reach: Reach = Reach.ANY, **given: object) -> Network:
        limits = {name: given.pop(name) for name in list(given) if hasattr(QUICK, name)}
        quick = replace(QUICK, **limits)  # type: ignore[arg-type]
        return Network(Wire(quick, reach), limits=quick, **given)  # type: ignore[arg-type]

    return made
