"""Where the lines of a right-to-left text end, found from the widths of its words.

The answer is the one of WeasyPrint's `split_first_line`. Where more than the widths of whole words
could matter, there is none: a break inside a word, a word alone on its line, a script that only
the letters around tell, and a font that moves letters together across a space close by.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, get_log_attrs

from exporter.records import dataclass
from exporter.typesetting.exact_text.across_spaces import kerns_of, known_of
from exporter.typesetting.exact_text.clusters import Columns, Run, columns_of, runs_of
from exporter.typesetting.exact_text.words import Styled, Word, WordsLayout, styled

# In how many of the last paragraphs a text is looked for: lines of notes come between its own.
_RECENT = 8
# From this width on WeasyPrint sets none.
_WIDEST = 2**21
# WeasyPrint breaks what has less room in em in another way.
_NARROWEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A text and what tells where its lines end, by the number of a word between spaces.

    `places` is where each word begins, in Pango units, and where one after the last would; `index`
    is the word that begins at a character. `may_break` holds the words before which a line may
    end, `unsure` those inside which it may and those that a word beside them changes; `kerns` has
    by how much each is wider that the word before it moves, but not at the beginning of a line.
    """

    text: str
    words: tuple[Word | None, ...]
    places: tuple[int, ...]
    index: dict[int, int]
    may_break: frozenset[int]
    unsure: frozenset[int]
    kerns: Mapping[int, int]


def first_line(
    text: str, style: Any, max_width: float | None, justification_spacing: float
) -> tuple[Any, ...] | None:
    """Return what `split_first_line` does, or None where the words alone don't tell."""
    of = styled(style)
    if of is None or not text or _is_too_narrow(max_width, style):
        return None
    paragraph = _paragraph(of, text, style)
    if paragraph is None:
        return None
    first = paragraph.index[len(paragraph.text) - len(text)]
    last = _end(of, paragraph, first, max_width)
    if last is None:
        return None
    layout = _layout(of, paragraph, first, last)
    if layout is None:
        return None
    layout.max_width, layout.justification_spacing = max_width, justification_spacing
    length = len(layout.text.encode())
    resume_at = None if last == len(paragraph.words) else length + 1
    return layout, length, resume_at, layout.units * FROM_UNITS, of.height, of.baseline


def _is_too_narrow(max_width: float | None, style: Any) -> bool:
    return max_width is not None and max_width < max(0, _NARROWEST * style["font_size"])


def _end(of: Styled, paragraph: Paragraph, first: int, max_width: float | None) -> int | None:
    """Return the word after the last one of a line, None where that is not sure."""
    places, count = paragraph.places, len(paragraph.words)
    if max_width is None or max_width == inf or max_width >= _WIDEST:
        return _sure(paragraph, first, count)
    room = int(max_width * TO_UNITS)
    start = places[first] + paragraph.kerns.get(first, 0)
    last = bisect_right(places, start + room + of.space.width) - 1
    if last >= count:
        return _sure(paragraph, first, count)
    while last > first and last not in paragraph.may_break:
        last -= 1
    if last <= first + 1 or paragraph.words[last] is None:
        return None
    left = room - (places[last] - of.space.width - start)
    beside = (paragraph.words[last - 1], paragraph.words[last])
    if left < of.space.width and not all(word and word.is_plain for word in beside):
        return None  # Pango counts the space before a word in another direction to the line
    return _sure(paragraph, first, last)


def _sure(paragraph: Paragraph, first: int, last: int) -> int | None:
    is_sure = not paragraph.unsure or paragraph.unsure.isdisjoint(range(first, last + 2))
    return last if is_sure else None


def _layout(of: Styled, paragraph: Paragraph, first: int, last: int) -> WordsLayout | None:
    words = paragraph.words[first:last]
    if not any(word and word.has_letter for word in words):
        return None
    text = " ".join(word.text if word else "" for word in words)
    kerns = [paragraph.kerns[at] for at in range(first + 1, last) if at in paragraph.kerns]
    return WordsLayout(of, words, text, is_whole=not kerns, kerning=sum(kerns))


# --- the paragraph --------------------------------------------------------------------------


