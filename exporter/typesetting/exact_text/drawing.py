"""Lines drawn so that their text can be taken out again.

Stock WeasyPrint 70 gives every glyph one text for the whole document, that of its first use. A font
that draws dots apart from letters, ligatures and marks, or the same glyph for two letters, comes
out wrong: letters are doubled, lost and swapped. Here every character has a code of its own
(`encoding.py`), in the order of the drawing, and the glyphs stand where they stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, MutableSet, Sequence
from contextvars import ContextVar
from itertools import zip_longest
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, ref

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, pango

from exporter.arabic.joins import JOIN
from exporter.typesetting.exact_text.apart import stubs_here
from exporter.typesetting.exact_text.clusters import (
    LEAST_ROOM,
    Cluster,
    Glyph,
    clusters_of,
    with_room,
)
from exporter.typesetting.exact_text.directions import (
    Box,
    Marks,
    is_phrase,
    marked,
    marks_of_line,
)
from exporter.typesetting.exact_text.encoding import Encoding, Shown, is_emoji, is_thin
from exporter.typesetting.exact_text.truetype import TrueType
from exporter.typesetting.exact_text.words import Word, WordsLayout
from exporter.typesetting.hooks import Function, Hook

_encodings: MutableMapping[Any, Encoding] = WeakKeyDictionary()
# WeasyPrint's pages with a left-to-right phrase that is a line of its own to pdfium.
_with_phrases: MutableSet[Any] = WeakSet()
# By how much a glyph may be wider or narrower than in its font and be drawn as it is, in 1/1000 em.
_LARGEST_GAP = 20
# In what steps spaces get wider, likewise.
_STEP = 40
# How much lower marks stand with which pdfium begins a line, in em.
_LOWER = 0.01

_marks: ContextVar[Mapping[int, Marks]] = ContextVar("exporter_line_marks", default={})  # noqa: B039


def has_phrases(document: Any) -> bool:
    """Whether a drawn document has a left-to-right phrase in a right-to-left line."""
    return any(page._page_box in _with_phrases for page in document.pages)  # noqa: SLF001


def encoding_of(font: Any) -> Encoding | None:
    """Return the encoding of one of WeasyPrint's fonts, if a line was drawn in it by us."""
    return _encodings.get(font)


def _make_line(stock: Function) -> Function:
    def draw_inline_level(stream: Any, page: Any, box: Any, *args: Any, **kwargs: Any) -> None:
        if not isinstance(box, boxes.LineBox):
            stock(stream, page, box, *args, **kwargs)
            return
        texts = [text for text in _texts(box) if text.text.replace(JOIN, "")]
        found = [
            Box(text.text.replace(JOIN, ""), text.style["direction"] == "rtl", text.position_x)
            for text in texts
        ]
        marks = marks_of_line(found, rtl=box.style["direction"] == "rtl")
        if any(one.apart for one in marks) and any(map(is_phrase, found)):
            _with_phrases.add(page)
        token = _marks.set({id(text): one for text, one in zip(texts, marks, strict=True)})
        try:
            stock(stream, page, box, *args, **kwargs)
        finally:
            _marks.reset(token)

    return draw_inline_level


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _make_text(stock: Function) -> Function:
    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        if whole and textbox.style["font_size"] >= 1e-6:
            marks = _marks.get().get(id(textbox), Marks())
            if _draw_words(stream, textbox, marks=marks, matrix=matrix):
                return []
            clusters = _clusters(textbox)
            parted = any(one.apart for one in _marks.get().values())
            encodings = _fitting(stream, textbox, clusters, needs_marks=parted)
            if encodings:
                _draw(stream, clusters, encodings, marks=marks, matrix=matrix)
                return []
        return stock(stream, textbox, text_overflow, block_ellipsis, matrix)

    return draw_first_line


def _clusters(textbox: Any) -> list[Cluster]:
    layout = textbox.pango_layout
    if isinstance(layout, WordsLayout) and layout.is_drawn_of_words:
        return layout.clusters()
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003
    line, _ = layout.get_first_line()
    return clusters_of(layout, line) or []


def _fitting(
    stream: Any, textbox: Any, clusters: Sequence[Cluster], *, needs_marks: bool
) -> dict[Any, tuple[Encoding, float]]:
    """Return the encoding and the size of each font of the line; nothing for a line left alone.

    A line in left-to-right letters stays as it is, unless its font has our codes already, it is of
    a book, or an emoji is in it: one is often several characters, of which stock loses some. Within
    right-to-left text it can need marks.
    """
    found = {}
    is_ours = needs_marks or any(cluster.rtl or is_emoji(cluster.text) for cluster in clusters)
    ours = is_ours or stubs_here() is not None
    for pango_font in {cluster.pango_font: None for cluster in clusters}:
        font, size = stream.add_font(pango_font)
        if pango.pango_version() < 14802:
            # https://gitlab.gnome.org/GNOME/pango/-/issues/530, as in WeasyPrint.
            size = textbox.style["font_size"]
        encoding = _encodings.get(font) or _shared(stream, font)
        if encoding is None and ours and _can_be_encoded(font):
            encoding = Encoding(ref(font), f"{font.hash}X", TrueType.of(font.file_content))
        if encoding is None or not encoding.has_room:
            return {}
        found[pango_font] = (font, encoding, size)
    for font, encoding, _ in found.values():
        _encodings[font] = encoding
    return {key: (encoding, size) for key, (_, encoding, size) in found.items()}


