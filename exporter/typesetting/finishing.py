"""What is put right in a finished PDF before it is written: direction, lists, extracted text."""

from __future__ import annotations

import re
from typing import Any

import pydyf
from weasyprint.document import Document

from exporter.arabic.joins import JOIN
from exporter.article import Direction

# A line of a ToUnicode CMap: a glyph and the UTF-16 text it stands for (ISO 32000-1 §9.10.3).
_MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


def finish(_document: Document, pdf: pydyf.PDF, *, direction: Direction) -> None:
    """Say which way the pages turn, mend the tags of lists, take joiners out of the text."""
    if direction is Direction.RTL:
        # ISO 32000-1 table 150; WeasyPrint sets no /Direction.
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
    for item in [item for item in pdf.objects if _structure_type(item) == "/LI"]:
        _gather_list_body(pdf, item)
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"begincmap" in stream.stream:
            stream.stream = [_without_joiners(line) for line in stream.stream]


def _structure_type(item: Any) -> str:
    return item.get("S", "") if isinstance(item, pydyf.Dictionary) else ""


def _gather_list_body(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    """ISO 32000-1 table 336: a list item holds its label and one body, nothing else."""
    kids = [pdf.objects[int(reference.split()[0])] for reference in item["K"]]
    if {_structure_type(kid) for kid in kids} <= {"/Lbl", "/LBody"}:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"]}
    )
    body["P"] = item.reference
    pdf.add_object(body)
    for kid in [kid for kid in kids if _structure_type(kid) != "/Lbl"]:
        kid["P"] = body.reference
        body["K"].append(kid.reference)
        if _structure_type(kid) == "/LBody":
            kid["S"] = "/NonStruct"
    labels = [kid.reference for kid in kids if _structure_type(kid) == "/Lbl"]
    item["K"] = pydyf.Array([*labels, body.reference])


def _without_joiners(line: bytes | str) -> bytes | str:
    """Drop what `arabic.joins` added from what a glyph maps to: it is for the drawing alone."""
    match = _MAPPING.fullmatch(line) if isinstance(line, bytes) else None
    if match is None:
        return line
    text = bytes.fromhex(match[2].decode()).decode("utf-16-be").replace(JOIN, "")
    return b"<%b> <%b>" % (match[1], text.encode("utf-16-be").hex().encode())
