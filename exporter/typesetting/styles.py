"""Computed styles in which most properties are found at once.

Stock WeasyPrint 70 computes each property of each element in a function of a hundred lines, though
few properties of an element are said anywhere. What isn't said is that of the parent, or the
initial value. Whatever needs more is still for that function.

It also matches and computes six pseudo-elements for each element, as rules of its own sheet are for
those of any; here that is done for those that are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from math import inf
from typing import Any

from cssselect2 import compile_selector_list
from weasyprint.css import (
    AnonymousStyle,
    ComputedStyle,
    InitialStyle,
    declaration_precedence,
)
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from exporter.typesetting.hooks import Function, Hook, edited_lines, together

_LOGICAL = frozenset(
    logical(block="ttb", inline=inline)
    for logical in PHYSICAL_FUNCTIONS.values()
    for inline in ("ltr", "rtl")
)
_ENTANGLED = {"page", "position", "float", "display"} | {
    name for name in INITIAL_VALUES if name.startswith("text_decoration_")
}
"""These are neither inherited nor initial where nothing is said of them, or others ask for them."""
_OWN = INITIAL_VALUES.keys() - INHERITED - _ENTANGLED
_UNCOMPUTED = _OWN & INITIAL_NOT_COMPUTED & COMPUTER_FUNCTIONS.keys()
_PLAIN = {name: INITIAL_VALUES[name] for name in _OWN - INITIAL_NOT_COMPUTED}
_COMPUTED = {name: COMPUTER_FUNCTIONS[name] for name in _UNCOMPUTED}
_PASSED_ON = INHERITED - _ENTANGLED


class Computed(ComputedStyle):  # type: ignore[misc]
    """The style of an element."""

    def __missing__(self, key: str) -> Any:
        said = self.cascaded
        if key in said or (key in PHYSICAL_FUNCTIONS and not _LOGICAL.isdisjoint(said)):
            return super().__missing__(key)
        if key in _PLAIN:
            value = _PLAIN[key]
        elif key in _PASSED_ON and self.parent_style is not None:
            value = self.parent_style[key]
            if getattr(value, "type", None) == "function":
                return super().__missing__(key)
        elif key in _COMPUTED:
            value = _COMPUTED[key](self, key, INITIAL_VALUES[key])
        else:
            return super().__missing__(key)
        self[key] = value
        return value

    @cached_property
    def anonymous_style(self) -> Anonymous:
        """The style of the boxes in this one that are no element's."""
        return Anonymous(self)

    def copy(self) -> Computed:
        """Return a style that can be changed without this one."""
        copy = Computed(
            self.parent_style,
            self.cascaded,
            self.pseudo_type,
            self.root_style,
            self.base_url,
            self.font_config,
            self.initial_page_sizes,
        )
        copy.update(self)
        copy.specified = self.specified.copy()
        return copy


class Anonymous(AnonymousStyle):  # type: ignore[misc]
    """The style of a box that is no element's: of nothing in it anything is said."""

    def __init__(self, parent_style: Any) -> None:
        self.update(_PLAIN)
        super().__init__(parent_style)

    @cached_property
    def anonymous_style(self) -> Anonymous:
        """The style of the boxes in this one."""
        return Anonymous(self)

    def copy(self) -> Anonymous:
        """Return a style that can be changed without this one."""
        copy = Anonymous(self.parent_style)
        copy.update(self)
        return copy


def _make_styles(_: Function) -> Function:
    def set_computed_styles(
        self: Any,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,
    ) -> None:
        styles = self.get_computed_styles()
        is_root = element == root and pseudo_type is None
        said = self.get_cascaded_styles().get((element, pseudo_type), {})
        style = styles[element, pseudo_type] = Computed(
            None if is_root else styles[parent, None],
            said,
            pseudo_type,
            InitialStyle(self.font_config) if is_root else styles[root, None],
            base_url,
            self.font_config,
            self.initial_page_sizes,
        )
        # As in stock: a style in which nothing is found yet is taken for none.
        if target_collector and style["anchor"]:
            target_collector.collect_anchor(style["anchor"])

    return set_computed_styles


# --- pseudo-elements ------------------------------------------------------------------------

_Said = Mapping[str, Any]
_ANY_ELEMENT = compile_selector_list("*")[0].test.__code__


