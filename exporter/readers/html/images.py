"""Images: the best address that a page offers for a picture, and which images are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.article import Image
from exporter.patterns import compiled
from exporter.readers.html.addresses import Addresses
from exporter.readers.html.dom import Element, get, names, tag

WIDEST = 1600
"""Pixels: sharp over the whole width of a printed page; more is weight alone."""

IMAGES = frozenset(("img", "amp-img", "amp-anim"))

# Where scripts keep the address until the picture comes into view.
_LAZY = (
    "data-original data-original-src data-lazy-src data-lazy data-src data-img-src data-image-src "
    "data-image data-url data-hi-res-src data-actualsrc data-defer-src data-runner-src"
).split()
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set")
_NO_PICTURES = frozenset(
    (
        "avatar gravatar icon icons ico logo emoji smiley smilies pixel spacer blank spinner "
        "loader loading share social badge button btn sprite rating star stars flag arrow advert "
        "advertisement ad ads banner tracking counter captcha"
    ).split()
)
_WORDLESS = compiled(
    r"(?:^|[/_.-])(?:pixel|spacer|blank|transparent|1x1|loading|placeholder|avatar|gravatar|"
    r"emoji|smil(?:ey|ies)|icons?|sprites?|logo)(?:[/_.?-]|\d|$)",
    re.IGNORECASE,
)
_TINY_DATA = 120
_WIDE_ENOUGH = 1000
_LARGER = ("data-large-file", "data-orig-file", "data-full-url", "data-full-src")
_PICTURE_FILE = compiled(r"[^?#]+\.(?:jpe?g|png|webp|gif)(?:[?#]|\Z)", re.IGNORECASE)
# The page about a picture has the name of its file in wikis: `…/File:Name.jpg`, `…/ملف:Name.jpg`.
_PAGE_OF_FILE = compiled(r"/[^/.:]{2,40}(?::|%3A)[^/]+\Z|[?&]title=", re.IGNORECASE)
_NUMBER = compiled(r"\d+")
_NARROWEST = 60
_EMOJI = frozenset(("emoji", "smiley", "wp-smiley", "emoticon"))
_FORMULA = frozenset(("latex", "mwe", "math", "tex", "katex", "mathjax"))
_AFTER_CONVERSION = ("image/avif", "image/webp", "image/jxl", "image/svg+xml")


def image_of(element: Element, addresses: Addresses) -> Image | None:
    """Return the picture of an `img`, at its best address; None for what is no picture."""
    if is_no_picture(element):
        return None
    address = _address(element, addresses)
    return Image(address, " ".join(get(element, "alt").split())) if address else None


def is_no_picture(element: Element) -> bool:
    """Say whether an image belongs to the site's furniture: too small, or called an icon."""
    sizes = [
        size for name in ("width", "height") if (size := _pixels(get(element, name))) is not None
    ]
    if sizes and (max(sizes) < _NARROWEST or min(sizes) <= 2):
        return True
    if _NO_PICTURES.intersection(names(element)) or get(element, "role") == "presentation":
        return True
    source = get(element, "src")
    return bool(_WORDLESS.search(source[:500])) and not any(get(element, name) for name in _LAZY)


def is_inline(element: Element) -> bool:
    """Say whether a picture stands in a line like a letter, by the height that it has there."""
    height = _pixels(get(element, "height"))
    return height is not None and height < 2 * _NARROWEST


def words_of(element: Element) -> str:
    """Return the text that a small image stands for: an emoji, a formula."""
    shown = names(element) & (_EMOJI | _FORMULA)
    return get(element, "alt") if shown else ""


def _pixels(length: str) -> int | None:
    found = _NUMBER.match(length)
    return int(found[0][:6]) if found and not length.rstrip().endswith("%") else None


def _address(element: Element, addresses: Addresses) -> str:
    offered = sorted(
        [*_sources(element), *_from_sets(element)], key=lambda pair: _distance(pair[0])
    )
    in_order = [reference for _, reference in offered]
    if not offered or offered[0][0] < _WIDE_ENOUGH:
        in_order = [*_larger(element), *in_order]
    for reference in (*in_order, *_single(element)):
        address = addresses.picture(reference)
        if address and not _is_placeholder(address):
            return address
    return ""


def _larger(element: Element) -> Iterator[str]:
    """Yield what a page offers beside the picture in the text: the file that it links to."""
    yield from (value for name in _LARGER if (value := get(element, name)))
    parent = element.getparent()
    while parent is not None and tag(parent) in {"picture", "source"}:
        parent = parent.getparent()
    if parent is not None and tag(parent) == "a":
        href = get(parent, "href")
        if _PICTURE_FILE.match(href) and not _PAGE_OF_FILE.search(href):
            yield href


def _single(element: Element) -> Iterator[str]:
    for name in _LAZY:
        value = get(element, name)
        if value and not value.startswith(("{", "[")):
            yield value
    yield get(element, "src")


def _is_placeholder(address: str) -> bool:
    return address.startswith("data:") and len(address) < _TINY_DATA and "svg" not in address[:40]


def _from_sets(element: Element) -> Iterator[tuple[float, str]]:
    for name in _SETS:
        yield from candidates(get(element, name))


def _sources(element: Element) -> Iterator[tuple[float, str]]:
    """Yield what the `source`s of a `picture` offer; formats that need converting only alone."""
    parent = element.getparent()
    while parent is not None and tag(parent) == "source":  # HTML 4 parsers nest what is void
        parent = parent.getparent()
    if parent is None or tag(parent) != "picture":
        return
    for source in parent.iter("source"):
        if get(source, "type").lower() not in _AFTER_CONVERSION:
            for name in _SETS:
                yield from candidates(get(source, name))


def candidates(srcset: str) -> Iterator[tuple[float, str]]:
    """Yield each address of a `srcset` with its width, a density being taken for 800 pixels."""
    if srcset.startswith("data:"):
        return
    for part in re.split(r",\s+|,(?=https?:|/)", srcset[:20_000]):
        address, _, descriptor = part.strip().rstrip(",").partition(" ")
        found = re.fullmatch(r"(\d+(?:\.\d+)?)([wx])", descriptor.strip().split(" ")[0])
        if not address:
            continue
        number = float(found[1][:9]) if found else 1.0
        yield (number if found and found[2] == "w" else number * 800), address


def _distance(width: float) -> tuple[int, float]:
    """Order widths: the widest up to `WIDEST` first, then the narrowest above it."""
    return (0, -width) if width <= WIDEST else (1, width)
