"""Starting a judge written in Java by its driver beside this file, for many files at a time."""

from collections.abc import Sequence
from pathlib import Path

from exporter.checks import java
from exporter.checks.java import JudgeError

__all__ = ["DRIVERS", "JudgeError", "run"]

DRIVERS = Path(__file__).parent


def run(driver: str, *, classpath: Sequence[Path], arguments: Sequence[str | Path]) -> str:
    """Run a driver's `main` and return what it printed; raise JudgeError when it fails itself."""
    return java.run(DRIVERS / driver, classpath=classpath, arguments=arguments)
