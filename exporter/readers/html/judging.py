"""Judging: the elements of a body that are the site's own, by their kind, names and links."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.resources import files

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.readers.html.dom import (
    BLOCKS,
    HEADINGS,
    Element,
    is_block,
    is_hidden,
    names,
    roles,
    tag,
)
from exporter.readers.html.leaves import Facts
from exporter.records import dataclass
from exporter.tables import parsed

_C = BoilerplateClass

_TAGS: Mapping[str, BoilerplateClass] = {
    "nav": _C.NAVIGATION,
    "footer": _C.NAVIGATION,
    "form": _C.COMMENTS,
    "menu": _C.NAVIGATION,
    "search": _C.NAVIGATION,
    "fieldset": _C.COMMENTS,
}
_ROLES: Mapping[str, BoilerplateClass] = {
    "navigation": _C.NAVIGATION,
    "search": _C.NAVIGATION,
    "contentinfo": _C.NAVIGATION,
    "complementary": _C.RELATED,
    "dialog": _C.NAVIGATION,
    "alertdialog": _C.NAVIGATION,
    "menu": _C.NAVIGATION,
    "menubar": _C.NAVIGATION,
    "toolbar": _C.SHARE,
    "doc-toc": _C.NAVIGATION,
}


def _names(table: str) -> Mapping[str, BoilerplateClass]:
    text = files("exporter.readers.html").joinpath("names.toml").read_text(encoding="utf-8")
    kinds: Mapping[str, list[str]] = parsed(text)[table]
    return {name: _C(kind) for kind, names in kinds.items() for name in names}


_SURE, _LIKELY = _names("sure"), _names("likely")
_MOST_OF_BODY, _MOST_HIDDEN = 0.25, 0.2
_LINKED, _LEAST_LINKS = 0.75, 3
# Inline elements with these names are no words of a sentence.
_INLINE = frozenset(
    (
        "editsection mw-editsection sr-only screen-reader-text visually-hidden visuallyhidden "
        "share sharing noprint"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Judge:
    """Says which elements in an article's body are the site's own.

    Nothing that holds a fourth of the text that was voted for is one, whatever its name; `head`
    are the elements that the metadata has.
    """

    body: Element
    facts: Mapping[Element, Facts]
    head: Collection[Element] = ()

    def __call__(self, element: Element) -> BoilerplateClass | None:
        """Return the class of boilerplate that an element is, None for one of the article's."""
        if element in self.head:
            return _C.META
        share = self._share(element)
        if is_hidden(element):
            return _C.NAVIGATION if share < _MOST_HIDDEN else None
        if share >= _MOST_OF_BODY:
            return None
        if not is_block(element):
            return _C.NAVIGATION if _has_names(element) and _INLINE & names(element) else None
        return self._by_kind(element) or self._by_name(element) or self._by_links(element)

    def _share(self, element: Element) -> float:
        whole, own = self.facts.get(self.body), self.facts.get(element)
        if whole is None or own is None:
            return 0.0
        if not whole.voted:  # a poem, a list
            return (own.letters - own.linked) / max(1, whole.letters - whole.linked)
        return own.voted / whole.voted

    def _by_kind(self, element: Element) -> BoilerplateClass | None:
        if tag(element) in _TAGS and not _is_in_quotation(element):
            return _TAGS[tag(element)]
        return next((_ROLES[role] for role in sorted(roles(element)) if role in _ROLES), None)

    def _by_name(self, element: Element) -> BoilerplateClass | None:
        if not _has_names(element):
            return None
        called = names(element)
        if tag(element) in HEADINGS or tag(element) == "figure":
            return None
        for name in sorted(called & _SURE.keys()):
            return _SURE[name]
        has_prose = element in self.facts and self.facts[element].prose > 0
        for name in sorted(called & _LIKELY.keys()) if not has_prose else ():
            return _LIKELY[name]
        return None

    def _by_links(self, element: Element) -> BoilerplateClass | None:
        """Judge a block of nothing but links, which no sentence before it announces."""
        facts = self.facts.get(element)
        if facts is None or tag(element) in {"p", "tr", "tbody", "td", "table"}:
            return None
        is_linked = facts.linked >= _LINKED * facts.letters and facts.links >= _LEAST_LINKS
        return _C.RELATED if is_linked and not facts.prose and not _is_announced(element) else None


def _has_names(element: Element) -> bool:
    return element.get("class") is not None or element.get("id") is not None


def _is_in_quotation(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and tag(parent) in {"blockquote", "figure"}


def _is_announced(element: Element) -> bool:
    """Say whether the line before an element ends with a colon."""
    before = element.getprevious()
    while before is None and (parent := element.getparent()) is not None and tag(parent) != "body":
        element = parent
        before = element.getprevious()
    if before is None or tag(before) not in BLOCKS | {""}:
        return False
    last = "".join(map(str, before.itertext()))[-200:].rstrip()
    return last.endswith(":")


def is_sure(element: Element) -> bool:
    """Say whether an element's names alone make it the site's own."""
    return _has_names(element) and not _SURE.keys().isdisjoint(names(element))
