"""Styles: what an element's name and attributes do to the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.patterns import compiled
from exporter.readers.html.addresses import Addresses
from exporter.readers.html.dom import Element, get, tag
from exporter.readers.html.runs import Kind, Style

_KINDS = {
    "em": Kind.EMPHASIS,
    "i": Kind.EMPHASIS,
    "dfn": Kind.EMPHASIS,
    "var": Kind.EMPHASIS,
    "cite": Kind.EMPHASIS,
    "u": Kind.EMPHASIS,
    "mark": Kind.EMPHASIS,
    "b": Kind.STRONG,
    "strong": Kind.STRONG,
    "summary": Kind.STRONG,
    "sub": Kind.SUB,
    "sup": Kind.SUP,
    "code": Kind.CODE,
    "kbd": Kind.CODE,
    "samp": Kind.CODE,
    "tt": Kind.CODE,
}
_BOLD = compiled(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NORMAL = compiled(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = compiled(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_DIRECTION = compiled(r"(?<![\w-])direction\s*:\s*(rtl|ltr)", re.IGNORECASE)
_LANGUAGE = compiled(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# Tags that editors leave around whole paragraphs say nothing of their emphasis.
_STYLED = frozenset(("span", "font", "a", "em", "i", "b", "strong"))


def styles_of(element: Element, addresses: Addresses) -> tuple[Style, ...]:
    """Return the styles that an element adds, the outermost first."""
    return tuple(_styles(element, addresses))


def _styles(element: Element, addresses: Addresses) -> Iterator[Style]:
    name, css = tag(element), get(element, "style")
    if name == "a" and get(element, "href"):
        yield Style(Kind.LINK, addresses.link(get(element, "href")))
    if (isolate := _isolate(element, name, css)) is not None:
        yield isolate
    if name in _KINDS and not (name in {"b", "strong"} and _NORMAL.search(css)):
        yield Style(_KINDS[name])
    if name in _STYLED and _BOLD.search(css):
        yield Style(Kind.STRONG)
    if name in _STYLED and _ITALIC.search(css):
        yield Style(Kind.EMPHASIS)


def _isolate(element: Element, name: str, css: str) -> Style | None:
    language = get(element, "lang") or get(element, "xml:lang")
    if not _LANGUAGE.fullmatch(language):
        language = ""
    direction = get(element, "dir").lower()
    if direction not in {"rtl", "ltr", "auto"}:
        found = _DIRECTION.search(css)
        direction = found[1].lower() if found else "auto" if name == "bdi" else ""
    if not language and not direction:
        return None
    return Style(Kind.ISOLATE, tag_of(language), direction)


def tag_of(language: str) -> str:
    """Return a language tag as BCP 47 §2.1.1 writes it: `AR_sa` is `ar-SA`."""
    primary, *rest = language.replace("_", "-").split("-")
    parts = (part.title() if len(part) == 4 else part.upper() for part in rest)
    return "-".join((primary.lower(), *parts))