def _shared(stream: Any, font: Any) -> Encoding | None:
    """WeasyPrint can have two fonts of one name in a document: they are one in the PDF."""
    return next(
        (
            _encodings[other]
            for other in stream._fonts.values()  # noqa: SLF001
            if other.hash == font.hash and other in _encodings
        ),
        None,
    )


def _can_be_encoded(font: Any) -> bool:
    return font.index == 0 and TrueType.fits(font.file_content, font.tables)


def _draw(
    stream: Any,
    clusters: Sequence[Cluster],
    encodings: Mapping[Any, tuple[Encoding, float]],
    *,
    marks: Marks,
    matrix: Any,
) -> None:
    place = tuple(round(value, 3) for value in matrix.values)
    if marks.apart:
        encoding, size = encodings[clusters[0].pango_font]
        lower = round(place[5] + _LOWER * size, 3)
        stream.set_text_matrix(*place[:4], round(place[4] + marks.shift, 3), lower)
        apart = _Pen(stream)
        apart.take(encoding, size)
        apart.show_marks(marks.apart)
        apart.lift()
    stream.set_text_matrix(*place)
    pen = _Pen(stream)
    least = {font: LEAST_ROOM * size / FROM_UNITS for font, (_, size) in encodings.items()}
    shown = [*marked(with_room(clusters, least), marks)]
    for cluster, following in zip_longest(shown, shown[1:]):
        pen.take(*encodings[cluster.pango_font])
        if following is not None and is_thin(following.text[:1] or " "):
            pen.show_before_mark(cluster)
        else:
            pen.show(cluster)
    pen.show_marks(marks.right)
    pen.lift()


def _draw_words(stream: Any, textbox: Any, *, marks: Marks, matrix: Any) -> bool:
    """Draw a line that is one text put together of words; say whether it is."""
    layout = textbox.pango_layout
    if not isinstance(layout, WordsLayout) or not layout.is_drawn_of_words or marks != Marks():
        return False
    spaces = layout.spaces()
    encodings = _fitting(stream, textbox, spaces[:1], needs_marks=False)
    if not encodings:
        return False
    stream.set_text_matrix(*(round(value, 3) for value in matrix.values))
    pen = _Pen(stream)
    pen.take(*encodings[layout.of.font])
    words = layout.words[::-1]
    for number, word in enumerate(words):
        if number:
            at_end, at_start = number == 1 and not words[0], number == len(words) - 1 and not word
            space = spaces[2] if at_end else spaces[0] if at_start else spaces[1]
            pen.show_space(space, word, is_first=at_end)
        if word:
            pen.show_word(word, is_first=number == 0)
    pen.lift()
    return True


Step = tuple[str, int, float]
"""Codes, their width and how far the pen should move, in 1/1000 em."""


