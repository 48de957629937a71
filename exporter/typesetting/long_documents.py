"""Long documents: what stock WeasyPrint 70 does for each page with all others is done with its own.

Stock goes through all pages for each: through their styles, to find those of one; through their
anchors, to know which are new; through their boxes, for one that is fixed on every page; for each
line of the outline, through their references; and for each heading, through all headings. So a page
of two thousand took a fifth longer than one of fifty. Nothing else comes out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from exporter.typesetting.hooks import Function, Hook, edited, edited_lines


@dataclass(slots=True)
class _Known:
    """What was met on earlier pages, and what is met on this one."""

    earlier: set[Any]
    own: set[Any] = field(default_factory=set)

    def __contains__(self, one: object) -> bool:
        return one in self.earlier or one in self.own

    def append(self, one: object) -> None:
        self.own.add(one)


@dataclass(slots=True)
class _Met:
    """The anchors and the lookups of counters on the first `pages` pages."""

    pages: int = 0
    anchors: set[str] = field(default_factory=set)
    lookups: set[int] = field(default_factory=set)


def known(context: Any, page_number: int) -> tuple[_Known, _Known]:
    """Return the anchors and the lookups of counters that stand before a page, from 1.

    Pages are made in order, and made again in order. What pages before the last one made had, they
    have still, unless an earlier one is made again.
    """
    met: _Met = context.__dict__.setdefault("exporter_met", _Met())
    before = page_number - 1
    if before < met.pages:
        met = context.exporter_met = _Met()
    for *_, state in context.page_maker[met.pages : before]:
        met.anchors.update(state["anchors"])
        met.lookups.update(state["content_lookups"])
    met.pages = before
    return _Known(met.anchors), _Known(met.lookups)


STOCK_ANCHORS = """    cached_anchors = []
    cached_lookups = []
    for (_, _, _, _, x_remake_state) in page_maker[:page_number - 1]:
        cached_anchors.extend(x_remake_state.get('anchors', []))
        cached_lookups.extend(x_remake_state.get('content_lookups', []))
"""
"""Of `make_page`, which `running_heads.py` replaces, what this module has in its place."""
ANCHORS = f"""    from {__name__} import known
    cached_anchors, cached_lookups = known(context, page_number)
"""


def _make_styles(stock: Function) -> Function:
    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        styles = style_for.get_computed_styles()
        known = style_for.__dict__.setdefault("exporter_pages", {})
        # On the first one no size is known yet that a length could refer to (vw, vh).
        rules = tuple(_rules_of(page_type, style_for)) if page_type.index else None
        if rules in known:
            styles |= {(page_type, pseudo): style for pseudo, style in known[rules].items()}
            return
        stock(page_type, html, style_for)
        cascaded = style_for.get_cascaded_styles()
        if rules is not None:
            pseudos = (None, *(pseudo for _, pseudo in cascaded if pseudo))
            known[rules] = {pseudo: styles[page_type, pseudo] for pseudo in pseudos}
        # The rules of this page are in its styles now, and nobody asks for them again.
        cascaded.clear()

    return set_page_type_computed_styles


def _rules_of(page_type: Any, style_for: Any) -> Iterator[tuple[int, int]]:
    """Yield the places of the rules for a page: pages of the same rules have the same styles."""
    for place, (_, selectors, _) in enumerate(_page_rules(style_for)):
        for number, (_, _, selector) in enumerate(selectors):
            if style_for._page_type_match(selector, page_type):  # noqa: SLF001 - WeasyPrint's own
                yield place, number


def _page_rules(style_for: Any) -> Sequence[Any]:
    rules: Sequence[Any] | None = style_for.__dict__.get("exporter_page_rules")
    if rules is None:
        sheets = (sheet for sheet, *_ in style_for._sheets)  # noqa: SLF001 - WeasyPrint's own
        rules = style_for.exporter_page_rules = [
            rule for sheet in sheets for rule in sheet.page_rules
        ]
    return rules


def _make_layout(stock: Function) -> Function:
    fixed = "layout_fixed_boxes(context, [one for n, one in fixed if n {} i], page)"
    return edited_lines(
        stock,
        {
            "watch_elements = []": "watch_elements = set()",
            "watch_elements_before = []": "watch_elements_before = set()",
            "watch_elements_after = []": "watch_elements_after = set()",
            "checklist.append(child.element)": "checklist.add(child.element)",
            "# Add margin boxes": "fixed = [one for one in enumerate(pages) if one[1].fixed_boxes]",
            "layout_fixed_boxes(context, pages[:i], page)": fixed.format("<"),
            "layout_fixed_boxes(context, pages[i + 1:], page)": fixed.format(">"),
        },
    )


def _make_outlines(stock: Function) -> Function:
    return edited(
        stock,
        line="pdf.page_references[page]",
        by="f\"{pdf.pages['Kids'][3 * page]} 0 R\".encode('ascii')",
    )


HOOKS = (
    Hook(
        "weasyprint.layout.page", "set_page_type_computed_styles", "4e68b396b35c4a06", _make_styles
    ),
    Hook("weasyprint.document", "layout_document", "a5cbf437e99caf72", _make_layout),
    # It calls itself for the lines under a line.
    Hook("weasyprint.pdf", "add_outlines", "9f5d6afde78956a1", _make_outlines),
    Hook("weasyprint.pdf.anchors", "add_outlines", "9f5d6afde78956a1", _make_outlines),
)
