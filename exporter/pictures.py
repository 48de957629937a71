"""Pictures: whether the bytes of a resource are one that both outputs can show."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from lxml import etree

from exporter.article import Resource

_MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset({"script", "foreignObject", "handler", "listener"})
# A style that reaches outside; `url(#…)` stays inside the drawing.
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


def checked(resource: Resource) -> Resource:
    """Return the picture with the media type that its content has.

    Raises ValueError, which says in words why, for bytes that are no picture, and for an SVG with
    scripts in it or with references to anything outside it.
    """
    if resource.media_type == "image/svg+xml" or resource.data.lstrip()[:1] == b"<":
        _check_svg(resource.data)
        return replace(resource, media_type="image/svg+xml")
    from PIL import Image  # only articles with pictures need it

    try:
        with Image.open(io.BytesIO(resource.data), formats=tuple(_MEDIA_TYPES)) as picture:
            picture.verify()
            return replace(resource, media_type=_MEDIA_TYPES[picture.format or ""])
    except (OSError, SyntaxError, KeyError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError("it is no PNG, JPEG, GIF, WebP or SVG picture") from error


def _check_svg(data: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("it is no well-formed SVG") from error
    if root.tag != f"{_SVG}svg":
        raise ValueError("it is XML, but no SVG")
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares entities")
    # An instruction may fetch a style sheet.
    if list(root.getroottree().iter(etree.PI)) or b"<?xml-stylesheet" in data:
        raise ValueError("it refers to something outside it")
    for element in root.iter(etree.Element):
        _check_element(element)


def _check_element(element: etree._Element) -> None:
    if etree.QName(element).localname in _ACTIVE:
        raise ValueError("it holds a script")
    for name, value in ((str(name), str(value)) for name, value in element.items()):
        local = etree.QName(name).localname.lower()
        if local.startswith("on"):
            raise ValueError("it holds a script")
        if local in {"href", "src"} and not value.startswith(("#", "data:image/")):
            raise ValueError("it refers to something outside it")
        if _OUTSIDE.search(value):
            raise ValueError("it refers to something outside it")
    if _OUTSIDE.search(element.text or "") and etree.QName(element).localname == "style":
        raise ValueError("it refers to something outside it")
