"""Drawings: SVG from anywhere to SVG that shows the same and can neither act nor reach outside."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import field
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from exporter.article import Resource
from exporter.errors import PictureError
from exporter.patterns import compiled
from exporter.pictures.growth import is_bounded
from exporter.records import dataclass

LARGEST_DRAWING = 5_000_000
"""The most bytes of a drawing."""

Embedded = Callable[[Resource], Resource]
"""Makes a picture inside a drawing fit; raises PictureError for what is none."""

_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"
# What runs, loads, plays or moves; a picture in a book does none of it.
_ACTIVE = frozenset(
    "script handler listener foreignObject iframe audio video canvas object embed link "
    "animate animateColor animateMotion animateTransform set discard".split()
)
_PICTURES = frozenset({"image", "feImage"})
_REFERENCES = frozenset({"href", "src"})
_DATA = compiled(r"data:(image/[a-z+.-]+)[^,]*?(;base64)?,", re.IGNORECASE)
_IMPORT = compiled(r"@(?:import|namespace)\b[^;]*;?", re.IGNORECASE)
# `url(#…)` stays inside the drawing; the end of a sheet closes what is open (CSS Syntax §5.3).
_OUTSIDE = compiled(r"(?:url|src|image|image-set)\(\s*+(?!['\"]?#)[^)]*\)?", re.IGNORECASE)


_RTL_LETTER = compiled(r"[\u0590-\u08FF\uFB1D-\uFEFC]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A safe drawing, and by their names the things that were taken out of it.

    `is_lettered` says whether it has words in a right-to-left script.
    """

    data: bytes
    lost: tuple[str, ...] = ()
    is_lettered: bool = False


