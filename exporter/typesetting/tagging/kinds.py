"""Which structure type an element of HTML is (ISO 32000-1 §14.8.4), and with what attributes."""

from __future__ import annotations

from typing import Any

# One that is not here is transparent, as `div` and `em` are: what is in it belongs to the element
# around it.
_KINDS = {
    "article": "Art",
    "main": "Part",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Div",
    "figure": "Div",
    "p": "P",
    "pre": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "blockquote": "BlockQuote",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "li::marker": "Lbl",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "a": "Link",
    "code": "Code",
    "q": "Quote",
}
# ARIA and DPUB-ARIA name what an element is otherwise.
_KINDS_BY_ROLE = {
    "paragraph": "P",
    "list": "L",
    "listitem": "LI",
    "blockquote": "BlockQuote",
    "doc-noteref": "Reference",
    "doc-index": "Index",
}
_IN_CONTENTS = {"L": "TOC", "LI": "TOCI"}

LAYOUT = "<</Type /Layout>>"
"""What only adorns the page: rules, borders, grounds (ISO 32000-1 §14.8.2.2.2)."""

PAGINATION = "<</Type /Pagination>>"
"""What is there because there are pages."""

_HEADER = "<</Type /Pagination /Subtype /Header>>"
_FOOTER = "<</Type /Pagination /Subtype /Footer>>"

_NUMBERING = {"disc": "/Disc", "circle": "/Circle", "square": "/Square", "none": "/None"}
_LETTERS = frozenset({"abjad", "lettered", "alphabetical", "lower-alpha", "upper-alpha"})


def running_matter(place: str) -> str:
    """Return the artifact that a margin box is, by its at-keyword (`@top-center`)."""
    if place.startswith("@top"):
        return _HEADER
    return _FOOTER if place.startswith("@bottom") else PAGINATION


def kind_of(box: Any, *, in_contents: bool) -> str:
    """Return the structure type of a box's element, empty for one that is transparent."""
    pseudo = "::" in box.element_tag
    by_role = "" if pseudo else _KINDS_BY_ROLE.get(box.element.get("role", ""), "")
    kind = by_role or _KINDS.get(box.element_tag, "")
    return _IN_CONTENTS.get(kind, kind) if in_contents else kind


def is_contents(box: Any) -> bool:
    """Whether lists in a box's element are tables of contents."""
    return bool(box.element_tag == "nav" or box.element.get("role") == "doc-toc")


def attributes_of(kind: str, box: Any) -> dict[str, Any]:
    """Return the attributes that an element needs to be understood (ISO 32000-1 §14.8.5)."""
    match kind:
        case "L":
            # PDF/UA-1 §7.6; letters of Arabic have no name there of their own.
            style = "none" if box.element_tag == "dl" else box.style["list_style_type"]
            letters = "/LowerAlpha" if style in _LETTERS else "/Decimal"
            return {"O": "/List", "ListNumbering": _NUMBERING.get(style, letters)}
        case "TH" | "TD":
            return _of_cell(kind, box)
        case _:
            return {}


def _of_cell(kind: str, box: Any) -> dict[str, Any]:
    spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
    found: dict[str, Any] = {name: span for name, span in spans.items() if span != 1}
    if kind == "TH":
        is_row = box.element.get("scope", "").startswith("row")
        found["Scope"] = "/Row" if is_row else "/Column"
    return {"O": "/Table", **found} if found else {}
