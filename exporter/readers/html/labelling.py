"""Labelling: what each piece of a body is by the text reader's rules, so that one place judges."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.folding import fold_words
from exporter.arabic.names import credits_of
from exporter.arabic.verse import hemistichs
from exporter.article import (
    Aside,
    AsideRole,
    Block,
    Figure,
    Heading,
    Inlines,
    List,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Text,
    Verse,
    VerseLine,
    block_text,
    blocks_text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.readers.html.pieces import Dropped, Piece
from exporter.readers.text.labels import Label, Mark, Marks
from exporter.readers.text.lines import Document, Line, document
from exporter.readers.text.rules import label
from exporter.records import dataclass

_LETTER = compiled(r"[^\W\d_]")
_MOST_WORDS_OF_A_HEADING = 8
_MOST_AT_AN_EDGE = 1500
_MOST_LINKED, _LEAST_WORDS_OF_A_HEADLINE, _MOST_WORDS_OF_A_HEADLINE = 0.85, 3, 25


@dataclass(frozen=True, slots=True)
class Labelled:
    """The pieces of a body with what each is; a piece without words of its own has no label.

    `prose` are the pieces that are sentences.
    """

    pieces: tuple[Piece, ...]
    marks: Mapping[int, Mark]
    prose: Sequence[int]

    @property
    def first(self) -> int:
        """The first piece of prose; 0 without any."""
        return self.prose[0] if self.prose else 0

    def is_between(self, at: int) -> bool:
        """Say whether a piece stands between two of prose."""
        return bool(self.prose) and self.prose[0] < at < self.prose[-1]

    def is_prose(self, at: int) -> bool:
        """Say whether a piece is prose."""
        place = bisect_left(self.prose, at)
        return place < len(self.prose) and self.prose[place] == at


def labelled(pieces: Sequence[Piece], *, title: str) -> Labelled:
    """Return pieces with the labels that the text reader gives their lines under the title.

    Of very many pieces the first and the last are labelled, where a site's lines stand.
    """
    lines: list[Line] = [Line(1, title, 0, 0)] if title else []
    places: list[int] = [-1] if title else []
    edges = range(_MOST_AT_AN_EDGE, len(pieces) - _MOST_AT_AN_EDGE)
    for at, piece in enumerate(pieces):
        for text in _texts(piece.block) if at not in edges else ():
            lines.append(Line(len(lines) + 1, text, 0, 1))
            places.append(at)
    seen = document(tuple(lines))
    found = label(seen)
    return Labelled(tuple(pieces), dict(_agreed(seen, found, places)), tuple(_prose(seen, places)))


def _texts(block: Block) -> Iterator[str]:
    """Yield the lines of a block that a site could have written."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            text = inline_text(inlines).replace("\n", " ").strip()
            if text:
                yield text
        case List(items):
            yield from (text for item in items if (text := " ".join(blocks_text(item).split())))
        case Quote(children):
            if text := " ".join(blocks_text(children).split()):
                yield text
        case _:
            pass


def _agreed(seen: Document, found: Marks, places: list[int]) -> Iterator[tuple[int, Mark]]:
    """Yield the label of each piece: the one of its line, or the one of all its lines."""
    by_piece = groupby(range(len(seen)), key=places.__getitem__)
    for at, group in by_piece:
        marks = {found.get(line, Label.PARAGRAPH) for line in group}
        if at >= 0 and len(marks) == 1:
            yield at, marks.pop()
        elif at >= 0 and all(isinstance(mark, BoilerplateClass) for mark in marks):
            yield at, min(marks)


def _prose(seen: Document, places: list[int]) -> Iterator[int]:
    last = -1
    for line, at in enumerate(places):
        if at > last and seen.features[line].is_prose:
            yield at
            last = at


# --- what becomes of the pieces -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sorted:
    """Pieces sorted by what they are: of the body, of the head, or a site's own."""

    body: tuple[Piece, ...]
    credits: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


_META = {Label.BYLINE: "credits", Label.DATE: "dates", Label.PUBLISHER: "publishers"}


def sort(known: Labelled, *, title: str, signs: Collection[str] = ()) -> Sorted:
    """Return the pieces of the body, and apart from them what belongs to the head or the site.

    `signs` are the names that the page shows as its author's: a line with one alone goes.
    """
    names = {fold_words(sign) for sign in signs}
    has_headings = any(isinstance(piece.block, Heading) for piece in known.pieces)
    body: list[tuple[int, Piece]] = []
    apart: dict[str, list[str]] = {"credits": [], "dates": [], "publishers": []}
    dropped: list[Dropped] = []
    first = known.first
    for at, piece in enumerate(known.pieces):
        mark, text = known.marks.get(at), block_text(piece.block)
        if isinstance(mark, BoilerplateClass) and _leads_to_a_list(known, at):
            mark = None
        if isinstance(mark, BoilerplateClass):
            dropped.append(Dropped(text, mark))
        elif mark in _META and isinstance(piece.block, Paragraph | Heading):
            apart[_META[mark]].append(text)
            if mark is Label.BYLINE and (date := credits_of(text).date):
                apart["dates"].append(date)
        elif (_is_title(piece.block, title) and at <= first) or (
            at < first and fold_words(text[:200]) in names
        ):
            continue
        elif (kind := _leftover(known, at)) is not None:
            dropped.append(Dropped(text, kind))
        elif mark is Label.CAPTION and body and (figure := _captioned(body[-1][1], piece)):
            body[-1] = (body[-1][0], figure)
        else:
            body.append((at, _formed(piece, mark, is_alone=not has_headings)))
    kept, trailing = _without_empty_sections(body)
    dropped += [Dropped(block_text(piece.block), BoilerplateClass.RELATED) for piece in trailing]
    return Sorted(
        tuple(_with_verse(kept, known.marks)),
        tuple(apart["credits"]),
        tuple(apart["dates"]),
        tuple(apart["publishers"]),
        tuple(dropped),
    )


