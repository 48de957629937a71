"""The cover of an e-book: a typographic one made from the title, or the user's own picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from exporter import fonts
from exporter.article import Direction, Inlines, Metadata, Resource, Text
from exporter.article_view import Medium, digit_family
from exporter.errors import UsageError
from exporter.fonts import Face, Style
from exporter.publication import CoverKind, Publication
from exporter.records import dataclass
from exporter.rendering import render_template
from exporter.shown_dates import calendars_of, dated_words, shown_date
from exporter.themes import Theme, words_of
from exporter.transforms.direction import (
    isolate_inlines,
    isolated_line,
    isolated_names,
    order_inlines,
)
from exporter.typesetting.engine import Engine
from exporter.writers.cover_picture import picture_of

WIDTH, HEIGHT = 1600, 2560
"""The size of a cover in pixels, the 1:1.6 that bookshops ask for."""

_LARGEST_GIVEN_BYTES = 1_000_000
_LEADING = 1.5
_LONGEST_TEXT = 400
_MOST_LINES = 12
_MOST_NAMES = 3
_PARTICLES = frozenset("من في إلى على عن مع أو لا ما يا بل أن إن هل قد".split())
# Pango and HarfBuzz agree on advances but for rounding; the rest is for swashes beyond them.
_SAFETY = 1.03
# UnidentifiedImageError is an OSError; Pillow raises SyntaxError for a broken PNG.
PICTURE_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a cover, as in CSS."""

    ground: str
    tile: str
    line: str
    paper: str
    ink: str
    ornament: str


