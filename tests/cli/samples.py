"""An article to run the command on, and the ways to look at what it did."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

ARTICLE = """\
عنوان المقال الأول

بقلم: ليلى الكاتبة

هذه الفقرة الأولى من المقال وفيها كلام طويل يكفي لكي تكون فقرة، وهي تنتهي بنقطة.

وهذه الفقرة الثانية من المقال وفيها كلام آخر يكفي لكي تكون فقرة، وهي تنتهي بنقطة.
"""
JUNK = "تابعونا على تويتر\nاقرأ أيضًا\nاترك تعليقًا\n"


def run(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "exporter", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        input=stdin,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", **(environment or {})},
    )


def outputs(folder: Path) -> set[str]:
    """Return the names of the outputs in a folder."""
    return {path.name for path in folder.rglob("*") if path.suffix in {".pdf", ".epub", ".part"}}


def check_failure(code: int, err: str, *, subject: str, expected: int = 1) -> None:
    """Assert that a command failed with one clear sentence that names its subject."""
    assert code == expected
    (line,) = err.splitlines()
    assert subject in line
    assert "Traceback" not in line
    assert line.endswith((".", ")."))
    assert 30 < len(line) < 400
