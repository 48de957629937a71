"""What a finished PDF needs to keep the standards that it claims; the claims are in its XMP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from exporter.printing import ARCHIVAL, Ink, Printing, Standard
from exporter.typesetting import colours, profiles
from exporter.typesetting.exact_text.embedding import cid_set
from exporter.typesetting.exact_text.truetype import TrueType
from exporter.typesetting.objects import number_of

_PRINTED = 1 << 2  # ISO 32000-1 table 165


def version_of(printing: Printing) -> str:
    """Return the version of PDF: ISO 15930-7 is made on 1.6, ISO 19005-3 and 14289-1 on 1.7."""
    return "1.6" if Standard.X_4 in printing.standards else "1.7"


def conform(pdf: pydyf.PDF, printing: Printing) -> None:
    """Make of the pages what the standards ask for beyond tags and fonts."""
    if Standard.X_4 in printing.standards:
        _drop_annotations(pdf)
    _list_codes(pdf)
    for annotation in _dictionaries(pdf, "/Annot"):
        annotation["F"] = _PRINTED  # ISO 19005-3 §6.3.2
    for image in colours.images(pdf):
        image["Interpolate"] = "false"  # ISO 19005-3 §6.2.8
    if printing.ink is Ink.BLACK:
        colours.in_grey(pdf)
    elif Standard.X_4 in printing.standards:
        colours.by_profile(pdf, _profile(pdf, profiles.srgb(), components=3))


def declare(pdf: pydyf.PDF, printing: Printing) -> None:
    """Say of a whole file which colours are meant, and that nothing in it is trapped.

    A file that keeps PDF/A and PDF/X names one profile for both (ISO 19005-3 §6.2.3).
    """
    if Standard.X_4 in printing.standards:
        pdf.info |= {"Trapped": "/False", "GTS_PDFXVersion": pydyf.String("PDF/X-4")}
    archival = ["/GTS_PDFA1"] if ARCHIVAL.intersection(printing.standards) else []
    press = ["/GTS_PDFX"] if Standard.X_4 in printing.standards else []
    if not archival and not press:
        return
    name, reference = _condition(pdf, printing)
    identifier = "Custom" if press else name
    intents = [
        pydyf.Dictionary(
            {
                "Type": "/OutputIntent",
                "S": subtype,
                "OutputConditionIdentifier": pydyf.String(identifier),
                "OutputCondition": pydyf.String(name),
                "Info": pydyf.String(name),
                "DestOutputProfile": reference,
            }
        )
        for subtype in (*archival, *press)
    ]
    pdf.catalog["OutputIntents"] = pydyf.Array(intents)


def _condition(pdf: pydyf.PDF, printing: Printing) -> tuple[str, Any]:
    """Return the name and the profile of what the colours are meant for."""
    if printing.profile is not None:
        components = 1 if printing.profile.space == "GRAY" else 4
        profile = _profile(pdf, printing.profile.data, components=components)
        return printing.profile.name, profile
    if Standard.X_4 in printing.standards:
        return profiles.GREY_PRINT, _profile(pdf, profiles.grey_print(), components=1)
    return "sRGB", _profile(pdf, profiles.srgb(), components=3)


def _profile(pdf: pydyf.PDF, data: bytes, *, components: int) -> Any:
    stream = pydyf.Stream([data], pydyf.Dictionary({"N": components}), compress=True)
    pdf.add_object(stream)
    return stream.reference


def _list_codes(pdf: pydyf.PDF) -> None:
    """Say of WeasyPrint's own fonts which codes they have: a code there is a glyph's number."""
    for descriptor in list(_dictionaries(pdf, "/FontDescriptor")):
        if "FontFile2" in descriptor and "CIDSet" not in descriptor:
            file = pdf.objects[number_of(descriptor["FontFile2"])]
            count = TrueType(b"".join(file.stream)).glyph_count
            codes = pydyf.Stream([cid_set(count)], compress=True)
            pdf.add_object(codes)
            descriptor["CIDSet"] = codes.reference


def _drop_annotations(pdf: pydyf.PDF) -> None:
    """Take links off the pages, as ISO 15930-7 has no annotation on what is printed.

    Their words stay in the tags, which lose the places of the links.
    """
    annotations = {one.reference for one in _dictionaries(pdf, "/Annot")}
    if not annotations:
        return
    for page in _dictionaries(pdf, "/Page"):
        page.pop("Annots", None)
    for element in _dictionaries(pdf, "/StructElem"):
        element["K"] = pydyf.Array(kid for kid in element["K"] if not _is_place(kid))
    root = next(_dictionaries(pdf, "/StructTreeRoot"))
    pages = pdf.pages["Count"]
    tree = pdf.objects[number_of(root["ParentTree"])]
    tree["Nums"] = pydyf.Array(tree["Nums"][: pages * 2])
    root["ParentTreeNextKey"] = pages
    for annotation in list(_dictionaries(pdf, "/Annot")):
        annotation.clear()


def _is_place(kid: Any) -> bool:
    return isinstance(kid, pydyf.Dictionary) and kid.get("Type") == "/OBJR"


def _dictionaries(pdf: pydyf.PDF, kind: str) -> Iterator[Any]:
    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("Type") == kind:
            yield one