PALETTES = (
    Palette("#123c43", "#174a52", "#2c6a70", "#f7f1e3", "#123c43", "#a8823a"),
    Palette("#4e1624", "#5c1d2d", "#7d3a45", "#f8f0e4", "#4e1624", "#ac8238"),
    Palette("#1b2340", "#232d4f", "#414d78", "#f6f1e6", "#1b2340", "#a98540"),
    Palette("#3a4020", "#464c29", "#69703f", "#f7f2e2", "#343a1c", "#a07c34"),
    Palette("#5a2e17", "#68391f", "#8a5836", "#f9f1e2", "#4f2712", "#a87b2f"),
    Palette("#123a2a", "#184735", "#33664f", "#f5f1e1", "#123a2a", "#a8823a"),
    Palette("#2e2a33", "#3a3540", "#5b5563", "#f5f0e8", "#2e2a33", "#a47f42"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of text that fill a box, and their font size in CSS pixels."""

    lines: tuple[str, ...]
    size: float
    comma: str = ""
    """What stands between names."""

    @property
    def height(self) -> float:
        """The height of the lines in CSS pixels."""
        return len(self.lines) * self.size * _LEADING


@dataclass(frozen=True, slots=True)
class Box:
    """The room for a text in CSS pixels, and the largest size wanted there."""

    width: float
    height: float
    largest: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """The room for each text of a cover."""

    title: Box
    title_over_subtitle: Box
    subtitle: Box
    names: Box
    publisher: Box


def _boxes(theme: Theme) -> Boxes:
    width, height, largest = theme.cover_title
    return Boxes(
        title=Box(width, height, largest),
        title_over_subtitle=Box(width, height * 0.71, largest * 0.89),
        subtitle=Box(width - 80, 190, 62),
        names=Box(width - 80, 180, 70),
        publisher=Box(width - 180, 160, 56),
    )


def fit(text: str, face: Face, box: Box) -> Setting:
    """Return the text in balanced lines at the largest size at which it stays inside the box.

    A text of more than 400 characters is cut at a word, with an ellipsis.
    """
    words = _units(_shortened(text))
    if not words:
        return Setting((), box.largest)
    space = fonts.width(" ", face)
    widths = [fonts.width(word, face) * _SAFETY for word in words]
    settings = []
    for count in range(1, min(len(words), _MOST_LINES) + 1):
        lines = _balanced(widths, space, count)
        widest = max(sum(widths[a:b]) + space * (b - a - 1) for a, b in lines)
        size = min(box.largest, box.width / widest, box.height / (len(lines) * _LEADING))
        texts = tuple(" ".join(words[a:b]) for a, b in lines)
        settings.append(Setting(texts, round(size, 1)))
    return max(settings, key=lambda setting: setting.size)  # the first of equals: fewest lines


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_TEXT:
        return text
    head = text[:_LONGEST_TEXT]
    return (head.rsplit(maxsplit=1)[0] if " " in head else head) + "…"


def _units(text: str) -> list[str]:
    """Part a text where a line may end: a particle stays with the word it leads to."""
    units: list[str] = []
    leads = False
    for word in text.split():
        if leads:
            units[-1] += f" {word}"
        else:
            units.append(word)
        leads = "".join(filter(str.isalpha, word)) in _PARTICLES
    return units


def _balanced(widths: list[float], space: float, count: int) -> list[tuple[int, int]]:
    """Part words into at most `count` lines so that the widest line is as narrow as can be."""
    low, high = max(widths), sum(widths) + space * len(widths)
    for _ in range(24):
        middle = (low + high) / 2
        if len(_filled(widths, space, middle)) <= count:
            high = middle
        else:
            low = middle
    return _filled(widths, space, high)


def _filled(widths: list[float], space: float, measure: float) -> list[tuple[int, int]]:
    lines, start, used = [], 0, 0.0
    for index, width in enumerate(widths):
        wanted = width if index == start else used + space + width
        if index > start and wanted > measure:
            lines.append((start, index))
            start, wanted = index, width
        used = wanted
    return [*lines, (start, len(widths))]


def draw(publication: Publication, theme: Theme, engine: Engine) -> Resource:
    """Return the typographic cover as a PNG of 1600 × 2560 pixels.

    Its palette is chosen by the identifier, so it stays the same for the same publication.
    """
    html = render_template(
        "cover.xhtml", theme, context_of(publication, theme, boxes=_boxes(theme))
    )
    css = render_template("cover.css", theme, {"theme": theme})
    return Resource("", "image/png", picture_of(html, css=css, engine=engine))


def context_of(publication: Publication, theme: Theme, *, boxes: Boxes) -> Mapping[str, object]:
    """Return what the template of a cover needs, each text fitted into its box."""
    metadata = publication.metadata
    words = words_of(theme, metadata.language)
    regular = theme.text.regular
    bold = theme.library.family(theme.heading_font).face(700, Style.NORMAL)
    title_box = boxes.title_over_subtitle if metadata.subtitle else boxes.title
    lead = publication.articles[0]
    shown = partial(_drawable, theme=theme)
    return {
        "language": metadata.language,
        "direction": publication.direction,
        "palette": palette_of(metadata.identifier),
        "leading": _LEADING,
        "runs": partial(_runs, direction=publication.direction),
        "medium": Medium.PAPER,
        "title": fit(shown(metadata.title), bold, title_box),
        "subtitle": fit(shown(metadata.subtitle), regular, boxes.subtitle),
        "names": replace(
            fit(shown(_names(metadata, words["comma"])), regular, boxes.names),
            comma=words["comma"],
        ),
        "publisher": fit(shown(metadata.publisher), regular, boxes.publisher),
        "issued": shown_date(
            metadata.issued,
            words=dated_words(replace(lead, metadata=metadata), theme),
            digits=digit_family(lead, theme),
            calendars=calendars_of(metadata.language, theme.calendar),
        ),
    }


def _drawable(text: str, theme: Theme) -> str:
    """Leave out what no font can draw; the reader is told by the notices of the text itself."""
    families = theme.chain
    missing = fonts.missing_characters(text, families)
    kept = " ".join(text.translate(dict.fromkeys(map(ord, missing))).split())
    return kept or fonts.replace_missing(text, families)


def _runs(line: str, comma: str = "", *, direction: Direction) -> Inlines:
    if comma:
        ending = (Text(comma),) if line.endswith(comma) else ()
        names = line.removesuffix(comma).split(f"{comma} ")
        turned = (*isolated_names(names, comma=comma, direction=direction), *ending)
    else:
        turned = isolated_line(isolate_inlines((Text(line),)), direction=direction)
    return order_inlines(turned, direction=direction)


def palette_of(identifier: str) -> Palette:
    """Return the palette of the publication with this identifier, the same one for good."""
    return PALETTES[sha256(identifier.encode()).digest()[0] % len(PALETTES)]


def _names(metadata: Metadata, comma: str) -> str:
    names = [creator.name for creator in metadata.creators]
    more = ("…",) if len(names) > _MOST_NAMES else ()
    return f"{comma} ".join((*names[:_MOST_NAMES], *more))


def check(data: bytes, *, subject: str) -> Resource:
    """Return the user's own cover: a JPEG or PNG by its content, scaled down when too large.

    Raises UsageError naming `subject` when the bytes are no such picture.
    """
    try:
        picture = opened(data)
    except PICTURE_ERRORS as error:
        # Pillow's own words name the stream in memory, not the file.
        if isinstance(error, UnidentifiedImageError):
            raise UsageError("cover-format", subject=subject) from error
        raise UsageError("cover-unreadable", subject=subject, detail=str(error)) from error
    media_type = _MEDIA_TYPES[picture.format or "PNG"]
    if _is_modest(picture, data):
        return Resource(subject, media_type, data)
    return Resource(subject, "image/jpeg", _reduced(picture))


def opened(data: bytes) -> Image.Image:
    """Return the whole picture; WeasyPrint lets Pillow accept half of one, for its own pages."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=tuple(_MEDIA_TYPES))
            picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return picture


def _is_modest(picture: Image.Image, data: bytes) -> bool:
    fits = picture.width <= WIDTH and picture.height <= HEIGHT
    return fits and len(data) <= _LARGEST_GIVEN_BYTES and picture.mode != "CMYK"


def _reduced(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def cover_of(publication: Publication, theme: Theme, engine: Engine) -> Resource | None:
    """Return the cover that the publication asks for; None when it asks for none."""
    match publication.cover.kind:
        case CoverKind.TYPOGRAPHIC:
            return draw(publication, theme, engine)
        case CoverKind.FILE:
            return check(publication.cover.data, subject="--cover")
        case CoverKind.LEAD:
            from exporter.writers import lead_cover  # it takes the parts of this module

            lead = lead_cover.lead_of(publication)
            if lead is None:
                return draw(publication, theme, engine)
            return lead_cover.draw(lead, publication, theme=theme, engine=engine)
        case CoverKind.NONE:
            return None
