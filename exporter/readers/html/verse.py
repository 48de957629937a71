"""Verse: poems as pages set them, in tables, in pairs of elements, or in lines of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from exporter.arabic.folding import fold_words
from exporter.arabic.verse import hemistichs, stanza
from exporter.article import Blocks, Inlines, Text, Verse, VerseLine
from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, names, tag, text_of
from exporter.readers.html.runs import Runs, inlines, plain
from exporter.readers.html.tables import cell_inlines

Inside = Callable[[Element], Blocks]

_POEMS = frozenset(
    "poem poems poetry verse verses qasida qaseeda qasidah kasida shear شعر قصيدة أبيات".split()
)
_HALVES = frozenset(
    "bayt bait beit bet sadr sader ajuz ajoz ajz shatr shater hemistich misra mesra b beyt".split()
)
_MOST_WORDS, _LONGEST_LINE, _MOST_INSIDE = 10, 80, 1
_LEAST_LINES, _LEAST_RHYMED = 3, 0.75
_CENTRED = compiled(r"text-align\s*:\s*center", re.IGNORECASE)
_CLOSED = compiled(r"[.:؛;]\s*$|\d")
_MARKED = compiled(r"\s*(?:[-–—•*·▪]\s|\(?[\d٠-٩۰-۹]{1,3}[.)–-])")


def is_poem(blocks: Sequence[Element]) -> bool:
    """Say whether an element, or one close around it, is called a poem."""
    return any(not _POEMS.isdisjoint(names(each)) for each in blocks)


def is_unmarked(element: Element) -> bool:
    """Say whether a numbered list shows no numbers."""
    return bool(re.search(r"list-style(?:-type)?\s*:\s*none", get(element, "style")))


# --- lines of one paragraph -----------------------------------------------------------------


def of_lines(lines: Sequence[Runs], blocks: Sequence[Element], *, language: str) -> Verse | None:
    """Return the lines of a paragraph as verse: in a poem, in two halves each, or centred."""
    texts = [plain(line) for line in lines]
    if not texts or any(len(text) > 2 * _LONGEST_LINE for text in texts):
        return None
    if is_poem(blocks) and all(_is_line(text) or _is_parted(text) for text in texts):
        return _verse(lines, language=language)
    if len(texts) > 1 and all(map(_is_parted, texts)):
        return _verse(lines, language=language)
    centred = any(
        _CENTRED.search(get(each, "style")) or get(each, "align") == "center" for each in blocks
    )
    if centred and len(texts) > _LEAST_LINES and all(map(_is_line, texts)):
        return _verse(lines, language=language)
    return None


def _verse(lines: Sequence[Runs], *, language: str) -> Verse:
    made: list[VerseLine] = []
    texts = [plain(line).replace("\N{NO-BREAK SPACE}", " ").strip() for line in lines]
    for line, halves in zip(lines, stanza(texts), strict=True):
        if len(halves) == 2:
            made.append(VerseLine(tuple((Text(" ".join(half.split())),) for half in halves)))
        else:
            made.append(VerseLine((inlines(line, language=language),)))
    return Verse(tuple(made))


def _is_parted(text: str) -> bool:
    return len(hemistichs(text.replace("\N{NO-BREAK SPACE}", " ").strip())) == 2


def _is_line(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and len(text) <= _LONGEST_LINE
        and not _MARKED.match(text)
        and not re.search(r"\d", text)
    )


# --- halves ---------------------------------------------------------------------------------


def of_table(element: Element, *, inside: Inside) -> Verse | None:
    """Return a table of two hemistichs a row as verse; None for another table."""
    rows = list(element.iter("tr"))
    if not rows or next(element.iterdescendants("table", "th", "caption"), None) is not None:
        return None
    texts: list[list[Element]] = []
    for row in rows[:1000]:
        cells = [
            cell
            for cell in row
            if tag(cell) == "td"
            and text_of(cell, most=_LONGEST_LINE).strip(" *.…\n\t\N{NO-BREAK SPACE}")
        ]
        if len(cells) > 2:
            return None
        if cells:
            texts.append(cells)
    named = is_poem([element]) or any(
        not (_POEMS | _HALVES).isdisjoint(names(each))
        for cells in texts[:2]
        for each in (*cells, *(child for cell in cells for child in cell))
    )
    words = [[text_of(cell, most=_LONGEST_LINE) for cell in cells] for cells in texts]
    if not words or not all(_is_line(text) for line in words for text in line):
        return None
    if not named and not are_rhymed(
        [line[-1] for line in words if len(line) == 2], whole=len(words)
    ):
        return None
    return Verse(
        tuple(VerseLine(tuple(cell_inlines(inside(cell)) for cell in cells)) for cells in texts)
    )


def are_rhymed(ends: Sequence[str], *, whole: int) -> bool:
    """Say whether lines end in the same letter, as those of a classical poem do."""
    letters = [letters[-1] for end in ends if (letters := fold_words(end).replace(" ", ""))]
    if len(letters) < max(_LEAST_LINES, whole) or any(_CLOSED.search(end) for end in ends):
        return False
    most = max(letters.count(letter) for letter in set(letters))
    return most >= _LEAST_RHYMED * len(letters)


def of_pairs(texts: Sequence[Inlines]) -> Verse:
    """Return hemistichs that come one after the other as lines of two."""
    pairs = zip(texts[::2], texts[1::2], strict=False)
    lines = [VerseLine(pair) for pair in pairs]
    if len(texts) % 2:
        lines.append(VerseLine((texts[-1],)))
    return Verse(tuple(lines))


def is_half(text: str) -> bool:
    """Say whether a text could be a hemistich: few words, nothing that closes a sentence."""
    return _is_line(text) and len(text.split()) > 1 and not _CLOSED.search(text)


def is_line_of_halves(element: Element, blocks: Sequence[Element]) -> bool:
    """Say whether an element is a line of verse whose two halves are elements of their own."""
    if len(element) not in {2, 3} or (element.text or "").strip():
        return False
    if tag(element) in {"a", "span", "b", "strong", "em", "i", "tr"}:
        return False
    halves = _halves(element)
    if len(halves) != 2 or any(len(half) > _MOST_INSIDE for half in halves):
        return False
    called = any(not _HALVES.isdisjoint(names(each)) for each in (element, *halves))
    if not called and not is_poem([*blocks[-2:], element]):
        return False
    return all(is_half(text_of(half, most=_LONGEST_LINE)) for half in halves)


def _halves(element: Element) -> list[Element]:
    """Return the children of an element with words in them; none where words stand between."""
    if any((child.tail or "").strip(" *.…\n\t\N{NO-BREAK SPACE}") for child in element):
        return []
    return [child for child in element if text_of(child, most=9).strip(" *.…")]


def of_halves(element: Element, *, inside: Inside) -> Verse:
    """Return the one line of such an element."""
    return Verse((VerseLine(tuple(cell_inlines(inside(half)) for half in _halves(element))),))
