"""Passages in another language of the Arabic script than what is around them: only sure ones.

An article is long, and its language is told by the majority of what it has. A paragraph has a dozen
words, so more is asked of it: whole words that the language around does not have, and letters too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from exporter.arabic.languages import FUNCTION_WORDS, LETTERS, identify
from exporter.patterns import compiled

# Function words that are also words of a neighbour (هم is Arabic "they", Persian "also"; بعد is of
# three languages) tell nothing apart.
_AMBIGUOUS: Mapping[str, frozenset[str]] = {
    "ar": frozenset("من ما بعد على بين مع لا كما".split()),
    "fa": frozenset("به هم شد كرد آن تا این كه کرد".split()),
    "ur": frozenset("اس ان".split()),
    "ckb": frozenset("ئەو ئەم هەر".split()),
    "ug": frozenset("ئۇ بۇ شۇ".split()),
}
_SURE_WORDS = {language: words - _AMBIGUOUS[language] for language, words in FUNCTION_WORDS.items()}
# Others write these in a few loans only: a word with the article, with or without a prefix.
_DEFINITE = compiled(r"(?:[وفبك]?ال|لل)\w{3,}")
_WORD = compiled(r"[^\W\d_]+")
_MARKS = compiled("[\u064b-\u0652\u0670]")
_FEWEST_WORDS, _FEWEST_LETTERS, _FEWEST_TELLING_WORDS = 5, 3, 2


def language_inside(text: str, around: str) -> str:
    """Return the language of a passage where it is surely another than that around it, else "".

    Both are primary subtags. A passage of less than five words, or without two function words of
    its own (in Arabic also words with the article), is a name, a title or a quotation of which
    nobody can be sure.
    """
    if around not in LETTERS or not _has_several(_telling(around), text):
        return ""
    bare = _MARKS.sub("", text)
    words = _WORD.findall(bare)
    found = identify(bare)
    language = found.language
    if not found.is_sure or language == around or language not in _SURE_WORDS:
        return ""
    letters = sum(bare.count(letter) for letter in LETTERS[language])
    is_told = (
        len(words) >= _FEWEST_WORDS
        and letters >= _FEWEST_LETTERS
        and _telling_words(set(words), language) >= _FEWEST_TELLING_WORDS
    )
    return language if is_told else ""


@cache
def _telling(around: str) -> re.Pattern[str]:
    others = frozenset().union(*LETTERS.values()) - LETTERS[around]
    return re.compile(f"[{''.join(sorted(others))}]")


def _telling_words(words: set[str], language: str) -> int:
    definite = sum(map(bool, map(_DEFINITE.fullmatch, words))) if language == "ar" else 0
    return len(_SURE_WORDS[language] & words) + definite


def _has_several(telling: re.Pattern[str], text: str) -> bool:
    """Whether enough letters of other languages are in a text; most paragraphs have none."""
    start = 0
    for _ in range(_FEWEST_LETTERS):
        match = telling.search(text, start)
        if match is None:
            return False
        start = match.end()
    return True
