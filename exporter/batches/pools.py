"""Pools: where articles are made, as an Executor of `concurrent.futures` each.

A pool of this machine has a thread for each article that is made at once, a cluster the executor
that Dask gives; both run the same function, which has a child of its thread make the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from exporter.batches.folders import Folder
from exporter.batches.jobs import Concerns, Failed, Job, Outcome
from exporter.batches.limits import Children
from exporter.batches.order import Order
from exporter.errors import UsageError, reason_of
from exporter.parallel import cores
from exporter.records import dataclass
from exporter.version import __version__

_AHEAD = 3
"""How many jobs wait for each that is made: a worker of a cluster shall not wait for the next."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Somewhere to make articles: `width` jobs are given at once."""

    give: Callable[[Job], Future[Outcome]]
    width: int


@contextmanager
def local(order: Order, staging: Folder, *, jobs: int) -> Iterator[Pool]:
    """Give a pool of processes of this machine; at the end they are ended at once."""
    count = jobs or cores()
    children = Children()
    executor = ThreadPoolExecutor(count, thread_name_prefix="exporter")

    def give(job: Job) -> Future[Outcome]:
        return executor.submit(children.make, job, order, staging)

    try:
        yield Pool(give, count * 2)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        children.kill()
        executor.shutdown()
        children.end()


@contextmanager
def cluster(order: Order, staging: Folder, *, scheduler: str) -> Iterator[Pool]:
    """Give the pool of a Dask cluster, by the address of its scheduler.

    Raises UsageError when Dask isn't installed, or its scheduler can't be reached.
    """
    client = _client(scheduler)
    try:
        # An order may hold a cover, so it goes to each worker once, not with every article: as a
        # task, since Dask does that again when the worker that had the result is lost.
        sent = client.submit(_sent, order, staging)
        executor: Executor = client.get_executor(pure=False)
        width = max(1, sum(client.nthreads().values())) * _AHEAD

        def give(job: Job) -> Future[Outcome]:
            return executor.submit(make_on_worker, job, sent)

        try:
            yield Pool(give, width)
        finally:
            executor.shutdown(wait=False)
    finally:
        client.close(timeout=5)


def _sent(order: Order, staging: Folder) -> tuple[Order, Folder]:
    return order, staging


_children = Children()


def make_on_worker(job: Job, sent: tuple[Order, Folder]) -> Outcome:
    """Make an article on a worker of a cluster: what Dask runs there."""
    order, staging = sent
    if order.version != __version__:
        detail = f"{order.version}, {__version__}"
        return Failed("cluster-version", "Dask", detail, concerns=Concerns.REQUEST)
    return _children.make(job, order, staging)


def _client(scheduler: str) -> Any:  # noqa: ANN401 - Dask has no types
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("cluster-missing", subject=scheduler, detail=str(error)) from error
    connect: Any = Client
    try:
        return connect(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        detail = reason_of(error)
        raise UsageError("cluster-unreachable", subject=scheduler, detail=detail) from error
