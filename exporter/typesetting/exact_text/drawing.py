"""Lines drawn so that their text can be taken out again.

Stock WeasyPrint 70 gives every glyph one text for the whole document, that of its first use. A font
that draws dots apart from letters, ligatures and marks, or the same glyph for two letters, comes
out wrong: letters are doubled, lost and swapped. Here every character has a code of its own
(`encoding.py`), in the order of the drawing, and the glyphs stand where they stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary, ref

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, pango

from exporter.arabic.joins import JOIN
from exporter.typesetting.exact_text.apart import stubs_here
from exporter.typesetting.exact_text.clusters import (
    LEAST_ROOM,
    Cluster,
    clusters_of,
    text_alone,
    with_room,
)
from exporter.typesetting.exact_text.directions import (
    RLM,
    Box,
    Marks,
    marked,
    marks_of_line,
)
from exporter.typesetting.exact_text.encoding import Encoding, is_emoji, is_thin
from exporter.typesetting.exact_text.isolates import isolated
from exporter.typesetting.exact_text.pen import NO_MARKS, Drawn, Pen, Step
from exporter.typesetting.exact_text.phrases import Stretch
from exporter.typesetting.exact_text.pictures import draw_picture
from exporter.typesetting.exact_text.pieces import draw_pieces, is_in_pieces
from exporter.typesetting.exact_text.reading_order import logical, starts_of
from exporter.typesetting.exact_text.truetype import TrueType
from exporter.typesetting.exact_text.words import WordsLayout
from exporter.typesetting.hooks import Function, Hook

_encodings: MutableMapping[Any, Encoding] = WeakKeyDictionary()
# How much lower marks stand with which pdfium begins a line, in em.
_LOWER = 0.01

_FONT = ("font_family", "font_style", "font_weight", "font_size")

_marks: ContextVar[Mapping[int, Marks]] = ContextVar("exporter_line_marks", default={})  # noqa: B039


def encoding_of(font: Any) -> Encoding | None:
    """Return the encoding of one of WeasyPrint's fonts, if a line was drawn in it by us."""
    return _encodings.get(font)


def _make_line(stock: Function) -> Function:
    def draw_inline_level(stream: Any, page: Any, box: Any, *args: Any, **kwargs: Any) -> None:
        if not isinstance(box, boxes.LineBox):
            stock(stream, page, box, *args, **kwargs)
            return
        texts = [text for text in _texts(box) if text.text.replace(JOIN, "")]
        turning = _is_rtl(page.children[0])
        found = [_box(text, turning=turning) for text in texts]
        marks = marks_of_line(found, rtl=_is_rtl(box), turning=turning)
        token = _marks.set({id(text): one for text, one in zip(texts, marks, strict=True)})
        try:
            stock(stream, page, box, *args, **kwargs)
        finally:
            _marks.reset(token)

    return draw_inline_level


def _box(text: Any, *, turning: bool) -> Box:
    box = Box(text.text.replace(JOIN, ""), _is_rtl(text), text.position_x, text.width)
    if not turning or box.rtl:
        return box
    return replace(box, stretches=tuple(_stretches(text)), size=text.style["font_size"])


def _stretches(text: Any) -> Iterator[Stretch]:
    """Yield a text by its fonts: what ASCII is in is known by its style, as a rule."""
    if text.text.isascii():
        yield Stretch(text.text, tuple(text.style[name] for name in _FONT))
        return
    layout = text.pango_layout
    layout.reactivate(text.style)
    clusters = _clusters(text)
    starts = starts_of(clusters, text_alone(text.text))
    read = [one for _, one in sorted(zip(starts, clusters, strict=True), key=itemgetter(0))]
    for font, run in groupby(read, lambda cluster: cluster.pango_font):
        yield Stretch("".join(map(logical, run)), font)
    layout.deactivate()


