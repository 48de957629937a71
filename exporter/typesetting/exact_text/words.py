"""Words shaped once: a right-to-left line is put together of them, measured and drawn.

Stock WeasyPrint shapes a text about seven times on its way to the page: with what follows it, to
find where the line ends; alone; without its last space; and again where it is drawn. A text that
is cut at its spaces, as a justified one is, has the same words wherever they stand, and in most
fonts a whole text has them too. So each is shaped once for all lines of its style.

What can't be told from the words alone is left to Pango: a letter of another script or another
font, numbers that the letters around them turn round, and kerning across a space.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from typing import Any

from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, pango
from weasyprint.text.line_break import Layout, line_size

from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.typesetting.exact_text.clusters import (
    LEAST_ROOM,
    Cluster,
    Columns,
    Glyph,
    Run,
    columns_of,
    leans,
    runs_of,
    text_of,
    with_their_letters,
)

_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_PUNCTUATION = "\u060c\u061b\u061f\u06d4\u066a-\u066c%/.,:;!?()\\[\\]\"'«»“”‘’…–—-"
_ARABIC_DIGITS = "\u0660-\u0669"
_EUROPEAN_DIGITS = "0-9\u06f0-\u06f9"
_LETTERS = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08bf"
# Neither a separator between European digits (but for one beside a letter, as in a date of two
# calendars) nor a per cent sign or a hyphen beside one: what these become depends on the letter
# before the number, wherever in the line that is (UAX #9 rules W2, W4, W5).
_SAFE = compiled(
    f"(?!.*[{_EUROPEAN_DIGITS}][^{_LETTERS}]*[%/.,:\u060c\u066a-\u066c-][^{_LETTERS}]*[{_EUROPEAN_DIGITS}])"
    f"(?!.*[{_EUROPEAN_DIGITS}][%\u066a-]|.*[%\u066a-][{_EUROPEAN_DIGITS}])"
    f"[{_ARABIC}{_JOINERS}{_ARABIC_DIGITS}{_EUROPEAN_DIGITS}{_PUNCTUATION}]+"
)
_LETTER = compiled(f"[{_LETTERS}]")

_MOST_WORDS = 30_000
"""Of all styles of an engine: about 115 MB."""
_MOST_STYLES = 64
_ANCHOR = "م"
_HAIR = 1e-6
"""A spacing that rounds to nothing still cuts the text at its spaces."""

Key = tuple[str, frozenset[int]]
"""The text of a word, and the offset of each kashida in its UTF-8."""


def has_letter(text: str) -> bool:
    """Whether the text has a letter that tells its script."""
    return bool(_LETTER.search(text))


@dataclass(slots=True, eq=False)
class Word:
    """A word as it is drawn between spaces; lengths are in Pango units.

    `clusters` are given from left to right; `edges` holds the right edge of each of Pango's own
    clusters by its offset in UTF-8, `size` is that of the word; `is_plain` says that one font draws
    it in one direction; `drawn` is for the drawing to keep what it has found out.
    """

    text: str
    glyphs: Columns
    clusters: tuple[Cluster, ...]
    edges: Mapping[int, int]
    size: int
    width: int
    is_plain: bool
    has_letter: bool
    drawn: dict[object, Any] = field(default_factory=dict)


class Styled:
    """The words of one style in one engine; `others` are those of all its styles."""

    def __init__(self, style: Any, others: Mapping[object, Styled]) -> None:
        self.style = style
        self._others = others
        self._layout = Layout(style, _HAIR)  # kept: the fonts of the clusters live with it
        self._layout.set_text(f"{_ANCHOR} {_ANCHOR}", justify=True)
        line, _ = self._layout.get_first_line()
        _, self.height = line_size(line, style)
        self.baseline = pango.pango_layout_get_baseline(self._layout.layout) * FROM_UNITS
        left, space, _ = runs_of(line)
        self.font = left.font
        self.space = Glyph(space.numbers[0], space.xs[0], space.ys[0], space.widths[0])
        self.is_sound = left.font == space.font and left.rtl and len(space.numbers) == 1
        self.size = style["font_size"]
        self.kept: dict[Key, Word | None] = {}
        """Each word that was shaped, None for one that is not safe."""
        self.kerns: dict[object, Any] = {}
        """What was found out of words beside each other (`across_spaces.py`)."""
        self.recent: deque[Any] = deque()
        """The last paragraphs of the style (`paragraphs.py`)."""

    def words_of(
        self, text: str, style: Any, kashidas: frozenset[int] = frozenset()
    ) -> tuple[Word | None, ...] | None:
        """Return the words of a text between its spaces, None for no word; None if one is not safe.

        A text without a letter takes its script from what is around it, and is not safe either.
        """
        if "  " in text or not has_letter(text):
            return None
        keys = _keys(text, kashidas)
        if self._missing(keys):
            self._make_room()
            self._shape(self._missing(keys), style)
        words = tuple(self.kept[key] if key[0] else None for key in keys)
        sound = all(word is not None or not key[0] for word, key in zip(words, keys, strict=True))
        return words if sound else None

    def stretched(
        self, words: Sequence[Word | None], text: str, style: Any, kashidas: frozenset[int]
    ) -> tuple[Word | None, ...] | None:
        """Return what `words_of` does for a text with kashidas in it, given its words without."""
        keys: dict[int, Key] = {}
        drawn = text.split(" ")
        start = 0
        for number, word in enumerate(words):
            longer = drawn[number]
            if word is None or word.text == longer:
                start += word.size + 1 if word else 1
                continue
            end = start + len(longer.encode())
            own = frozenset(at - start for at in kashidas if start <= at < end)
            keys[number] = (longer, own)
            start = end + 1
        if self._missing(keys.values()):
            self._make_room()
            self._shape(self._missing(keys.values()), style)
        found = {number: self.kept[key] for number, key in keys.items()}
        if not all(found.values()):
            return None
        return tuple(found.get(number, word) for number, word in enumerate(words))

    def _missing(self, keys: Iterable[Key]) -> Mapping[Key, None]:
        return {key: None for key in keys if key[0] and key not in self.kept}

    def _make_room(self) -> None:
        """Forget all words where there are too many: some kilobytes are kept of each."""
        every = {self, *self._others.values()}
        if sum(len(one.kept) for one in every) > _MOST_WORDS:
            for one in every:
                one.kept.clear()
                one.kerns.clear()

    def _shape(self, keys: Mapping[Key, None], style: Any) -> None:
        wanted = []
        for key in keys:
            self.kept[key] = None
            if _SAFE.fullmatch(key[0]):
                wanted.append(key)
        if not wanted:
            return
        layout = Layout(style, _HAIR)
        layout.set_text(" ".join((_ANCHOR, *(text for text, _ in wanted), _ANCHOR)), justify=True)
        line, _ = layout.get_first_line()
        starts, place = {}, len(_ANCHOR.encode()) + 1
        for key in wanted:
            starts[place] = key
            place += len(key[0].encode()) + 1
        self.kept |= _taken(line, starts, self)


def styled(style: Any) -> Styled | None:
    """Return the words of a style, None for one whose lines are not put together of words."""
    found = style.__dict__.get("exporter_words", _UNKNOWN)
    if found is _UNKNOWN:
        found = style.exporter_words = _styled(style)
    words: Styled | None = found
    return words


_UNKNOWN: Any = object()


def _styled(style: Any) -> Styled | None:
    is_usual = (
        style["direction"] == "rtl"
        and style["white_space"] == "normal"
        and style["letter_spacing"] == "normal"
        and not style["word_spacing"]
        and style["word_break"] == "normal"
        and style["hyphens"] != "auto"
        and style["text_decoration_line"] == "none"
        and style["font_size"] > _SMALLEST
    )
    if not is_usual:
        return None
    styles: dict[object, Styled] = style.font_config.__dict__.setdefault("exporter_words", {})
    key = tuple(map(repr, map(style.__getitem__, _SHAPING)))
    if key not in styles:
        if len(styles) >= _MOST_STYLES:
            styles.clear()
        styles[key] = Styled(style, styles)
    return styles[key] if styles[key].is_sound else None


_SMALLEST = 1e-3
_SHAPING = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
    "overflow_wrap",
)


def _keys(text: str, kashidas: frozenset[int]) -> list[Key]:
    if not kashidas:
        return [(word, _NONE) for word in text.split(" ")]
    keys, start = [], 0
    places = deque(sorted(kashidas))
    for word in text.split(" "):
        end = start + len(word.encode())
        own = []
        while places and places[0] < end:
            own.append(places.popleft() - start)
        keys.append((word, frozenset(own) if own else _NONE))
        start = end + 1
    return keys


_NONE: frozenset[int] = frozenset()


def _taken(line: Any, starts: Mapping[int, Key], of: Styled) -> dict[Key, Word | None]:
    """Return the words of a line cut at its spaces, by where each begins."""
    places = [*starts]
    runs: dict[int, list[Run]] = {place: [] for place in places}
    for run in runs_of(line):
        number = bisect_right(places, run.offset) - 1
        if number >= 0:
            runs[places[number]].append(run)
    return {key: _word(key, runs[start], start, of) for start, key in starts.items()}


def _word(key: Key, runs: Sequence[Run], start: int, of: Styled) -> Word | None:
    text, kashidas = key
    end = start + len(text.encode())
    own = [run for run in runs if run.offset < end]  # what follows the last word is no word
    if not own or any(run.font != of.font or not run.is_known for run in own):
        return None
    drawn = text_of(text, kashidas)
    clusters = (
        cluster
        for run in own
        for cluster in run._replace(offset=run.offset - start).clusters(drawn, of.font)
    )
    joined = tuple(with_their_letters(clusters))
    last = joined[-1]
    narrow = len(last.text) > 1 and last.advance < 1.1 * LEAST_ROOM * of.size * TO_UNITS
    if leans(last) or narrow or not joined[0].text:
        return None
    widths = tuple(width for run in own for width in run.widths)
    places = (run.offset - start + place for run in own for place in run.places)
    return Word(
        text,
        glyphs=columns_of(own),
        clusters=joined,
        edges=dict(zip(places, accumulate(widths), strict=True)),
        size=end - start,
        width=sum(widths),
        is_plain=len(own) == 1 and own[0].rtl,
        has_letter=has_letter(text),
    )


class WordsLayout(Layout):  # type: ignore[misc]
    """A text put together of words, in place of Pango's layout of it, which is made when asked for.

    `is_whole` says that the text is the same shaped as a whole, `kerning` how much wider it is so.
    """

    def __init__(
        self,
        of: Styled,
        words: Sequence[Word | None],
        text: str,
        *,
        kashidas: frozenset[int] = frozenset(),
        is_whole: bool = False,
        kerning: int = 0,
    ) -> None:
        self.of, self.words, self.text = of, words, text
        self.is_whole, self.kerning = is_whole, kerning
        self.justification_spacing = 0.0
        self.max_width: float | None = None
        self.kashidas = kashidas
        self.first_line_direction = PANGO_DIRECTION["rtl"]
        self.ascent = self.underline_position = self.strikethrough_position = None

    def stretched(self, text: str, kashidas: frozenset[int]) -> WordsLayout | None:
        """Return the layout of a text with kashidas in it; None where a word is not safe so."""
        words = self.of.stretched(self.words, text, self.of.style, kashidas)
        return WordsLayout(self.of, words, text, kashidas=kashidas) if words else None

    @property
    def units(self) -> int:
        """The width of the text, its spaces as the font has them, in Pango units."""
        words = sum(word.width for word in self.words if word)
        return words + (len(self.words) - 1) * self.of.space.width + self.kerning

    @property
    def is_drawn_of_words(self) -> bool:
        """Whether the text is drawn as its words are: cut at its spaces, or no matter."""
        return bool(self.justification_spacing) or self.is_whole

    def reactivate(self, style: Any) -> None:
        """Do nothing: we draw without Pango's layout."""

    def __getattr__(self, name: str) -> Any:
        if name not in _MADE:
            raise AttributeError(name)
        super().reactivate(self.of.style)
        return self.__dict__[name]

    def deactivate(self) -> None:
        """Let go of Pango's layout, if it was made."""
        for name in _MADE:
            self.__dict__.pop(name, None)

    def edges(self) -> Callable[[int], float | None]:
        """Return what finds the right edge of a cluster from the left, by its offset in UTF-8."""
        starts, lefts = [], []
        start, left = 0, self.units - self.kerning
        for word in self.words:
            size, width = (word.size, word.width) if word else (0, 0)
            left -= width
            starts.append(start)
            lefts.append(left)
            start += size + 1
            left -= self.of.space.width

        def edge(offset: int) -> float | None:
            number = bisect_right(starts, offset) - 1
            word = self.words[number]
            found = word.edges.get(offset - starts[number]) if word else None
            return None if found is None else (lefts[number] + found) * FROM_UNITS

        return edge

    def clusters(self) -> list[Cluster]:
        """Return the clusters from left to right, with the spaces as wide as they are drawn."""
        first, inner, last = self.spaces()
        clusters: list[Cluster] = []
        for number, word in enumerate(reversed(self.words)):
            if number:
                is_last, is_first = self.words[-1] is None, self.words[0] is None
                at_end = number == 1 and is_last
                at_start = number == len(self.words) - 1 and is_first
                clusters.append(last if at_end else first if at_start else inner)
            if word:
                clusters += word.clusters
        return clusters

    def spaces(self) -> tuple[Cluster, Cluster, Cluster]:
        """Return a space at the text's beginning, one inside and one at the end, as drawn."""
        spacing = int(self.justification_spacing * TO_UNITS)
        # WeasyPrint doubles it at both ends, of which Pango takes one half.
        before, after = _halves(2 * spacing)
        left, right = _halves(spacing)
        return self._space(before, 0), self._space(left, right), self._space(0, after)

    def _space(self, left: int, right: int) -> Cluster:
        number, width = self.of.space.number, left + self.of.space.width + right
        return Cluster(self.of.font, True, " ", (Glyph(number, left, 0, width),), width)  # noqa: FBT003


_MADE = ("layout", "language", "style")


def _halves(spacing: int) -> tuple[int, int]:
    """Return what Pango puts to the left and to the right of a spaced glyph."""
    left = int(spacing / 2)
    if spacing % TO_UNITS == 0:
        left = (left + TO_UNITS // 2) // TO_UNITS * TO_UNITS
    return left, spacing - left


def put_together(box: Any, text: str, kashidas: frozenset[int]) -> WordsLayout | None:
    """Return a text of a box cut at its spaces, put together of words; None where it can't be."""
    layout = box.pango_layout
    if isinstance(layout, WordsLayout) and layout.text == text and layout.kashidas == kashidas:
        return WordsLayout(layout.of, layout.words, text, kashidas=kashidas)
    of = styled(box.style)
    words = of.words_of(text, box.style, kashidas) if of else None
    return WordsLayout(of, words, text, kashidas=kashidas) if of and words else None
