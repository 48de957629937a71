"""Captions: the elements that hold a picture with its words, and the figure that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from exporter.article import (
    Code,
    Figure,
    Inlines,
    Paragraph,
    Quote,
    Table,
    Text,
    block_text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, is_block, names, tag, text_of
from exporter.readers.html.images import IMAGES
from exporter.readers.html.pieces import Piece

_FIGURES = frozenset(
    (
        "caption captions figure image images img photo picture pic thumb thumbinner thumbnail "
        "tr-caption-container wp-caption media"
    ).split()
)
_CAPTIONS = frozenset("caption captions figcaption legend thumbcaption description cutline".split())
_CREDITS = frozenset(
    (
        "credit credits copyright photographer attribution imagecredit photocredit "
        "image-source photo-source source-photo image-credit photo-credit"
    ).split()
)
_MOST_ELEMENTS, _LONGEST = 80, 500
_CREDIT = compiled(
    r"(?P<caption>.*?)[\s|–—-]*(?P<credit>(?:تصوير|عدسة|المصدر|مصدر الصورة|الصورة|صورة من|عکس|"
    r"منبع|تصویر|צילום|credit|photo(?: by| credit)?|source)\s*[:/]\s*\S.{0,80})",
    re.IGNORECASE | re.DOTALL,
)


def is_figure(element: Element) -> bool:
    """Say whether an element that is no `figure` holds one picture and few words about it."""
    if not is_block(element) or tag(element) in {"li", "td", "th", "p", "body"}:
        return False
    if not _FIGURES.intersection(names(element)):
        return False
    inside = list(islice(element.iter(), _MOST_ELEMENTS + 1))
    pictures = sum(1 for each in inside if tag(each) in IMAGES)
    if len(inside) > _MOST_ELEMENTS or pictures != 1:
        return False
    if any(tag(each) in {"h1", "h2", "h3", "ul", "ol", "figure"} for each in inside[1:]):
        return False
    return len(text_of(element, most=_LONGEST)) <= _LONGEST


def is_caption(element: Element) -> bool:
    """Say whether an element in a figure is its caption."""
    return bool(_CAPTIONS & names(element)) and tag(element) not in IMAGES


def is_credit(element: Element) -> bool:
    """Say whether an element in a figure names who made the picture."""
    if tag(element) in IMAGES or get(element, "itemprop").lower() == "caption":
        return False
    properties = get(element, "itemprop").lower().split()
    return bool(
        {"copyrightholder", "creditText".lower(), "author"}.intersection(properties)
    ) or bool(_CREDITS & names(element))


def joined(first: Inlines, second: Inlines) -> Inlines:
    """Return two inlines one after the other."""
    return (*first, Text(" "), *second) if first and second else first or second


def figure(pieces: Sequence[Piece], *, caption: Inlines, credit: Inlines) -> Iterator[Piece]:
    """Yield what a figure holds, the caption in its last picture, quotation or table.

    Words beside a picture that nothing calls a caption are one.
    """
    pictures = [piece for piece in pieces if isinstance(piece.block, Figure)]
    if len(pictures) == 1 and not caption:
        words = [piece for piece in pieces if isinstance(piece.block, Paragraph)]
        for piece in words:
            caption = joined(caption, piece.block.inlines)  # type: ignore[union-attr]
        pieces = [piece for piece in pieces if piece not in words]
    if not credit:
        caption, credit = _parted(caption)
    last = next((at for at in reversed(range(len(pieces))) if _takes(pieces[at])), -1)
    for at, piece in enumerate(pieces):
        yield _with_words(piece, caption, credit) if at == last else piece
        if at == last and isinstance(piece.block, Code) and caption:
            yield Piece(Paragraph(caption), piece.origin)


def _takes(piece: Piece) -> bool:
    return isinstance(piece.block, Figure | Quote | Table | Code)


def _parted(caption: Inlines) -> tuple[Inlines, Inlines]:
    """Return a caption and the credit that stands at the end of its text."""
    if not caption or not isinstance(caption[-1], Text):
        return caption, ()
    found = _CREDIT.fullmatch(caption[-1].text)
    if not found:
        return caption, ()
    before = found["caption"].rstrip(" |–—-\n(")
    kept = (*caption[:-1], Text(before)) if before else caption[:-1]
    return kept, (Text(found["credit"].strip(" )")),)


def _with_words(piece: Piece, caption: Inlines, credit: Inlines) -> Piece:
    match piece.block:
        case Figure() as block:
            same = inline_text(caption).strip() == block.image.alt.strip()
            image = replace(block.image, alt="") if same and caption else block.image
            return replace(piece, block=Figure(image, caption, credit))
        case Quote() as block if not block.attribution:
            return replace(piece, block=replace(block, attribution=joined(caption, credit)))
        case Table() as block if not block.caption:
            return replace(piece, block=replace(block, caption=joined(caption, credit)))
        case _:
            return piece


def words_of(pieces: Sequence[Piece]) -> str:
    """Return the text of pieces, one a line."""
    return "\n".join(filter(None, (block_text(piece.block) for piece in pieces)))
