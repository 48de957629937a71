"""What the style sheet of an e-book sets in bold: its faces hold the letters that they draw alone.

A letter that the bold face lacks is not looked for in the regular one of its family, but in
another family (CSS Fonts 4 §5.3), and no letter joins it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from exporter.patterns import compiled

_COMMENT = compiled(r"/\*.*?\*/", re.DOTALL)
_RULE = compiled(r"([^{}]+)\{[^{}]*\bfont-weight:\s*(?:bold|[6-9]\d\d)\b")
_COMPOUND = compiled(r"[^\s>+~]+")
_NAME = compiled(r"[.]?[A-Za-z][\w-]*")
_PSEUDO = compiled(r"::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\]|#[\w-]+")


@lru_cache(maxsize=16)
def bold_names(css: str) -> frozenset[str]:
    """Return the classes, with their dot, and the elements that a style sheet sets in bold.

    Of elements within a class it is the class, so that more may be bold than is.
    """
    rules = _RULE.finditer(_COMMENT.sub("", css))
    selectors = (selector for rule in rules for selector in rule[1].split(","))
    return frozenset(name for selector in selectors for name in _names(selector))


def _names(selector: str) -> Iterator[str]:
    compounds = _COMPOUND.findall(_PSEUDO.sub("", selector))
    for compound in reversed(compounds):
        if classes := [name for name in _NAME.findall(compound) if name.startswith(".")]:
            yield classes[0]
            return
    yield from _NAME.findall(compounds[-1])[:1] if compounds else ()


def is_bold(tag: str, classes: str, bold: frozenset[str]) -> bool:
    """Whether an element of these classes is among what a style sheet sets in bold."""
    return tag in bold or any(f".{name}" in bold for name in classes.split())
