"""Work on many cores: the same results in order, and what goes wrong is said."""

from __future__ import annotations

import gc
import os
import signal

import pytest

from exporter.cli.main import GARBAGE
from exporter.errors import ExporterError, UsageError, WriteError
from exporter.parallel import cores, spread


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("together", [1, 4])
def test_results_come_in_order(jobs: int, together: int) -> None:
    assert spread(lambda number: number * number, 9, jobs=jobs, together=together) == [
        number * number for number in range(9)
    ]


def test_nothing_to_do_is_done() -> None:
    assert spread(lambda number: number, 0, jobs=2) == []


def test_work_is_done_in_other_processes() -> None:
    assert os.getpid() not in spread(lambda _: os.getpid(), 4, jobs=2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_ours_comes_as_it_was_raised(jobs: int) -> None:
    def work(number: int) -> int:
        if number == 1:
            raise UsageError("font-unknown", subject="Arial", detail="Amiri")
        return number

    with pytest.raises(UsageError) as raised:
        spread(work, 3, jobs=jobs)
    assert (raised.value.code, raised.value.subject) == ("font-unknown", "Arial")
    assert raised.value.exit_code == 2


def test_a_worker_that_dies_is_an_error_that_says_so() -> None:
    def work(number: int) -> int:
        if number == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(WriteError, match="worker process died") as raised:
        spread(work, 4, jobs=2)
    assert isinstance(raised.value, ExporterError)


def test_there_is_a_core() -> None:
    assert cores() >= 1


def test_what_was_here_is_looked_through_for_garbage_again_when_the_work_is_done() -> None:
    frozen = spread(lambda _: gc.get_freeze_count(), 2, jobs=2)
    assert min(frozen) > gc.get_freeze_count()


def test_a_worker_looks_for_garbage_more_often_than_the_command() -> None:
    """Else it would keep half as much again of a long book's memory."""
    (often, *_), _ = spread(lambda _: gc.get_threshold(), 2, jobs=2)
    assert often < GARBAGE[0] / 10
