"""Walking: an element → blocks, by one pass over its tree without recursion on its depth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import StrEnum

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.article import (
    Aside,
    AsideRole,
    Block,
    Definition,
    Definitions,
    Figure,
    Inlines,
    LineBreak,
    List,
    NoteRef,
    Rule,
)
from exporter.readers.html import captions, code, images, lists, players, quotes, tables, verse
from exporter.readers.html.addresses import Addresses
from exporter.readers.html.dom import (
    UNSEEN,
    Element,
    is_block,
    tag,
)
from exporter.readers.html.leaves import leaves
from exporter.readers.html.notes import Notes
from exporter.readers.html.pieces import Dropped, Piece, pieces_of
from exporter.readers.html.runs import MOST_STYLES, Run, Style
from exporter.readers.html.styles import styles_of
from exporter.readers.text.decoding import REMOVED
from exporter.records import dataclass

MOST_FRAMES = 9
"""The most lists and quotations inside one another; deeper ones become paragraphs."""
_MOST_TABLES = 2

Judge = Callable[[Element], BoilerplateClass | None]


def keep(_: Element) -> None:
    """Judge no element to be a site's own."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a walk needs to know of the page; `judge` says which elements are the site's own."""

    language: str
    addresses: Addresses = field(default_factory=Addresses)
    notes: Notes = field(default_factory=Notes)
    judge: Judge = keep
    tables: int = 0


@dataclass(frozen=True, slots=True)
class Walked:
    """The pieces of a walk in their order, the elements that were left out, and the characters."""

    pieces: tuple[Piece, ...]
    dropped: tuple[Dropped, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)


class Place(StrEnum):
    """What the blocks of a frame become."""

    BODY = "body"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    LIST = "list"
    ITEM = "item"
    ASIDE = "aside"
    FIGURE = "figure"
    CAPTION = "caption"
    CREDIT = "credit"


@dataclass(slots=True)
class Frame:
    """An open element whose blocks are being collected."""

    place: Place
    element: Element
    pieces: list[Piece] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    terms: list[Definition] = field(default_factory=list)
    caption: Inlines = ()
    credit: Inlines = ()


def walk(element: Element, context: Context) -> Walked:
    """Return the blocks of an element."""
    walker = _Walker(element, context)
    walker.run()
    return Walked(tuple(walker.frames[0].pieces), tuple(walker.dropped), walker.removed)


class _Walker:
    """One pass: runs are gathered until a block begins or ends, frames until they end."""

    def __init__(self, root: Element, context: Context) -> None:
        self.context = context
        self.frames = [Frame(Place.BODY, root)]
        self.dropped: list[Dropped] = []
        self.removed: Counter[str] = Counter()
        self.blocks: list[Element] = [root]
        self.runs: list[Run] = []
        self.figures: list[Figure] = []
        self.styles: list[tuple[Element, tuple[Style, ...]]] = []

    def run(self) -> None:
        root = self.blocks[0]
        todo: list[tuple[Element, bool]] = [(root, False)]
        while todo:
            element, is_end = todo.pop()
            if is_end:
                self.leave(element)
            elif self.enter(element):
                self.text(element.text)
                todo.append((element, True))
                todo.extend((child, False) for child in reversed(element))
                continue
            if element is not root:
                self.text(element.tail)
        self.flush()

    def text(self, text: str | None) -> None:
        if text:
            if REMOVED.search(text):
                self.removed.update(REMOVED.findall(text))
                text = REMOVED.sub("", text)
            self.runs.append(Run(text, self.style()))

    def style(self) -> tuple[Style, ...]:
        return self.styles[-1][1] if self.styles else ()

    def enter(self, element: Element) -> bool:
        """Open an element; say whether what is in it is to be walked."""
        name = tag(element)
        if element in self.context.notes.calls:
            key = self.context.notes.calls[element]
            self.runs.append(Run(NoteRef(key), self.style()))
            return False
        if self.is_left_out(element, name):
            return False
        if whole := _WHOLE.get(name):
            if whole(self, element):
                return False
        elif name in images.IMAGES:
            self.image(element)
            return False
        elif verse.is_line_of_halves(element, self.blocks):
            self.line_of_verse(element)
            return False
        self.open(element, name)
        return True

    def is_left_out(self, element: Element, name: str) -> bool:
        notes = self.context.notes
        if name in players.PLAYERS and (words := players.named(element)):
            self.dropped.append(Dropped(words))
        if not name or name in UNSEEN or element in notes.returns:
            return True
        if element is self.frames[0].element:
            return False
        if element in notes.holders and element is not self.blocks[0]:
            return True
        if kind := self.context.judge(element):
            if is_block(element):
                self.flush()
            if text := "\n".join(leaf.text for leaf in leaves(element)):
                self.dropped.append(Dropped(text, kind))
            return True
        return False

    def open(self, element: Element, name: str) -> None:
        if is_block(element):
            self.flush()
            self.blocks.append(element)
        if (place := self.place_of(element, name)) is not None:
            self.flush()
            self.frames.append(Frame(place, element))
        if name == "q":
            self.text("«")
        added = () if place is Place.ATTRIBUTION else styles_of(element, self.context.addresses)
        if added:
            known = self.style()
            new = tuple(style for style in added if style not in known)
            self.styles.append((element, (*known, *new)[:MOST_STYLES]))

    def leave(self, element: Element) -> None:
        is_frame = len(self.frames) > 1 and self.frames[-1].element is element
        if tag(element) == "q":
            self.text("»")
        if is_frame or self.blocks[-1] is element:
            self.flush()
        if is_frame:
            self.close(self.frames.pop())
        if len(self.blocks) > 1 and self.blocks[-1] is element:
            self.blocks.pop()
        if self.styles and self.styles[-1][0] is element:
            self.styles.pop()

    # --- frames -----------------------------------------------------------------------------

    def place_of(self, element: Element, name: str) -> Place | None:
        """Return what an element's blocks become, None for the place that they stand in."""
        frame = self.frames[-1]
        if frame.place in {Place.FIGURE, Place.CAPTION}:
            if frame.place is Place.CAPTION or captions.is_credit(element):
                return Place.CREDIT if captions.is_credit(element) else None
            if name == "figcaption" or captions.is_caption(element):
                return Place.CAPTION
        if element is self.blocks[0] and name != "figure" and not captions.is_figure(element):
            return None
        if frame.place is Place.QUOTE and quotes.is_attribution(element, frame.element):
            return Place.ATTRIBUTION
        if name in {"li", "dt", "dd"} and frame.place is Place.LIST:
            return Place.ITEM
        if len(self.frames) > MOST_FRAMES:
            return None
        if name in _PLACES:
            return _PLACES[name]
        if quotes.is_pull_quote(element):
            return Place.ASIDE
        return Place.FIGURE if captions.is_figure(element) else None

    def close(self, frame: Frame) -> None:
        match frame.place:
            case Place.ITEM:
                self.close_item(frame)
            case Place.CAPTION | Place.CREDIT | Place.ATTRIBUTION:
                self.close_words(frame)
            case Place.FIGURE:
                self.frames[-1].pieces += captions.figure(
                    frame.pieces, caption=frame.caption, credit=frame.credit
                )
            case _:
                self.add(self.block(frame), frame.element)

    def close_item(self, frame: Frame) -> None:
        blocks = tuple(piece.block for piece in frame.pieces)
        around = self.frames[-1]
        if tag(around.element) == "dl":
            lists.define(around.terms, frame.element, blocks)
        elif blocks:
            around.items.append(blocks)

    def close_words(self, frame: Frame) -> None:
        words = tables.cell_inlines(piece.block for piece in frame.pieces)
        around = self.frames[-1]
        for piece in frame.pieces:
            if isinstance(piece.block, Figure):
                around.pieces.append(piece)
        if frame.place is Place.CAPTION and around.place is Place.FIGURE:
            around.caption = captions.joined(around.caption, words)
            around.credit = around.credit or frame.credit
        elif frame.place is Place.CREDIT:
            around.credit = captions.joined(around.credit, words)
        else:
            around.caption = captions.joined(around.caption, words)

    def block(self, frame: Frame) -> Block | None:
        blocks = tuple(piece.block for piece in frame.pieces)
        match frame.place:
            case Place.LIST if frame.terms:
                return Definitions(tuple(frame.terms))
            case Place.LIST:
                return lists.made(frame.element, tuple(frame.items)) if frame.items else None
            case Place.QUOTE:
                return quotes.quote(blocks, attribution=frame.caption)
            case _ if blocks:
                pulled = quotes.is_pull_quote(frame.element)
                role = AsideRole.PULL_QUOTE if pulled else AsideRole.SIDEBAR
                return Aside(blocks, role)
            case _:
                return None

    def add(self, block: Block | None, origin: Element) -> None:
        """Put a block where it stands: into the open frame, as an item where that is a list."""
        if block is None:
            return
        frame = self.frames[-1]
        if frame.place is not Place.LIST:
            frame.pieces.append(Piece(block, origin))
        elif isinstance(block, List) and frame.items:
            frame.items[-1] += (block,)
        else:
            frame.items.append((block,))

    # --- paragraphs -------------------------------------------------------------------------

    def flush(self) -> None:
        """End the paragraph: its runs become blocks, its pictures stand before or after them."""
        runs, self.runs = self.runs, []
        figures, self.figures = self.figures, []
        for figure in figures:
            self.add(figure, self.blocks[-1])
        if not any(not isinstance(run.content, str) or run.content.strip() for run in runs):
            return
        for piece in pieces_of(runs, self.blocks, language=self.context.language):
            if self.frames[-1].place is Place.LIST:
                self.add(piece.block, piece.origin)
            else:
                self.frames[-1].pieces.append(piece)

    def image(self, element: Element) -> None:
        """Set a picture apart as a figure; a sign between words is the text that it stands for."""
        if words := images.words_of(element):
            self.runs.append(Run(words, self.style()))
            return
        image = images.image_of(element, self.context.addresses)
        if image is None:
            return
        if images.is_inline(element) and any(_is_word(run) for run in self.runs):
            self.runs.append(Run(image, self.style()))
        else:
            self.figures.append(Figure(image))

    # --- elements taken as a whole ----------------------------------------------------------

    def line_break(self, _: Element) -> bool:
        self.runs.append(Run(LineBreak(), self.style()))
        return True

    def thematic_break(self, element: Element) -> bool:
        self.flush()
        self.add(Rule(), element)
        return True

    def preformatted(self, element: Element) -> bool:
        self.flush()
        for block in code.preformatted(element):
            self.add(block, element)
        return True

    def formula(self, element: Element) -> bool:
        self.runs.append(Run(code.formula(element), self.style()))
        return True

    def table(self, element: Element) -> bool:
        """Make a table of data or of verse; one that only lays out the page is walked through."""
        if self.context.tables >= _MOST_TABLES:
            return False
        if block := code.listing(element) or verse.of_table(element, inside=self.inside):
            self.flush()
            self.add(block, element)
            return True
        if tables.is_layout(element):
            return False
        self.flush()
        found = tables.table(element, inside=self.inside)
        for figure in found.figures:
            self.add(figure, element)
        self.add(found.table, element)
        return True

    def inside(self, element: Element) -> tuple[Block, ...]:
        """Return the blocks of an element that is walked for itself: a cell, half a line."""
        walked = walk(element, replace(self.context, tables=self.context.tables + 1))
        self.dropped += walked.dropped
        self.removed += walked.removed
        return tuple(piece.block for piece in walked.pieces)

    def line_of_verse(self, element: Element) -> None:
        self.flush()
        self.add(verse.of_halves(element, inside=self.inside), element)


def _is_word(run: Run) -> bool:
    return isinstance(run.content, str) and bool(run.content.strip())


_PLACES: Mapping[str, Place] = {
    "blockquote": Place.QUOTE,
    "ul": Place.LIST,
    "ol": Place.LIST,
    "dl": Place.LIST,
    "dir": Place.LIST,
    "aside": Place.ASIDE,
    "figure": Place.FIGURE,
}
_WHOLE: Mapping[str, Callable[[_Walker, Element], bool]] = {
    "br": _Walker.line_break,
    "hr": _Walker.thematic_break,
    "pre": _Walker.preformatted,
    "listing": _Walker.preformatted,
    "math": _Walker.formula,
    "table": _Walker.table,
}