class _Pen:
    """Writes codes and the distances between them; knows where it stands and where it should."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._encoding: Encoding
        self._size = 0.0
        self._shown: list[str] = []
        self._late = 0.0  # how far the pen is to the right of where it should be, in 1/1000 em

    def take(self, encoding: Encoding, size: float) -> None:
        """Change to a font."""
        if self._size and (encoding is not self._encoding or size != self._size):
            self._late *= self._size / size
            self.lift()
        self._encoding, self._size = encoding, size
        self._stream.set_font_size(encoding.name, size)

    def lift(self) -> None:
        """Write what was shown."""
        if self._shown:
            self._stream.show_text(f"<{''.join(self._shown)}>".replace("<>", ""))
        self._shown = []

    def show(self, cluster: Cluster) -> None:
        """Draw a cluster and move on to the next."""
        self._put(*self._drawn(cluster))
        self._late -= self._thousandths(cluster.advance)

    def _drawn(self, cluster: Cluster) -> tuple[str, int]:
        key = (*cluster[2:], self._size)
        drawn = self._encoding.drawn.get(key)
        if drawn is None:
            codes = self._codes(cluster)
            written = "".join(f"{code:04x}" for code, _ in codes)
            drawn = self._encoding.drawn[key] = (written, sum(width for _, width in codes))
        return drawn

    def show_word(self, word: Word, *, is_first: bool) -> None:
        """Draw a word, which is the first on its line from the left or follows a space."""
        key = (word, is_first, self._size)
        steps: Sequence[Step] | None = self._encoding.words.get(key)
        if steps is None:
            steps = self._encoding.words[key] = [
                (*self._drawn(cluster), self._thousandths(cluster.advance))
                for cluster in self._shown_of(word, last="" if is_first else " ")
            ]
        late, shown = self._late, self._shown
        for codes, width, advance in steps:
            if codes and (late >= 1 or late <= -1):
                moved = int(late)
                shown.append(f">{moved}<")
                late -= moved
            shown.append(codes)
            late += width
            late -= advance
        self._late = late

    def show_space(self, space: Cluster, following: Word | None, *, is_first: bool) -> None:
        """Draw a space, which is the first on its line from the left or has a word there."""
        (shown,) = marked((space,), Marks(), last="" if is_first else "م")
        beside = self._shown_of(following, last=" ")[0] if following else space
        if is_thin(beside.text[:1] or " "):
            self.show_before_mark(shown)
        else:
            self.show(shown)

    def _shown_of(self, word: Word, *, last: str) -> Sequence[Cluster]:
        """Return the clusters of a word as they are drawn, with the marks that they need."""
        shown: Sequence[Cluster] | None = word.drawn.get(last)
        if shown is None:
            font = word.clusters[0].pango_font
            roomy = with_room(word.clusters, {font: LEAST_ROOM * self._size / FROM_UNITS})
            shown = word.drawn[last] = [*marked(roomy, Marks(), last=last)]
        return shown

    def show_before_mark(self, cluster: Cluster) -> None:
        """Draw a cluster that is followed by a mark of the next letter.

        MuPDF takes no notice of where a mark stands, so that a gap before it, as a justified line
        has beside its spaces, becomes a second space after it: here the space itself is wide.
        """
        if cluster.text != " " or cluster.is_whole:
            self.show(cluster)
            return
        wide = round(self._thousandths(cluster.advance) / _STEP) * _STEP
        advance = round(wide * self._encoding.source.units_per_em / 1000)
        code, width = self._encoding.whole(cluster.text, (), advance)
        self._put(f"{code:04x}", width)
        self._late -= self._thousandths(cluster.advance)

    def show_marks(self, marks: str) -> None:
        """Write marks of direction at the end, but inside.

        PDFBox drops one that stands where the run to the right has the same; pdfium reads a gap
        between marks, however small, as a space.
        """
        for mark in marks:
            code, width = self._encoding.thin(mark)
            self._late += width
            self._put(f"{code:04x}", width)

    def _codes(self, cluster: Cluster) -> Sequence[Shown]:
        encoding, text = self._encoding, cluster.text
        glyphs = [one for one in cluster.glyphs if not encoding.source.is_blank(one.number)]
        if not glyphs:
            return self._blanks(cluster)
        if self._is_plain(cluster, glyphs[0]):
            return (encoding.glyph(glyphs[0].number, text),)
        unit = encoding.source.units_per_em * FROM_UNITS / self._size
        parts = tuple((one.number, round(one.x * unit), -round(one.y * unit)) for one in glyphs)
        advance = round(cluster.advance * unit)
        if cluster.is_whole:
            return (encoding.whole(text, parts, advance),)
        # A stroke with nothing beside it has to stand for something too (PDF/UA-1 §7.21.7).
        return encoding.cells(text or "\N{ARABIC TATWEEL}", parts, advance)

    def _blanks(self, cluster: Cluster) -> Sequence[Shown]:
        """Return spaces as wide as in the font: what a line adds to them is a distance."""
        encoding, text, glyphs = self._encoding, cluster.text, cluster.glyphs
        if cluster.is_whole:
            return (encoding.whole(text, (), encoding.source.advance(glyphs[0].number)),)
        if len(text) == 1 and glyphs:
            return (encoding.glyph(glyphs[0].number, text),)
        return [encoding.thin(character) for character in text]

    def _is_plain(self, cluster: Cluster, glyph: Glyph) -> bool:
        """Whether a glyph stands for one character about where the font would have it.

        A gap between a code and the next would be read as a space.
        """
        if len(cluster.text) != 1 or len(cluster.glyphs) != 1 or glyph.x or glyph.y:
            return False
        font = self._encoding.source
        natural = 1000 * font.advance(glyph.number) / font.units_per_em
        return bool(abs(self._thousandths(cluster.advance) - natural) <= _LARGEST_GAP)

    def _put(self, codes: str, width: int) -> None:
        if codes and abs(self._late) >= 1:
            # Rounded towards nothing: poppler sorts by position, so that a letter must not stand
            # before the mark on its left.
            moved = int(self._late)
            self._shown.append(f">{moved}<")
            self._late -= moved
        self._shown.append(codes)
        self._late += width

    def _thousandths(self, units: int) -> float:
        return float(units * FROM_UNITS * 1000 / self._size)


HOOKS = (
    Hook("weasyprint.draw", "draw_inline_level", "068162a401d00efd", _make_line),
    Hook("weasyprint.draw.text", "draw_first_line", "1bb8eae6d88e71b1", _make_text),
)
