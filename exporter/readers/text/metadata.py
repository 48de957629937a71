"""Labelled lines → the metadata of an article, and the notices of what was dropped or guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.dates import date_line
from exporter.arabic.names import byline, byline_place, name_and_place
from exporter.arabic.titles import first_words
from exporter.article import Blocks, Creator, Metadata, block_text
from exporter.notices import Notice, NoticeCode
from exporter.readers.text.head import is_site, site_before
from exporter.readers.text.labels import Label, Marks
from exporter.readers.text.lines import Document, Line
from exporter.readers.text.publishers import publisher_name

_META = BoilerplateClass.META.value
_SPACE = re.compile(r"\s+")


def metadata_of(document: Document, marks: Marks) -> Metadata:
    """Return what the labelled lines say about the article; the title is empty without one."""
    dates = [date_line(text) for text in _texts(document, marks, label=Label.DATE)]
    standfirsts = _texts(document, marks, label=Label.STANDFIRST)
    return Metadata(
        title=_only(document, marks, label=Label.TITLE),
        subtitle=_only(document, marks, label=Label.SUBTITLE),
        creators=tuple(dict.fromkeys(_creators(document, marks))),
        publisher=_publisher(document, marks),
        source=_source(document, marks),
        issued=next((date.issued for date in dates if date.issued), ""),
        modified=next((date.modified for date in dates if date.modified), ""),
        description=" ".join(standfirsts),
    )


def _texts(document: Document, marks: Marks, *, label: Label) -> list[str]:
    found = (at for at, mark in marks.items() if mark is label)
    return [_SPACE.sub(" ", document.text(at)) for at in found]


def _only(document: Document, marks: Marks, *, label: Label) -> str:
    return next(iter(_texts(document, marks, label=label)), "")


def _creators(document: Document, marks: Marks) -> Iterator[Creator]:
    for text in _texts(document, marks, label=Label.BYLINE):
        yield from byline(text) or (Creator(name_and_place(text.strip(" .-–—"))[0]),)


def _publisher(document: Document, marks: Marks) -> str:
    """Return the name on the source's line, else the site's name before a repeated standfirst."""
    for name in _publishers(document, marks).values():
        if not _is_address(name):
            return name
    for text in _texts(document, marks, label=Label.LEDE):
        if (site := site_before(text)) and is_site(site, known=[]):
            return site
    return ""


def _source(document: Document, marks: Marks) -> str:
    return next(filter(_is_address, _publishers(document, marks).values()), "")


def _publishers(document: Document, marks: Marks) -> dict[int, str]:
    """Return the first line with a name and the first with an address, the only ones used."""
    used: dict[int, str] = {}
    for at, mark in marks.items():
        if mark is not Label.PUBLISHER:
            continue
        name = publisher_name(_SPACE.sub(" ", document.text(at)))
        if not any(_is_address(other) == _is_address(name) for other in used.values()):
            used[at] = name
    return used


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


# --- a title from the first words -----------------------------------------------------------


def guess_title(
    metadata: Metadata, body: Blocks, *, document: Document
) -> tuple[Metadata, tuple[Notice, ...]]:
    """Return the metadata with the text's first words as the title where it has none."""
    if metadata.title:
        return metadata, ()
    text = next(filter(None, map(block_text, body)), "") or document.text(0)
    title = first_words(text)
    notice = Notice(NoticeCode.TITLE_GUESSED, location=_location(document.lines[0]), text=title)
    return replace(metadata, title=title), (notice,)


# --- notices --------------------------------------------------------------------------------


def notices_of(document: Document, marks: Marks) -> Iterator[Notice]:
    """Yield a notice of each dropped line, of a byline's place, and of each ambiguous date.

    A publisher's line is dropped when it is not used, or is a site's own line under a label.
    """
    used = _publishers(document, marks)
    for at, mark in marks.items():
        line = document.lines[at]
        match mark:
            case BoilerplateClass():
                yield _dropped(line, mark.value)
            case Label.PUBLISHER if at not in used or _is_bare(line):
                yield _dropped(line, BoilerplateClass.SOURCE.value)
            case Label.LEDE:
                yield Notice(NoticeCode.LEDE_DROPPED, _location(line), line.text)
            case Label.CAPTION:
                yield Notice(NoticeCode.CAPTION_DROPPED, _location(line), line.text)
            case Label.BYLINE if place := byline_place(line.text):
                yield Notice(NoticeCode.BOILERPLATE_DROPPED, _location(line), place, _META)
            case Label.DATE:
                yield from _ambiguity(line)
            case _:
                pass


def _is_bare(line: Line) -> bool:
    return publisher_name(line.text) == line.text.strip("() ")


def _ambiguity(line: Line) -> Iterator[Notice]:
    date = date_line(line.text)
    if date.ambiguous:
        detail = date.issued or date.modified
        yield Notice(NoticeCode.DATE_AMBIGUOUS, _location(line), line.text, detail)


def _dropped(line: Line, kind: str) -> Notice:
    return Notice(NoticeCode.BOILERPLATE_DROPPED, _location(line), line.text, kind)


def _location(line: Line) -> str:
    return f"line {line.number}"
