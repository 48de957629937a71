"""An article that hangs, grows or brings its process down is given up, and only that one."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

import exporter
from exporter.batches import limits
from exporter.batches.jobs import Failed, failed
from exporter.cli import main
from exporter.cli.batch import Progress, bar, clock_time
from exporter.cli.console import Console
from exporter.errors import MissingLibraryError
from tests.batches.conftest import QUICK, articles, files_of, text_of
from tests.batches.test_kill import workers

THEME = """\
{% extends "base:chapter.xhtml" %}
{% block head %}
{% if "دوران" in title %}
{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}
{% endif %}
{% if "تضخم" in title %}{% set text = "ب" * 2500000000 %}{{ text | length }}{% endif %}
{% endblock %}
"""


@pytest.fixture
def trap(here: Path) -> str:
    """A theme in which articles with certain titles hang, or take all memory."""
    folder = here / "trap"
    folder.mkdir()
    (folder / "theme.toml").write_text('extends = "naskh"\n', encoding="utf-8")
    (folder / "chapter.xhtml").write_text(THEME, encoding="utf-8")
    articles(here / "in", 4)
    return "./trap"


def test_an_article_that_hangs_is_given_up_alone(trap: str) -> None:
    Path("in/001.txt").write_text(text_of("دوران بلا نهاية"), encoding="utf-8")
    done = exporter.batch("in", output="out", jobs=2, theme=trap, time_limit=3, **QUICK)
    (failure,) = done.failures
    assert failure.location == "in/001.txt"
    assert "longer than 3 seconds" in str(failure)
    assert (done.written, len(files_of(Path("out")))) == (3, 3)


def test_an_article_that_takes_too_much_memory_is_given_up_alone(trap: str) -> None:
    Path("in/001.txt").write_text(text_of("تضخم بلا حد"), encoding="utf-8")
    done = exporter.batch("in", output="out", jobs=2, theme=trap, memory_limit=400, **QUICK)
    (failure,) = done.failures
    assert failure.location == "in/001.txt"
    assert "more than 400 MB" in str(failure)
    assert done.written == 3


def test_no_process_makes_so_many_articles_that_what_they_leave_adds_up(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(here / "in", 5)
    plain = exporter.batch("in", output="plain", jobs=1, **QUICK)
    begun: list[limits.Child] = []
    begin = limits.Child.begin

    def noted(child: limits.Child) -> Failed | None:
        begun.append(child)
        return begin(child)

    monkeypatch.setattr(limits, "_ARTICLES", 2)
    monkeypatch.setattr(limits.Child, "begin", noted)
    done = exporter.batch("in", output="out", jobs=1, **QUICK)
    assert (done.written, len(begun)) == (5, 3)
    assert not any(child.is_there for child in begun)
    assert files_of(Path("out")) == files_of(Path("plain"))
    assert plain.written == 5


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_an_interruption_from_the_terminal_goes_to_the_command_alone(here: Path) -> None:
    """A terminal sends it to all processes of a group."""
    articles(here / "in", 2)
    seen: set[int] = set()
    others = set(workers(os.getpid()))  # what other tests have left, as of multiprocessing

    def watch(_done: int, _whole: int) -> None:
        seen.update(map(os.getpgid, set(workers(os.getpid())) - others))

    exporter.batch("in", output="out", jobs=1, progress=watch, **QUICK)
    assert seen
    assert os.getpgid(0) not in seen


@pytest.mark.slow
def test_an_article_that_brings_its_process_down_is_given_up_alone(trap: str) -> None:
    """A library that crashes does to its process what is done to it here."""
    Path("in/001.txt").write_text(text_of("دوران بلا نهاية"), encoding="utf-8")
    is_over = threading.Event()

    def kill() -> None:
        seen: dict[int, float] = {}
        while not is_over.wait(0.1):
            for number in workers(os.getpid()):
                seen.setdefault(number, time.monotonic())
                if time.monotonic() - seen[number] > 4:
                    with suppress(OSError):
                        os.kill(number, signal.SIGSEGV)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        done = exporter.batch("in", output="out", jobs=1, theme=trap, time_limit=60, **QUICK)
    finally:
        is_over.set()
        killer.join()
    (failure,) = done.failures
    assert failure.location == "in/001.txt"
    assert "SIGSEGV" in str(failure)
    assert done.written == 3


def test_articles_are_made_by_this_copy_of_the_program_whatever_else_is_installed(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "installed" / "exporter").mkdir(parents=True)
    (here / "installed" / "exporter" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(here / "installed"))
    articles(here / "in", 1)
    assert exporter.batch("in", output="out", **QUICK).written == 1


def test_a_process_that_can_not_start_is_no_fault_of_the_request(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    articles(here / "in", 1)
    monkeypatch.setattr(limits, "_COMMAND", "import sys; sys.exit(3)  # {} {} {}")
    assert main("batch in -o out".split()) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "exit code 3" in line


def test_a_library_that_is_missing_is_no_wrong_request(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(here / "in", 1)
    missing = MissingLibraryError("library-missing", subject="Pango", detail="libpango")
    monkeypatch.setattr(limits.Child, "begin", lambda _: failed(missing, subject="exporter"))
    with pytest.raises(MissingLibraryError, match="libpango"):
        exporter.batch("in", output="out", **QUICK)


def test_a_limit_of_memory_in_which_no_process_can_start_is_a_wrong_request(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles(here / "in", 1)
    assert main("batch in -o out --memory-limit 1".split()) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "--memory-limit" in line


@pytest.mark.usefixtures("trap")
def test_a_theme_that_can_not_be_used_stops_the_batch_at_once() -> None:
    with pytest.raises(exporter.ExporterError, match="gothic"):
        exporter.batch("in", output="out", theme="gothic", **QUICK)
    assert not Path("out").exists()


# --- what is shown meanwhile -----------------------------------------------------------------


def test_the_progress_has_a_bar_a_rate_and_the_time_that_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[str] = []
    console = Console("en")
    monkeypatch.setattr(console, "progress", shown.append)
    moments = iter([0.0, 10.0, 20.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    progress = Progress(console)
    progress.show(100, 1000)
    progress.show(300, 1000)
    assert shown == [
        f"[=={'.' * 22}] 100/1,000",
        f"[{'=' * 7}{'.' * 17}] 300/1,000 10.0/s, 1:10 left",
    ]


@pytest.mark.parametrize(("seconds", "said"), [(5, "0:05"), (65.4, "1:05"), (3_725, "1:02:05")])
def test_a_length_of_time_is_said_as_clocks_do(seconds: float, said: str) -> None:
    assert clock_time(seconds) == said


def test_a_bar_is_empty_before_there_is_anything() -> None:
    assert bar(0, 0) == "." * 24
    assert bar(5, 5) == "=" * 24
