"""Print the tables of docs/typography.md: python -m benchmarks.typography [FONT.ttf …].

The bundled families are measured, and those of the files that are named.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uharfbuzz as hb

from benchmarks.spaces import spaces_table, times_table
from exporter import fonts
from exporter.typesetting.engine import Engine


def main(files: list[str]) -> None:
    """Measure and print."""
    extra = [Path(file) for file in files]
    bundled = [one for one in fonts.families() if "ش" in fonts.characters_of(one.regular)]
    engine = Engine([face.path for one in fonts.families() for face in one.faces] + extra)
    names = [family.name for family in bundled] + [_family(file) for file in extra]
    for table in (spaces_table(engine, names), times_table(engine)):
        sys.stdout.write("\n".join([*table, "", ""]))


def _family(file: Path) -> str:
    face = hb.Face(hb.Blob.from_file_path(str(file)))
    name: str = face.get_name(hb.OTNameIdPredefined.FONT_FAMILY)
    return name


if __name__ == "__main__":
    main(sys.argv[1:])
