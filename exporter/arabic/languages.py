"""Languages: the direction of each and how one is told from another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import takewhile

from exporter.article import Direction
from exporter.patterns import compiled
from exporter.records import dataclass

# The primary subtags of BCP 47 whose usual script runs right to left (CLDR), and such scripts.
_RIGHT_TO_LEFT = frozenset(
    "acm aeb apc ar arc ars ary arz bal ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps rhg sd "
    "sdh skr syr ug ur yi".split()
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    "adlm arab aran hebr mand mani nkoo rohg samr syrc syre syrj syrn thaa yezi".split()
)

_HEBREW = compiled(r"[\u05D0-\u05EA]")
_ARABIC = compiled(r"[\u0620-\u064A\u066E-\u06D3\u06D5\u06FA-\u06FF\u0750-\u077F]")
_LATIN = compiled(r"[A-Za-z\u00C0-\u024F]")
_WORD = compiled(r"[^\W\d_]+")
_SAMPLE = 200_000
# Addresses, file names and the code between fences are in Latin letters in every language.
_NO_PROSE = compiled(
    r"^[ \t]*```.*?^[ \t]*```|[a-z]{2,10}://\S+|www\.\S+|[\w.+-]{0,64}@[\w.-]+|#[A-Za-z]\w*|`[^`\n]+`",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_QUOTED = compiled(r'«[^«»]*»|“[^“”]*”|"[^"\n]*"')
# An article that is to a fifth in a right-to-left script is written in it, and quotes Latin.
_LEAST_SHARE = 1 / 5

LETTERS: Mapping[str, frozenset[str]] = {
    "ar": frozenset("ةىأإيكؤ"),
    "fa": frozenset("پچژگکیۀ"),
    "ur": frozenset("ٹڈڑںہھےۓ"),
    "ckb": frozenset("ەڕڵۆێڤ"),
    "ug": frozenset("ەېۇۆۈۋڭىئھ"),
}
"""Letters that most other languages of the script do without."""
_ONLY_URDU, _ONLY_KURDISH, _ONLY_UYGHUR = "ٹڈڑںہےۓ", "ڕڵێ", "ېۇۈۋڭ"
# Letters that speak against a language: it has none of them but in names and quotations.
_FOREIGN: Mapping[str, frozenset[str]] = {
    "ar": frozenset("پچژگکیےۀەۆڤھ" + _ONLY_URDU + _ONLY_KURDISH + _ONLY_UYGHUR),
    "fa": frozenset("ةەۆھ" + _ONLY_URDU + _ONLY_KURDISH + _ONLY_UYGHUR),
    "ur": frozenset("ةەۆ" + _ONLY_KURDISH + _ONLY_UYGHUR),
    "ckb": frozenset("ثذصضطظةأإ" + _ONLY_URDU + _ONLY_UYGHUR),
    "ug": frozenset("ثذصضطظعحةأإیک" + _ONLY_URDU + _ONLY_KURDISH),
}
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "ar": frozenset(
        "في من على إلى أن عن مع هذا هذه التي الذي كان بعد قال لم لا ما كما بين".split()
    ),
    "fa": frozenset(
        "در به از که كه این اين را با است برای براي آن شد شده کرد كرد هم تا می".split()
    ),
    "ur": frozenset("کے میں کی ہے سے کو اور کا نے ہیں پر یہ اس بھی تھا کہ گیا تھی نہیں ان".split()),
    "ckb": frozenset(
        "لە بە کە بۆ ئەو ئەم لەگەڵ هەر یان دەکات ئەوەی کرد نیە بوو هەموو یەک بۆی لەسەر وەک".split()
    ),
    "ug": frozenset(
        "ۋە بىلەن بۇ ئۇ بىر ئۈچۈن دەپ ھەم بولغان قىلىپ كېيىن شۇ ئەمما بولۇپ ئۇنىڭ دىگەن".split()
    ),
}
"""Function words, in the spellings in use, also with Arabic yeh and kaf on old Persian pages."""
_WEIGHT_OF_A_WORD = 5
_WEIGHT_OF_A_FOREIGN_LETTER = 2
# A language is sure with so much evidence, and so many times the next one's; the first few words
# of a text that show none are Arabic, whose language the script is.
_LEAST_EVIDENCE, _LEAST_LEAD, _FEWEST_WORDS = 2, 1.5, 4
_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Identified:
    """A text's language, whether it is sure, and the words and letters that told it."""

    language: str
    is_sure: bool
    evidence: tuple[str, ...] = ()


