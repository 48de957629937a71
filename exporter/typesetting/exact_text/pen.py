"""What writes the codes of a line and the distances between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from weasyprint.text.ffi import FROM_UNITS

from exporter.typesetting.exact_text.clusters import LEAST_ROOM, Cluster, Glyph, with_room
from exporter.typesetting.exact_text.directions import Marks, marked
from exporter.typesetting.exact_text.encoding import Encoding, Form, is_thin
from exporter.typesetting.exact_text.forms import (
    anchor,
    form_of,
    standing_for,
    thin,
    thousandths,
    whole_space,
)
from exporter.typesetting.exact_text.phrases import Anchor
from exporter.typesetting.exact_text.words import Word

NO_MARKS = Marks()
_LETTERS = "\u0620-\u064a\u066e\u066f\u0671-\u06d3"
# Words that need no mark: of letters alone; with marks of their own where something is on the left.
_PLAIN = re.compile(f"[{_LETTERS}]+")
_VOCALISED = re.compile(f"[{_LETTERS}\u064b-\u0652\u0670]+")
# In what steps spaces get wider, in 1/1000 em.
_STEP = 40
# How many widths there are of what is not seen, for each em.
_WIDTHS = 20


Step: TypeAlias = tuple[Form, float]
"""What is drawn for a cluster, and how far the pen moves then, in 1/1000 em."""


class Drawn(NamedTuple):
    """A word as it is drawn; `is_led` says that a mark is the first on its left."""

    steps: Sequence[Step]
    is_led: bool
    last: str
    ends_in_letter: bool


class Pen:
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

    def show(self, steps: Iterable[Step]) -> None:
        """Draw clusters, one after another."""
        encoding, late, shown = self._encoding, self._late, self._shown
        written = encoding.written
        for form, advance in steps:
            codes, width = written.get(form) or encoding.write(form)
            if codes and (late >= 1 or late <= -1):
                # Rounded towards nothing: poppler sorts by position, so that a letter must not
                # stand before the mark on its left.
                moved = int(late)
                shown.append(f">{moved}<")
                late -= moved
            shown.append(codes)
            late += width
            late -= advance
        self._late = late

    def show_marks(self, marks: str) -> None:
        """Write marks of direction at the end, but inside.

        PDFBox drops one that stands where the run to the right has the same; pdfium reads a gap
        between marks, however small, as a space.
        """
        for mark in marks:
            form = thin(mark, self._encoding.source)
            _, width = self._encoding.write(form)
            self._late += width
            self.show(((form, 0.0),))

    def show_anchor(self, one: Anchor, *, width: float = 0) -> None:
        """Write an anchor that is about so many pixels wide."""
        steps = round(width / self._size * _WIDTHS)
        form = anchor(*one, self._encoding.source, more=steps / _WIDTHS)
        codes, written = self._encoding.write(form)
        self._shown.append(codes)
        self._late += written - 1000 * width / self._size

    def show_glyphs(self, glyphs: Sequence[Glyph], text: str, *, width: float) -> None:
        """Write glyphs for a text that is not theirs, about so many pixels wide."""
        steps = round(width / self._size * _WIDTHS)
        source, size = self._encoding.source, self._size
        form = standing_for(text, (*glyphs,), source, size=size, width=steps / _WIDTHS)
        self._shown.append(self._encoding.write(form)[0])

    def show_anchors(self, anchors: Iterable[Anchor], *, back: float) -> None:
        """Write anchors at one place, and go from there so far to the left, in pixels."""
        last, source = 0, self._encoding.source
        for number, one in enumerate(anchors):
            codes, width = self._encoding.write(anchor(*one, source))
            self._shown.append(f">{last}<{codes}" if number else codes)
            last = width
        total = 1000 * back / self._size + last
        # pdf.js passes over a distance after a format character, so that there are two.
        self._shown.append(f">1 {int(total) - 1}<")
        self._late = total - int(total)

    def step(self, cluster: Cluster) -> Step:
        """Return how a cluster is drawn."""
        form = form_of(cluster, self._encoding.source, self._size)
        return form, thousandths(cluster.advance, self._size)

    def step_before_mark(self, cluster: Cluster) -> Step:
        """Return how a cluster is drawn that is followed by a mark of the next letter.

        MuPDF takes no notice of where a mark stands, so that a gap before it, as a justified line
        has beside its spaces, becomes a second space after it: here the space itself is wide.
        """
        if cluster.text != " " or cluster.is_whole:
            return self.step(cluster)
        advance = thousandths(cluster.advance, self._size)
        wide = round(advance / _STEP) * _STEP
        return whole_space(round(wide * self._encoding.source.units_per_em / 1000)), advance

    def drawn(self, word: Word, marks: Marks, *, last: str) -> Drawn:
        """Return a word as it is drawn in a line, where it has these marks.

        `last` is the character on its left.
        """
        key = last if marks is NO_MARKS else (last, marks)
        drawn: Drawn | None = word.drawn.get(key)
        if drawn is None:
            room = {word.clusters[0].pango_font: LEAST_ROOM * self._size / FROM_UNITS}
            shown = [*with_room(word.clusters, room)]
            if marks.left or not (_VOCALISED if last else _PLAIN).fullmatch(word.text):
                shown = [*marked(shown, marks, last=last)]
            right = next((one.text[-1] for one in reversed(shown) if one.text), "")
            is_led = is_thin(shown[0].text[:1] or " ")
            steps = [*map(self.step, shown)]
            drawn = word.drawn[key] = Drawn(steps, is_led, right, right.isalpha())
        return drawn
