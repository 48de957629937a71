"""Code: listings and formulas, whose characters stand as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from exporter.arabic.folding import nfc
from exporter.arabic.verse import hemistichs
from exporter.article import Block, Code, Paragraph, Text, Verse, VerseLine
from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, names, tag, text_of
from exporter.readers.text.forms import is_left_to_right

_LANGUAGE = compiled(
    r"(?:lang(?:uage)?|brush|highlight-source|highlight|src)[-:]\s*([\w+#.-]{1,30})"
)
_GUTTER = frozenset(
    "gutter line-numbers linenos lineno linenumber linenumbers rouge-gutter".split()
)
_MOST_CELLS = 2
_POEMS = frozenset("verse poem poetry".split())


def preformatted(element: Element) -> Iterator[Block]:
    """Yield the block of a `pre`: code, or lines of verse or prose in a right-to-left script."""
    text = _gathered(element)
    if not text.strip():
        return
    is_code = tag(element) != "pre" or bool(element.xpath(".//code|.//samp|.//kbd"))
    named = bool(_POEMS & names(element))
    if not named and (is_code or is_left_to_right(text)):
        yield Code(text, _language(element))
        return
    stanzas = [part.split("\n") for part in re.split(r"\n[ \t]*\n\s*", text)]
    for stanza in stanzas:
        lines = [line for line in stanza if line.strip()]
        if lines and (named or all(len(line) <= 70 for line in lines)):
            yield Verse(tuple(_line(line) for line in lines))
        elif lines:
            yield Paragraph((Text(" ".join(" ".join(lines).split())),))


def _line(text: str) -> VerseLine:
    halves = hemistichs(text.strip())
    return VerseLine(tuple((Text(" ".join(half.split())),) for half in halves))


def _gathered(element: Element) -> str:
    """Return the text of a listing with its lines, without the numbers beside them."""
    parts: list[str] = []
    todo: list[Element | str] = [element]
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            parts.append(each)
            continue
        if each is not element:
            todo.append(each.tail or "")
            if _GUTTER & names(each) or tag(each) in {"button", "script", "style", "svg"}:
                continue
        parts.append("\n" * (tag(each) == "br") + (each.text or ""))
        todo.extend(reversed(each))
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    lines = [line.rstrip() for line in text.replace("\N{NO-BREAK SPACE}", " ").split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return nfc("\n".join(lines))


def _language(element: Element) -> str:
    around = [element, *list(element.iter("code"))[:1], *list(element.iterancestors())[:3]]
    for each in around:
        if found := _LANGUAGE.search(get(each, "class")):
            return found[1].lower()
        if named := get(each, "data-lang") or get(each, "data-language"):
            return named.lower()[:30]
    return ""


def listing(element: Element) -> Code | None:
    """Return the code of a table that sets line numbers beside it; None for another table."""
    if next(element.iterdescendants("table"), None) is not None:
        return None
    cells = list(islice(element.iter("td"), _MOST_CELLS + 1))
    if len(cells) > _MOST_CELLS or not any(_is_gutter(cell) for cell in cells):
        return None
    found = [pre for cell in cells if not _is_gutter(cell) for pre in cell.iter("pre")]
    text = _gathered(found[-1]) if found else ""
    return Code(text, _language(element) or _language(found[-1])) if text else None


def _is_gutter(cell: Element) -> bool:
    return bool(_GUTTER & names(cell)) or bool(re.fullmatch(r"[\d\s]+", text_of(cell, most=200)))


def formula(element: Element) -> str:
    """Return a formula in the words that it was written in (TeX), else as its signs."""
    for note in element.iter("annotation"):
        if "tex" in get(note, "encoding").lower():
            return text_of(note)
    return text_of(element)
