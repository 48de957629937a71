"""Presentation forms and tatweel: letters as they are drawn, put back to letters as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exporter.arabic.normalisation.passages import DIGIT, LETTER, MARK, Edit
from exporter.patterns import compiled

# Unicode 15.1 §9.2. What stays: the pedagogical dots, the ornate brackets, the honorifics and the
# word signs (ﷲ ﷺ ﷻ ﷼ ﷽), which are signs of their own and meant as such.
_FORM = compiled("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufe74\ufe76-\ufefc]")
_INITIAL_HEH = "\N{ARABIC LETTER HEH INITIAL FORM}"
_TATWEEL = "\N{ARABIC TATWEEL}"

_STRETCHED = compiled(f"(?<=[{LETTER}{MARK}]){_TATWEEL}+(?=[{LETTER}])")
_LETTERS_BEFORE = compiled(f"[{LETTER}{MARK}]+\\Z")
_NUMBER_BEFORE = compiled(rf"[{DIGIT}]\s?ه\Z")


def presentation_forms(text: str, _language: str) -> Iterator[Edit]:
    """Put back the letters of drawn forms, as old systems and PDFs store them."""
    for match in _FORM.finditer(text):
        yield Edit(*match.span(), _letters_of(match[0], after=text[match.end() : match.end() + 1]))


def _letters_of(form: str, *, after: str) -> str:
    if form == _INITIAL_HEH and not re.match(f"[{LETTER}{MARK}{_TATWEEL}]", after):
        return f"ه{_TATWEEL}"  # the sign of a Hijri year, whose shape is meant
    letters = unicodedata.normalize("NFKC", form)
    # The forms of single marks are compatible with a space or a tatweel and the mark.
    is_mark = (
        all(unicodedata.combining(one) for one in letters[1:]) and letters[0] in f" {_TATWEEL}"
    )
    return letters[1:] if is_mark and len(letters) > 1 else letters


def tatweel(text: str, _language: str) -> Iterator[Edit]:
    """Take out the tatweel that stretches a word, which is the typesetting's to do.

    It stays at a word's edge, where it says how a letter is joined (هـ, بـ, ـها), and under a mark
    that it carries.
    """
    for match in _STRETCHED.finditer(text):
        before = _LETTERS_BEFORE.search(text, 0, match.start())
        word = before[0] if before else ""
        is_parted = word.endswith("ل") and len(word) <= 2 and text.startswith("ال", match.end())
        if not is_parted and not _NUMBER_BEFORE.search(text, 0, match.start()):
            yield Edit(*match.span(), "")