def is_drawing(data: bytes, media_type: str) -> bool:
    """Whether bytes are to be taken for SVG."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") or (media_type == "image/svg+xml" and b"<" in start)


def cleaned(data: bytes, *, subject: str, embedded: Embedded) -> Cleaned:
    """Return a drawing without scripts, and without references to anything outside it.

    One that holds nothing of the kind stays as it is, byte for byte. Raises PictureError for what
    is no SVG, declares entities, or would grow beyond measure by its own references.
    """
    if len(data) > LARGEST_DRAWING:
        detail = f"{LARGEST_DRAWING / 10**6:g}"
        raise PictureError("picture-too-large", subject=subject, detail=detail)
    root = _parsed(data, subject)
    cleaning = _Cleaning(embedded)
    cleaning.clean(root)
    if not is_bounded(root):
        raise PictureError("picture-growth", subject=subject)
    texts = ("".join(map(str, each.itertext())) for each in root.iter(f"{{{_SVG}}}text"))
    is_lettered = any(map(_RTL_LETTER.search, texts))
    if not cleaning.has_changed and _is_bare(root):
        return Cleaned(data, is_lettered=is_lettered)
    kept = etree.tostring(root, encoding="utf-8")
    return Cleaned(kept, tuple(sorted(cleaning.lost)), is_lettered)


def _parsed(data: bytes, subject: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PictureError("picture-kind", subject=subject) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise PictureError("picture-kind", subject=subject)
    declared: Any = root.getroottree().docinfo.internalDTD  # lxml-stubs know only half of it
    if declared is not None and list(declared.iterentities()):
        raise PictureError("picture-entities", subject=subject)
    return root


def _is_bare(root: etree._Element) -> bool:
    """Whether nothing stands before the drawing that may load a style sheet or declare things."""
    declared: Any = root.getroottree().docinfo.internalDTD
    return declared is None and root.getprevious() is None


@dataclass(slots=True)
class _Cleaning:
    """One drawing being cleaned, and what is taken out of it."""

    embedded: Embedded
    lost: set[str] = field(default_factory=set)
    has_changed: bool = False

    def clean(self, root: etree._Element) -> None:
        """Take out of a drawing what acts and what leads outside."""
        for node in list(root.iter()):
            tag: Any = node.tag
            if not isinstance(tag, str):  # an instruction, an entity
                self._remove(node)
                continue
            name = etree.QName(tag)
            if name.namespace != _SVG:  # an editor's own notes
                self._remove(node)
            elif name.localname in _ACTIVE:
                self._remove(node, f"<{name.localname}>")
            else:
                self._clean_element(node, name.localname)

    def _clean_element(self, element: etree._Element, name: str) -> None:
        if name == "a":  # in a picture a link leads nowhere
            element.tag = f"{{{_SVG}}}g"
            self.has_changed = True
        if name == "style":
            self._clean_style(element)
        for attribute, value in [(str(one), str(two)) for one, two in element.items()]:
            self._clean_attribute(element, attribute, value)

    def _clean_style(self, element: etree._Element) -> None:
        text = "".join(str(part) for part in element.itertext())
        safe = self._safe_css(text)
        if safe != text:
            for child in list(element):
                element.remove(child)
            element.text = safe

    def _clean_attribute(self, element: etree._Element, attribute: str, value: str) -> None:
        name = etree.QName(attribute)
        local = name.localname.lower()
        is_plain = str(attribute)[:1] != "{"
        if local.startswith("on") or local == "base":
            self._drop(element, attribute, local)
        elif local in _REFERENCES:
            self._clean_reference(element, attribute, value.strip())
        elif not is_plain and name.namespace != _XML:
            self._drop(element, attribute)
        else:
            safe = self._safe_css(value) if "(" in value or "\\" in value else value
            if safe != value:
                element.set(attribute, safe)

    def _clean_reference(self, element: etree._Element, attribute: str, value: str) -> None:
        if value.startswith("#"):
            return
        packed = self._packed(value) if etree.QName(element).localname in _PICTURES else ""
        if not packed:
            is_link = etree.QName(element).localname == "g"
            self._drop(element, attribute, "" if is_link else _scheme(value))
        elif packed != value:
            element.set(attribute, packed)
            self.has_changed = True

    def _packed(self, url: str) -> str:
        """Return the data: URL of a picture inside the drawing, prepared; empty if it is none."""
        found = _DATA.match(url)
        if not found:
            return ""
        try:
            data = unquote_to_bytes(url[found.end() :])
            data = base64.b64decode(b"".join(data.split())) if found[2] else data
            fit = self.embedded(Resource("", found[1].lower(), data))
        except (binascii.Error, ValueError, PictureError):
            return ""
        if fit.data == data and found[1].lower() == fit.media_type:
            return url
        return f"data:{fit.media_type};base64,{base64.b64encode(fit.data).decode('ascii')}"

    def _safe_css(self, css: str) -> str:
        """Return CSS that loads nothing; an escape (CSS Syntax §4.3.7) could hide what does.

        What is taken out leaves something behind, so that its two sides don't make a new word; with
        an address still there, which was put together so, nothing stays.
        """
        safe = "" if "\\" in css else _OUTSIDE.sub("none", _IMPORT.sub(" ", css))
        if safe != css:
            self.has_changed = True
            self.lost.add("url()")
            return "" if "//" in safe else safe
        return css

    def _remove(self, node: etree._Element, name: str = "") -> None:
        parent = node.getparent()
        self.has_changed = True
        if name:
            self.lost.add(name)
        if parent is not None:
            _keep_tail(node, parent)
            parent.remove(node)

    def _drop(self, element: etree._Element, attribute: str, name: str = "") -> None:
        del element.attrib[attribute]
        self.has_changed = True
        if name:
            self.lost.add(name)


def _scheme(url: str) -> str:
    return f"{url.partition(':')[0].lower()}:" if ":" in url[:20] else "href"


def _keep_tail(node: etree._Element, parent: etree._Element) -> None:
    """Keep the text behind a node that is taken out: lxml removes it with the node."""
    previous = node.getprevious()
    if not node.tail:
        return
    if previous is None:
        parent.text = (parent.text or "") + node.tail
    else:
        previous.tail = (previous.tail or "") + node.tail
