"""A finished PDF is the file that pydyf would write of it."""

from __future__ import annotations

from io import BytesIO

import pydyf

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


def test_objects_are_made_once_and_the_file_is_the_same() -> None:
    for version in (b"1.4", b"1.7"):  # with a table of objects, and with them in a stream
        kept = document()
        keep_bytes(kept)
        assert written(kept, version) == written(document(), version)
        assert all(one.data is one.data for one in kept.objects[1:4])
