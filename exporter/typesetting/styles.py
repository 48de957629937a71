"""Computed styles in which most properties are found at once.

Stock WeasyPrint 70 computes each property of each element in a function of a hundred lines, though
few properties of an element are said anywhere. What isn't said is that of the parent, or the
initial value. Whatever needs more is still for that function.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle, InitialStyle
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from exporter.typesetting.hooks import Function, Hook

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


def _make(_: Function) -> Function:
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


HOOK = Hook(
    "weasyprint.css",
    "StyleFor.set_computed_styles",
    "b5b15856b8beff3f",
    _make,
    retold=(
        ("ComputedStyle.__init__", "ffbc48647d0d85e2"),
        ("ComputedStyle.__missing__", "b318d8efc8ac79d7"),
        ("ComputedStyle.copy", "4398a49b631bf992"),
        ("AnonymousStyle.__init__", "9fbdd74c1ad0945a"),
        ("AnonymousStyle.__missing__", "d392527077647306"),
        ("AnonymousStyle.copy", "2490632fa445a0d8"),
    ),
)
