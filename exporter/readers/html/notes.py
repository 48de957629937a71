"""Notes: the calls of footnotes in a page, and the elements that hold their texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from itertools import islice

from exporter.patterns import compiled
from exporter.readers.html.addresses import fragment_of
from exporter.readers.html.dom import BLOCKS, Element, get, names, roles, tag, text_of
from exporter.records import dataclass

_CALL_NAMES = frozenset(
    (
        "footnote noteref reference endnote fn fnref footnoteref footnote-ref footnote-reference "
        "footnote-anchor footnote-link footnote-number noteref note-ref ref cite easy-footnote"
    ).split()
)
_NOTE_NAMES = frozenset(
    "footnote footnotes endnote endnotes references reference reflist fn fndef noteslist".split()
)
_NOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))
_MARK = compiled(r"[\[({]?\s*(?:[\d٠-٩۰-۹]{1,4}|[a-zA-Zأ-ي]|[*†‡§¶#]{1,3})\s*[\])}]?\.?")
_ID = compiled(
    r"(?:fn|ftn|_ftn|note|footnote|endnote|edn|_edn|cite[_-]?note|ref|sdfootnote)", re.IGNORECASE
)
_MARK_AT_START = compiled(
    r"[\s^↑]*[\[({]?\s*(?:[\d٠-٩۰-۹]{1,4}|[*†‡§¶#]{1,3})\s*(?:[\])}.:–—-]|\s|\Z)+"
)
_BRACKETS = " \t\n[](){}‹›"
_RETURN = compiled(r"[\s↩↑⤴⏎^\ufe0e\ufe0f«»\[\]()\d.,،*†‡]*|[a-z]{1,2}|[أ-ي]{1,2}|back|return|عودة")
_MOST_LINKS = 20_000


@dataclass(frozen=True, slots=True)
class Notes:
    """The calls in a page with the keys of their notes, and the element of each note.

    `marks` are the calls' own words, `returns` the links in the notes that lead back to the text.
    """

    calls: Mapping[Element, str] = field(default_factory=dict)
    texts: Mapping[str, Element] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    returns: frozenset[Element] = frozenset()

    @property
    def holders(self) -> Collection[Element]:
        """The elements that hold notes."""
        return self.texts.values()


def notes_of(root: Element) -> Notes:
    """Return the notes of a page, numbered by their first calls."""
    targets = dict(_targets(root))
    inner = ((link, name) for link in root.iter("a") if (name := fragment_of(link)) in targets)
    links = list(islice(inner, _MOST_LINKS))
    back = _Back()
    calls: dict[Element, str] = {}
    keys: dict[Element, str] = {}
    callers: set[str] = set()
    marks: dict[str, str] = {}
    for link, name in links:
        holder = _holder(targets[name])
        if holder is None or _is_inside(link, keys) or _is_inside(link, {holder: ""}):
            continue
        if not (_is_declared(link) or _is_call(link, name, holder=holder, back=back)):
            continue
        key = keys.setdefault(holder, f"note-{len(keys) + 1}")
        calls[_whole_call(link)] = key
        marks.setdefault(key, text_of(link, most=20).strip(_BRACKETS))
        callers.update(_names_around(link))
    returns = frozenset(
        link
        for link, name in links
        if name in callers and _is_inside(link, keys) and _RETURN.fullmatch(text_of(link, most=40))
    )
    return Notes(calls, {key: holder for holder, key in keys.items()}, marks, returns)


def _targets(root: Element) -> Iterator[tuple[str, Element]]:
    for element in root.iter():
        for name in ("id", "name") if tag(element) == "a" else ("id",):
            if value := get(element, name):
                yield value, element


def _holder(target: Element) -> Element | None:
    """Return the block that a note's text stands in: the target, or the one around it."""
    element = target
    while tag(element) not in BLOCKS:
        parent = element.getparent()
        if parent is None:
            return None
        element = parent
    if tag(element) in {"body", "html", "main", "article", "section", "ul", "ol", "table"}:
        return None
    return element


def _is_declared(link: Element) -> bool:
    return bool(roles(link) & {"doc-noteref", "noteref"})


def _is_call(link: Element, name: str, *, holder: Element, back: _Back) -> bool:
    """Say whether a link is the mark of a note: by its form, its names, and where it leads."""
    if not _MARK.fullmatch(text_of(link, most=20)):
        return False
    parent = link.getparent()
    around = names(link) | (names(parent) if parent is not None else frozenset())
    is_raised = any(tag(each) == "sup" for each in (*_near(link), *link.iter("sup")))
    is_named = bool(_ID.match(name))
    is_note = bool(_NOTE_ROLES & roles(holder) or _NOTE_NAMES & _names_near(holder))
    return (is_raised or is_named or bool(_CALL_NAMES & around)) and (
        is_note or is_named or back.leads(holder, link)
    )


class _Back(dict[Element, frozenset[str]]):
    """Where the links in each note lead, looked up once."""

    def leads(self, holder: Element, link: Element) -> bool:
        if holder not in self:
            self[holder] = frozenset(map(fragment_of, holder.iter("a")))
        return not self[holder].isdisjoint(_names_around(link))


def _near(element: Element) -> Iterator[Element]:
    yield element
    for number, parent in enumerate(element.iterancestors()):
        if number > 2 or tag(parent) in BLOCKS:
            return
        yield parent


def _names_near(holder: Element) -> frozenset[str]:
    found = set(names(holder))
    for number, parent in enumerate(holder.iterancestors()):
        if number > 1:
            break
        found |= names(parent)
    return frozenset(found)


def _names_around(link: Element) -> Iterator[str]:
    """Yield the names that a link back to a call may lead to."""
    for element in (*_near(link), *link.iter()):
        yield from filter(None, (get(element, "id"), get(element, "name")))
    parent = _whole_call(link).getparent()
    if parent is not None and tag(parent) in BLOCKS and get(parent, "id"):
        yield get(parent, "id")


def _is_inside(link: Element, holders: Mapping[Element, str]) -> bool:
    return link in holders or any(parent in holders for parent in link.iterancestors())


def _whole_call(link: Element) -> Element:
    """Return the element that is nothing but the call: `<sup>[<a>1</a>]</sup>` is one."""
    whole = link
    text = text_of(link, most=40).strip(_BRACKETS)
    for parent in link.iterancestors():
        if tag(parent) in BLOCKS or text_of(parent, most=60).strip(_BRACKETS) != text:
            break
        whole = parent
    return whole


def without_mark(text: str, mark: str) -> str:
    """Return a note's first words without the mark that they begin with, or an arrow back."""
    found = _MARK_AT_START.match(text)
    same = found is not None and found[0].strip(_BRACKETS + ".:–—-^↑") == mark
    return text[found.end() :] if found and same else text.lstrip(" ^↑")
