"""Persons: what looks like a name, the title before it, and several names in a row."""

from __future__ import annotations

import re

from exporter.arabic.folding import fold, fold_words
from exporter.arabic.names.words import ALSO_WORDS, FAMILY, GIVEN, PARTICLES, PLACES, TITLES
from exporter.patterns import compiled

MOST_WORDS = 7
"""The most words of a person's name with its titles."""

_LONGEST, _MOST_WORDS_WITH_A_FAMILY = 120, 3
_SEPARATOR = compiled(r"\s*[،,؛;&/+]\s*|\s+(?:و|and)\s+")
_JOINED = compiled(r"\s+(?=(?P<word>و[^\W\d_]{2}\S*))و")
# Given names that begin with the letter waw, which is therefore no "and".
_WITH_WAW = frozenset(
    (
        "وليد وائل وسام وسيم وفاء وجدي وحيد ورده ورد وديع وهيب ولاء وئام ويام وداد وضاح وصال "
        "وجدان وجيه وسن وهبي وهبه وفيق وعد ونيس واصف واثق والي وليم ويليام والتر وداعه وصفي"
    ).split()
)
# Compared as written: folded, the preposition على would be the name علي.
_NOT_IN_NAMES = frozenset(
    (
        "في من على إلى الى عن مع هل ما لا لم لن كيف لماذا متى أين هذا هذه التي الذي بين بعد قبل "
        "حول عند ضد ثم أو كل غير قال يقول كان"
    ).split()
)
_NO_NAME = compiled(r"[\d؟?!:،,؛«»\"“”…()]")
_TITLE_SIGN = compiled(r"(?:[^\W\d_]\s?\.\s?){1,3}\s*")
_MOST_WORDS_OF_A_TITLE = 3


def split_names(text: str) -> list[str]:
    """Return the names in a list of names, each without its joining waw."""
    names = []
    for chunk in _SEPARATOR.split(text):
        start = 0
        for joint in _JOINED.finditer(chunk):
            word = fold_words(joint["word"])
            if word in _WITH_WAW or start == joint.start():
                continue
            names.append(chunk[start : joint.start()])
            start = joint.end()
        names.append(chunk[start:])
    return [name for name in (name.strip(" .-–—") for name in names) if name]


def without_title(name: str) -> str:
    """Return a name without the titles before it (`د.`, `العميد`); a title alone stays."""
    rest = name.strip()
    while cut := _title_end(rest):
        rest = rest[cut:].lstrip(" .:")
    return rest


def _title_end(name: str) -> int:
    """Return where the title at the start of a name ends, 0 where there is none before a name."""
    if (signs := _TITLE_SIGN.match(name)) and signs.end() < len(name):
        letters = fold_words(signs[0]).replace(" ", "")
        if letters in TITLES:
            return signs.end()
    ends = [found.end() for found in re.finditer(r"[^\s.:]+", name[:60])]
    for end in reversed(ends[:_MOST_WORDS_OF_A_TITLE]):
        if fold_words(name[:end]) in TITLES and name[end:].strip(" .:"):
            return end
    return 0


def is_plausible(name: str) -> bool:
    """Say whether nothing speaks against a text being a name where one is sure to stand."""
    return (
        0 < len(fold_words(name).split()) <= MOST_WORDS
        and not any(character.isdigit() for character in name)
        and not _NOT_IN_NAMES.intersection(name.split())
        and not re.search(r"[؟?!«»:]", name)
    )


def looks_like_name(line: str) -> bool:
    """Say whether a whole short line is a person's name, by given names, families and particles."""
    if len(line) > _LONGEST or not 2 <= len(line.split()) <= MOST_WORDS + 1:
        return False
    if _NO_NAME.search(line) or line.endswith("."):
        return False
    words = fold_words(without_title(line)).split()
    if any(" " not in name for name in split_names(line)):  # `صالح وصاحبه`
        return False
    if not 2 <= len(words) <= 5 or _NOT_IN_NAMES.intersection(line.split()):
        return False
    is_family = words[-1] in FAMILY and len(words) <= _MOST_WORDS_WITH_A_FAMILY
    return is_given(words[0]) or _has_particle(words) or is_family


def is_given(word: str) -> bool:
    """Say whether a folded word is a given name and hardly ever another word."""
    return word in GIVEN or (word.startswith("عبدال") and len(word) > len("عبدال"))


def _has_particle(words: list[str]) -> bool:
    return bool(PARTICLES.intersection(words[:-1]))


def person_score(text: str) -> int:
    """Return how much a text looks like a person where somebody or something is credited.

    0 is no name; 1 could be one; 2 has the shape of one; 3 and more has a name or a title in it.
    """
    name = without_title(text)
    words = fold_words(name).split()
    if not words or not is_plausible(name) or fold(name) in PLACES:
        return 0
    has_title = len(name) < len(text.strip())
    if len(words) == 1:
        return 3 if has_title else 0
    if has_title or is_given(words[0]) or words[0] in ALSO_WORDS or _has_particle(words):
        return 3
    if words[-1] in FAMILY:
        return 3
    is_latin = name.replace(" ", "").isascii()
    if words[0].startswith("ال") and not is_latin:
        return 0
    return 2 if words[-1].startswith("ال") or is_latin else 1
