"""The page: one HTML document → the Reading of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from exporter.arabic.names import byline, byline_place
from exporter.article import Article, Blocks, Figure, Metadata, Reading, blocks_text
from exporter.errors import ReadError
from exporter.notices import Notice
from exporter.readers.html import head, labelling, locating, noscript, titles
from exporter.readers.html.addresses import Addresses, addresses, canonical_address
from exporter.readers.html.decoding import decode
from exporter.readers.html.dom import Element, body_of, get, parse, without_scripts
from exporter.readers.html.fragments import fragment, notes_from
from exporter.readers.html.judging import Judge
from exporter.readers.html.leaves import Facts, Leaf, facts_of, leaves
from exporter.readers.html.metadata import Page, Shown, language, metadata
from exporter.readers.html.notes import notes_of
from exporter.readers.html.pieces import Dropped, Piece, notice_of
from exporter.readers.html.shaping import shaped
from exporter.readers.html.structured import Data, structured
from exporter.readers.html.walking import Context, Walked, keep, walk
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.readers.text.decoding import removal
from exporter.records import dataclass
from exporter.sources import Source

_FEWEST_LETTERS, _FEWEST_SAID, _SHORT, _MOST_SHOWN = 140, 200, 200, 1_000_000


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:
    """Yield the one article of a page.

    Raises ReadError for bytes that are no text, for a page without an article, and for one that
    is empty until its scripts run.
    """
    decoded = decode(source)
    root = parse(decoded.text, subject=source.location)
    noscript.settle(root)
    known = _known(root, source, text=decoded.text, now=options.now)
    article, notices = _article(known, options, subject=source.location)
    yield Reading(article, (*decoded.notices, *notices))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a page before its article is cut out."""

    root: Element
    body: Element
    data: Data
    addresses: Addresses
    source: str
    lines: list[Leaf]
    letters: int
    waits_for_scripts: bool
    now: str


def _known(root: Element, source: Source, *, text: str, now: str) -> _Known:
    data, waits = structured(root), _waits_for_scripts(root)
    without_scripts(root)
    body = body_of(root)
    where = addresses(root, url=source.url, text=text)
    return _Known(
        root,
        body,
        data,
        where,
        canonical_address(root, where),
        leaves(body),
        len(text),
        waits,
        now,
    )


def _article(
    known: _Known, options: ReadingOptions, *, subject: str
) -> tuple[Article, tuple[Notice, ...]]:
    held = "\n".join(known.data.article.get("articlebody", ()))
    votes, facts = _votes(known, held)
    if not any(vote for vote in votes) and len(held) >= _FEWEST_SAID:
        return _from_data(known, held)
    body = _body(known, facts)
    if facts.get(body, Facts()).letters < _FEWEST_LETTERS and known.waits_for_scripts:
        raise ReadError("html-needs-javascript", subject=subject)
    cut = _cut(known, body, facts, options=options)
    blocks = tuple(piece.block for piece in cut.pieces)
    if not blocks_text(blocks).strip() and not any(isinstance(one, Figure) for one in blocks):
        raise ReadError("html-empty", subject=subject)
    return _made(known, cut, blocks)


def _votes(known: _Known, held: str) -> tuple[list[bool], Mapping[Element, Facts]]:
    """Return which lines are the article's, and what that adds up to in each element."""
    said = [locating.said_by_trafilatura(known.root, letters=known.letters), held]
    votes = locating.votes(known.lines, filter(None, said))
    prose = locating.by_prose(known.lines)
    by_them = sum(len(leaf.text) for leaf, vote in zip(known.lines, votes, strict=True) if vote)
    by_prose = sum(len(leaf.text) for leaf, vote in zip(known.lines, prose, strict=True) if vote)
    if by_them < 0.3 * by_prose:
        votes = prose
    facts = facts_of(known.body, known.lines, votes)
    votes = locating.without_teasers(known.lines, votes, facts)
    return votes, facts_of(known.body, known.lines, votes)


def _body(known: _Known, facts: Mapping[Element, Facts]) -> Element:
    if known.body in facts and facts[known.body].voted:
        return locating.container(known.body, facts)
    return locating.declared(known.body, facts)


def _waits_for_scripts(root: Element) -> bool:
    """Say whether a page without a text leaves it to a script to bring one."""
    return any(get(each, "src") or len(each.text or "") > _SHORT for each in root.iter("script"))


# --- an article whose text is only in the data ------------------------------------------------


