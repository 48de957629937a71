"""The QR code of an article's source: from paper to the page with a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

from exporter.arabic.addresses import uri_of
from exporter.article import Resource
from exporter.choices import SourceNote
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.themes import Theme

_WEB_ADDRESS = compiled(r"https?://\S+", re.IGNORECASE)
# In mm: a module that printers draw and telephones read, and how large a code may be in a note.
_MODULE, _SMALLEST, _LARGEST = 0.42, 16.0, 28.0
# ISO/IEC 18004 §5.3.8 has four white modules around a code: here two, and the paper's own white.
_QUIET = 2
# An address with more bytes has a code whose modules are too small in that room.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class SourceCode:
    """A code as a drawing: the name of its resource, the drawing, and its edge on paper in mm."""

    name: str
    resource: Resource
    edge: float


def web_address(source: str) -> str:
    """Return the address of a source as a link has it; empty for a name or a programme."""
    try:
        return uri_of(source) if _WEB_ADDRESS.fullmatch(source) else ""
    except ValueError:
        return ""


def codes_of(source: str, theme: Theme) -> tuple[SourceCode, ...]:
    """Return the code of a source where the theme has one on paper: one, or none."""
    address = web_address(source)
    if theme.source_note is not SourceNote.QR or not 0 < len(address) <= _LONGEST:
        return ()
    return (_code(address),)


# Templates and the engine ask for the codes of the articles that are set together.
@lru_cache(maxsize=256)
def _code(address: str) -> SourceCode:
    import segno  # not in every document

    matrix = [list(row) for row in segno.make_qr(address, error="m", boost_error=False).matrix]
    modules = len(matrix) + 2 * _QUIET
    resource = Resource(address, "image/svg+xml", _drawing(matrix, modules).encode())
    edge = min(max(modules * _MODULE, _SMALLEST), _LARGEST)
    return SourceCode(f"code/{quote(address, safe='')}", resource, edge)


def _drawing(matrix: list[list[int]], modules: int) -> str:
    path = "".join(_bar(*bar) for bar in _bars(matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{modules}" height="{modules}" '
        f'viewBox="0 0 {modules} {modules}"><path fill="#000" d="{path}"/></svg>'
    )


def _bars(matrix: list[list[int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the dark modules that stand side by side: column, row and length."""
    for row, line in enumerate(matrix, start=_QUIET):
        column = _QUIET
        for is_dark, group in groupby(line):
            length = len(list(group))
            if is_dark:
                yield column, row, length
            column += length


def _bar(column: int, row: int, length: int) -> str:
    # A hair higher than its row: rows that only touch show white lines between them.
    return f"M{column} {row}h{length}v1.02h-{length}z"