def _paragraph(of: Styled, text: str, style: Any) -> Paragraph | None:
    """Return the paragraph that a text is, or is the rest of."""
    recent: deque[Paragraph] = of.recent
    for paragraph in recent:
        if paragraph.text.endswith(text) and len(paragraph.text) - len(text) in paragraph.index:
            return paragraph
    words = of.words_of(text, style)
    if words is None:
        return None
    paragraph = _measured(of, text, words, style)
    recent.appendleft(paragraph)
    if len(recent) > _RECENT:
        recent.pop()
    return paragraph


def _measured(of: Styled, text: str, words: Sequence[Word | None], style: Any) -> Paragraph:
    known = known_of(of, style)
    changed: Mapping[int, int | None]
    if known is None:
        attributes, changed = _asked(of, text, words, style)
    else:
        attributes = get_log_attrs(text, style["lang"])
        changed = kerns_of(of, words, known, style)
    kerns = {number: kern for number, kern in changed.items() if kern is not None}
    index, places, at, place = {}, [], 0, 0
    for number, word in enumerate(words):
        index[place] = number
        places.append(at)
        if word:
            at += word.width + kerns.get(number, 0)
            place += len(word.text)
        at += of.space.width
        place += 1
    places.append(at)
    breaks = _breaks(attributes, len(text))
    may_break = frozenset(number for place, number in index.items() if breaks[place])
    unsure = {number for number, kern in changed.items() if kern is None}
    if breaks.count(1, 0, len(text)) > len(may_break):
        within = (place for place in range(len(text)) if breaks[place] and place not in index)
        unsure.update(_word_at(index, place) for place in within)
    return Paragraph(text, tuple(words), tuple(places), index, may_break, frozenset(unsure), kerns)


def _breaks(attributes: Any, length: int) -> bytes:
    """Return 1 for each character before which a line may end, else 0."""
    # `is_line_break` is the first bit of each.
    size = ffi.sizeof("PangoLogAttr")
    return bytes(ffi.buffer(attributes, size * (length + 1)))[::size].translate(_FIRST_BIT)


_FIRST_BIT = bytes(number & 1 for number in range(256))


def _asked(
    of: Styled, text: str, words: Sequence[Word | None], style: Any
) -> tuple[Any, Mapping[int, None]]:
    """Return what Pango says of a text: where lines may end, and the words that are changed."""
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    changed = dict.fromkeys(_moved(of, words, runs_of(line)))
    attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    # Pango owns them.
    size = ffi.sizeof("PangoLogAttr") * (len(text) + 1)
    return ffi.from_buffer(bytes(ffi.buffer(attributes, size))), changed


def _word_at(index: dict[int, int], place: int) -> int:
    return index[max(start for start in index if start <= place)]


def _moved(of: Styled, words: Sequence[Word | None], runs: Sequence[Run]) -> Iterator[int]:
    """Yield the words that the whole text draws in another way than words alone, or puts so."""
    if _as_words(of, words) == columns_of(runs):
        return
    by_place: dict[int, list[tuple[int, ...]]] = {}
    for run in runs:
        glyphs = zip(run.places, run.numbers, run.widths, run.xs, run.ys, strict=True)
        for place, *glyph in glyphs:
            by_place.setdefault(run.offset + place, []).append(tuple(glyph))
    space = [(of.space.number, of.space.width, of.space.x, of.space.y)]
    offset = 0
    for number, word in enumerate(words):
        if number and by_place.get(offset - 1) != space:
            yield from (number - 1, number)
        if word:
            size = len(word.text.encode())
            own = (by_place.get(offset + place, ()) for place in range(size))
            found = sorted(glyph for glyphs in own for glyph in glyphs)
            if found != sorted(zip(*word.glyphs, strict=True)):
                yield number
            offset += size
        offset += 1


def _as_words(of: Styled, words: Sequence[Word | None]) -> Columns:
    """Return the glyphs of words, one after another from left to right."""
    numbers: list[int] = []
    widths: list[int] = []
    xs: list[int] = []
    ys: list[int] = []
    for place, word in enumerate(reversed(words)):
        if place:
            numbers.append(of.space.number)
            widths.append(of.space.width)
            xs.append(of.space.x)
            ys.append(of.space.y)
        if word:
            numbers += word.glyphs[0]
            widths += word.glyphs[1]
            xs += word.glyphs[2]
            ys += word.glyphs[3]
    return numbers, widths, xs, ys