def _from_data(known: _Known, held: str) -> tuple[Article, tuple[Notice, ...]]:
    """Return the article of a page that holds its text for scripts alone."""
    if re.search(r"<(?:p|br|div)\b", held):
        html = held
    else:
        lines = (line.strip() for line in re.split(r"\s*\n\s*", held))
        html = "".join(f"<p>{_escaped(line)}" for line in lines if line)
    found = fragment(html, base=known.addresses.base or known.addresses.origin)
    names = titles.site_names(known.root, known.data, address=known.source)
    title, _ = titles.headline(known.root, titles.claims(known.root, known.data), sites=names)
    pieces = [Piece(block, known.body) for block in found.blocks]
    kept = labelling.sort(labelling.labelled(pieces, title=title), title=title)
    context = Context(language(_declared(known.root), held))
    cut = _Cut(kept.body, title, names, Shown(), context, kept.dropped, {})
    return _made(known, cut, tuple(piece.block for piece in kept.body))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


# --- the body -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cut:
    """The article cut out of its page."""

    pieces: tuple[Piece, ...]
    title: str
    sites: tuple[str, ...]
    shown: Shown
    context: Context
    dropped: tuple[Dropped, ...]
    removed: Mapping[str, int]


def _cut(
    known: _Known, body: Element, facts: Mapping[Element, Facts], *, options: ReadingOptions
) -> _Cut:
    names = titles.site_names(known.root, known.data, address=known.source)
    title, heading = titles.headline(
        known.root,
        titles.claims(known.root, known.data),
        sites=names,
        shown=(leaf.text for leaf in known.lines),
    )
    parts = head.layout(heading, body)
    around, standfirst = head.shown(known.lines, parts)
    judge = Judge(body, facts, frozenset(standfirst))
    inside = " ".join(leaf.text for leaf in known.lines if leaf.element in parts.inside)
    context = Context(
        language=language(_declared(known.root), inside),
        addresses=known.addresses,
        notes=notes_of(known.root),
        judge=judge if options.boilerplate is Boilerplate.DROP else keep,
    )
    walked = walk(body, context)
    pieces = (
        *_lead(known, parts, context, walked=walked),
        *shaped(walked.pieces, notes=len(context.notes.texts)),
    )
    found = labelling.labelled(pieces, title=title)
    if options.boilerplate is Boilerplate.DROP:
        kept = labelling.sort(found, title=title, signs=_signs(known.data, around))
    else:
        kept = labelling.Sorted(found.pieces)
    return _Cut(
        kept.body,
        title,
        names,
        replace(
            around,
            credits=(*around.credits, *kept.credits),
            dates=(*around.dates, *kept.dates),
            publishers=kept.publishers,
        ),
        context,
        (*(each for each in walked.dropped if each.text != around.standfirst), *kept.dropped),
        walked.removed,
    )


def _signs(data: Data, around: Shown) -> tuple[str, ...]:
    """Return what a line that only names the author says."""
    said = (*data.meta.get("author", ()), *data.properties.get("author", ()))
    return (*around.authors, *around.credits, *said, *(name for name, _ in data.people))


def _declared(root: Element) -> str:
    return get(root, "lang") or get(root, "xml:lang")


def _lead(
    known: _Known, parts: head.Layout, context: Context, *, walked: Walked
) -> Iterator[Piece]:
    """Yield the picture between the heading and the body, where the body has it not itself."""
    told = known.data.meta.get("og:image", ())
    element = head.lead_picture(parts, known.addresses, told=told)
    if element is None:
        return
    inside = {
        piece.block.image.resource for piece in walked.pieces if isinstance(piece.block, Figure)
    }
    for piece in walk(element, context).pieces:
        if isinstance(piece.block, Figure) and piece.block.image.resource not in inside:
            yield piece


# --- the reading ----------------------------------------------------------------------------


def _made(known: _Known, cut: _Cut, blocks: Blocks) -> tuple[Article, tuple[Notice, ...]]:
    page = Page(
        title=cut.title,
        sites=cut.sites,
        address=known.addresses.page,
        source=known.source,
        language=cut.context.language,
        text=blocks_text(blocks),
        shown="\n".join(leaf.text for leaf in known.lines)[:_MOST_SHOWN],
        now=known.now,
    )
    described, doubts = metadata(known.data, cut.shown, page)
    notes = notes_from(cut.context.notes, cut.context)
    notices = (
        *(notice_of(each) for each in cut.dropped if not _is_said(each.text, described)),
        *doubts,
        *removal(cut.removed),
    )
    return Article(described, blocks, notes), notices


def _is_said(text: str, described: Metadata) -> bool:
    """Say whether the metadata has all that a line says: the title again, or who wrote the text."""
    words = " ".join(text.split())
    people = byline(words)
    is_credit = bool(people) and not byline_place(words) and {*people} <= {*described.creators}
    return is_credit or words in ("", described.title)
