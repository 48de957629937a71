"""Normalisation of an article: the rules of `arabic.normalisation` over every paragraph of it.

It comes after identity and before direction: the article that is written is normalised, the one
that was read and named is not, and what it isolates is found in the text as it will be set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from exporter.arabic.normalisation.passages import OBJECT, Edit, applied, masked
from exporter.arabic.normalisation.rewriting import edits_of
from exporter.arabic.normalisation.rules import LANGUAGES, RULES_OF_LETTERS, Rule
from exporter.article import (
    Blocks,
    CodeSpan,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    NoteRef,
    Reading,
    Text,
)
from exporter.notices import Notice, NoticeCode
from exporter.records import dataclass
from exporter.transforms.mapping import map_blocks


def normalise(reading: Reading, rules: frozenset[Rule]) -> Reading:
    """Return the reading with typed signs put right, and a Notice for each rule that did it.

    What stands in an Isolate is another language's, or wants to be as it is; code is code; in
    verse only letters are put right.
    """
    article = reading.article
    language = article.metadata.language.lower().split("-")[0]
    if not rules or language not in LANGUAGES:
        return reading
    work = _Work(language, tuple(rule for rule in Rule if rule in rules))
    metadata = article.metadata
    normalised = replace(
        article,
        metadata=replace(
            metadata,
            title=work.text(metadata.title),
            subtitle=work.text(metadata.subtitle),
            description=work.text(metadata.description),
        ),
        body=work.blocks(article.body),
        notes={key: work.blocks(blocks) for key, blocks in article.notes.items()},
    )
    return Reading(normalised, (*reading.notices, *work.notices()))


@dataclass(frozen=True, slots=True)
class _Done:
    """How often a rule changed something, and the first words that it changed."""

    count: int
    example: str


@dataclass(slots=True)
class _Work:
    """The rules at work on one article; it counts what they do."""

    language: str
    rules: tuple[Rule, ...]
    done: dict[Rule, _Done] = field(default_factory=dict)

    def notices(self) -> Iterator[Notice]:
        for rule in self.rules:
            if done := self.done.get(rule):
                detail = f"{rule} {done.count}"
                yield Notice(NoticeCode.TEXT_NORMALISED, text=done.example, detail=detail)

    def text(self, text: str) -> str:
        return "".join(self._normalised([text], self.rules))

    def blocks(self, blocks: Blocks) -> Blocks:
        return map_blocks(blocks, self.inlines, in_verse=self.inlines_of_verse)

    def inlines(self, inlines: Inlines) -> Inlines:
        return self._inlines(inlines, self.rules)

    def inlines_of_verse(self, inlines: Inlines) -> Inlines:
        return self._inlines(inlines, tuple(one for one in self.rules if one in RULES_OF_LETTERS))

    def _inlines(self, inlines: Inlines, rules: Sequence[Rule]) -> Inlines:
        pieces = list(_pieces(inlines))
        changed = self._normalised(pieces, rules)
        return inlines if changed == pieces else _rebuilt(inlines, iter(changed))

    def _normalised(self, pieces: list[str], rules: Sequence[Rule]) -> list[str]:
        """Return the pieces of a paragraph after every rule; a rule sees them as one text."""
        text = "".join(pieces)
        open_to_rules = masked(text)
        for rule in rules:
            if edits := edits_of(rule, open_to_rules, language=self.language):
                self._count(rule, text, edits)
                pieces = _edited(pieces, edits)
                text = "".join(pieces)
                open_to_rules = masked(text)
        return pieces

    def _count(self, rule: Rule, text: str, edits: Sequence[Edit]) -> None:
        before = self.done.get(rule)
        example = before.example if before else _example(text, edits)
        self.done[rule] = _Done((before.count if before else 0) + len(edits), example)


def _example(text: str, edits: Sequence[Edit]) -> str:
    """Return the words around the first edit as they were and as they are."""
    first = edits[0]
    start = text.rfind(" ", 0, max(first.start - 1, 0)) + 1
    end = text.find(" ", first.end + 1)
    end = end if end >= 0 else len(text)
    inside = [
        Edit(edit.start - start, edit.end - start, edit.text)
        for edit in edits
        if start <= edit.start and edit.end <= end
    ]
    before = text[start:end].replace(OBJECT, "…")
    return f"{before} ← {applied(before, inside)}"  # as the script runs


# --- one text out of many pieces ------------------------------------------------------------


def _pieces(inlines: Inlines) -> Iterator[str]:
    """Yield the text of each leaf: of what is no text an object, of the call of a note nothing."""
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case LineBreak():
                yield "\n"
            case NoteRef():
                yield ""
            case CodeSpan() | Isolate() | Image():
                yield OBJECT
            case _:
                yield from _pieces(inline.children)


def _edited(pieces: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """Return the pieces with the edits made; what an edit puts in goes into its first piece."""
    edited: list[str] = []
    start = 0
    for piece in pieces:
        end = start + len(piece)
        own = [
            Edit(
                max(edit.start, start) - start,
                min(edit.end, end) - start,
                edit.text if start <= edit.start else "",
            )
            for edit in edits
            if edit.start < end and start < edit.end
        ]
        edited.append(applied(piece, own))
        start = end
    return edited


def _rebuilt(inlines: Inlines, pieces: Iterator[str]) -> Inlines:
    return tuple(part for inline in inlines for part in _rebuild(inline, pieces))


def _rebuild(inline: Inline, pieces: Iterator[str]) -> Iterator[Inline]:
    """Yield the inline with its text from the pieces; nothing of one that lost all it had."""
    match inline:
        case Text(before):
            text = next(pieces)
            if text or not before:
                yield Text(text)
        case LineBreak() | NoteRef() | CodeSpan() | Isolate() | Image():
            next(pieces)
            yield inline
        case _:
            children = _rebuilt(inline.children, pieces)
            if children or not inline.children:
                yield replace(inline, children=children)
