"""Head: what a page shows around its text: credits, dates, a standfirst, the picture on top."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from exporter.arabic.dates import date_line
from exporter.arabic.names import byline
from exporter.patterns import compiled
from exporter.readers.html import captions
from exporter.readers.html.addresses import Addresses
from exporter.readers.html.dom import Element, get, names, tag, text_of
from exporter.readers.html.images import IMAGES, image_of
from exporter.readers.html.judging import is_sure
from exporter.readers.html.leaves import Leaf
from exporter.readers.html.metadata import Shown
from exporter.records import dataclass

_MOST_BETWEEN, _MOST_ABOVE, _MOST_AFTER, _LONGEST_LINE = 60, 6, 12, 200
_NEAR_A_NAME = 3
_STANDFIRSTS = frozenset(
    (
        "standfirst lead lede leadin lead-text sub-title subtitle sub-headline subheadline excerpt "
        "post-excerpt summary deck dek intro introduction teaser abstract article-summary "
        "article-intro post-subtitle article-lead article-description news-lead"
    ).split()
)
_AUTHORS = frozenset(
    (
        "author byline by-line writer author-name authorname post-author article-author "
        "entry-author news-author reporter byauthor author-link"
    ).split()
)
_DATES = frozenset(
    (
        "date time published publish posted posted-on pubdate post-date postdate entry-date "
        "datetime timestamp article-date news-date submitted"
    ).split()
)
_LEADS = frozenset(
    (
        "featured lead hero main cover post-thumbnail wp-post-image featured-image main-image "
        "article-image lead-image news-image post-image entry-image thumbnail top-image"
    ).split()
)
_PART = compiled(r"\s*[|•·]\s*|\s+[–—-]\s+|\s{3,}")
_SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 25, 700
_WIDE = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an article are: its heading, its body, and what holds both."""

    heading: Element | None
    body: Element
    scope: Element
    inside: Collection[Element]


def layout(heading: Element | None, body: Element) -> Layout:
    """Return where the parts of an article are."""
    scope = body
    if heading is not None:
        around = set(body.iterancestors()) | {body}
        scope = next((each for each in heading.iterancestors() if each in around), body)
    if scope is body:
        scope = next(
            (each for each in body.iterancestors() if tag(each) in {"article", "main"}),
            parent if (parent := body.getparent()) is not None else body,
        )
    return Layout(heading, body, scope, frozenset(body.iter()))


def shown(found: Sequence[Leaf], parts: Layout) -> tuple[Shown, tuple[Element, ...]]:
    """Return what stands around a body, and the elements in it that are the standfirst."""
    near = [leaf for leaf in _near(found, parts) if len(leaf.text) <= _LONGEST_LINE]
    lines = [part for leaf in near for part in (leaf.text, *_PART.split(leaf.text))]
    standfirst, elements = _standfirst(found, parts)
    return (
        Shown(
            credits=tuple(dict.fromkeys(line for line in lines if byline(line))),
            dates=tuple(dict.fromkeys((*_times(parts), *_lines_of_dates(lines), *_dated(parts)))),
            standfirst=standfirst,
            subjects=tuple(_tags(parts)),
            authors=tuple(dict.fromkeys(_authors(parts))),
        ),
        elements,
    )


def _near(found: Sequence[Leaf], parts: Layout) -> Iterator[Leaf]:
    """Yield the lines from a little above the heading to the body, and a few after the body."""
    inside = [at for at, leaf in enumerate(found) if leaf.element in parts.inside]
    if not inside:
        return
    start, stop = inside[0], inside[-1] + 1
    heading = _place(found, parts)
    if heading < 0:
        above: Sequence[Leaf] = found[max(0, start - _MOST_ABOVE) : start]
    elif start - heading <= _MOST_BETWEEN:
        above = found[max(0, heading - _MOST_ABOVE) : max(start, heading + _MOST_ABOVE)]
    else:
        above = found[heading : heading + _MOST_ABOVE]
    yield from above
    scoped = frozenset(parts.scope.iter())
    yield from (leaf for leaf in found[stop : stop + _MOST_AFTER] if leaf.element in scoped)


def _place(found: Sequence[Leaf], parts: Layout) -> int:
    """Return which line the heading is, -1 without one."""
    if parts.heading is None:
        return -1
    within = frozenset(parts.heading.iter())
    return next((at for at, leaf in enumerate(found) if leaf.element in within), -1)


def _is_aside(element: Element, scope: Element) -> bool:
    """Say whether an element is in a part of the scope that is the site's own."""
    for each in (element, *element.iterancestors()):
        if each is scope:
            return False
        if tag(each) in {"nav", "aside", "footer"} or is_sure(each):
            return True
    return True


def _times(parts: Layout) -> Iterator[str]:
    for element in parts.scope.iter("time"):
        is_of_text = element in parts.inside and not _is_beside_a_name(element)
        if not is_of_text and not _is_aside(element, parts.scope):
            yield get(element, "datetime") or text_of(element, most=60)


def _is_beside_a_name(element: Element) -> bool:
    """Say whether an element is in one that is called an author's, or close below it."""
    around = islice(element.iterancestors(), _NEAR_A_NAME)
    return any(_AUTHORS & names(each) for each in around)


