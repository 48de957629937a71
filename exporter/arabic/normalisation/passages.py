"""What a rule of normalisation sees of a paragraph: its text with all that must stay out of sight.

Qur'anic text, addresses, code, versions and objects (isolates, pictures) stand there as U+FFFC, one
for each character, so that no pattern can match them and every place keeps its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from exporter.arabic.isolates import pattern_spans
from exporter.patterns import compiled
from exporter.records import dataclass

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"

# Letters of the Arabic script without tatweel, the marks over and under them, digits of any family.
LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
MARK = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"

_ARABIC_LETTER = compiled(f"[{LETTER}]")
_LATIN_LETTER = compiled(f"[{LATIN}]")
_STRONG = compiled(f"[{LETTER}{LATIN}{OBJECT}{DIGIT}]")
_HARAKAT = compiled("[\u064b-\u0652\u0670]")
_KEPT = compiled(
    # Verses of the Qur'an in their ornate brackets, whichever of the two comes first in a source.
    r"﴿[^﴿﴾]*﴾|﴾[^﴿﴾]*﴿"
    rf"|`[^`\n]+`|\$[^$\n{LETTER}]+\$"  # code and formulas as people type them
    rf"|&#?\w{{1,8}};|<[A-Za-z/!][^<>\n]*>"  # what is left of markup
    rf"|[^\s{OBJECT}]*[\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed][^\s{OBJECT}]*"
)
_IN_BRACKETS = compiled(r"\{[^{}\n]{2,}\}|\[[^\[\]\n]{2,}\]")
# How many of the letters in other brackets have a mark when what they hold is a verse.
_VOCALISED = 0.4


@dataclass(frozen=True, slots=True)
class Edit:
    """What a rule puts in the place of some characters."""

    start: int
    end: int
    text: str


Rewrite = Callable[[str, str], Iterator[Edit]]
"""A rule: the edits of a passage, in order, by its text and the primary subtag of its language."""


def masked(text: str) -> str:
    """Return a text with U+FFFC for every character of it that no rule may touch."""
    for start, end in pattern_spans(text):
        text = _with_objects(text, start, end)
    for match in _KEPT.finditer(text):
        text = _with_objects(text, *match.span())
    for match in _IN_BRACKETS.finditer(text):
        if is_vocalised(match[0]):
            text = _with_objects(text, *match.span())
    return text


def _with_objects(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{OBJECT * (end - start)}{text[end:]}"


def is_vocalised(text: str) -> bool:
    """Say whether so many letters have their marks that the text is recited, not read."""
    letters = len(_ARABIC_LETTER.findall(text))
    return bool(letters) and len(_HARAKAT.findall(text)) >= _VOCALISED * letters


def is_arabic(character: str) -> bool:
    """Say whether a character is a letter of the Arabic script."""
    return bool(_ARABIC_LETTER.match(character))


def is_latin(character: str) -> bool:
    """Say whether a character is a Latin letter."""
    return bool(_LATIN_LETTER.match(character))


@lru_cache(maxsize=64)  # every rule asks about the same paragraph
def is_in_arabic_script(text: str) -> bool:
    """Say whether more of a text's letters are Arabic than Latin."""
    return len(_ARABIC_LETTER.findall(text)) > len(_LATIN_LETTER.findall(text))


def strong_before(text: str, place: int) -> str:
    """Return the last letter, digit or object before a place; empty without one."""
    return next((one for one in reversed(text[:place]) if _STRONG.match(one)), "")


def strong_after(text: str, place: int) -> str:
    """Return the first letter, digit or object from a place on; empty without one."""
    found = _STRONG.search(text, place)
    return found[0] if found else ""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which are in order and don't overlap."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*parts, text[done:]))
