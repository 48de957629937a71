"""Resolve: every reference inside an article leads to something, or goes with a Notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from exporter.article import (
    Article,
    Aside,
    Block,
    Blocks,
    CodeSpan,
    Definition,
    Definitions,
    Figure,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Text,
    blocks_text,
    inline_text,
    walk,
)
from exporter.notices import Notice, NoticeCode
from exporter.pictures.choice import Images
from exporter.pictures.gathering import Pictures, gather
from exporter.records import dataclass
from exporter.transforms.mapping import calls_in, images_in, map_blocks, runs_of

_HOLDS_FIGURES = (Figure, Quote, Aside, List, Definitions)
_A_TEXT = 25
"""So many words say something without the picture that they are the caption of."""


def resolve(reading: Reading, *, pictures: Pictures = Pictures()) -> Reading:
    """Bring the pictures that are called; take out calls without a note and notes without a call.

    A picture's reference becomes the key of a resource. Where there is none, a figure goes with its
    caption, unless that is a text of its own, and a picture's alternative text stands in its place.
    What is left of the notes is in the order of their first calls; none calls another one, and no
    call is inside a link (HTML §4.5.1: a link holds no other link).
    """
    whole = reading.article
    references = _references((whole.body, *whole.notes.values()))
    gathered = gather(references, whole.resources, pictures)
    notices = list(gathered.notices)
    article = replace(whole, resources=gathered.resources)
    has_prose = any(not isinstance(block, _HOLDS_FIGURES) for block in walk(whole.body))
    settling = _Settling(
        article, gathered.keys, notices, pictures.images, fewest=_A_TEXT if has_prose else 1
    )
    body = settling.settled(article.body)
    called = dict.fromkeys(_calls(body))
    notes = {key: settling.settled(_without_calls(article.notes[key], notices)) for key in called}
    notices.extend(
        Notice(NoticeCode.NOTE_UNCALLED, text=blocks_text(blocks) or key)
        for key, blocks in article.notes.items()
        if key not in called
    )
    return Reading(replace(article, body=body, notes=notes), (*reading.notices, *notices))


def _references(bodies: Iterable[Blocks]) -> Iterator[str]:
    """Yield what the pictures refer to, in the order in which they are set."""
    for blocks in bodies:
        yield from (block.image.resource for block in walk(blocks) if isinstance(block, Figure))
        yield from (image.resource for run in runs_of(blocks) for image in images_in(run))


def _calls(blocks: Blocks) -> Iterator[str]:
    """Yield the keys of the notes in the order of their calls."""
    for inlines in runs_of(blocks):
        yield from calls_in(inlines)


def _without_calls(blocks: Blocks, notices: list[Notice]) -> Blocks:
    """Return a note's blocks without calls: neither a footnote nor a list of notes holds notes."""
    notices.extend(Notice(NoticeCode.NOTE_NESTED, text=note) for note in _calls(blocks))
    return map_blocks(blocks, lambda inlines: tuple(_uncalling(inlines)))


def _unlinked(inlines: Inlines) -> Iterator[Inline]:
    """Lift the calls in a link out of it, to stand behind it."""
    for inline in inlines:
        match inline:
            case Link(children, href):
                kept = tuple(_uncalling(children)) or (Text(href),)
                yield replace(inline, children=kept)
                yield from map(NoteRef, calls_in(children))
            case Text() | CodeSpan() | LineBreak() | Image() | NoteRef():
                yield inline
            case _:
                yield replace(inline, children=tuple(_unlinked(inline.children)))


def _uncalling(inlines: Inlines) -> Iterator[Inline]:
    """Yield inlines without the calls in them, and without the tags that held nothing else."""
    for inline in inlines:
        match inline:
            case NoteRef():
                pass
            case Text() | CodeSpan() | LineBreak() | Image():
                yield inline
            case _:
                kept = tuple(_uncalling(inline.children))
                if kept or not inline.children:
                    yield replace(inline, children=kept)


@dataclass(frozen=True, slots=True)
class _Settling:
    """What references are held against: the notes of the article, the keys of its pictures.

    `images` is what the user wants of pictures; a caption of `fewest` words stays without its own.
    """

    article: Article
    keys: Mapping[str, str]
    notices: list[Notice]
    images: Images
    fewest: int

    def settled(self, blocks: Blocks) -> Blocks:
        """Return the blocks with nothing in them that leads nowhere, and with no call in a link."""
        return map_blocks(
            self.figures(blocks), lambda inlines: tuple(self.inlines(_unlinked(inlines)))
        )

    def figures(self, blocks: Blocks) -> Iterator[Block]:
        """Yield the blocks; a figure without its picture goes with its words, if these are few.

        A caption that stands alone would be read as a sentence of the article.
        """
        for block in blocks:
            match block:
                case Figure(image) if image.resource in self.keys:
                    yield replace(block, image=self._kept(image))
                case Figure(_, caption) if len(inline_text(caption).split()) >= self.fewest:
                    yield from (Paragraph(part) for part in (caption, block.credit) if part)
                case Figure():
                    self._left_out(block)
                case Quote(children) | Aside(children):
                    kept = tuple(self.figures(children))
                    if kept or not children:
                        yield replace(block, children=kept)
                case List(items):
                    left = ((item, tuple(self.figures(item))) for item in items)
                    full = tuple(kept for item, kept in left if kept or not item)
                    if full or not items:
                        yield replace(block, items=full)
                case Definitions(definitions):
                    yield Definitions(tuple(map(self._definition, definitions)))
                case _:
                    yield block

    def _left_out(self, figure: Figure) -> None:
        words = (inline_text(part) for part in (figure.caption, figure.credit))
        text = " — ".join(filter(None, words))
        if text and self.images is not Images.NONE:  # whoever wants no pictures wants none of them
            self.notices.append(Notice(NoticeCode.CAPTION_DROPPED, text=text))

    def _definition(self, item: Definition) -> Definition:
        return replace(item, meanings=tuple(map(tuple, map(self.figures, item.meanings))))

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[Inline]:
        """Yield the inlines; a picture that is missing leaves its alternative text behind."""
        for inline in inlines:
            match inline:
                case Image(resource, alt):
                    if resource in self.keys:
                        yield self._kept(inline)
                    elif alt:
                        yield Text(alt)
                case NoteRef(note) if note not in self.article.notes:
                    self.notices.append(Notice(NoticeCode.NOTE_MISSING, text=note))
                case Text() | CodeSpan() | LineBreak() | NoteRef():
                    yield inline
                case _:
                    yield replace(inline, children=tuple(self.inlines(inline.children)))

    def _kept(self, image: Image) -> Image:
        return replace(image, resource=self.keys[image.resource])
