"""Well-formed documents parsed as XML, by Python's own parser in C.

WeasyPrint 70 has tinyhtml5 read every document letter by letter, in Python, as if it were a page of
the web. Ours are well-formed, and come out as the same tree (HTML Standard §13.2.6). What isn't, or
would become another tree as HTML, is still for tinyhtml5.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import cssselect2

from exporter.patterns import compiled
from exporter.typesetting.hooks import Function, Hook

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
# What HTML takes in another way: nodes that are none for XML, white space and prefixes in a tag,
# drawings and formulas, raw text with entities, an element closed in its tag, a void one after it.
_OTHERWISE = compiled(
    r"<!--|<!\[|<\?|\r|<[a-z][^<>]*(?:[\t\n]| [\w-]+:[\w-]+=)|<(?:svg|math|base)\b"
    r"|<(?:style|script|textarea)[^>]*>[^<]*&"
    rf"|<(?!(?:{_VOID})\b)[^<>]*/>|</(?:{_VOID})>"
)
# What ends a paragraph that it stands in.
_ENDING = frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr main nav ol p pre section table ul".split()
)


def tree_of(html: str) -> ET.Element | None:
    """Return the tree of a document that is the same as XML and as HTML, None of another."""
    if _OTHERWISE.search(html):
        return None
    try:
        root = ET.fromstring(html)  # noqa: S314 (entities of a document are no markup)
    except ET.ParseError:
        return None
    body = root.find("body")
    if body is None or [part.tag for part in root] != ["head", "body"] or not _is_nested(root):
        return None
    root.text = None
    _append(body, (body.tail or "") + html[html.rindex("</html>") + len("</html>") :])
    body.tail = None
    for lines in root.iter("pre"):
        lines.text = (lines.text or "").removeprefix("\n") or None
    return root


def _is_nested(root: ET.Element) -> bool:
    """Whether no element ends another that it stands in, and no row lacks its group."""
    ended = (one.tag in _ENDING for paragraph in root.iter("p") for one in paragraph.iter())
    rows = (row.tag == "tr" for table in root.iter("table") for row in table)
    return sum(ended) == sum(1 for _ in root.iter("p")) and not any(rows)


def _append(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _make(stock: Function) -> Function:
    def __init__(  # noqa: N807 (the hook of a method)
        self: Any, *, string: str, base_url: str, url_fetcher: Any
    ) -> None:
        root = tree_of(string)
        if root is None:
            stock(self, string=string, base_url=base_url, url_fetcher=url_fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    return __init__


HOOK = Hook("weasyprint", "HTML.__init__", "5f19f40b81837f87", _make)
