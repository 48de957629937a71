"""A host is asked by one process at a time, and not without a pause, also by those that begin."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from exporter.network.limits import Clock
from exporter.network.pace import SharedPace

fcntl = pytest.importorskip("fcntl")


def test_of_processes_that_begin_together_all_but_one_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    clock = Clock(now=lambda: 1000.0, sleep=slept.append)
    together = threading.Barrier(3)
    stock = fcntl.flock

    def flock(file: int, operation: int) -> None:
        together.wait(10)  # each has the file by now, and none its turn
        stock(file, operation)

    monkeypatch.setattr(fcntl, "flock", flock)

    def ask() -> None:
        with SharedPace(2.0, clock, tmp_path).turn("example.org"):
            pass

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slept == [2.0, 2.0]


def test_the_first_to_ask_a_host_does_not_pause_and_the_next_does(tmp_path: Path) -> None:
    slept: list[float] = []
    clock = Clock(now=lambda: 1000.0, sleep=slept.append)
    for _ in range(2):
        with SharedPace(2.0, clock, tmp_path).turn("example.org"):
            assert len(list(tmp_path.iterdir())) == 1
    assert slept == [2.0]


def test_where_files_can_not_be_locked_none_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(_file: int, _operation: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    pace = SharedPace(0.0, Clock(), tmp_path)
    opened = _open_files()
    for _ in range(3):
        with pace.turn("example.org"):
            pass
    assert _open_files() == opened


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("open files are found in /proc")
    return len(list(folder.iterdir()))
