"""The cover with the article's lead picture: the picture above, the title on paper under it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import takewhile

from PIL import Image, ImageOps

from exporter.article import Article, Figure, Resource, walk
from exporter.publication import Publication
from exporter.rendering import render_template
from exporter.themes import Theme
from exporter.typesetting.engine import Engine
from exporter.writers.cover import (
    PICTURE_ERRORS,
    WIDTH,
    Box,
    Boxes,
    context_of,
    opened,
)
from exporter.writers.cover_picture import LARGEST_DRAWN_BYTES, raster

PICTURE_HEIGHT = 1440
"""The height of the picture in pixels, over the whole width."""

_BOXES = Boxes(
    title=Box(1320, 430, 150),
    title_over_subtitle=Box(1320, 330, 130),
    subtitle=Box(1240, 110, 56),
    names=Box(1240, 110, 60),
    publisher=Box(1100, 76, 48),
)
# The file must stay small. What gives way is first the quality, down to where letters are still
# clean, then the picture's detail.
_QUALITIES = (60, 68, 76, 84)
_DETAILS = (1.0, 0.75, 0.5, 0.35, 0.25, 0.15, 0.08, 0.04)
_SMALLEST_EDGE = 200


def lead_of(publication: Publication) -> Resource | None:
    """Return the first picture of the publication that can lead a cover, if there is one."""
    for article in publication.articles:
        for resource in _pictures(article):
            if _is_leading(resource):
                return resource
    return None


def _pictures(article: Article) -> Iterator[Resource]:
    """Yield the pictures of the figures in their order."""
    for block in walk(article.body):
        if isinstance(block, Figure) and block.image.resource in article.resources:
            yield article.resources[block.image.resource]


def _is_leading(resource: Resource) -> bool:
    """Whether it is a picture of dots, large enough to be seen: no icon and no portrait stamp."""
    try:
        picture = opened(resource.data)
    except PICTURE_ERRORS:
        return False
    return min(picture.size) >= _SMALLEST_EDGE


def draw(lead: Resource, publication: Publication, *, theme: Theme, engine: Engine) -> Resource:
    """Return the cover as a JPEG of 1600 × 2560 pixels and at most 120 KB."""
    html = render_template("cover-lead.xhtml", theme, context_of(publication, theme, boxes=_BOXES))
    css = render_template("cover.css", theme, {"theme": theme})
    sheet = raster(engine.render_pdf(html, css=css))
    picture = _fitted(opened(lead.data))
    return Resource("", "image/jpeg", _small(sheet, picture))


def _small(sheet: Image.Image, picture: Image.Image) -> bytes:
    """Return the best of the covers that are small enough; the coarsest is, whatever it shows."""
    data = b""
    for detail in _DETAILS:
        softened = _softened(picture, detail)
        data = _composed(sheet, softened, _QUALITIES[0])
        if len(data) <= LARGEST_DRAWN_BYTES:
            better = (_composed(sheet, softened, quality) for quality in _QUALITIES[1:])
            fitting = takewhile(lambda one: len(one) <= LARGEST_DRAWN_BYTES, better)
            return max((data, *fitting), key=len)
    return data


def _fitted(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    ground = Image.new("RGB", upright.size, "white")
    pasted = upright.convert("RGBA")
    ground.paste(pasted, mask=pasted.getchannel("A"))
    # Faces are above the middle more often than below it.
    return ImageOps.fit(
        ground, (WIDTH, PICTURE_HEIGHT), Image.Resampling.LANCZOS, centering=(0.5, 0.4)
    )


def _softened(picture: Image.Image, detail: float) -> Image.Image:
    if detail == 1:
        return picture
    size = (round(WIDTH * detail), round(PICTURE_HEIGHT * detail))
    small = picture.resize(size, Image.Resampling.LANCZOS)
    return small.resize(picture.size, Image.Resampling.BICUBIC)


def _composed(sheet: Image.Image, picture: Image.Image, quality: int) -> bytes:
    whole = sheet.copy()
    whole.paste(picture, (0, 0))
    out = io.BytesIO()
    whole.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
