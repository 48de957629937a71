"""Whatever is killed, and whenever: no half file is left and no article is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import exporter
from tests.batches.conftest import QUICK, articles, files_of
from tests.conftest import REPOSITORY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc"),
]

WORDS = "batch in -o out --to epub --cover none --fonts none --offline -j 2".split()


def started(*more: str) -> subprocess.Popen[bytes]:
    """Start a batch as a user does."""
    # A job in the background ignores SIGINT, and what it starts inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", "exporter", *WORDS, *more],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def workers(parent: int) -> Iterator[int]:
    """Yield the processes that a process started."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(path.parent.name)


def is_there(number: int) -> bool:
    """Whether a process runs; a zombie doesn't."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(numbers: list[int]) -> bool:
    """Whether processes end soon."""
    end = time.monotonic() + 10
    while any(map(is_there, numbers)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(is_there, numbers))


@pytest.fixture
def reference(here: Path) -> dict[str, bytes]:
    """The files of thirty articles, many of one title, as they are to be."""
    articles(here / "in", 30)
    exporter.batch("in", output="reference", jobs=2, **QUICK)
    return files_of(Path("reference"))


def test_a_batch_that_is_killed_again_and_again_loses_nothing(reference: dict[str, bytes]) -> None:
    moments = random.Random(7)  # noqa: S311 - the same moments in every run
    left: list[int] = []
    for _ in range(8):
        process = started()
        seconds = moments.uniform(0.3, 3.0)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        left += workers(process.pid)
        process.kill()
        process.communicate()
        for name, data in (files_of(Path("out")) if Path("out").exists() else {}).items():
            assert reference[name] == data
    assert gone(left)
    process = started()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert files_of(Path("out")) == reference
    assert [path.name for path in Path("out/.exporter-batch").iterdir()] == ["journal.sqlite"]


def test_a_batch_that_goes_on_makes_nothing_twice(reference: dict[str, bytes]) -> None:
    process = started()
    end = time.monotonic() + 60
    while not Path("out").exists() or len(files_of(Path("out"))) < 8:
        assert time.monotonic() < end
        time.sleep(0.02)
    process.kill()
    process.communicate()
    before = {path: path.stat().st_mtime_ns for path in Path("out").glob("*.epub")}
    (Path("in") / "new.txt").write_text((Path("in") / "001.txt").read_text().replace("1", "x"))
    done = exporter.batch("in", output="out", jobs=2, **QUICK)
    assert len(before) <= done.resumed < 30
    assert done.written == 31
    assert before == {path: path.stat().st_mtime_ns for path in before}
    assert reference.items() <= files_of(Path("out")).items()


def test_a_worker_that_is_killed_loses_no_article(reference: dict[str, bytes]) -> None:
    process = started()
    killed, seen = 0, 0
    while process.poll() is None:
        # Those that wait for their names are among them.
        count = len(list(Path("out").rglob("*.epub")))
        if count >= seen + 3:
            seen = count
            for number in workers(process.pid):
                with suppress(OSError):
                    os.kill(number, signal.SIGKILL)
                    killed += 1
        time.sleep(0.01)
    _, err = process.communicate(timeout=120)
    assert killed > 4
    assert process.returncode == 0, err
    assert files_of(Path("out")) == reference


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_cleanly_and_the_batch_goes_on(
    reference: dict[str, bytes], number: int
) -> None:
    process = started()
    end = time.monotonic() + 60
    while not Path("out").exists() or len(files_of(Path("out"))) < 3:
        assert time.monotonic() < end
        time.sleep(0.02)
    left = list(workers(process.pid))
    process.send_signal(number)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 128 + number, err
    (line,) = err.decode().splitlines()
    assert "goes on from there" in line
    assert left
    assert gone(left)
    assert files_of(Path("out")).items() <= reference.items()
    assert exporter.batch("in", output="out", jobs=2, **QUICK).resumed >= 3
    assert files_of(Path("out")) == reference
