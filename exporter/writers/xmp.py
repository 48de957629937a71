"""The PDF's metadata: WeasyPrint's Info entries, and XMP with every Dublin Core term we have."""

from __future__ import annotations

from collections.abc import Sequence

import pydyf
from lxml import etree
from weasyprint.pdf.metadata import DocumentMetadata

from exporter.article import Metadata
from exporter.publication import MAKERS
from exporter.version import __version__

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class PublicationMetadata(DocumentMetadata):  # type: ignore[misc]
    """WeasyPrint's document metadata, made from ours; XMP is stored readable for other programs."""

    def __init__(self, metadata: Metadata) -> None:
        date = _w3c_date(metadata.modified or metadata.issued)
        super().__init__(
            title=_full_title(metadata),
            authors=[one.name for one in metadata.creators if one.role in MAKERS],
            description=metadata.description or None,
            keywords=list(metadata.subjects),
            generator=f"arabic-exporter {__version__}",
            created=date,
            modified=date,
            lang=metadata.language,
        )
        self._metadata = metadata

    def include_in_pdf(  # noqa: PLR0917 - the signature is WeasyPrint's
        self,
        pdf: pydyf.PDF,
        variant: str,
        version: int,
        conformance: str | None,
        compress: object,  # noqa: ARG002
    ) -> None:
        """Store the XMP stream uncompressed (XMP part 1 §7.3: found by scanning the file)."""
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str | None) -> bytes:
        """Return WeasyPrint's RDF with the Dublin Core terms that it leaves out."""
        rdf = etree.fromstring(super().generate_rdf_metadata(variant, version, conformance))
        description = etree.SubElement(rdf, f"{_RDF}Description", {f"{_RDF}about": ""})
        own = self._metadata
        helpers = [one.name for one in own.creators if one.role not in MAKERS]
        _array(description, "contributor", kind="Bag", values=helpers)
        _array(description, "language", kind="Bag", values=[own.language])
        _array(description, "publisher", kind="Bag", values=[own.publisher])
        _array(description, "date", kind="Seq", values=[own.issued])
        _array(description, "subject", kind="Bag", values=own.subjects)
        _array(description, "rights", kind="Alt", values=[own.rights])
        _array(description, "relation", kind="Bag", values=[own.is_part_of])
        _text(description, "identifier", own.identifier)
        _text(description, "source", own.source)
        return etree.tostring(rdf, encoding="utf-8", xml_declaration=False)


def _full_title(metadata: Metadata) -> str:
    return ": ".join(filter(None, (metadata.title, metadata.subtitle)))


def _w3c_date(iso: str) -> str | None:
    """W3C-DTF, which WeasyPrint reads, has no time without a zone: such a time is left out."""
    date, _, time = iso.partition("T")
    zoned = time.endswith("Z") or "+" in time or "-" in time
    return (iso if zoned else date) or None


def _array(parent: etree._Element, term: str, *, kind: str, values: Sequence[str]) -> None:
    """Add an XMP array of a Dublin Core term; nothing for a term without a value."""
    present = [value for value in values if value]
    if not present:
        return
    array = etree.SubElement(etree.SubElement(parent, _DC + term), _RDF + kind)
    for value in present:
        attributes = {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"}
        item = etree.SubElement(array, f"{_RDF}li", attributes if kind == "Alt" else {})
        item.text = value


def _text(parent: etree._Element, term: str, value: str) -> None:
    if value:
        etree.SubElement(parent, _DC + term).text = value