def parted(sheets: Sequence[Any]) -> tuple[Sequence[Any], Mapping[str, _Said]]:
    """Return sheets without WeasyPrint's rules for a pseudo-element of any element, and those.

    No rule is weaker than these, so that what others say of the same may just replace it.
    """
    (first, origin, specificity), *others = sheets
    if origin != "user agent":
        return sheets, {}
    entries = first.matcher.other_selectors
    ofany = [entry for entry in entries if entry[3] and _is_of_any_element(entry[0])]
    said: dict[str, dict[str, Any]] = {}
    for _, weight, _, pseudo_type, (declarations, layer) in ofany:
        if layer is not None or any(importance for *_, importance in declarations):
            return sheets, {}
        named = said.setdefault(pseudo_type, {})
        precedence = declaration_precedence(origin, importance=None)
        named |= {
            name: (values, (precedence, inf, specificity or weight))
            for name, values, _ in declarations
        }
    own = copy(first)
    own.matcher = copy(first.matcher)
    own.matcher.other_selectors = [entry for entry in entries if entry not in ofany]
    return [(own, origin, specificity), *others], said


def _is_of_any_element(test: Any) -> bool:
    code = test.__code__
    return (code.co_code, code.co_consts) == (_ANY_ELEMENT.co_code, _ANY_ELEMENT.co_consts)


class _OnDemand(dict[tuple[Any, str | None], Any]):
    """The styles of all elements, and those of pseudo-elements that were asked for."""

    def __init__(self, style_for: Any, html: Any, of_any: Mapping[str, _Said]) -> None:
        super().__init__(style_for.get_computed_styles())
        self._style_for, self._html, self._of_any = style_for, html, of_any
        self._said = {key: said for key, said in style_for.get_cascaded_styles().items() if key[1]}

    def get(self, key: tuple[Any, str | None], default: Any = None) -> Any:
        if key in self:
            return self[key]
        said = {**self._of_any.get(key[1] or "", {}), **self._said.get(key, {})}
        return self._made(key, said) if said else default

    def anchored(self) -> Sequence[tuple[Any, str | None]]:
        """Return the pseudo-elements of which an anchor is said."""
        return [key for key, said in self._said.items() if "anchor" in said]

    def _made(self, key: tuple[Any, str | None], said: _Said) -> Any:
        element, pseudo_type = key
        style = self[key] = Computed(
            self[element, None],
            said,
            pseudo_type,
            self[self._html.etree_element, None],
            self._html.base_url,
            self._style_for.font_config,
            self._style_for.initial_page_sizes,
        )
        style["anchor"]  # as in stock: a style in which nothing is found yet is taken for none
        return style


_EACH = "for element, pseudo_type in cascaded_styles:"
_NONE = f"""from {__name__} import on_demand
    self._computed_styles = on_demand(self, html, target_collector, of_any)
    for element, pseudo_type in ():"""
_CACHE = "computed_cache = {}"
_PARTED = f"""{_CACHE}
    from {__name__} import parted
    sheets, of_any = parted(sheets)"""


def on_demand(
    style_for: Any, html: Any, target_collector: Any, of_any: Mapping[str, _Said]
) -> Mapping[Any, Any]:
    """Return the computed styles, to which those of pseudo-elements come when they are asked for.

    One that names an anchor is asked for here, as that is looked for before its element.
    """
    styles = _OnDemand(style_for, html, of_any)
    for key in styles.anchored():
        if (anchor := styles.get(key)["anchor"]) and target_collector:
            target_collector.collect_anchor(anchor)
    return styles


def _make_cascade(stock: Function) -> Function:
    return edited_lines(stock, {_EACH: _NONE, _CACHE: _PARTED})


HOOKS = together(
    (
        Hook(
            "weasyprint.css",
            "StyleFor.set_computed_styles",
            "b5b15856b8beff3f",
            _make_styles,
            retold=(
                ("ComputedStyle.__init__", "ffbc48647d0d85e2"),
                ("ComputedStyle.__missing__", "b318d8efc8ac79d7"),
                ("ComputedStyle.copy", "4398a49b631bf992"),
                ("AnonymousStyle.__init__", "9fbdd74c1ad0945a"),
                ("AnonymousStyle.__missing__", "d392527077647306"),
                ("AnonymousStyle.copy", "2490632fa445a0d8"),
            ),
        ),
        Hook("weasyprint.css", "StyleFor.__init__", "b1e725a7552502aa", _make_cascade),
    )
)
