"""The command on its terminal: help, languages, pipes, signals, completion."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from exporter import pipeline
from exporter.cli import main
from exporter.cli.console import Console, interface_language, plural
from tests.cli.samples import ARTICLE, ROOT, check_failure, run

HEAVY = ("weasyprint", "lxml", "ebooklib", "jinja2", "uharfbuzz", "pypdfium2", "PIL", "cffi")
SLOW = ("importlib.metadata", "importlib.resources", "json", "asyncio", "urllib.request", "uuid")


def test_an_unexpected_error_is_one_sentence_and_with_v_a_traceback(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("a\nbug")

    monkeypatch.setattr(pipeline, "publish", broken)
    check_failure(main(["export", str(article)]), capsys.readouterr().err, subject=article.name)
    assert main(["export", str(article), "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_ends_quietly(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "publish", interrupted)
    assert main(["export", str(article)]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="the system has no SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_nothing_half_written(article: Path, number: int) -> None:
    for index in range(40):
        article.with_name(f"{index}.txt").write_text(f"{index} {ARTICLE}", encoding="utf-8")
    # A job in the background ignores SIGINT, and what it starts inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "exporter", "export", ".", "-o", "out"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (128 + number, b"")
    assert {path.suffix for path in Path("out").iterdir()} <= {".pdf", ".epub"}
    assert all(path.stat().st_size > 10_000 for path in Path("out").iterdir())


LETTING_GO = """
import os, signal, sys, time
from exporter import pipeline
from exporter.cli.main import main

class Held:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0)

def publish(*arguments, **options):
    Held()
    time.sleep(20)

pipeline.publish = publish
sys.argv = ["exporter", "export", "article.txt"]
sys.exit(main())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="the system has no SIGTERM")
def test_a_signal_that_comes_while_an_object_is_let_go_is_not_lost(article: Path) -> None:
    article.rename("article.txt")
    ended = subprocess.run(
        [sys.executable, "-c", LETTING_GO],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=15,
    )
    assert (ended.returncode, ended.stderr) == (143, b"")


# argparse passes over the pipe that closed on its help, in some releases of Python.
@pytest.mark.parametrize(
    ("arguments", "codes"), [("export --help", {0, 141}), ("completion bash", {141})]
)
def test_a_closed_pipe_is_no_traceback(arguments: str, codes: set[int]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "exporter", *arguments.split()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() in codes


@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&-", ">/dev/full"])
def test_closed_or_full_streams_are_no_traceback(article: Path, redirection: str) -> None:
    command = f"exec '{sys.executable}' -m exporter read '{article}' - --json {redirection}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    assert ended.returncode == 1  # standard input has no article
    assert b"Traceback" not in ended.stderr
    assert b"unexpected" not in ended.stderr
    assert b"Exception" not in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1256", "latin-1"])
def test_a_terminal_without_arabic_gets_no_traceback(article: Path, encoding: str) -> None:
    environment = {"PYTHONIOENCODING": encoding, "LANG": "C"}
    plain = run("read", article, environment=environment)
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert b"title" in plain.stdout
    as_json = run("read", article, "--json", environment=environment)
    assert json.loads(as_json.stdout)["metadata"]["title"] == "عنوان المقال الأول"
    missing = run("export", "مفقود.txt", environment=environment)
    assert missing.returncode == 1
    assert b"Traceback" not in missing.stderr
    helped = run("export", "--help", environment={**environment, "LC_ALL": "ar"})
    assert (helped.returncode, helped.stderr) == (0, b"")


def test_the_terminal_is_not_steered_by_a_text(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps({"metadata": {"title": "x\x9b31m"}, "body": [], "\x1b[2J": 1})
    article.with_name("a.json").write_text(text, encoding="utf-8")
    main(["read", "a.json"])
    main(["read", "\x1b[2J.txt"])
    said = capsys.readouterr()
    assert not set(said.out + said.err) & set("\x1b\x9b")


def test_progress_shows_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console("en")
    console.progress("[1/2] a.txt")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    console.progress("[1/2] a.txt")
    console.write("a.pdf")
    said = capsys.readouterr()
    assert said.err == "\r\x1b[K[1/2] a.txt\r\x1b[K"
    assert said.out == "a.pdf\n"


# --- help, version, language, completion ----------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["export", "--help"]])
def test_help_imports_nothing_that_takes_time(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom exporter.cli import main\n"
        "code = main(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)\nraise SystemExit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    loaded = ended.stderr.split()
    assert "exporter.cli.parser" in loaded
    assert [name for name in (*HEAVY, *SLOW) if name in loaded] == []
    assert len(loaded) < 200


def test_the_version_is_that_of_the_package() -> None:
    from exporter.version import __version__

    ended = run("--version")
    assert (ended.returncode, ended.stdout.decode()) == (0, f"exporter {__version__}\n")


def test_the_interface_speaks_the_users_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert interface_language({"LC_ALL": "", "LANG": "ar_EG.UTF-8"}) == "ar"
    assert interface_language({"LC_ALL": "en_GB", "LANG": "ar"}) == "en"
    assert interface_language({"LC_MESSAGES": "ar", "LANG": "fr"}) == "ar"
    assert interface_language({}) == "en"
    monkeypatch.setenv("LC_ALL", "ar_SA.UTF-8")
    assert main(["export", "--help"]) == 0
    assert "الاستعمال: exporter export" in capsys.readouterr().out
    assert main(["read", "مفقود.txt"]) == 1
    assert capsys.readouterr().err.startswith("مفقود.txt: لا يوجد ملف")


def test_the_plurals_of_arabic() -> None:
    categories = {1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other"}
    categories |= {102: "other", 103: "few", 111: "many"}
    assert {count: plural(count, "ar") for count in categories} == categories
    assert [plural(count, "en") for count in (1, 2, 11)] == ["one", "other", "other"]


COMPLETIONS: Mapping[str, str] = {
    "exporter re": "read",
    "exporter export --bi": "--binding",
    "exporter export --page l": "letter",
    "exporter export --page = a4": "a4",
    "exporter export --theme n": "naskh",
    "exporter export --cover n": "none",
    "exporter read --j": "--json",
    "exporter completion z": "zsh",
    "exporter themes s": "sahafa",
}


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not there")
def test_bash_completes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    for line in COMPLETIONS:
        words = " ".join(f"'{word}'" for word in line.split())
        script += (
            f"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); "
            'compopt() { :; }; _exporter; printf "%s\\n" "${COMPREPLY[@]}"\n'
        )
    file = tmp_path / "completion.bash"
    file.write_text(script, encoding="utf-8")
    ended = subprocess.run(["bash", "--norc", file], capture_output=True, text=True, check=False)
    assert (ended.stderr, ended.returncode) == ("", 0)
    assert ended.stdout.splitlines() == list(COMPLETIONS.values())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_completion_script_is_good_syntax(
    shell: str,
    language: str,
    *,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not there")
    monkeypatch.setenv("LC_ALL", language)
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "keep-everything" in script
    monkeypatch.setenv("LC_ALL", "C")
    checked = subprocess.run([shell, "-n"], input=script.encode(), capture_output=True, check=False)
    assert (checked.stderr, checked.returncode) == (b"", 0)
