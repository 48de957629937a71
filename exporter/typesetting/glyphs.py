"""The glyphs of a page of words alone and where they stand, for a picture that needs no PDF."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

import uharfbuzz as hb
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face

from exporter.records import dataclass
from exporter.typesetting.exact_text.clusters import Run, runs_of

Colour = tuple[int, int, int]

_HOLDERS = (boxes.PageBox, boxes.MarginBox, boxes.BlockBox, boxes.LineBox, boxes.InlineBox)
_EDGES = ("top", "right", "bottom", "left")


class MoreThanWordsError(Exception):
    """Something else is on the page, or words that are not drawn as outlines in one colour."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of one font, size and colour: their numbers, and where they stand, in CSS pixels."""

    font: hb.Font
    size: float
    colour: Colour
    places: tuple[tuple[int, float, float], ...]

    @property
    def line(self) -> float:
        """How far below the top of the page they stand."""
        return self.places[0][2]


def glyphs_of(page: Any) -> tuple[Glyphs, ...]:
    """Return the glyphs of a laid out page of WeasyPrint's; raises MoreThanWordsError."""
    return tuple(one for text in _texts(page._page_box) for one in _drawn(text))  # noqa: SLF001


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            yield box
        return
    box = getattr(box, "_box", box)  # what stands at a place of its own has a placeholder
    if not isinstance(box, _HOLDERS) or not _is_clear(box):
        raise MoreThanWordsError
    for child in box.children:
        yield from _texts(child)


def _is_clear(box: Any) -> bool:
    """Whether nothing of a box is drawn, and what is in it just as it is."""
    style = box.style
    return (
        _is_unpainted(box.background)
        and not style["box_shadow"]
        and not any(style[f"border_{edge}_width"] for edge in _EDGES)
        and not style["outline_width"]
        and not style["transform"]
        and style["opacity"] == 1
        and style["overflow"] == "visible"
        and style["clip"] == ()
    )


def _is_unpainted(background: Any) -> bool:
    """Whether a background is none; a page has one, if only an empty one."""
    if background is None:
        return True
    has_picture = any(layer.image is not None for layer in background.layers)
    return not background.color.alpha and not has_picture


def _drawn(text: Any) -> Iterator[Glyphs]:
    style = text.style
    red, green, blue, alpha = style["color"].to("srgb")
    is_plain = style["visibility"] == "visible" and style["text_decoration_line"] in ("none", set())
    if not is_plain or alpha != 1:
        raise MoreThanWordsError
    colour = (round(red * 255), round(green * 255), round(blue * 255))
    layout = text.pango_layout
    layout.reactivate(style)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003
    line, _ = layout.get_first_line()
    x, y = text.position_x, text.position_y + text.baseline
    for run in runs_of(line):
        if not run.is_known:
            raise MoreThanWordsError
        places = tuple(_places(run, x, y))
        if places:
            yield Glyphs(
                _opened(get_pango_font_hb_face(run.font)), style["font_size"], colour, places
            )
        x += sum(run.widths) * FROM_UNITS
    layout.deactivate()


def _places(run: Run, x: float, y: float) -> Iterator[tuple[int, float, float]]:
    pens = accumulate(run.widths, initial=0)
    for number, pen, aside, down in zip(run.numbers, pens, run.xs, run.ys, strict=False):
        if number != pango.PANGO_GLYPH_EMPTY:
            yield number, x + (pen + aside) * FROM_UNITS, y + down * FROM_UNITS


@lru_cache(maxsize=8)
def _opened(pango_face: Any) -> hb.Font:
    """Return a font in its own units; raises MoreThanWordsError for one with colours or axes.

    The key refers to the face, so that no other can come to stand at its address.
    """
    face = hb.Face(get_hb_object_data(pango_face))
    if not {"glyf", "CFF "}.intersection(face.table_tags) or face.has_var_data:
        raise MoreThanWordsError
    if face.has_color_paint or face.has_color_layers or face.has_color_png or face.has_color_svg:
        raise MoreThanWordsError
    return hb.Font(face)
