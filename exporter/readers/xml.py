"""XML that somebody else wrote: parsed without entities, without a DTD and without the network."""

from __future__ import annotations

from lxml import etree

from exporter.errors import ReadError
from exporter.messages import cause


def parse(data: bytes, *, subject: str) -> etree._Element:
    """Return the root of an XML document; libxml2's limits on depth and text hold.

    Raises ReadError for what is no well-formed XML, and for a document that declares entities.
    """
    return _root(data, subject=subject, parser=_parser())


def parse_leniently(data: bytes, *, subject: str) -> etree._Element:
    """Return the root of XML as sites write it, its faults passed over where that is possible."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    return _root(data, subject=subject, parser=parser)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _root(data: bytes, *, subject: str, parser: etree.XMLParser) -> etree._Element:
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        detail = cause("xml-wrong", f"{error.lineno}:{error.offset}")
        raise ReadError("xml-damaged", subject=subject, detail=detail) from error
    except ValueError as error:
        raise ReadError("xml-damaged", subject=subject, detail=str(error)) from error
    if root is None:
        raise ReadError("xml-damaged", subject=subject, detail=cause("xml-none"))
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.iterentities()):  # type: ignore[union-attr]
        raise ReadError("xml-entities", subject=subject)
    return root
