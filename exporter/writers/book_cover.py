"""The cover of a book on paper: the picture of the e-book's, over the whole page."""

from __future__ import annotations

import io

from PIL import Image

from exporter.article import Resource
from exporter.book_pages import BookPages, render_own
from exporter.records import dataclass
from exporter.rendering import RESOURCE_SCHEME, render_template
from exporter.typesetting.engine import Engine
from exporter.writers.cover import cover_of


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The cover's page, to be set with its picture as the resource `cover`."""

    html: str
    css: str
    picture: Resource


def cover_sheet(book: BookPages, engine: Engine) -> CoverSheet | None:
    """Return the page of the cover; None for a book without one."""
    picture = cover_of(book.publication, book.theme, engine)
    if picture is None:
        return None
    values = {"picture": f"{RESOURCE_SCHEME}cover"}
    width, height = _fitted(picture, book.theme.page)
    context = {"theme": book.theme, "ground": _ground(picture), "width": width, "height": height}
    return CoverSheet(
        render_own("book-cover.xhtml", book, values),
        render_template("book-cover.css", book.theme, context),
        picture,
    )


def _fitted(picture: Resource, page: tuple[float, float]) -> tuple[float, float]:
    """Return the largest size of the picture that is whole on the page."""
    size = Image.open(io.BytesIO(picture.data)).size
    scale = min(page[0] / size[0], page[1] / size[1])
    return size[0] * scale, size[1] * scale


def _ground(picture: Resource) -> str:
    """Return the colour of the picture's corner, for what it leaves of the page."""
    with Image.open(io.BytesIO(picture.data)) as opened:
        red, green, blue = opened.convert("RGB").resize((64, 64)).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"
