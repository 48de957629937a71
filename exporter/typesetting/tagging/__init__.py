"""The tag tree: one structure element for each element of the document, in the order of reading.

Stock WeasyPrint 70 makes an element for every box: a paragraph that goes on overleaf is two, a
note stands wherever its page ends, heads and folios are in the tree, and each line is an object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.logger import LOGGER
from weasyprint.pdf.stream import Stream

from exporter.typesetting.hooks import Function, Hook
from exporter.typesetting.tagging.kinds import LAYOUT
from exporter.typesetting.tagging.structure import Mark, Writer
from exporter.typesetting.tagging.tree import Tree


def _make(_stock: Function) -> Function:
    def add_tags(pdf: Any, document: Any, _version: Any, page_streams: Sequence[Any]) -> None:
        language = document.metadata.lang or ""
        tree = Tree(pdf, language=language)
        marks = [len(stream._tags) for stream in page_streams]  # noqa: SLF001
        for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
            tree.add(page, number, stream._tags)  # noqa: SLF001
            _name_artifacts(stream.stream, number, tree.artifacts)
        if _has_words_elsewhere(pdf, page_streams):
            LOGGER.warning("words with opacity are not in the tags: give them a lighter colour")
        Writer(pdf, marks).write(tree.root)
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        pdf.catalog["Lang"] = pydyf.String(language)

    return add_tags


def _has_words_elsewhere(pdf: Any, page_streams: Sequence[Any]) -> bool:
    """Whether there are marks in a group, which has opacity: the tree leads to pages alone."""
    return any(
        "MCID" in item
        for stream in pdf.objects
        if isinstance(stream, Stream) and stream not in page_streams
        for item in stream.stream
        if isinstance(item, dict)
    )


def _name_artifacts(content: list[Any], page: int, artifacts: Mapping[Mark, str]) -> None:
    """Say in the content of a page what kind of artifact each is."""
    for place, operator in enumerate(content):
        if operator == b"BMC" and content[place - 1] == "/Artifact":
            content[place - 1 : place + 1] = f"/Artifact {LAYOUT}", b"BDC"
        elif operator == b"BDC":
            marked = content[place - 1]
            number = marked.get("MCID") if isinstance(marked, dict) else None
            artifact = None if number is None else artifacts.get(Mark(page, number))
            if artifact is not None and "ActualText" in marked:
                # poppler goes by the text beside a `Span` alone.
                content[place - 2] = f"/Artifact {artifact} BDC /Span"
                content[place - 1] = pydyf.Dictionary({"ActualText": marked["ActualText"]})
                end = _end_of(content, place)
                content[end] = b"EMC EMC"
            elif artifact is not None:
                content[place - 2 : place] = "/Artifact", artifact


def _end_of(content: Sequence[Any], place: int) -> int:
    """Return where the marked content ends that begins here."""
    depth = 0
    for at in range(place, len(content)):
        depth += content[at] in _BEGIN
        depth -= content[at] == _END
        if not depth:
            return at
    raise ValueError("marked content without an end")


_BEGIN, _END = (b"BMC", b"BDC"), b"EMC"


HOOK = Hook("weasyprint.pdf", "add_tags", "f0e74575b0bafaf3", _make)
