"""Starting a judge written in Java by its driver, for many files at a time."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_STARTUP = (
    "-Xshare:auto",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Djava.awt.headless=true",
)


class JudgeError(Exception):
    """A judge that could not do its work; that says nothing about the file it was given."""


FAILURES = (OSError, ValueError, LookupError, subprocess.SubprocessError, JudgeError)
"""What a judge that fails itself, or answers what isn't understood, may raise."""


def said_of(failure: Exception) -> str:
    """Return in a line what a judge's own failure says."""
    return " ".join(str(failure).split())[:200]


def run(driver: Path, *, classpath: Sequence[Path], arguments: Sequence[str | Path]) -> str:
    """Run a driver's `main` and return what it printed; raise JudgeError when it fails itself."""
    java = shutil.which("java")
    if java is None:
        raise JudgeError("java is not installed: scripts/setup dev installs it")
    for jar in classpath:
        if not jar.is_file():
            raise JudgeError(f"{jar} is not there: scripts/setup dev installs it")
    # JEP 330: `java File.java` compiles in memory, so no class files have to be kept anywhere.
    command = [java, *_STARTUP, "-cp", ":".join(map(str, classpath)), str(driver)]
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, check=False, text=True, timeout=600
    )
    if done.returncode:
        raise JudgeError(f"{driver.name} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stdout
