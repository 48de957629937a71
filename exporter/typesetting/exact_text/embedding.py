"""Fonts with our codes, as the PDF has them: the outlines in use, the codes, the text of each."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import pydyf

from exporter.typesetting.exact_text.apart import FontFacts, FontUse, Stub, stubs_here
from exporter.typesetting.exact_text.drawing import encoding_of
from exporter.typesetting.exact_text.encoding import FIRST_CODE, Encoding
from exporter.typesetting.exact_text.truetype import TrueType, build
from exporter.typesetting.hooks import Function, Hook

_CMAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
%b
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
# ISO 32000-1 §9.10.3: no more mappings in a block.
_MAPPINGS = 100


def add_font(pdf: Any, use: FontUse, file: bytes) -> Any:
    """Add a font with these codes to a PDF and return its reference; `file` is the font's."""
    encoding = Encoding(lambda: use.facts, use.name, TrueType.of(file))
    for text, outline in zip(use.texts, use.outlines, strict=True):
        encoding.add(text, outline)
    return _add_font(pdf, encoding, compress=True)


def _stub(pdf: Any, encoding: Encoding, stubs: list[Stub]) -> Any:
    stub = pydyf.Dictionary({"Type": "/Font"})
    pdf.add_object(stub)
    use = FontUse(_facts(encoding), encoding.name, (*encoding.texts,), (*encoding.outlines,))
    stubs.append(Stub(stub, use))
    return stub.reference


def _facts(encoding: Encoding) -> FontFacts:
    font = encoding.font
    return FontFacts(
        sha256(font.file_content).digest(),
        font.hash,
        font.name,
        font.family,
        font.flags,
        font.ascent,
        font.descent,
        font.italic_angle,
        font.stemv,
        font.stemh,
    )


def _make(stock: Function) -> Function:
    def build_fonts_dictionary(
        pdf: Any, fonts: Mapping[Any, Any], compress: Any, subset: Any, options: Any
    ) -> Any:
        found = ((font.hash, encoding_of(font)) for font in fonts.values())
        ours = {name: encoding for name, encoding in found if encoding is not None}
        # A font of which WeasyPrint has drawn nothing would be put in whole.
        others = {
            key: font
            for key, font in fonts.items()
            if font.to_unicode or font.used_in_forms or font.hash not in ours
        }
        dictionary = stock(pdf, others, compress, subset, options)
        stubs = stubs_here()
        for encoding in ours.values():
            dictionary[encoding.name] = (
                _add_font(pdf, encoding, compress=compress)
                if stubs is None
                else _stub(pdf, encoding, stubs)
            )
        return dictionary

    return build_fonts_dictionary


def _add_font(pdf: Any, encoding: Encoding, *, compress: Any) -> Any:
    """Add a font to the PDF and return its reference."""
    data, glyphs = build(encoding.source, encoding.outlines)
    name = f"/{_tag(encoding.font.hash)}+{_escaped(encoding.font.name.partition(b'+')[2])}"
    file = _stream(pdf, data, compress=compress, extra={"Length1": len(data)})
    # Code 0 is `.notdef`, which no line shows.
    codes = struct.pack(f">{len(glyphs) + FIRST_CODE}H", *[0] * FIRST_CODE, *glyphs)
    descendant = _added(
        pdf,
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(
                {
                    "Registry": pydyf.String("Adobe"),
                    "Ordering": pydyf.String("Identity"),
                    "Supplement": 0,
                }
            ),
            "CIDToGIDMap": _stream(pdf, codes, compress=compress),
            "DW": 0,
            "W": pydyf.Array([FIRST_CODE, pydyf.Array(encoding.widths)]),
            "FontDescriptor": _added(
                pdf,
                _descriptor(encoding, name, file)
                | {"CIDSet": _stream(pdf, cid_set(len(codes) // 2), compress=compress)},
            ),
        },
    )
    return _added(
        pdf,
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant]),
            "ToUnicode": _stream(pdf, to_unicode(encoding.texts), compress=compress),
        },
    )


def _escaped(name: bytes) -> str:
    """Return a name as ISO 32000-1 §7.3.5 writes it: a font of a user's may have one in Arabic."""
    return "".join(chr(byte) if 0x20 < byte < 0x7F else f"#{byte:02X}" for byte in name)


def cid_set(count: int) -> bytes:
    """Return the set of so many codes from 0 on, which PDF/A-1 wants (ISO 19005-1 §6.3.5).

    Where a font has one, all that is in the font has to be in it (PDF/UA-1 §7.21.4.2).
    """
    bits = (1 << count) - 1 << -count % 8
    return bits.to_bytes((count + 7) // 8, "big")


def _tag(hashed: str) -> str:
    """Return the six letters of a subset's name, other than WeasyPrint's for the same font."""
    return "".join(chr(ord("A") + (ord(letter) - ord("A") + 13) % 26) for letter in hashed)


def _descriptor(encoding: Encoding, name: str, file: Any) -> dict[str, Any]:
    font = encoding.font
    return {
        "Type": "/FontDescriptor",
        "FontName": name,
        "FontFamily": pydyf.String(font.family),
        "Flags": font.flags,
        "FontBBox": pydyf.Array([0, font.descent, max(encoding.widths), font.ascent]),
        "ItalicAngle": font.italic_angle,
        "Ascent": font.ascent,
        "Descent": font.descent,
        "CapHeight": font.ascent,
        "StemV": font.stemv,
        "StemH": font.stemh,
        "FontFile2": file,
    }


def _added(pdf: Any, values: Mapping[str, Any]) -> Any:
    added = pydyf.Dictionary(values)
    pdf.add_object(added)
    return added.reference


def _stream(pdf: Any, data: bytes, *, compress: Any, extra: Mapping[str, Any] | None = None) -> Any:
    stream = pydyf.Stream([data], pydyf.Dictionary(extra), compress=compress)
    pdf.add_object(stream)
    return stream.reference


def to_unicode(texts: Sequence[str]) -> bytes:
    """Return the CMap that gives the text of each code."""
    return _CMAP % b"\n".join(_mappings(texts))


def _mappings(texts: Sequence[str]) -> Iterator[bytes]:
    lines = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>".encode()
        for code, text in enumerate(texts, start=FIRST_CODE)
    ]
    for start in range(0, len(lines), _MAPPINGS):
        block = lines[start : start + _MAPPINGS]
        yield b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block))


HOOK = Hook("weasyprint.pdf", "build_fonts_dictionary", "fc551bef35d0d6c3", _make)
