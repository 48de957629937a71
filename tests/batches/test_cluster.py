"""A batch on a Dask cluster: a real scheduler, two workers of the installed package, one killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import exporter
from tests.batches.conftest import QUICK, articles, files_of
from tests.batches.test_kill import gone, workers
from tests.conftest import REPOSITORY, require_judges
from tests.test_installation import build, installed

pytestmark = pytest.mark.slow

QUIET = {"DASK_LOGGING__DISTRIBUTED": "error", "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment in which the package is installed from its wheel."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        require_judges(are_installed=False, what="the packages of the extra “cluster”")
    wheel = build(REPOSITORY, "wheel", tmp_path_factory.mktemp("wheel"))
    return installed(wheel, tmp_path_factory.mktemp("elsewhere") / "venv")


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, environment: Path, folder: Path) -> None:
        self._python = environment / "bin" / "python"
        self._folder = folder
        said = folder / "scheduler.json"
        self._scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(said)
        )
        end = time.monotonic() + 60
        while not said.exists():
            assert time.monotonic() < end
            time.sleep(0.1)
        self.address = str(json.loads(said.read_text())["address"])
        self.workers = [self._start("worker", self.address, "--nthreads", "1") for _ in range(2)]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        return subprocess.Popen(
            [self._python, "-m", "dask", *words, "--no-dashboard"],
            cwd=self._folder,
            env=environment | QUIET,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, process: subprocess.Popen[bytes]) -> list[int]:
        """Kill a process with all that it started, as when its machine is lost."""
        below = [process.pid]
        for number in below:
            below += workers(number)
        for number in below:
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)
        process.wait()
        return below

    def end(self) -> None:
        for process in (*self.workers, self._scheduler):
            self.kill(process)


@pytest.fixture
def cluster(environment: Path, tmp_path: Path) -> Iterator[Cluster]:
    """A cluster on this machine, whose workers stand in another folder."""
    folder = tmp_path / "workers"
    folder.mkdir()
    cluster = Cluster(environment, folder)
    yield cluster
    cluster.end()


def test_a_cluster_that_loses_a_machine_in_mid_run_writes_what_this_one_does(
    cluster: Cluster, environment: Path, here: Path
) -> None:
    articles(here / "in", 40)
    exporter.batch("in", output="reference", jobs=2, **QUICK)
    command = environment / "bin" / "exporter"
    words = "batch in -o out --to epub --cover none --fonts none --offline --scheduler".split()
    process = subprocess.Popen(
        [command, *words, cluster.address],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | QUIET,
    )
    end = time.monotonic() + 90
    while process.poll() is None and len(list(Path("out").glob("*.epub"))) < 6:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert process.poll() is None
    lost = cluster.kill(cluster.workers[0])
    assert len(lost) > 2, "the worker, its nanny and the child that makes articles"
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, (out, err)
    assert gone(lost)
    assert files_of(Path("out")) == files_of(Path("reference"))
