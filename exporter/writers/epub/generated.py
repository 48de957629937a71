"""What the style sheet adds to the text of a book: marks before words and the numbers of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exporter.arabic.digits import DigitFamily, to_digits
from exporter.patterns import compiled
from exporter.writers.epub.embedding import StyledText
from exporter.writers.epub.weights import bold_names, is_bold

_MARK = compiled(r'\.([\w-]+)::(?:before|after)\s*\{[^}]*?\bcontent:\s*"([^"]+)"')
_CLASSES = compiled('class="([^"]+)"')
# Lists marked with letters have their marks in the text.
_NUMBERED = compiled(r'<ol(?![^>]*\bclass="(?:lettered|alphabetical)")')


def generated_texts(
    css: str, documents: Iterable[bytes], *, digits: Mapping[str, DigitFamily]
) -> Iterator[StyledText]:
    """Return what a reader draws in these documents besides their text.

    `digits` are those of lists, by the languages that are set in a family of their own, and by ""
    what all others have.
    """
    markup = "".join(document.decode() for document in documents)
    used = {name for names in _CLASSES.findall(markup) for name in names.split()}
    bold = bold_names(css)
    for name, mark in _MARK.findall(css):
        if name in used:
            yield StyledText(mark, bold=is_bold("", name, bold))
    if _NUMBERED.search(markup):
        for language, family in digits.items():
            yield StyledText(to_digits("0123456789.", family), language=language)