# The shape of a BCP 47 tag: a language, then script, region and variants.
_TAG = compiled(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_language_tag(text: str) -> bool:
    """Say whether a text has the form of a language tag: `ar`, `fa`, `en-GB`."""
    return bool(_TAG.fullmatch(text))


def direction_of(language: str) -> Direction:
    """Return the direction of a BCP 47 language tag's script: left to right for an unknown one.

    The script is that of the tag (`ku-Arab`, `ar-Latn`; RFC 5646 §2.2.3), else the language's own.
    """
    primary, *rest = language.lower().replace("_", "-").split("-")
    before_extensions = takewhile(lambda subtag: len(subtag) > 1, rest)
    script = next((one for one in before_extensions if len(one) == 4 and one.isalpha()), "")
    known = script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT
    return Direction.RTL if known else Direction.LTR


def has_arabic_letters(text: str) -> bool:
    """Whether any letter of the text is of the Arabic script."""
    return bool(_ARABIC.search(text))


def detect(text: str) -> str:
    """Return the language of a text: ar, fa, ur, ckb, ug, he or en; see `identify`."""
    return identify(text).language


def identify(text: str) -> Identified:
    """Return the language of a text with what told it; a text without letters counts as ar.

    The script decides first, by its number of letters: a right-to-left one with a fifth of them,
    or Latin, which counts as English. Within the Arabic script function words and letters decide,
    those that a language has and those that it lacks. Addresses, handles and code are no evidence,
    nor is what stands in quotation marks beside enough of the text's own. Only the first 200,000
    characters count.
    """
    sample = _NO_PROSE.sub(" ", text[:_SAMPLE])
    arabic, hebrew = len(_ARABIC.findall(sample)), len(_HEBREW.findall(sample))
    latin = len(_LATIN.findall(sample))
    if not arabic + hebrew + latin:
        return Identified("ar", is_sure=True)
    if max(arabic, hebrew) < _LEAST_SHARE * (arabic + hebrew + latin):
        return Identified("en", is_sure=True, evidence=_most(_LATIN, sample))
    if hebrew > arabic:
        return Identified("he", is_sure=True, evidence=_most(_HEBREW, sample))
    unquoted = _QUOTED.sub(" ", sample)
    has_own_words = len(_WORD.findall(unquoted)) >= _FEWEST_WORDS
    return _of_arabic_script(unquoted if has_own_words else sample)


def _most(letter: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(one for one, _ in Counter(letter.findall(text)).most_common(_MOST_SHOWN))


def _of_arabic_script(text: str) -> Identified:
    letters = Counter(text)
    words = Counter(_WORD.findall(text))
    scores = {language: _score(language, words, letters) for language in FUNCTION_WORDS}
    best, *others = sorted(scores, key=lambda language: -scores[language])
    lead = scores[best] >= _LEAST_LEAD * scores[others[0]]
    is_told = scores[best] >= _LEAST_EVIDENCE or words.total() < _FEWEST_WORDS
    return Identified(best, lead and is_told, _evidence(best, words, letters))


def _score(language: str, words: Counter[str], letters: Counter[str]) -> int:
    return (
        _WEIGHT_OF_A_WORD * sum(words[word] for word in FUNCTION_WORDS[language])
        + sum(letters[letter] for letter in LETTERS[language])
        - _WEIGHT_OF_A_FOREIGN_LETTER * sum(letters[letter] for letter in _FOREIGN[language])
    )


def _evidence(language: str, words: Counter[str], letters: Counter[str]) -> tuple[str, ...]:
    """Return the most frequent of the words, then of the letters, that told the language."""
    telling = [(words[one], one) for one in FUNCTION_WORDS[language] if words[one]]
    telling_letters = [(letters[one], one) for one in LETTERS[language] if letters[one]]
    found = [*sorted(telling, reverse=True), *sorted(telling_letters, reverse=True)]
    return tuple(one for _, one in found[:_MOST_SHOWN])
