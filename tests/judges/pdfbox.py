"""Apache PDFBox: the text that it takes out of a PDF, and what Preflight has against fonts."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from tests.judges import java

# As Debian's libpdfbox2-java and what it depends on put them; JAXB is that of veraPDF.
_JAVA_LIBRARIES = Path("/usr/share/java")
_TEXT = ("pdfbox2.jar", "fontbox2.jar", "commons-logging.jar")
_PREFLIGHT = (
    *_TEXT,
    "preflight.jar",
    "xmpbox.jar",
    "commons-io.jar",
    "jaxb-api.jar",
    "javax.activation.jar",
)
# The codes of Preflight that concern fonts and their glyphs.
_FONTS = "3."


def texts(pdfs: Sequence[Path]) -> tuple[str, ...]:
    """Return the text of each file, as PDFBox's text stripper finds it unasked."""
    printed = java.run("TextDriver.java", classpath=_jars(_TEXT), arguments=pdfs)
    return tuple(base64.b64decode(line).decode() for line in printed.splitlines())


def font_errors(pdfs: Sequence[Path]) -> tuple[str, ...]:
    """Return what Preflight, which judges PDF/A-1b, finds wrong with the fonts of the files."""
    printed = java.run("PreflightDriver.java", classpath=_jars(_PREFLIGHT), arguments=pdfs)
    lines = [line.split("\t") for line in printed.splitlines()]
    judged = [line[1] for line in lines if line[0] == "JUDGED"]
    if judged != [str(pdf) for pdf in pdfs]:
        raise java.JudgeError(f"Preflight judged {judged} instead of {list(map(str, pdfs))}")
    return tuple("\t".join(line) for line in lines if line[1].startswith(_FONTS))


def _jars(names: Sequence[str]) -> list[Path]:
    return [_JAVA_LIBRARIES / name for name in names]