def _lines_of_dates(lines: Sequence[str]) -> Iterator[str]:
    return (line for line in lines if date_line(line))


def _dated(parts: Layout) -> Iterator[str]:
    """Yield the texts of elements that are called a date."""
    for element in parts.scope.iter():
        if not element.get("class") or tag(element) == "time" or not _DATES & names(element):
            continue
        text = text_of(element, most=_LONGEST_LINE)
        for part in (text, *_PART.split(text)):
            if len(text) <= _LONGEST_LINE and date_line(part):
                if not _is_aside(element, parts.scope):
                    yield part
                break


def _tags(parts: Layout) -> Iterator[str]:
    for link in parts.scope.iter("a"):
        if "tag" in get(link, "rel").lower().split():
            yield text_of(link, most=60)


def _authors(parts: Layout) -> Iterator[str]:
    for element in parts.scope.iter():
        if tag(element) in {"img", "meta", "link", "script"}:
            continue
        is_rel = "author" in get(element, "rel").lower().split()
        if not is_rel and not (element.get("class") and _AUTHORS & names(element)):
            continue
        # The name alone, in the words of microformats (hCard).
        named = (each for each in element.iter() if {"fn", "p-name"} & names(each))
        text = text_of(next(named, element), most=_LONGEST_LINE)
        for time in element.iter("time"):
            text = text.replace(text_of(time, most=_LONGEST_LINE), "").strip()
        if 0 < len(text) <= 100 and not _is_aside(element, parts.scope):
            yield from (part for part in _PART.split(text)[:1] if not date_line(part))


# --- the standfirst -------------------------------------------------------------------------


def _standfirst(found: Sequence[Leaf], parts: Layout) -> tuple[str, tuple[Element, ...]]:
    """Return the standfirst under the heading, by the name of its element or by its place."""
    heading = _place(found, parts)
    if heading < 0:
        return "", ()
    for leaf in found[heading + 1 : heading + 1 + _MOST_ABOVE * 2]:
        named = next(_named(leaf.element, parts), None)
        is_under = (
            leaf is found[heading + 1]
            and tag(leaf.element) in {"h2", "h3"}
            and leaf.element not in parts.inside
        )
        if named is None and not is_under:
            if leaf.is_prose and leaf.element in parts.inside:
                break
            continue
        element = leaf.element if named is None else named
        text = text_of(element, most=2 * _LONGEST_STANDFIRST)
        is_one = _SHORTEST_STANDFIRST <= len(text) <= _LONGEST_STANDFIRST
        if is_one and not date_line(text) and not byline(text) and not leaf.linked:
            return text, (element,)
    return "", ()


def _named(element: Element, parts: Layout) -> Iterator[Element]:
    for level, each in enumerate((element, *element.iterancestors())):
        if level > 2 or each is parts.body or each is parts.scope or tag(each) == "body":
            return
        said = get(each, "itemprop").lower()
        if _STANDFIRSTS & names(each) or said in {"description", "alternativeheadline", "abstract"}:
            yield each


# --- the picture on top ---------------------------------------------------------------------


def lead_picture(parts: Layout, addresses: Addresses, *, told: Collection[str]) -> Element | None:
    """Return the element of the picture between the heading and the body, None without one.

    `told` are the addresses that the page gives for its picture; one of them may stand above the
    heading too.
    """
    files = {_file(address) for address in told} - {""}
    seen_heading = parts.heading is None
    for element in parts.scope.iter():
        if element is parts.heading:
            seen_heading = True
        if element is parts.body:
            return None
        if tag(element) not in IMAGES or element in parts.inside:
            continue
        image = image_of(element, addresses)
        if image is None or _is_aside(element, parts.scope):
            continue
        is_told = _file(image.resource) in files
        if is_told or (seen_heading and _is_lead(element, parts)):
            return _around(element, parts)
    return None


def _file(address: str) -> str:
    """Return the name of a picture's file without the size that sites put into it."""
    name = re.split(r"[?#]", address, maxsplit=1)[0].rpartition("/")[2]
    return re.sub(r"[-_]?\d+x\d+(?=\.\w+\Z)", "", name) if len(name) > 6 else ""


def _is_lead(element: Element, parts: Layout) -> bool:
    width = get(element, "width")[:5]
    if width.isdecimal() and int(width) >= _WIDE:
        return True
    for level, each in enumerate((element, *element.iterancestors())):
        if level > 4 or each is parts.scope:
            return False
        if tag(each) == "figure" or _LEADS & names(each):
            return True
    return False


def _holds(element: Element, parts: Layout) -> bool:
    """Say whether the heading or the body is in an element."""
    inside = [parts.body, *([] if parts.heading is None else [parts.heading])]
    return any(element in part.iterancestors() for part in inside)


def _around(element: Element, parts: Layout) -> Element:
    """Return the figure around a picture, with the caption that stands beside it."""
    best = element
    for level, each in enumerate(element.iterancestors()):
        if level > 3 or each is parts.scope or _holds(each, parts):
            break
        if tag(each) == "figure" or captions.is_figure(each):
            best = each
    return best
