"""Recognition: what a source is, by its ending, its media type and its first bytes.

Content that can be one thing only (a Word file, a page, a feed) counts more than any ending;
content that could be something else (a tag, front matter, JSON) only where the ending says little.
"""

from __future__ import annotations

import re
from enum import StrEnum

from exporter.archives import is_office
from exporter.patterns import compiled


class Format(StrEnum):
    """The formats that are read, named as in `--input-format`."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    DOCX = "docx"
    FEED = "feed"
    ARTICLE_JSON = "article-json"


_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = 4_000
# What may stand before the root of XML and HTML: a declaration, comments, a document type.
_BEFORE = compiled(r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE(?!\s+html)[^>]*>\s*)*", re.DOTALL)
_FEED = compiled(r"<(?:rss|feed|(?:\w+:)?RDF)[\s>]")
_PAGE = compiled(r"<(?:!DOCTYPE\s+html|html|head|body)[\s>/]", re.IGNORECASE)
_TAG = compiled(
    r"<(?:article|section|main|div|p|h[1-6]|blockquote|ul|ol|dl|table|figure|img|a|b|i|em|strong|"
    r"span|pre|details|header)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_JSON_FEED = compiled(r'\{.{0,2000}?"version"\s*:\s*"https?://jsonfeed\.org/', re.DOTALL)
_ARTICLE = compiled(r'\{\s*"[a-z]+"\s*:')
_FRONT_MATTER = compiled(r"---[ \t]*\r?\n(?:[^\n]*\n){0,40}?[\w -]+:[^\n]*\n")


# A heading of Markdown (below the first line, a single sign opens comments in code); and what
# Markdown alone can say: the rule of a table, a link.
_HEADING = compiled(r"(?:\A#|\n[ \t]*\r?\n##)#{0,5} [^\s#]")
_MARKED = compiled(r"\n\|?[ \t]*:?-{3,60}:?[ \t]*\|[ \t:|-]{0,400}\r?\n|[^\s\]]\]\(https?://")
# Lines that are paragraphs to whoever typed them: Markdown would make one of them.
_SINGLE = compiled(r"\n[^\n|>#*\s-][^\n]{50,}[.؟!:]\r?\n[^\n|>#*\s\d-][^\n]{50,}")


def certain(data: bytes) -> Format | None:
    """Return the format that bytes can only be; None for what could be several."""
    if data.startswith(_COMPOUND):
        return Format.DOCX  # its reader says whether it is locked or of the old kind
    if is_office(data):
        return Format.DOCX
    head = _head(data)
    if _JSON_FEED.match(head):
        return Format.FEED
    root = head[_end(head) :]
    if _FEED.match(root):
        return Format.FEED
    return Format.HTML if _PAGE.match(root) else None


def likely(data: bytes) -> Format | None:
    """Return the format that bytes look like, where nothing else says it."""
    head = _head(data)
    if _TAG.match(head[_end(head) :]):
        return Format.HTML
    if _ARTICLE.match(head):
        return Format.ARTICLE_JSON
    return Format.MARKDOWN if _FRONT_MATTER.match(head) or _is_markdown(head) else None


def _is_markdown(head: str) -> bool:
    headings = len(_HEADING.findall(head))
    is_marked = headings > 1 or (headings > 0 and bool(_MARKED.search(head)))
    return is_marked and not _SINGLE.search(head)


def is_fragment(data: bytes) -> bool:
    """Say whether HTML is a piece of a page, without `html`, `head`, `body` or a document type."""
    return _PAGE.search(_head(data)) is None


def _head(data: bytes) -> str:
    """Return the beginning of a text, in whatever encoding it is: markup is ASCII."""
    head = data[: 2 * _HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
    else:
        text = head.decode("utf-8-sig", errors="replace")
    return text.lstrip()[:_HEAD]


def _end(head: str) -> int:
    found = _BEFORE.match(head)
    return found.end() if found else 0
