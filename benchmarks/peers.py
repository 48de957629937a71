"""What other programs make of the same text: Chromium and Typst, where they are installed."""

from __future__ import annotations

import html
import importlib.metadata
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from exporter import fonts
from exporter.assets import fonts_folder


@dataclass(frozen=True, slots=True)
class Column:
    """Justified paragraphs, one a line, in a face of 12.5 pt on pages with one column."""

    text: str
    font: str
    language: str = "ar"
    page_width: float = 148
    """In mm, 18 of them on each side for the margins."""


Maker = Callable[[Column], bytes]
"""Returns the PDF of a column."""


def peers() -> Mapping[str, Maker]:
    """Return those that are installed."""
    found: dict[str, Maker] = {}
    if shutil.which("chromium"):
        found["Chromium"] = _chromium
    if shutil.which("typst") or find_spec("typst"):
        found["Typst"] = _typst
    return found


def peer_versions() -> Sequence[str]:
    """Return their names with versions."""
    names = [name for name in ("chromium", "typst") if shutil.which(name)]
    found = [first_line([name, "--version"]) for name in names]
    if find_spec("typst"):
        found.append(f"Typst {importlib.metadata.version('typst')}")
    return found


def first_line(command: Sequence[str]) -> str:
    """Return the first line that a command prints."""
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    return (done.stdout or done.stderr).splitlines()[0].strip()


def _chromium(column: Column) -> bytes:
    face = fonts.family(column.font).regular.path.as_uri()
    body = "".join(f"<p>{html.escape(line)}</p>" for line in column.text.splitlines())
    page = (
        f'<html lang="{column.language}" dir="rtl"><meta charset="utf-8"><style>'
        f"@font-face {{ font-family: '{column.font}'; src: url('{face}') }}"
        f"@page {{ size: {column.page_width}mm 210mm; margin: 20mm 18mm }}"
        "body { margin: 0 } p { margin: 0; text-align: justify }"
        f"body {{ font: 12.5pt/1.78 '{column.font}' }}</style>{body}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--no-pdf-header-footer", "--disable-gpu"]
        command = ["chromium", *options, f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return target.read_bytes()


def _typst(column: Column) -> bytes:
    body = re.sub(r"([\\#$*_`<>@\[\]~=/\-+])", r"\\\1", column.text).replace("\n", "\n\n")
    page = (
        f"#set page(width: {column.page_width}mm, height: 210mm, margin: (x: 18mm, y: 20mm))\n"
        f'#set text(font: "{column.font}", size: 12.5pt, lang: "{column.language}", dir: rtl)\n'
        f"#set par(justify: true)\n{body}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.typ", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        if find_spec("typst"):
            import typst  # type: ignore[import-not-found, unused-ignore]

            typst.compile(str(source), output=str(target), font_paths=[str(fonts_folder())])
        else:
            paths = [str(source), str(target)]
            command = ["typst", "compile", f"--font-path={fonts_folder()}", *paths]
            subprocess.run(command, capture_output=True, check=True, timeout=120)
        return target.read_bytes()
