"""The file: what was sealed, one after another, and the table of where each object is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5

import pydyf

from exporter.typesetting.binding.sealing import Entry, Sealed

_HEADER = b"%%PDF-%b\n%%\xf0\x9f\x96\xa4\n"


def file_of(
    sealed: Sequence[Sealed], shell: pydyf.PDF, count: int, *, identifier: str, version: str
) -> bytes:
    """Return the file of what was sealed, with its table of `count` objects at the end."""
    header = _HEADER % version.encode()
    parts, offset = [header], len(header)
    digest = md5(header, usedforsecurity=False)
    entries = [(0, 0, 0xFFFF)] + [(0, 0, 0)] * count
    for one in sealed:
        for entry in one.entries:
            entries[entry.number] = _placed(entry, offset)
        parts.append(one.data)
        digest.update(one.data)
        offset += len(one.data)
    entries[count] = (1, offset, 0)
    table = pydyf.Stream(
        [b"".join(kind.to_bytes(1) + a.to_bytes(4) + b.to_bytes(2) for kind, a, b in entries)],
        {
            "Type": "/XRef",
            "W": pydyf.Array([1, 4, 2]),
            "Size": len(entries),
            "Root": shell.catalog.reference,
            "Info": shell.info.reference,
            "ID": pydyf.Array(
                [pydyf.String(identifier).data, pydyf.String(digest.hexdigest()).data]
            ),
        },
        compress=True,
    )
    table.number = count
    parts += [table.indirect, b"\nstartxref\n%d\n%%%%EOF\n" % offset]
    return b"".join(parts)


def _placed(entry: Entry, offset: int) -> tuple[int, int, int]:
    first = entry.first + offset if entry.kind == 1 else entry.first
    return entry.kind, first, entry.second
