"""Growth: how large the references inside a drawing make it when it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from exporter.patterns import compiled

MOST_SHAPES = 100_000
"""The most shapes that the references in a drawing may add up to: each can double the last."""

_DEEPEST = 100
_INSIDE = compiled(r"url\(\s*['\"]?#([^)'\"]+)", re.IGNORECASE)


def is_bounded(root: etree._Element) -> bool:
    """Whether references to references neither multiply beyond measure nor go in a circle."""
    growth = _Growth(root)
    names = (name for element in root.iter(etree.Element) for name in _called(element))
    return sum(growth.cost(name) for name in names) <= MOST_SHAPES


class _Growth:
    """The elements of a drawing by their ids, and what each of them costs."""

    def __init__(self, root: etree._Element) -> None:
        self._elements = {str(one.get("id")): one for one in root.iter(etree.Element)}
        self._costs: dict[str, int] = {}

    def cost(self, key: str, above: tuple[str, ...] = ()) -> int:
        """Return how many elements the one with an id is, with all that its references bring."""
        if key not in self._elements:
            return 0
        if key in above or len(above) > _DEEPEST:
            return MOST_SHAPES + 1
        if key not in self._costs:
            inside = list(self._elements[key].iter(etree.Element))
            total = len(inside)
            for name in (name for element in inside for name in _called(element)):
                total = min(total + self.cost(name, (*above, key)), MOST_SHAPES + 1)
            self._costs[key] = total
        return self._costs[key]


def _called(element: etree._Element) -> Iterator[str]:
    """Yield the ids that an element refers to."""
    for name, value in element.items():
        text = str(value)
        if etree.QName(str(name)).localname == "href" and text.startswith("#"):
            yield text[1:]
        elif "url(" in text.lower():
            yield from (found.strip() for found in _INSIDE.findall(text))
