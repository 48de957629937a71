"""Running: jobs to a pool, outcomes to the journal, made files to their places."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import AbstractContextManager
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from typing import assert_never

from exporter.batches import pools
from exporter.batches.entries import OVER, State
from exporter.batches.folders import Folder
from exporter.batches.jobs import (
    Concerns,
    Failed,
    Job,
    Made,
    Outcome,
    Parted,
    Unchanged,
    Unwanted,
    failed,
)
from exporter.batches.journal import Journal
from exporter.batches.order import Order
from exporter.batches.placing import Placer
from exporter.batches.plan import absolute, plan
from exporter.batches.pools import Pool
from exporter.batches.storage import is_of_this_process, read_stored
from exporter.errors import ExporterError, MissingLibraryError, UsageError, WriteError
from exporter.records import dataclass
from exporter.sources import LARGEST_SOURCE

_TRIES = 3
_EVERY = 0.5
"""How often the progress is shown at least, in seconds."""


class Selection(StrEnum):
    """Which articles are made: all, or those that are new or changed since they were made here."""

    ALL = "all"
    CHANGED = "changed"


class Start(StrEnum):
    """What becomes of a batch that was not finished: the same one goes on, or it begins anew."""

    RESUME = "resume"
    ANEW = "anew"


@dataclass(frozen=True, slots=True)
class How:
    """How a batch is run; nothing of it shows in what comes out.

    `jobs` is how many articles are made at once, 0 for one a core; `scheduler` the address of a
    Dask scheduler, empty for this machine.
    """

    selection: Selection = Selection.ALL
    start: Start = Start.RESUME
    jobs: int = 0
    scheduler: str = ""


Watch = Callable[[int, int], None]
"""What is told how many articles are done, and of how many."""


def run(
    references: Sequence[str],
    order: Order,
    how: How,
    *,
    journal: Journal,
    output: Folder,
    staging: Folder,
    watch: Watch,
) -> int:
    """Make every article of the references that isn't made yet; return how many were made before.

    Raises ExporterError for what concerns all of them; what was made is in its place by then, and
    the same batch goes on from there.
    """
    digest = order.digest
    done = _prepare(journal, references, order, how, digest=digest, output=output, staging=staging)
    placer = Placer(journal, output, staging, digest=digest, limit=order.options.limit)
    placer.recover()
    with _pool(order, staging, how) as pool:
        run_ = _Run(journal, placer, pool, digest=digest, how=how, watch=watch)
        try:
            run_.until_done(limit=order.options.limit)
            placer.finish()
        finally:
            placer.close()
    with journal.step():
        journal.note("finished", "yes")
    staging.clear()
    return done


def _pool(order: Order, staging: Folder, how: How) -> AbstractContextManager[Pool]:
    if how.scheduler:
        return pools.cluster(order, staging, scheduler=how.scheduler)
    return pools.local(order, staging, jobs=how.jobs)


def _prepare(  # noqa: PLR0917
    journal: Journal,
    references: Sequence[str],
    order: Order,
    how: How,
    *,
    digest: str,
    output: Folder,
    staging: Folder,
) -> int:
    """Go on with the same batch if it was not finished, else begin a new one.

    Returns how many articles are made already.
    """
    options = order.options
    asked = (
        digest, [absolute(one) for one in references], options.since, options.limit,
        how.selection, output.url,
    )  # fmt: skip
    request = sha256(json.dumps(asked).encode("utf-8", "surrogateescape")).hexdigest()
    is_same = journal.about("request") == request and journal.about("finished") != "yes"
    with journal.step():
        if not (is_same and how.start is Start.RESUME):
            staging.clear()
            journal.begin()
        journal.note("request", request)
        journal.note("finished", "no")
        journal.add(plan(references))
        done = journal.counts().get(State.DONE, 0)
    output.prepare()
    staging.prepare()
    return done


class _Run:
    """The jobs of a batch on their way."""

    def __init__(
        self,
        journal: Journal,
        placer: Placer,
        pool: Pool,
        *,
        digest: str,
        how: How,
        watch: Watch,
    ) -> None:
        self._journal = journal
        self._placer = placer
        self._pool = pool
        self._digest = digest
        self._how = how
        self._watch = watch
        self._given: dict[Future[Outcome], Job] = {}
        self._waiting: list[Job] = []
        self._lost: Counter[int] = Counter()

    def until_done(self, *, limit: int) -> None:
        """Give jobs and note what comes of them, until none is left."""
        shown = 0.0
        self._placer.place()
        while True:
            self._give(limit)
            if not self._given:
                break
            done = wait(self._given, timeout=_EVERY, return_when=FIRST_COMPLETED).done
            for future in done:
                self._take(self._given.pop(future), future)
            self._placer.place()
            if limit:  # some of these may have been left meanwhile
                self._waiting = []
            if time.monotonic() > shown:
                begun = time.monotonic()
                self._show()
                # Counting a million jobs takes a while.
                shown = time.monotonic() + max(_EVERY, 20 * (time.monotonic() - begun))
        self._placer.place()
        self._show()

    def _show(self) -> None:
        counts = self._journal.counts()
        whole = sum(counts.values()) - counts.get(State.PARTED, 0)
        done = sum(counts.get(state, 0) for state in OVER if state is not State.PARTED)
        self._watch(done, whole)

    # --- giving ------------------------------------------------------------------------------

    def _give(self, limit: int) -> None:
        """Give the pool as many jobs as it takes."""
        while len(self._given) < self._pool.width:
            job = self._next(limit)
            if job is None:
                return
            try:
                ready = self._ready(job)
            except ExporterError as error:
                self._note(job, failed(error, subject=job.shown))
                continue
            self._given[self._pool.give(ready)] = job

    def _next(self, limit: int) -> Job | None:
        """Return the next job that waits and isn't over the limit of its source for now."""
        if not self._waiting:
            given = {job.id for job in self._given.values()}
            found = self._journal.waiting(most=2 * self._pool.width + 100)
            self._waiting = [job for job in found if job.id not in given]
        for number, job in enumerate(self._waiting):
            if not limit or self._is_within(limit, job.reference):
                return self._waiting.pop(number)
        self._waiting = []
        return None

    def _is_within(self, limit: int, reference: int) -> bool:
        """Whether one more article of a reference may be needed, as far as is known by now."""
        given = sum(job.reference == reference for job in self._given.values())
        begun = self._placer.counted[reference] + given + self._journal.made_of(reference)
        return begun < limit or not given

    def _ready(self, job: Job) -> Job:
        """Return the job with what a worker needs beside it."""
        if is_of_this_process(job.path) and not job.copy:
            part = job.part
            data = read_stored(
                job.path, largest=LARGEST_SOURCE, start=part.start, length=part.length
            )
            job = replace(job, data=data)
        if self._how.selection is Selection.CHANGED:
            found = self._journal.known(job, self._digest)
            if found and all(map(self._placer.is_taken, found[1])):
                job = replace(job, known=found[0])
        return job

    # --- outcomes ----------------------------------------------------------------------------

    def _take(self, job: Job, future: Future[Outcome]) -> None:
        """Note what came of a job, or give it again when it was lost on a cluster."""
        try:
            outcome = future.result()
        except CancelledError as error:
            raise WriteError("cluster-lost", subject="Dask", detail="cancelled") from error
        except ModuleNotFoundError as error:
            raise WriteError("cluster-unequipped", subject="Dask", detail=str(error)) from error
        except Exception as error:  # noqa: BLE001 - Dask's own: a worker was lost, and with it this
            self._lost[job.id] += 1
            if self._lost[job.id] < _TRIES:
                self._waiting = []  # it waits again
                return
            outcome = Failed("worker-lost", job.shown, type(error).__name__)
        self._note(job, outcome)

    def _note(self, job: Job, outcome: Outcome) -> None:
        """Write down what came of a job; raises ExporterError for what concerns all of them."""
        journal = self._journal
        if not journal.is_waiting(job):  # it was left, being over a limit
            return
        with journal.step():
            match outcome:
                case Failed(concerns=Concerns.ARTICLE):
                    journal.failed(job, outcome)
                case Failed():
                    raise _error(outcome)
                case Made():
                    journal.made(job, outcome)
                case Unchanged():
                    journal.unchanged(job, outcome.now)
                case Unwanted():
                    journal.set(job, State.UNWANTED)
                case Parted():
                    journal.part(job, outcome.parts, outcome.copy)
                    self._waiting = []  # the parts come first
                case _:
                    assert_never(outcome)


_ERRORS: Mapping[Concerns, type[ExporterError]] = {
    Concerns.REQUEST: UsageError,
    Concerns.LIBRARY: MissingLibraryError,
    Concerns.PROCESS: WriteError,
}


def _error(failure: Failed) -> ExporterError:
    return _ERRORS[failure.concerns](failure.code, subject=failure.subject, detail=failure.detail)
