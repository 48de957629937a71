"""A finished PDF holds what pydyf would write of it."""

from __future__ import annotations

import re
from io import BytesIO

import pydyf
import pymupdf

from exporter.typesetting.finishing import keep_bytes


def document() -> pydyf.PDF:
    pdf = pydyf.PDF()
    content = pydyf.Stream(["1 0 0 rg", b"0 0 50 50 re f"], compress=True)
    pdf.add_object(content)
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, 50.5, 50]),
                "Contents": content.reference,
            }
        )
    )
    pdf.info["Title"] = pydyf.String("عنوان")
    return pdf


def written(pdf: pydyf.PDF, version: bytes) -> bytes:
    output = BytesIO()
    pdf.write(output, version, b"name", compress=True)
    return output.getvalue()


def objects_of(data: bytes) -> list[tuple[str, bytes | None]]:
    """Return each object but the tables of the file: its keys but the length, and its stream."""
    with pymupdf.open(stream=data) as pdf:
        found = [
            (pdf.xref_object(number), pdf.xref_stream(number))
            for number in range(1, pdf.xref_length())
        ]
    return [
        (re.sub(r"/Length \d+", "", keys), content)
        for keys, content in found
        if not re.search("/Type /(ObjStm|XRef)", keys)
    ]


def test_objects_are_made_once_and_the_file_holds_the_same() -> None:
    for version in (b"1.4", b"1.7"):  # with a table of objects, and with them in a stream
        kept = document()
        keep_bytes(kept)
        found = objects_of(written(kept, version))
        assert found == objects_of(written(document(), version))
        assert b"1 0 0 rg" in b"".join(content or b"" for _, content in found)
        assert all(one.data is one.data for one in kept.objects[1:4])
