"""Pieces: the blocks that the runs of one paragraph make, with the element that they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.article import Block, Heading, LineBreak, Paragraph
from exporter.notices import Notice, NoticeCode
from exporter.readers.html import verse
from exporter.readers.html.dom import HEADINGS, Element, tag
from exporter.readers.html.runs import Kind, Run, Runs, inlines, lines, paragraphs, plain
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A block and the element that it came from.

    `is_set_off` says that it could be a heading by its form: all of it strong, or a line of its
    own among lines that are paragraphs. `linked` is the share of its letters that are links.
    """

    block: Block
    origin: Element
    is_set_off: bool = False
    linked: float = 0.0


@dataclass(frozen=True, slots=True)
class Dropped:
    """An element that was left out, as its text and the class of boilerplate.

    Without a class it is of the article, which can't hold it.
    """

    text: str
    kind: BoilerplateClass | None = None


def notice_of(dropped: Dropped) -> Notice:
    """Return the notice of an element that was left out."""
    if dropped.kind is None:
        return Notice(NoticeCode.MARKUP_DROPPED, text=dropped.text)
    return Notice(NoticeCode.BOILERPLATE_DROPPED, text=dropped.text, detail=dropped.kind.value)


_BETWEEN = " |·•/–—-،,\n\t"
_NEAR = 4
_LONG_LINE, _LEAST_LINES = 80, 2


def pieces_of(runs: Sequence[Run], blocks: Sequence[Element], *, language: str) -> Iterator[Piece]:
    """Yield the blocks of a paragraph's runs; `blocks` are the open elements, the nearest last."""
    origin = blocks[-1]
    level = next((HEADINGS[name] for each in blocks[-_NEAR:] if (name := tag(each)) in HEADINGS), 0)
    for paragraph in paragraphs(runs):
        if not paragraph:
            continue
        if level:
            yield _heading(paragraph, origin, level=level, language=language)
            continue
        parts = lines(paragraph)
        if found := verse.of_lines(parts, blocks[-_NEAR:], language=language):
            yield Piece(found, origin)
        else:
            yield from _paragraphs(paragraph, parts, origin=origin, language=language)


def _heading(runs: Runs, origin: Element, *, level: int, language: str) -> Piece:
    joined = tuple(
        Run(" ", run.styles) if isinstance(run.content, LineBreak) else _unbold(run) for run in runs
    )
    heading = Heading(inlines(joined, language=language), max(2, level))
    return Piece(heading, origin, linked=_linked(runs))


def _unbold(run: Run) -> Run:
    """Return a run without its strength: a heading is strong as it is."""
    return Run(run.content, tuple(style for style in run.styles if style.kind is not Kind.STRONG))


def _paragraphs(
    runs: Runs, parts: list[Runs], *, origin: Element, language: str
) -> Iterator[Piece]:
    """Yield one paragraph, or one a line where the lines are as long as paragraphs."""
    long = sum(1 for part in parts if len(plain(part)) >= _LONG_LINE)
    if len(parts) < _LEAST_LINES or 2 * long < len(parts):
        parts = [runs]
    for part in parts:
        paragraph = Paragraph(inlines(part, language=language))
        yield Piece(
            paragraph,
            origin,
            is_set_off=len(parts) > 1 or _is_strong(part),
            linked=_linked(part),
        )


def _is_strong(runs: Runs) -> bool:
    return all(
        any(style.kind is Kind.STRONG for style in run.styles)
        for run in runs
        if isinstance(run.content, str) and run.content.strip(" .:،؛")
    )


def _linked(runs: Runs) -> float:
    letters = [
        (len(run.content.strip(_BETWEEN)), any(style.kind is Kind.LINK for style in run.styles))
        for run in runs
        if isinstance(run.content, str)
    ]
    whole = sum(number for number, _ in letters)
    return sum(number for number, is_linked in letters if is_linked) / whole if whole else 0.0
