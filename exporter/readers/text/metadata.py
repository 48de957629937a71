"""Labelled lines → the metadata of an article, and the notices of what was dropped or guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.dates import Doubt, date_line
from exporter.arabic.names import credits_of
from exporter.arabic.titles import first_words
from exporter.article import Blocks, Creator, Metadata, block_text
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.text.head import is_site, placed_date, site_before
from exporter.readers.text.labels import Label, Marks
from exporter.readers.text.lines import Document, Line
from exporter.readers.text.publishers import publisher_name
from exporter.readers.text.typed import plain

_META = BoilerplateClass.META.value
_SPACE = compiled(r"\s+")


def metadata_of(document: Document, marks: Marks) -> Metadata:
    """Return what the labelled lines say about the article; the title is empty without one.

    The dates are left to `with_dates`, which has to know the article's language.
    """
    standfirsts = _texts(document, marks, label=Label.STANDFIRST)
    return Metadata(
        title=_only(document, marks, label=Label.TITLE),
        subtitle=_only(document, marks, label=Label.SUBTITLE),
        creators=tuple(dict.fromkeys(_creators(document, marks))),
        publisher=_publisher(document, marks),
        source=_source(document, marks),
        description=" ".join(standfirsts),
    )


def _texts(document: Document, marks: Marks, *, label: Label) -> list[str]:
    found = (at for at, mark in marks.items() if mark is label)
    return [_SPACE.sub(" ", plain(document.text(at))) for at in found]


def _only(document: Document, marks: Marks, *, label: Label) -> str:
    return next(iter(_texts(document, marks, label=label)), "")


def _creators(document: Document, marks: Marks) -> Iterator[Creator]:
    for text in _texts(document, marks, label=Label.BYLINE):
        yield from credits_of(text).creators


def _publisher(document: Document, marks: Marks) -> str:
    """Return the name on the source's line, else the one that is credited.

    Without either it is the site's name before a repeated standfirst.
    """
    for name in _publishers(document, marks).values():
        if not _is_address(name):
            return name
    for text in _texts(document, marks, label=Label.BYLINE):
        if publisher := credits_of(text).publisher:
            return publisher
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


# --- dates ----------------------------------------------------------------------------------

DOUBTS = {
    Doubt.AMBIGUOUS: NoticeCode.DATE_AMBIGUOUS,
    Doubt.CONTRADICTION: NoticeCode.DATE_CONTRADICTORY,
    Doubt.OUTSIDE: NoticeCode.DATE_OUTSIDE_CALENDAR,
    Doubt.RELATIVE: NoticeCode.DATE_RELATIVE,
    Doubt.COUNTED: NoticeCode.DATE_COUNTED,
}
"""What each doubt about a date is told as."""


def with_dates(
    metadata: Metadata, document: Document, marks: Marks, *, now: str
) -> tuple[Metadata, tuple[Notice, ...]]:
    """Return the metadata with its dates, and a notice of each doubt about them.

    The lines of dates come first, then the dates beside the names of bylines. `now` is the ISO
    date-time from which relative dates are counted, empty where none is known.
    """
    issued, modified, words = "", "", ""
    notices: list[Notice] = []
    for line, text in _date_lines(document, marks):
        found = date_line(text, language=metadata.language, now=now)
        is_new = (found.issued and not issued) or (found.modified and not modified)
        if is_new or not (found.issued or found.modified):
            detail = found.issued or found.modified
            notices += (Notice(DOUBTS[one], _location(line), text, detail) for one in found.doubts)
        words = words or (text if found.issued else "")
        issued, modified = issued or found.issued, modified or found.modified
    dated = replace(metadata, issued=issued, modified=modified, date_line=words)
    return dated, tuple(notices)


def _date_lines(document: Document, marks: Marks) -> Iterator[tuple[Line, str]]:
    for label in (Label.DATE, Label.BYLINE):
        for at in (at for at, mark in marks.items() if mark is label):
            line = document.lines[at]
            is_date = label is Label.DATE
            text = placed_date(line.text)[1] if is_date else credits_of(line.text).date
            if text:
                yield line, _SPACE.sub(" ", text).strip()


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
    """Yield a notice of each dropped line, and of a byline's words that stand in no field.

    A publisher's line is dropped when it is not used, or is a site's own line under a label.
    """
    used = _publishers(document, marks)
    publisher = _publisher(document, marks)
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
            case Label.DATE if place := placed_date(line.text)[0]:
                yield Notice(NoticeCode.BOILERPLATE_DROPPED, _location(line), place, _META)
            case Label.BYLINE:
                for words in _unused(line.text, publisher=publisher):
                    yield Notice(NoticeCode.BOILERPLATE_DROPPED, _location(line), words, _META)
            case _:
                pass


def doubts_of(document: Document, marks: Marks) -> Iterator[Notice]:
    """Yield a notice of each short line that was kept although sites say the like."""
    for at, mark in marks.items():
        found, line = document.features[at].boilerplate, document.lines[at]
        is_kept = mark in (Label.PARAGRAPH, Label.HEADING) and not document.features[at].is_prose
        if found and is_kept:
            yield Notice(NoticeCode.BOILERPLATE_KEPT, _location(line), line.text, found.kind.value)


def _is_bare(line: Line) -> bool:
    return publisher_name(line.text) == line.text.strip("() ")


def _unused(line: str, *, publisher: str) -> Iterator[str]:
    found = credits_of(line)
    other = found.publisher if found.publisher != publisher else ""
    yield from filter(None, (found.place, other, *found.rest))


def _dropped(line: Line, kind: str) -> Notice:
    return Notice(NoticeCode.BOILERPLATE_DROPPED, _location(line), line.text, kind)


def _location(line: Line) -> str:
    return f"line {line.number}"
