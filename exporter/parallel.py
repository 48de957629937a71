"""The same work on many items, on as many cores as asked for, with the same results on any number.

Workers are forked, so that they have what the work needs without it being sent to them; where the
system can't fork safely, the work is done here.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from exporter.errors import WriteError

_Result = TypeVar("_Result")

# How often a worker looks for garbage (`gc.set_threshold`): it does far more than the command's own
# process, which hardly does, and what it leaves would come to half of the memory of a long book.
_GARBAGE = (2_000, 10, 10)

# The work of this process, which it was forked with.
_work: list[Callable[[int], Any]] = []


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[int], _Result], count: int, *, jobs: int, together: int = 1
) -> list[_Result]:
    """Return what `work` makes of each number below `count`, in order.

    A worker gets so many `together`; with one job, no more than these, or no safe fork, it is
    called here. Raises what the first failing call raised, and WriteError when a worker died.
    """
    workers = min(jobs, -(-count // together))
    # macOS can fork, but its own libraries don't bear it.
    if workers < 2 or not sys.platform.startswith("linux"):
        return [work(number) for number in range(count)]
    # Only now, as most runs write no book.
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    # What is here now belongs to all: a worker that looked for garbage in it would copy all of it.
    gc.freeze()
    with ProcessPoolExecutor(
        workers, multiprocessing.get_context("fork"), initializer=_begin, initargs=(work,)
    ) as pool:
        try:
            with warnings.catch_warnings():
                # Python 3.12 warns of the threads that a fork has not; ours ask for none of them.
                warnings.simplefilter("ignore", DeprecationWarning)
                results = pool.map(_call, range(count), chunksize=together)
            return list(results)
        except BrokenProcessPool as error:
            raise WriteError("worker-died", subject="exporter", detail=str(jobs)) from error
        finally:
            pool.shutdown(cancel_futures=True)
            gc.unfreeze()


def _begin(work: Callable[[int], Any]) -> None:
    gc.set_threshold(*_GARBAGE)
    _work[:] = [work]


def _call(number: int) -> Any:  # noqa: ANN401 (whatever the work makes)
    return _work[0](number)
