"""Ace by DAISY, the judge of the accessibility of EPUB files."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.judges import browser
from tests.judges.javascript import node

_ACE = browser.FOLDER / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a document breaks, how grave it is, and where."""

    rule: str
    impact: str
    path: str
    html: str


def is_installed() -> bool:
    """Whether Ace, its Node.js and its browser are there."""
    return node() is not None and browser.chromium() is not None and _ACE.is_file()


def check(epubs: Sequence[Path]) -> Mapping[Path, tuple[Violation, ...]]:
    """Return what Ace finds in each file."""
    return {epub: tuple(_check(epub)) for epub in epubs}


def _check(epub: Path) -> Iterator[Violation]:
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(browser.chromium())}
    with tempfile.TemporaryDirectory() as folder:
        command = [node(), _ACE, "--force", "--silent", "--outdir", folder, epub]
        subprocess.run(
            list(map(str, command)), check=True, capture_output=True, timeout=300, env=environment
        )
        report = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))
    for document in report["assertions"]:
        for found in document["assertions"]:
            test = found["earl:test"]
            yield Violation(
                test["dct:title"],
                test.get("earl:impact", ""),
                document["earl:testSubject"]["url"],
                found["earl:result"].get("html", ""),
            )
    if report["earl:result"]["earl:outcome"] != "pass" and not report["assertions"]:
        yield Violation("outcome", "", epub.name, "")
