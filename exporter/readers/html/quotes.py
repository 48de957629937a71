"""Quotations: who said it, posts set into a page, and sentences pulled out of the text."""

from __future__ import annotations

from exporter.article import Blocks, Inlines, Paragraph, Quote, Text, inline_text
from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, names, tag, text_of

_PULLED = frozenset("pullquote pullquotes pull-quote pulledquote blockquote-pull".split())
_SAYERS = frozenset(
    "author attribution source quote-author quoteauthor byline blockquote-footer citation".split()
)
_DASH = compiled(r"\s*[—–―ـ-]+\s*")
_LONGEST_NAME, _LONGEST_OF_A_POST = 120, 200
_POSTS = frozenset(
    "twitter-tweet twitter tweet instagram-media fb-post tiktok-embed telegram-post bluesky-embed "
    "mastodon-embed reddit-card reddit-embed text-post-media".split()
)


def is_attribution(element: Element, quotation: Element) -> bool:
    """Say whether an element in a quotation names who said it."""
    name = tag(element)
    if name in {"footer", "figcaption"} or _SAYERS & names(element):
        return True
    return name == "cite" and not _follows_text(element, quotation)


def _follows_text(element: Element, quotation: Element) -> bool:
    """Say whether any text comes after an element in its quotation."""
    inside = element
    while inside is not quotation:
        if (inside.tail or "").strip(' .\n\t»”")'):
            return True
        if any(text_of(other, most=5) for other in inside.itersiblings()):
            return True
        parent = inside.getparent()
        if parent is None:
            return False
        inside = parent
    return False


def is_pull_quote(element: Element) -> bool:
    """Say whether an element repeats a sentence of the text in large letters."""
    return tag(element) not in {"p", "span", "td"} and bool(_PULLED & names(element))


def is_post(element: Element) -> bool:
    """Say whether a quotation is a post of a network that a page shows."""
    return bool(_POSTS & names(element)) or bool(get(element, "data-tweet-id"))


def quote(blocks: Blocks, *, attribution: Inlines) -> Quote | None:
    """Return a quotation; a last line after a dash is who said it."""
    attribution = _undashed(attribution)
    if not blocks:
        return Quote((Paragraph(attribution),)) if attribution else None
    last = blocks[-1]
    if attribution or len(blocks) < 2 or not isinstance(last, Paragraph):
        return Quote(blocks, attribution)
    text = inline_text(last.inlines)
    if _DASH.match(text) and len(text) <= _LONGEST_OF_A_POST:
        return Quote(blocks[:-1], _undashed(last.inlines))
    return Quote(blocks)


def _undashed(inlines: Inlines) -> Inlines:
    if not inlines or not isinstance(first := inlines[0], Text):
        return inlines
    found = _DASH.match(first.text)
    rest = first.text[found.end() :] if found else first.text
    return (Text(rest), *inlines[1:]) if rest else inlines[1:]