def _is_rtl(box: Any) -> bool:
    return bool(box.style["direction"] == "rtl")


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
            parted = any(one.apart or one.pieces for one in _marks.get().values())
            encodings = _fitting(stream, textbox, clusters, needs_marks=parted)
            if encodings:
                _draw(stream, textbox, clusters, encodings=encodings, marks=marks, matrix=matrix)
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
    textbox: Any,
    clusters: Sequence[Cluster],
    *,
    encodings: Mapping[Any, tuple[Encoding, float]],
    marks: Marks,
    matrix: Any,
) -> None:
    place = tuple(round(value, 3) for value in matrix.values)
    if marks.apart:
        encoding, size = encodings[clusters[0].pango_font]
        lower = round(place[5] + _LOWER * size, 3)
        stream.set_text_matrix(*place[:4], round(place[4] + marks.shift, 3), lower)
        apart = Pen(stream)
        apart.take(encoding, size)
        apart.show_marks(marks.apart)
        apart.lift()
    if marks.is_picture and len(encodings) == 1:
        draw_picture(stream, textbox, clusters, encodings=encodings, marks=marks, place=place)
        return
    if marks.pieces and is_in_pieces(clusters, marks.pieces):
        draw_pieces(stream, textbox, clusters, encodings=encodings, marks=marks, place=place)
        return
    with isolated(
        stream, textbox, marks=marks, font=encodings[clusters[0].pango_font], place=place
    ):
        stream.set_text_matrix(*place)
        pen = Pen(stream)
        least = {font: LEAST_ROOM * size / FROM_UNITS for font, (_, size) in encodings.items()}
        shown = [*marked(with_room(clusters, least), marks)]
        for cluster, following in zip_longest(shown, shown[1:]):
            pen.take(*encodings[cluster.pango_font])
            is_led = following is not None and is_thin(following.text[:1] or " ")
            pen.show((pen.step_before_mark(cluster) if is_led else pen.step(cluster),))
        for shown_together in (marks.right, marks.turn):
            pen.show_marks(shown_together)
            pen.lift()


def _draw_words(stream: Any, textbox: Any, *, marks: Marks, matrix: Any) -> bool:
    """Draw a line that is one text put together of words; say whether it is."""
    layout = textbox.pango_layout
    if (
        not isinstance(layout, WordsLayout)
        or not layout.is_drawn_of_words
        or marks.apart
        or marks.pieces
    ):
        return False
    found = _found(stream, textbox, layout)
    if found is None:
        return False
    place = [round(value, 3) for value in matrix.values]
    with isolated(stream, textbox, marks=marks, font=found, place=place):
        stream.set_text_matrix(*place)
        pen = Pen(stream)
        pen.take(*found)
        _show_words(pen, layout, NO_MARKS if marks == NO_MARKS else marks)
        pen.show_marks(marks.right)
        pen.lift()
    return True


def _found(stream: Any, textbox: Any, layout: WordsLayout) -> tuple[Encoding, float] | None:
    """Return the encoding and the size of a style's words: a page asks for them line by line."""
    kept = stream.__dict__.setdefault("exporter_encodings", {})
    found: tuple[Encoding, float] | None = kept.get(layout.of)
    if found is None or not found[0].has_room:
        fitting = _fitting(stream, textbox, layout.spaces()[:1], needs_marks=False)
        found = kept[layout.of] = fitting.get(layout.of.font)
    return found


def _show_words(pen: Pen, layout: WordsLayout, marks: Marks) -> None:
    """Draw the words of a line and the spaces between them, from left to right."""
    first, inner, last = layout.spaces()
    between, inside = pen.step(inner), _part(marks, is_left=False, is_right=False)
    end = len(layout.words) - 1
    steps: list[Step] = []
    before: Drawn | None = None
    for number, word in enumerate(reversed(layout.words)):
        is_inside = 0 < number < end
        here = inside if is_inside else _part(marks, is_left=not number, is_right=number == end)
        drawn = pen.drawn(word, here, last=" " if number else "") if word else None
        if before and drawn and before.ends_in_letter and not drawn.is_led:
            steps.append(between)  # which needs no mark
        elif number:
            space = last if before is None else first if drawn is None else inner
            own = _part(marks, is_left=before is None, is_right=drawn is None)
            shown = [*marked((space,), own, last=before.last if before else "")]
            steps += map(pen.step, shown[:-1])
            is_led = drawn is not None and drawn.is_led
            steps.append(pen.step_before_mark(shown[-1]) if is_led else pen.step(shown[-1]))
        if drawn:
            steps += drawn.steps
        before = drawn
    pen.show(steps)


def _part(marks: Marks, *, is_left: bool, is_right: bool) -> Marks:
    """Return the marks of a word or a space on its own, which may be at an end of its line."""
    if marks is NO_MARKS:
        return marks
    return Marks(marks.left if is_left else "", marks.right if is_right else "", apart=RLM)


HOOKS = (
    Hook("weasyprint.draw", "draw_inline_level", "068162a401d00efd", _make_line),
    Hook("weasyprint.draw.text", "draw_first_line", "1bb8eae6d88e71b1", _make_text),
)
