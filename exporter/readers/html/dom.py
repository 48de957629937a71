"""The document tree of a page: HTML text → elements, and small questions about an element."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lxml import etree, html

from exporter.errors import ReadError
from exporter.patterns import compiled

Element = etree._Element  # noqa: SLF001

# libxml2 2.14 reads the tokens of HTML as its standard says; the tree it builds has no recursion,
# and its limit of depth (2,048) is told by this error.
_TOO_DEEP = "ERR_RESOURCE_LIMIT"
# Void elements of HTML 5 (§13.1.2), which a parser for HTML 4 would put the following into.
_VOID = compiled(r"<(source|track|wbr)\b([^<>]{0,4000}?)/?>", re.IGNORECASE)
_BROKEN = compiled("[\0\ud800-\udfff]")

BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center col colgroup dd details dialog dir "
        "div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup "
        "hr html legend li main menu nav ol optgroup option p pre search section summary table "
        "tbody td tfoot th thead tr ul"
    ).split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What shows nothing that could stand in an article, or runs, or belongs to a form.
UNSEEN = frozenset(
    (
        "applet audio base basefont bgsound button canvas command datalist dialog embed frame "
        "frameset head iframe input keygen link map meta noembed noframes noscript object "
        "optgroup option output param portal progress meter script select style svg template "
        "textarea title track video xml amp-ad amp-analytics amp-auto-ads amp-embed amp-iframe "
        "amp-sidebar amp-social-share amp-sticky-ad amp-video amp-pixel amp-consent amp-state"
    ).split()
)

_BLOCK_STYLE = compiled(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_HIDDEN_STYLE = compiled(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = compiled(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+|\d+")
_LONGEST_NAME = 300


def parse(text: str, *, subject: str) -> Element:
    """Return the root of a page's tree; one without any element is an empty body.

    Raises ReadError for elements inside one another more deeply than 2,048.
    """
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    closed = _VOID.sub(r"<\1\2></\1>", lines)
    data = _BROKEN.sub("\N{REPLACEMENT CHARACTER}", closed).encode()
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but space and comments
        root = html.document_fromstring("<html><body></body></html>")
    if any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
        raise ReadError("html-deep", subject=subject)
    return root


def without_scripts(root: Element) -> None:
    """Take what runs and what styles out of a tree: nothing of it is text."""
    etree.strip_elements(root, "script", "style", "template", with_tail=False)


def body_of(root: Element) -> Element:
    """Return the body of a page, else its root."""
    found = root.find("body")
    return root if found is None else found


def tag(element: Element) -> str:
    """Return an element's name in small letters; empty for what is no element."""
    name: object = element.tag
    return name.lower() if isinstance(name, str) else ""


def get(element: Element, name: str) -> str:
    """Return an attribute without the space around it, empty where there is none."""
    return str(element.get(name) or "").strip()


def is_block(element: Element) -> bool:
    """Say whether an element begins and ends a line."""
    return tag(element) in BLOCKS or bool(_BLOCK_STYLE.search(get(element, "style")))


def names(element: Element) -> frozenset[str]:
    """Return the words of an element's class and id, in small letters: `postBody-wide` has three.

    Words together (`post-body`) are in it as well, joined by hyphens.
    """
    found: set[str] = set()
    for name in f"{get(element, 'class')} {get(element, 'id')}"[:_LONGEST_NAME].split():
        words = [word.lower() for word in _WORD.findall(name)]
        found.update(words)
        found.update(f"{one}-{two}" for one, two in itertools.pairwise(words))
        found.add("-".join(words))
    return frozenset(found)


def roles(element: Element) -> frozenset[str]:
    """Return the roles of an element by ARIA and EPUB (`epub:type`), in small letters."""
    return frozenset(f"{get(element, 'role')} {get(element, 'epub:type')}".lower().split())


def is_hidden(element: Element) -> bool:
    """Say whether an element is not shown, by its own attributes."""
    if element.get("hidden") is not None and get(element, "hidden") != "until-found":
        return True
    return bool(_HIDDEN_STYLE.search(get(element, "style")))


def ancestors(element: Element) -> Iterator[Element]:
    """Yield the elements around an element, the nearest first."""
    return element.iterancestors()


def text_of(element: Element, *, most: int = 0) -> str:
    """Return the text in an element, each run of space in it made one.

    With `most`, no more is looked at than shows that it has more letters than that.
    """
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if most and length > 4 * most:
            break
    return " ".join("".join(parts).split())
