"""The number that a heading, a reference or an item begins with stays on the line of its text."""

from __future__ import annotations

from exporter.article import Inlines, Text
from exporter.patterns import compiled

# An author's own number: `12. `, `(3) `, `٤- `; that of the program has its no-break space already.
_NUMBER = compiled(r"([(\[]?\d{1,3}(?:[.-]\d{1,3}){0,3}(?:[.)\]:]|[-–]|\.-)) (?=\S|$)")


def bind_number(inlines: Inlines) -> Inlines:
    """Return a run in which no line ends after the number that it begins with."""
    if not inlines or not isinstance(inlines[0], Text):
        return inlines
    text = inlines[0].text
    found = _NUMBER.match(text)
    if found is None:
        return inlines
    return (Text(f"{found[1]}\N{NO-BREAK SPACE}{text[found.end() :]}"), *inlines[1:])
