"""Look-alikes: letters of a neighbour's keyboard, Persian in Arabic words and Arabic in Persian.

Only the letters that both languages draw alike are exchanged, and only in words of the article's
own language: a name with پ or گ in it, a line of Persian in an Arabic article and an Arabic prayer
in a Persian one stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exporter.arabic.languages import identify
from exporter.arabic.normalisation.passages import LETTER, MARK, OBJECT, Edit
from exporter.arabic.normalisation.yeh import final_yeh
from exporter.patterns import compiled
from exporter.records import dataclass

_WORD = compiled(f"[{LETTER}{MARK}\u0640\u200c]+")
_QUOTED = compiled(r'«[^«»]*»|“[^“”]*”|"[^"\n]*"|\([^()\n]*\)|\[[^\[\]\n]*\]')


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """The look-alikes of a language's letters, and what its words don't have."""

    letters: Mapping[str, str]
    foreign: re.Pattern[str]

    def own(self, text: str) -> str:
        return text.translate({ord(one): its for one, its in self.letters.items()})


# Persian writes none of these marks and letters but in words that it quotes; it has tanvin.
_PERSIAN = _Alphabet(
    {"ي": "ی", "ى": "ی", "ك": "ک"}, compiled("[ةأإٱ\u064b\u064d-\u0650\u0652\u0670]")
)
_ALPHABETS = {
    "ar": _Alphabet(
        {"ک": "ك", "ہ": "ه", "ھ": "ه", "ی": "ي"},
        compiled("[پچژگڤٹڈڑںےۓۀەۆێڕڵېۇۈۋڭۃ]"),
    ),
    "fa": _PERSIAN,
    "ur": _PERSIAN,
}
# علي beside these is a man's name, else على is the preposition.
_NAME = compiled(
    r"(?:محمد|أحمد|حسن|حسين|الإمام|السيد|سيد|الشيخ|الدكتور|د\.|بن|ابن|أبو|مولانا) (?:علی)\b"
    r"|\bعلی (?:بن|ابن|محمد|أحمد|حسن|حسين|عبد)\b"
)
# As the language is told by Arabic words on any keyboard, and of what is quoted as well.
_AS_IN_ARABIC = str.maketrans({"ک": "ك", "ی": "ي", OBJECT: " "} | dict.fromkeys('"“”«»', " "))


def lookalikes(text: str, language: str) -> Iterator[Edit]:
    """Put the language's own letter for each one that only looks like it."""
    alphabet = _ALPHABETS.get(language)
    if not alphabet or alphabet.own(text) == text or _is_of_another(text, language):
        return
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    kept = [span for span in quoted if _is_of_another(text[slice(*span)], language)]
    kept += [match.span() for match in _NAME.finditer(text)]
    for match in _WORD.finditer(text):
        word = match[0]
        is_kept = any(start <= match.start() < end for start, end in kept)
        if len(word) < 2 or is_kept or alphabet.foreign.search(word):
            continue
        is_arabic_yeh = language == "ar" and word.endswith("ی")
        own = alphabet.own(word[:-1]) + (
            final_yeh(word) if is_arabic_yeh else alphabet.own(word[-1])
        )
        if own != word:
            yield Edit(*match.span(), own)


def _is_of_another(text: str, language: str) -> bool:
    """Say whether a text is surely of another language, whichever keyboard it was typed with."""
    told = identify(text.translate(_AS_IN_ARABIC))
    return told.is_sure and bool(told.evidence) and told.language != language
