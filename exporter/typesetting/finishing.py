"""What is put right in a finished PDF before it is written, and put into it."""

from __future__ import annotations

import pydyf
from weasyprint.document import Document

from exporter.arabic.joins import JOIN
from exporter.arabic.printed_addresses import BREAK, NO_BREAK
from exporter.article import Direction
from exporter.patterns import compiled
from exporter.printing import Printing
from exporter.typesetting import sheets, standards
from exporter.typesetting.objects import content_of, packed

# A line of a ToUnicode CMap: a glyph and the UTF-16 text it stands for (ISO 32000-1 §9.10.3).
_MAPPING = compiled(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


# What is in lines for their drawing and breaking alone: `arabic.joins`, `arabic.printed_addresses`.
_NO_TEXT = compiled(f"{JOIN}|{BREAK}|{NO_BREAK}")


def finish(
    document: Document,
    pdf: pydyf.PDF,
    *,
    direction: Direction,
    printing: Printing,
) -> None:
    """Put a document right that is a file of its own."""
    finish_pages(pdf, direction=direction, printing=printing)
    sheets.lay(pdf, printing)
    finish_whole(document, pdf, printing=printing)
    keep_bytes(pdf)


def finish_pages(pdf: pydyf.PDF, *, direction: Direction, printing: Printing) -> None:
    """Say which way the pages turn, take joiners out of the text, keep to inks and standards."""
    if direction is Direction.RTL:
        # ISO 32000-1 table 150; WeasyPrint sets no /Direction.
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"begincmap" in stream.stream:
            stream.stream = [_without_joiners(line) for line in stream.stream]
    standards.conform(pdf, printing)


def finish_whole(document: Document, pdf: pydyf.PDF, *, printing: Printing) -> None:
    """Say what the file is: the colours that it means, its metadata and claims."""
    standards.declare(pdf, printing)
    # Uncompressed, so that programs find it by scanning the file (XMP part 1 §7.3); what the file
    # claims is in it as the writer has it, not as a variant of WeasyPrint's.
    document.metadata.include_in_pdf(pdf, "", 0, None, compress=False)


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of which the bytes are known."""

    data = b""
    compressible = False

    def __init__(self, item: pydyf.Object) -> None:
        super().__init__()
        self.number, self.data, self.compressible = item.number, _bytes_of(item), item.compressible


def keep_bytes(pdf: pydyf.PDF) -> None:
    """Make the bytes of each object once, as the last thing before the file is written.

    pydyf 0.13 makes them twice, compressing too: for the file and for the digest that names it.
    """
    pdf.objects[1:] = map(_Written, pdf.objects[1:])


def _bytes_of(item: pydyf.Object) -> bytes:
    data: bytes
    if isinstance(item, pydyf.Stream) and item.compress:
        # As pydyf does it, in half of the time.
        extra = {**item.extra, "Filter": "/FlateDecode"}
        data = pydyf.Stream([packed(content_of(item))], extra).data
    else:
        data = item.data
    return data


def _without_joiners(line: bytes | str) -> bytes | str:
    """Drop from what a glyph maps to what is no text."""
    match = _MAPPING.fullmatch(line) if isinstance(line, bytes) else None
    if match is None:
        return line
    text = bytes.fromhex(match[2].decode()).decode("utf-16-be")
    text = _NO_TEXT.sub("", text)
    return b"<%b> <%b>" % (match[1], text.encode("utf-16-be").hex().encode())
