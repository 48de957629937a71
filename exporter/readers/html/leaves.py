"""Leaves: the lines that a page shows, each with its element, and what adds up around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporter.readers.html.dom import HEADINGS, UNSEEN, Element, is_block, tag
from exporter.readers.text.features import Ending, ending_of
from exporter.records import dataclass

_FEWEST_LETTERS, _FEWEST_WORDS, _LONG = 45, 7, 150
_MOST_LINKED = 0.5
_SILENT = UNSEEN - {"form"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A line: its block element, its text, and how many of its letters are links."""

    element: Element
    text: str
    linked: int = 0

    @property
    def is_prose(self) -> bool:
        """Whether the line is a sentence or more of a text, by its form."""
        text = self.text
        if self.linked > _MOST_LINKED * len(text) or len(text) < _FEWEST_LETTERS:
            return False
        closed = ending_of(text) in (Ending.SENTENCE, Ending.CALL, Ending.ELLIPSIS, Ending.COLON)
        return len(text) >= _LONG or (closed and len(text.split()) >= _FEWEST_WORDS)


@dataclass(slots=True)
class Facts:
    """What is in an element: letters, those in links, those in prose, those that were voted for.

    `told` are the letters of prose that was voted for, `unvoted` of prose that was not; `lines`
    counts its leaves, `links` those that are a link and nothing else.
    """

    letters: int = 0
    linked: int = 0
    prose: int = 0
    voted: int = 0
    unvoted: int = 0
    told: int = 0
    lines: int = 0
    links: int = 0

    def add(self, other: Facts) -> None:
        """Add what is in a child."""
        self.letters += other.letters
        self.linked += other.linked
        self.prose += other.prose
        self.voted += other.voted
        self.unvoted += other.unvoted
        self.told += other.told
        self.lines += other.lines
        self.links += other.links


def leaves(body: Element) -> list[Leaf]:
    """Return the lines of a page in their order, those that scripts and forms show left out."""
    return list(_leaves(body))


def _leaves(body: Element) -> Iterator[Leaf]:
    parts: list[tuple[str, bool]] = []
    open_blocks: list[Element] = [body]
    links = 0
    todo: list[tuple[Element, bool]] = [(body, False)]
    while todo:
        element, is_end = todo.pop()
        name = tag(element)
        ends_line = name == "br" or is_block(element)
        if ends_line and (leaf := _leaf(open_blocks[-1], parts)) is not None:
            yield leaf
        if ends_line:
            parts = []
        if is_end:
            links -= name == "a"
            if len(open_blocks) > 1 and open_blocks[-1] is element:
                open_blocks.pop()
        elif name and name not in _SILENT:
            if ends_line and name != "br":
                open_blocks.append(element)
            links += name == "a"
            parts.append((element.text or "", links > 0))
            todo.append((element, True))
            todo.extend((child, False) for child in reversed(element))
            continue
        if element is not body:
            parts.append((element.tail or "", links > 0))
    if (leaf := _leaf(body, parts)) is not None:
        yield leaf


def _leaf(element: Element, parts: list[tuple[str, bool]]) -> Leaf | None:
    text = " ".join("".join(part for part, _ in parts).split())
    if not text:
        return None
    linked = sum(len(part.strip()) for part, is_linked in parts if is_linked)
    return Leaf(element, text, min(linked, len(text)))


def facts_of(body: Element, found: list[Leaf], votes: list[bool]) -> Mapping[Element, Facts]:
    """Return what is in each element of a page that has lines in it."""
    facts: dict[Element, Facts] = {}
    for leaf, vote in zip(found, votes, strict=True):
        letters = len(leaf.text)
        own = facts.setdefault(leaf.element, Facts())
        own.add(
            Facts(
                letters=letters,
                linked=leaf.linked,
                prose=letters if leaf.is_prose else 0,
                voted=letters if vote else 0,
                told=letters if vote and leaf.is_prose and not is_heading(leaf.element) else 0,
                unvoted=letters if leaf.is_prose and not vote else 0,
                lines=1,
                links=int(leaf.linked >= 0.9 * letters),
            )
        )
    # Children come after their parents in the order of the document.
    for element in reversed(list(body.iter())):
        parent = element.getparent()
        if element in facts and element is not body and parent is not None:
            facts.setdefault(parent, Facts()).add(facts[element])
    return facts


def is_heading(element: Element) -> bool:
    """Say whether an element is a heading."""
    return tag(element) in HEADINGS
