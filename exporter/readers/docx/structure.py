"""What a Word file shows without saying it: captions, headings by their look, the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporter.article import Inlines, Metadata, Strong
from exporter.readers.docx.paragraphs import Item, Kind, Line, Rows, figures_of

_MOST_WORDS, _MOST_WORDS_OF_A_TITLE = 14, 24
_ENDS_NO_HEADING = (".", "،", "؛", "…", ",", ";", ":")
_HEAD = 3


def without_strong(inlines: Inlines) -> Inlines:
    """Return a heading's inlines without the bold that its look already has."""
    match inlines:
        case (Strong(children),):
            return children
        case _:
            return inlines


def captioned(items: Sequence[Item]) -> list[Item]:
    """Return the items with each caption at its picture or its table.

    A caption stands under a picture, or over a table; where neither is there, on the other side.
    """
    found = list(items)
    for at, item in enumerate(items):
        if not (isinstance(item, Line) and item.kind is Kind.CAPTION and item.inlines):
            continue
        before, after = at - 1, at + 1
        order = (before, after) if _takes(found, before, Line) else (after, before)
        target = next((one for one in order if _takes(found, one, (Line, Rows))), -1)
        if target >= 0:
            found[target] = replace(found[target], caption=item.inlines)
            found[at] = replace(item, inlines=(), caption=())
    return found


def _takes(items: Sequence[Item], at: int, kinds: type | tuple[type, ...]) -> bool:
    if not 0 <= at < len(items) or not isinstance(items[at], kinds):
        return False
    match items[at]:
        case Rows(rows, _, caption):
            return bool(rows) and not caption
        case Line() as line:
            return bool(figures_of(line)) and not line.caption


def headed(items: Sequence[Item]) -> list[Item]:
    """Return the items with short bold paragraphs over text as headings, where there are no other.

    The larger the type, the higher the heading.
    """
    if any(isinstance(item, Line) and item.kind is Kind.HEADING for item in items):
        return list(items)
    found = list(items)
    at_headings = [at for at in range(len(items) - 1) if _looks_like_heading(items, at)]
    lines = {at: item for at in at_headings if isinstance(item := items[at], Line)}
    sizes = sorted({line.size for line in lines.values()}, reverse=True)
    for at, line in lines.items():
        found[at] = replace(line, kind=Kind.HEADING, level=min(2 + sizes.index(line.size), 6))
    return found


def _looks_like_heading(items: Sequence[Item], at: int) -> bool:
    line, following = items[at], items[at + 1]
    if not isinstance(line, Line) or line.kind is not Kind.TEXT or line.mark:
        return False
    is_short = 0 < len(line.text.split()) <= _MOST_WORDS and "\n" not in line.text
    is_open = not line.text.endswith(_ENDS_NO_HEADING)
    is_over_text = not isinstance(following, Line) or not following.is_bold
    return line.is_bold and is_short and is_open and is_over_text


def entitled(items: Sequence[Item], core: Metadata) -> tuple[Metadata, list[Item]]:
    """Return the metadata with title and subtitle, and the items without them.

    The title is in the style of titles, or the first words again that the core properties have,
    or the only heading of the first level near the top, or a first line that looks like one.
    """
    titles = [at for at, item in enumerate(items) if _is(item, Kind.TITLE)]
    subtitles = [at for at, item in enumerate(items) if _is(item, Kind.SUBTITLE)]
    taken = [at for at in titles if at - titles[0] == titles.index(at)] or _untold(items, core)
    taken_too = subtitles[:1]
    title = " ".join(_words(items[at]) for at in taken)
    subtitle = " ".join(_words(items[at]) for at in taken_too)
    left = [item for at, item in enumerate(items) if at not in {*taken, *taken_too}]
    return replace(core, title=title or core.title, subtitle=subtitle), left


def _is(item: Item, kind: Kind) -> bool:
    return isinstance(item, Line) and item.kind is kind and bool(item.text)


def _words(item: Item) -> str:
    return " ".join(item.text.split()) if isinstance(item, Line) else ""


def _untold(items: Sequence[Item], core: Metadata) -> list[int]:
    head = range(min(_HEAD, len(items) - 1))
    same = [at for at in head if core.title and _words(items[at]) == core.title]
    tops = [at for at, item in enumerate(items) if isinstance(item, Line) and item.level == 1]
    if same or (len(tops) == 1 and tops[0] in head):
        return same[:1] or tops
    return [0] if head and _looks_like_title(items) else []


def _looks_like_title(items: Sequence[Item]) -> bool:
    line, *rest = items
    if not isinstance(line, Line) or line.mark or line.kind not in (Kind.TEXT, Kind.HEADING):
        return False
    others = [item for item in rest if isinstance(item, Line) and item.kind is line.kind]
    is_larger = line.size > max((other.size for other in others), default=0)
    is_short = 0 < len(line.text.split()) <= _MOST_WORDS_OF_A_TITLE
    is_marked = line.is_bold or line.is_centred or is_larger
    if line.kind is Kind.HEADING and not is_larger:
        return False
    return is_short and is_marked and not line.text.endswith((".", "،", "؛", ":"))
