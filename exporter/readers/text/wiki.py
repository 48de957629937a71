"""What the software of wikis puts into an article that is copied from its page.

A link to edit after each heading, a numbered table of contents, and an arrow before each reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import Boilerplate, BoilerplateClass, Extent, boilerplate_of
from exporter.patterns import compiled
from exporter.readers.text.lines import Line, Weight

_EDIT = compiled(
    r"(?P<heading>\S.{0,150}?)\s*\[\s?(?:عدل|تعديل|edit|ویرایش|ترمیم|עריכה)"
    r"(?:(?: source)?|\s?\|[^\[\]]{1,40})\s?\]"
)
_ENTRY = compiled(r"\d{1,2}(?:\.\d{1,2}){0,4}\s+(?P<heading>\S.*)")
_MOST_OF_SITE = 5
# With the letters of its places in the text, where it has several: `^ أ ب تاريخ العلوم`.
_REFERENCE = compiled(r"[\^↑]\s*(?:(?:[\u0621-\u064a]|[a-z])\s+){0,20}(?=\S{2})")


def without_links(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of a wiki's article, its headings told as such and its references numbered.

    Unless the menus of a page stand over its text, lines of the site and the contents there are
    told as the page's. A text in which no heading has a link to edit stays as it is.
    """
    found = [_EDIT.fullmatch(line.text) for line in lines]
    first = next((at for at, heading in enumerate(found) if heading), len(lines))
    if first == len(lines):
        return lines
    above, text = lines[:first], tuple(_without_links(lines[first:]))
    if sum(map(_is_of_site, above)) > _MOST_OF_SITE:  # the whole page, with its menus
        return (*above, *text)
    headings = frozenset(heading["heading"] for heading in found if heading)
    return (*(_told(line, headings) for line in above), *text)


def _told(line: Line, headings: frozenset[str]) -> Line:
    entry = _ENTRY.fullmatch(line.text)
    is_entry = entry is not None and entry["heading"] in headings
    return line.weighed(line.text, Weight.HEADER) if is_entry or _is_of_site(line) else line


def _is_of_site(line: Line) -> bool:
    said = boilerplate_of(line.text)
    return said == Boilerplate(BoilerplateClass.NAVIGATION, Extent.WHOLE)


def _without_links(lines: tuple[Line, ...]) -> Iterator[Line]:
    number = 0
    for line in lines:
        if found := _EDIT.fullmatch(line.text):
            number = 0
            yield line.weighed(found["heading"], Weight.HEADING)
        elif found := _REFERENCE.match(line.text):
            number += 1
            yield replace(line, text=f"{number}. {line.text[found.end() :]}")
        else:
            yield line