def _leads_to_a_list(known: Labelled, at: int) -> bool:
    """Say whether a line that sites use, with a colon, is over a list that the article keeps."""
    below = known.pieces[at + 1 : at + 2]
    is_lead = block_text(known.pieces[at].block).rstrip().endswith(":")
    is_kept = not isinstance(known.marks.get(at + 1), BoilerplateClass)
    return is_lead and is_kept and any(isinstance(piece.block, List) for piece in below)


def _is_title(block: Block, title: str) -> bool:
    if not isinstance(block, Paragraph | Heading) or not title:
        return False
    return fold_words(inline_text(block.inlines)[:400]) == fold_words(title[:400])


def _captioned(figure: Piece, words: Piece) -> Piece | None:
    """Return a picture with the line under it as its caption; None where it has one, or is none."""
    if not isinstance(figure.block, Figure) or not isinstance(words.block, Paragraph):
        return None
    if figure.block.caption:
        return None
    return replace(figure, block=replace(figure.block, caption=words.block.inlines))


def _leftover(known: Labelled, at: int) -> BoilerplateClass | None:
    """Return what a line is that no rule for text knows: links alone, numbers at the edges."""
    block = known.pieces[at].block
    if not isinstance(block, Paragraph | List) or not known.prose:
        return None
    if _is_headline_of_another(known, at):
        return BoilerplateClass.READ_ALSO
    text = block_text(block).strip()
    if known.is_between(at) or known.is_prose(at) or text.startswith(("http", "www")):
        return None
    if known.pieces[at].linked >= _MOST_LINKED:
        return BoilerplateClass.NAVIGATION
    return None if _LETTER.search(text) or not text else BoilerplateClass.META


def _is_headline_of_another(known: Labelled, at: int) -> bool:
    """Say whether a paragraph is one link that no sentence is, between sentences."""
    piece = known.pieces[at]
    if not isinstance(piece.block, Paragraph) or piece.linked < _MOST_LINKED:
        return False
    if known.is_prose(at) or not known.prose:
        return False
    text = block_text(piece.block).strip()
    words = len(text.split())
    before = block_text(known.pieces[at - 1].block).rstrip() if at else ""
    return (
        known.first < at
        and not before.endswith(":")
        and _LEAST_WORDS_OF_A_HEADLINE < words <= _MOST_WORDS_OF_A_HEADLINE
        and not text.startswith(("http", "www"))
        and text[-1:] not in ".:"
    )


def _formed(piece: Piece, mark: Mark | None, *, is_alone: bool) -> Piece:
    """Return a piece in the form that its label gives it.

    A heading must be set off from the text, or be a few words where no other element is one.
    """
    block = piece.block
    if not isinstance(block, Paragraph):
        return piece
    words = inline_text(block.inlines).split()
    is_set_off = piece.is_set_off or (is_alone and len(words) <= _MOST_WORDS_OF_A_HEADING)
    if mark is Label.HEADING and is_set_off and words[0][0] not in "*-–—•":
        return replace(piece, block=Heading(_unstrong(block.inlines), 2))
    if mark is Label.RULE:
        return replace(piece, block=Rule())
    if mark is Label.EDITOR_NOTE:
        return replace(piece, block=Aside((block,), AsideRole.EDITOR_NOTE))
    return piece


def _unstrong(inlines: Inlines) -> Inlines:
    return tuple(
        inner
        for inline in inlines
        for inner in (inline.children if isinstance(inline, Strong) else (inline,))
    )


def _without_empty_sections(
    body: list[tuple[int, Piece]],
) -> tuple[list[tuple[int, Piece]], list[Piece]]:
    """Part the headings that nothing follows from the body."""
    kept = list(body)
    trailing: list[Piece] = []
    while kept and isinstance(kept[-1][1].block, Heading):
        trailing.append(kept.pop()[1])
    return kept, trailing[::-1]


def _with_verse(body: list[tuple[int, Piece]], marks: Mapping[int, Mark]) -> Iterator[Piece]:
    """Yield the body with paragraphs of two hemistichs each, one after the other, as a stanza."""

    def is_verse(entry: tuple[int, Piece]) -> bool:
        at, piece = entry
        return marks.get(at) is Label.VERSE and isinstance(piece.block, Paragraph)

    for found, run in groupby(body, key=is_verse):
        part = [piece for _, piece in run]
        if found:
            lines = tuple(_line(block_text(piece.block)) for piece in part)
            yield replace(part[0], block=Verse(lines))
        else:
            yield from part


def _line(text: str) -> VerseLine:
    return VerseLine(tuple((Text(" ".join(half.split())),) for half in hemistichs(text)))
