"""The addresses of links on paper, where nobody can follow them: as notes, or behind the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from exporter.arabic.printed_addresses import breakable, held, is_shown_by, shown
from exporter.article import (
    Article,
    Blocks,
    CodeSpan,
    Direction,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Paragraph,
    Strong,
    Sub,
    Sup,
    Text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.transforms.calls import behind_words
from exporter.transforms.mapping import calls_in, map_blocks, runs_of

_KEY = "address "
_ARABIC_PART = compiled("[^/.?&=_#~:@-]*[\u0590-\u08ff][^/.?&=_#~:@-]*(?:[_-][\u0590-\u08ff]+)*")


def is_address(note: str) -> bool:
    """Say whether a note's key is that of a link's address."""
    return note.startswith(_KEY)


def with_addresses(article: Article) -> Article:
    """Return the article with the address of each link as a note, called behind the link.

    A link around a part of a word calls it behind the whole word. A link calls none where its
    words are the address, or where it has none, as round a picture.
    Several links to one address call one note. The notes are in the order of their calls; in a note
    itself, which can't call another, the address stands behind the words.
    """
    addresses: dict[str, Blocks] = {}

    def call(inlines: Inlines) -> Inlines:
        calling = tuple(chain.from_iterable(_calling(one, addresses) for one in inlines))
        return behind_words(calling, moves=is_address)

    body = map_blocks(article.body, call)
    notes = {key: map_blocks(blocks, _spelt_out) for key, blocks in article.notes.items()}
    calls = dict.fromkeys(chain.from_iterable(calls_in(run) for run in runs_of(body)))
    return replace(article, body=body, notes={key: {**notes, **addresses}[key] for key in calls})


def _calling(inline: Inline, addresses: dict[str, Blocks]) -> Iterator[Inline]:
    """Yield an inline with the call of its address behind it, outside of a run of its own."""
    match inline:
        case Link(_, href):
            yield inline
            if _is_hidden(inline):
                key = f"{_KEY}{href}"
                addresses[key] = (Paragraph((_address(href),)),)
                yield NoteRef(key)
        case Isolate(children):
            inside = tuple(chain.from_iterable(_calling(one, addresses) for one in children))
            calls = [one for one in inside if isinstance(one, NoteRef) and one not in children]
            yield replace(inline, children=tuple(one for one in inside if one not in calls))
            yield from calls
        case Emphasis(children) | Strong(children) | Sub(children) | Sup(children):
            inside = tuple(chain.from_iterable(_calling(one, addresses) for one in children))
            yield replace(inline, children=inside)
        case Text() | CodeSpan() | NoteRef() | Image() | LineBreak():
            yield inline


def _is_hidden(link: Link) -> bool:
    words = inline_text(link.children)
    return bool(words.strip()) and not is_shown_by(words, link.href)


def _spelt_out(inlines: Inlines) -> Inlines:
    return tuple(chain.from_iterable(map(_spelling, inlines)))


def _spelling(inline: Inline) -> Iterator[Inline]:
    match inline:
        case Link(_, href):
            yield inline
            if _is_hidden(inline):
                yield from (Text(" ("), _address(href), Text(")"))
        case Text() | CodeSpan() | NoteRef() | Image() | LineBreak():
            yield inline
        case _:
            yield replace(inline, children=_spelt_out(inline.children))


def _address(href: str) -> Link:
    return Link((address_shown(href),), href)


def address_shown(address: str) -> Isolate:
    """Return an address as it stands on paper: from left to right, each Arabic part from the right.

    UAX #9 would put the parts of `/أول/ثان` in the order of an Arabic sentence.
    """
    return Isolate(tuple(_parts(shown(address))), Direction.LTR)


def _parts(text: str) -> Iterator[Inline]:
    done = 0
    for match in _ARABIC_PART.finditer(text):
        if text[done : match.start()]:
            yield Text(text[done : match.start()])
        yield Isolate((Text(match[0]),), Direction.RTL)
        done = match.end()
    if text[done:]:
        yield Text(text[done:])


# The longest isolate that is kept on one line, in characters, and the longest address: a column of
# a newspaper has lines of no more than forty, whose spaces would have to make up for the rest.
LONGEST_WHOLE, _LONGEST_ADDRESS = 24, 14
_ADDRESS = compiled(r"/|@|\w\.[a-z]{2,}")


def with_breaks(inlines: Inlines) -> Inlines:
    """Return the inlines with the places where a line may end inside a long address.

    And with those where none may: after the sign that a word begins with.
    """
    return tuple(_breaking(inline) for inline in inlines)


def _breaking(inline: Inline) -> Inline:
    match inline:
        case Text(text):
            return Text(held(text)) if "-" in text else inline
        case CodeSpan(text):
            return CodeSpan(held(text)) if "-" in text else inline
        case NoteRef() | Image() | LineBreak():
            return inline
        case Isolate(children, Direction.LTR) if _is_long_word(children):
            return replace(inline, children=_broken(children))
        case _:
            return replace(inline, children=with_breaks(inline.children))


def _is_long_word(inlines: Inlines) -> bool:
    text = inline_text(inlines)
    longest = _LONGEST_ADDRESS if _ADDRESS.search(text) else LONGEST_WHOLE
    return len(text) > longest and " " not in text


def _broken(inlines: Inlines) -> Inlines:
    *before, last = inlines
    return (*(_broken_part(one, is_last=False) for one in before), _broken_part(last, is_last=True))


def _broken_part(inline: Inline, *, is_last: bool) -> Inline:
    match inline:
        case Text(text):
            return Text(breakable(text, is_last=is_last))
        case CodeSpan() | NoteRef() | Image() | LineBreak():
            return inline
        case _:
            return replace(inline, children=_broken(inline.children)) if inline.children else inline
