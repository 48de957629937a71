"""The PDF's metadata: WeasyPrint's Info entries, and XMP with every Dublin Core term we have.

XMP is also where a file says which standards it keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from lxml import etree
from weasyprint.pdf.metadata import DocumentMetadata

from exporter.article import Metadata
from exporter.errors import WriteError
from exporter.printing import ARCHIVAL, Standard
from exporter.publication import MAKERS
from exporter.version import __version__

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_XMP_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_PDFX = "{http://www.npes.org/pdfx/ns/id/}"
_EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
for _prefix, _namespace in (
    ("pdfaid", _PDFA),
    ("pdfuaid", _PDFUA),
    ("pdfxid", _PDFX),
    ("pdfaExtension", _EXTENSION),
    ("pdfaSchema", _SCHEMA),
    ("pdfaProperty", _PROPERTY),
):
    etree.register_namespace(_prefix, _namespace.strip("{}"))


class PublicationMetadata(DocumentMetadata):  # type: ignore[misc]
    """WeasyPrint's document metadata, made from ours; XMP is stored readable for other programs."""

    def __init__(self, metadata: Metadata, standards: Sequence[Standard]) -> None:
        """Raise WriteError for an undated file that is to keep PDF/X-4 (ISO 15930-7)."""
        date = _w3c_date(metadata.modified or metadata.issued)
        if Standard.X_4 in standards and date is None:
            raise WriteError("press-date-missing", subject=metadata.title)
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
        self._standards = tuple(standards)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str | None) -> bytes:
        """Return WeasyPrint's RDF with our claims and the Dublin Core terms that it leaves out."""
        rdf = etree.fromstring(super().generate_rdf_metadata(variant, version, conformance))
        for standard in self._standards:
            self._claim(rdf, standard)
        if ARCHIVAL.intersection(self._standards):
            _describe_extensions(rdf, self._standards)
        description = _description(rdf, {})
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

    def _claim(self, rdf: etree._Element, standard: Standard) -> None:
        """Say in the words of a standard that the file keeps it."""
        match standard:
            case Standard.UA_1:
                _description(rdf, {f"{_PDFUA}part": "1"})
            case Standard.X_4:
                self._claim_press(rdf)
            case (
                Standard.A_2A
                | Standard.A_2B
                | Standard.A_2U
                | Standard.A_3A
                | Standard.A_3B
                | Standard.A_3U
            ):
                part, level = standard[-2], standard[-1].upper()
                _description(rdf, {f"{_PDFA}part": part, f"{_PDFA}conformance": level})
            case _:
                assert_never(standard)

    def _claim_press(self, rdf: etree._Element) -> None:
        """Say what ISO 15930-7 wants of identity and dates."""
        _description(
            rdf,
            {
                f"{_PDFX}GTS_PDFXVersion": "PDF/X-4",
                f"{_PDF}Trapped": "False",
                f"{_XMP}MetadataDate": self.modified,
                f"{_XMP_MM}DocumentID": self._metadata.identifier,
                f"{_XMP_MM}VersionID": "1",
                f"{_XMP_MM}RenditionClass": "default",
            },
        )


# What each standard has in XMP that PDF/A doesn't know: schema, prefix, property and its type.
_SCHEMAS = {
    Standard.UA_1: (("PDF/UA identification", _PDFUA, "pdfuaid", "part", "Integer"),),
    Standard.X_4: (
        ("PDF/X identification", _PDFX, "pdfxid", "GTS_PDFXVersion", "Text"),
        ("Adobe PDF", _PDF, "pdf", "Trapped", "Text"),
    ),
}


def _describe_extensions(rdf: etree._Element, standards: Sequence[Standard]) -> None:
    """Describe the properties that PDF/A has no schema for (ISO 19005-3 §6.6.2.3)."""
    schemas = [one for standard in standards for one in _SCHEMAS.get(standard, ())]
    if not schemas:
        return
    bag = _list(_description(rdf, {}), f"{_EXTENSION}schemas", kind="Bag")
    for schema, namespace, prefix, name, value_type in schemas:
        item = _resource(
            bag,
            {
                f"{_SCHEMA}schema": f"{schema} schema",
                f"{_SCHEMA}namespaceURI": namespace.strip("{}"),
                f"{_SCHEMA}prefix": prefix,
            },
        )
        _resource(
            _list(item, f"{_SCHEMA}property", kind="Seq"),
            {
                f"{_PROPERTY}name": name,
                f"{_PROPERTY}valueType": value_type,
                f"{_PROPERTY}category": "internal",
                f"{_PROPERTY}description": f"{schema}: {name}",
            },
        )


def _description(rdf: etree._Element, properties: Mapping[str, str]) -> etree._Element:
    return etree.SubElement(rdf, f"{_RDF}Description", {f"{_RDF}about": "", **properties})


def _list(parent: etree._Element, name: str, *, kind: str) -> etree._Element:
    return etree.SubElement(etree.SubElement(parent, name), _RDF + kind)


def _resource(parent: etree._Element, properties: Mapping[str, str]) -> etree._Element:
    item = etree.SubElement(parent, f"{_RDF}li", {f"{_RDF}parseType": "Resource"})
    for name, value in properties.items():
        etree.SubElement(item, name).text = value
    return item


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
