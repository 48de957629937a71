"""Limits: articles are made in a process of their own, which can be ended without losing others.

A layout that goes on for ever can't be stopped inside a process, and one that crashes takes its
process along. So whoever makes articles, a thread of this program or of a Dask worker (a daemon,
which may not start processes by `multiprocessing`), has a child that does it: a fresh interpreter,
not a fork, as forking a process with threads is not safe. It stays warm for a thousand articles, so
that what the libraries below leave behind (some kB an article) does not add up.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from exporter.batches.folders import Folder
from exporter.batches.jobs import Concerns, Failed, Job, Outcome, failed
from exporter.batches.order import Order

_CRASHES, _KILLS, _STARTS = 3, 20, 20
_SECONDS_TO_START = 120.0
_IDLE = 600.0
_WATCH_EVERY = 0.1
_PR_SET_PDEATHSIG = 1
_ARTICLES = 1_000
"""How many articles a child makes before another takes its place."""
_GARBAGE = (10_000, 10, 5)
"""How seldom a child looks for garbage (`gc.set_threshold`)."""
# The package is the one that this process has, whatever else is installed; the other packages are
# found as ever. `-P` keeps the current folder out of the way.
_COMMAND = (
    "import sys; sys.path.insert(0, {0!r}); import exporter; sys.path.remove({0!r}); "
    "from exporter.batches.limits import serve; serve({1}, {2})"
)


class Child:
    """A process that makes the articles of one order, one at a time."""

    def __init__(self, order: Order, staging: Folder) -> None:
        self._limits = order.limits
        self._left = _ARTICLES
        self._pipe, theirs = Pipe()
        number = theirs.fileno()
        package = str(Path(__file__).parent.parent.parent)
        command = _COMMAND.format(package, number, os.getpid())
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[number],
            start_new_session=True,  # Ctrl-C is for the program that gave the order
        )
        theirs.close()
        self._begin = pickle.dumps((order, staging))

    def begin(self) -> Failed | None:
        """Wait until the child is warm; return why it can't work at all, if it can't."""
        try:
            self._pipe.send_bytes(self._begin)
            answer = self._received(_SECONDS_TO_START)
        except (EOFError, OSError):  # a TimeoutError is an OSError
            reason = _reason(self._ended())
            return Failed("worker-lost", "exporter", reason, concerns=Concerns.PROCESS)
        except MemoryError:  # before any article
            size = str(self._limits.megabytes)
            return Failed("article-large", "exporter", size, concerns=Concerns.REQUEST)
        return answer if isinstance(answer, Failed) else None

    def make(self, job: Job) -> Outcome | int:
        """Return the outcome of a job, or the exit code of the child when it was lost over it."""
        self._left -= 1
        try:
            self._pipe.send_bytes(pickle.dumps(job))
            outcome: Outcome = self._received(self._limits.seconds)
        except TimeoutError:  # before OSError, of which it is one
            self.end()
            return Failed("article-slow", job.shown, f"{self._limits.seconds:g}")
        except MemoryError:
            self.end()
            return Failed("article-large", job.shown, str(self._limits.megabytes))
        except (EOFError, OSError):
            return self._ended()
        return outcome

    @property
    def is_there(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def is_spent(self) -> bool:
        """Whether it has made as many articles as one child makes."""
        return self._left <= 0

    def kill(self) -> None:
        """End the child at once, whatever it does; its own thread finds out and tidies up."""
        self._process.kill()

    def end(self) -> None:
        """End the child and let go of it; for its own thread, or when that is over."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _received(self, seconds: float) -> Any:  # noqa: ANN401 - what the child says
        """Return what the child says; raises TimeoutError, or MemoryError when it grew too large.

        It is watched from here: a call that doesn't return leaves no other thread of it a turn.
        """
        end = time.monotonic() + seconds
        while not self._pipe.poll(max(0.0, min(_WATCH_EVERY, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise TimeoutError
            if memory_of(self._process.pid) > self._limits.megabytes * 10**6:
                raise MemoryError
        return pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - our own child

    def _ended(self) -> int:
        self.end()
        return self._process.returncode


class Children:
    """The children of this process: one for each thread that makes articles."""

    def __init__(self) -> None:
        self._of_thread = threading.local()
        self._all: set[Child] = set()
        self._lock = threading.Lock()
        self._is_over = False

    def make(self, job: Job, order: Order, staging: Folder) -> Outcome:
        """Make an article in the child of this thread; one that is lost is replaced.

        An article over which it crashes again and again has failed: it may be its fault. `kill -9`
        comes from elsewhere, so that is borne more often.
        """
        lost = Failed("worker-lost", job.shown)
        crashes = kills = 0
        while crashes < _CRASHES and kills < _KILLS and not self._is_over:
            child = self._warm(order, staging)
            if isinstance(child, Failed):
                return child
            outcome = child.make(job)
            if child.is_spent or not child.is_there:
                self._forget(child)
            if not isinstance(outcome, int):
                return outcome
            lost = Failed("worker-lost", job.shown, _reason(outcome))
            is_killed = outcome == -signal.SIGKILL
            crashes, kills = crashes + (not is_killed), kills + is_killed
        return lost

    def kill(self) -> None:
        """End all of them at once, and start no more."""
        with self._lock:
            self._is_over = True
            children = tuple(self._all)
        for child in children:
            child.kill()

    def end(self) -> None:
        """Let go of those that are left, when no thread makes articles any more."""
        for child in tuple(self._all):
            child.end()

    def _warm(self, order: Order, staging: Folder) -> Child | Failed:
        """Return the warm child of this thread, or why there can't be one.

        One that is lost while it starts is no article's fault.
        """
        fault: Failed | None = None
        for _ in range(_STARTS):
            child, fault = self._child(order, staging)
            if fault is None:
                return child
            self._forget(child)
            if fault.code != "worker-lost" or self._is_over:
                break
        return fault or Failed("worker-lost", "exporter", concerns=Concerns.PROCESS)

    def _child(self, order: Order, staging: Folder) -> tuple[Child, Failed | None]:
        """Return the child of this thread, or a new one with the reason why it can't work."""
        key, child = getattr(self._of_thread, "child", ("", None))
        if child is not None and key == order.key:
            return child, None
        if child is not None:
            self._forget(child)
        child = Child(order, staging)
        self._of_thread.child = (order.key, child)
        with self._lock:
            self._all.add(child)
            is_over = self._is_over
        if is_over:
            child.kill()
        return child, child.begin()

    def _forget(self, child: Child) -> None:
        child.end()
        self._of_thread.child = ("", None)
        with self._lock:
            self._all.discard(child)


def memory_of(number: int) -> int:
    """Return how many bytes of memory a process has; 0 where that isn't told, as without /proc."""
    try:
        pages = Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _reason(code: int) -> str:
    """Return what ended a process, by its exit code."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


# --- in the child ---------------------------------------------------------------------------


def serve(number: int, parent: int) -> None:
    """Make what comes over a pipe until it is closed; what the child's process runs."""
    from exporter.batches.making import Maker

    pipe = Connection(number)
    order, staging = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own parent
    _end_with(parent)
    try:
        maker = Maker(order, staging)
    except Exception as error:  # noqa: BLE001 - the parent says it
        pipe.send_bytes(pickle.dumps(failed(error, subject="exporter")))
        return
    # What is there by now stays, and an article leaves little behind that isn't freed at once.
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    pipe.send_bytes(pickle.dumps(None))
    while pipe.poll(_IDLE):  # on a worker of a cluster there may be nothing more to do
        try:
            job = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own parent
        except (EOFError, OSError):
            return
        pipe.send_bytes(pickle.dumps(maker.make(job)))


def _end_with(parent: int) -> None:
    """End this process as soon as its parent is gone, however that went."""
    with suppress(OSError, AttributeError):  # of Linux alone, but also in a call that never returns
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_EVERY)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
