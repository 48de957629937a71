"""How paragraphs and runs of a Word file are set: what is said of them, with their styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from exporter.readers.docx.package import Element, Part, child, get, named, value
from exporter.records import dataclass

_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Properties:
    """What is said of a paragraph or a run; None and an empty string say nothing.

    A run that is set from right to left has the look of complex scripts (`bold_cs`).
    """

    bold: bool | None = None
    bold_cs: bool | None = None
    italic: bool | None = None
    italic_cs: bool | None = None
    vertical: str = ""
    struck: bool | None = None
    hidden: bool | None = None
    rtl: bool | None = None
    language: str = ""
    language_cs: str = ""
    size: int | None = None
    outline: int | None = None
    centred: bool | None = None
    list_key: str = ""
    list_level: int | None = None

    def over(self, base: Properties) -> Properties:
        """Return these properties with those of `base` where they say nothing."""
        if _NOTHING in (self, base):
            return base if self == _NOTHING else self
        unsaid = {name: getattr(base, name) for name in _NAMES if getattr(self, name) in (None, "")}
        return replace(self, **unsaid)

    @property
    def is_bold(self) -> bool:
        """Whether a run is bold, in the look of its own script."""
        own = self.bold_cs if self.rtl else self.bold
        return bool(self.bold if own is None else own)

    @property
    def is_italic(self) -> bool:
        """Whether a run is italic, in the look of its own script."""
        own = self.italic_cs if self.rtl else self.italic
        return bool(self.italic if own is None else own)


_NOTHING = Properties()
_NAMES = tuple(one.name for one in fields(Properties))


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name in English and small letters, and what it says with all it is based on."""

    name: str = ""
    properties: Properties = _NOTHING


def toggle(properties: Element | None, name: str) -> bool | None:
    """Return whether a property is on; None where nothing is said."""
    return _is_on(child(properties, name))


def _is_on(property_: Element | None) -> bool | None:
    return None if property_ is None else get(property_, "w:val").lower() not in _OFF


def number(text: str) -> int | None:
    """Return a whole number; None for what is none."""
    try:
        return int(text)
    except ValueError:
        return None


def run_properties(properties: Element | None) -> Properties:
    """Return what a `w:rPr` says."""
    if properties is None or not len(properties):
        return _NOTHING
    said = {one.tag: one for one in properties.iterchildren()}

    def of(name: str) -> Element | None:
        return said.get(named(name))

    strikes = (_is_on(of("w:strike")), _is_on(of("w:dstrike")))
    return Properties(
        bold=_is_on(of("w:b")),
        bold_cs=_is_on(of("w:bCs")),
        italic=_is_on(of("w:i")),
        italic_cs=_is_on(of("w:iCs")),
        vertical=get(of("w:vertAlign"), "w:val"),
        struck=None if strikes == (None, None) else True in strikes,
        hidden=_is_on(of("w:vanish")),
        rtl=_is_on(of("w:rtl")),
        language=get(of("w:lang"), "w:val"),
        language_cs=get(of("w:lang"), "w:bidi"),
        size=number(get(of("w:szCs"), "w:val") or get(of("w:sz"), "w:val")),
    )


def paragraph_properties(properties: Element | None) -> Properties:
    """Return what a `w:pPr` says, without what it says of the paragraph's mark."""
    if properties is None:
        return _NOTHING
    numbering = child(properties, "w:numPr")
    aligned = value(properties, "w:jc")
    return Properties(
        outline=number(value(properties, "w:outlineLvl")),
        centred=aligned == "center" if aligned else None,
        list_key=value(numbering, "w:numId"),
        list_level=number(value(numbering, "w:ilvl")),
    )


def read_styles(part: Part | None) -> Mapping[str, Style]:
    """Return the styles of a file by key; the default one of paragraphs has the key ``."""
    if part is None:
        return {}
    elements = {get(one, "w:styleId"): one for one in part.root.iterchildren(named("w:style"))}
    styles: dict[str, Style] = {}
    for key in elements:
        _read_style(key, elements, styles)
    for key, element in elements.items():
        if get(element, "w:default") in {"1", "true"} and get(element, "w:type") == "paragraph":
            styles.setdefault("", styles[key])
    return styles


def _read_style(key: str, elements: Mapping[str, Element], styles: dict[str, Style]) -> None:
    """Add a style after those it is based on; one that is based on itself has no base."""
    chain: list[str] = []
    while key in elements and key not in styles and key not in chain:
        chain.append(key)
        key = value(elements[key], "w:basedOn")
    base = styles.get(key, Style())
    for one in reversed(chain):
        element = elements[one]
        said = run_properties(child(element, "w:rPr")).over(
            paragraph_properties(child(element, "w:pPr"))
        )
        base = Style(value(element, "w:name").lower(), said.over(base.properties))
        styles[one] = base
