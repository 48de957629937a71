"""Languages: the direction of each and how one is told from another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import takewhile

from exporter.article import Direction

# The primary subtags of BCP 47 whose usual script runs right to left (CLDR), and such scripts.
_RIGHT_TO_LEFT = frozenset(
    "acm aeb apc ar arc ars ary arz bal ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps rhg sd "
    "sdh skr syr ug ur yi".split()
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    "adlm arab aran hebr mand mani nkoo rohg samr syrc syre syrj syrn thaa yezi".split()
)

_HEBREW = re.compile(r"[\u05D0-\u05EA]")
_ARABIC = re.compile(r"[\u0620-\u064A\u066E-\u06D3\u06FA-\u06FF\u0750-\u077F]")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000
# Addresses, file names and the code between fences are in Latin letters in every language.
_NO_PROSE = re.compile(
    r"^[ \t]*```.*?^[ \t]*```|[a-z]{2,10}://\S+|www\.\S+|[\w.+-]{0,64}@[\w.-]+|#[A-Za-z]\w*|`[^`\n]+`",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
# An article that is to a fifth in a right-to-left script is written in it, and quotes Latin.
_LEAST_SHARE = 1 / 5

# Letters that the other languages of the script do without.
_LETTERS: Mapping[str, frozenset[str]] = {
    "ar": frozenset("ةىأإيكؤ"),
    "fa": frozenset("پچژگکیۀ"),
    "ur": frozenset("ٹڈڑںہھےۓ"),
}
# Function words, in the spellings in use, also with Arabic yeh and kaf on old Persian pages.
_WORDS: Mapping[str, frozenset[str]] = {
    "ar": frozenset(
        "في من على إلى أن عن مع هذا هذه التي الذي كان بعد قال لم لا ما كما بين".split()
    ),
    "fa": frozenset(
        "در به از که كه این اين را با است برای براي آن شد شده کرد كرد هم تا می".split()
    ),
    "ur": frozenset("کے میں کی ہے سے کو اور کا نے ہیں پر یہ اس بھی تھا کہ گیا تھی نہیں ان".split()),
}


def direction_of(language: str) -> Direction:
    """Return the direction of a BCP 47 language tag's script: left to right for an unknown one.

    The script is that of the tag (`ku-Arab`, `ar-Latn`; RFC 5646 §2.2.3), else the language's own.
    """
    primary, *rest = language.lower().replace("_", "-").split("-")
    before_extensions = takewhile(lambda subtag: len(subtag) > 1, rest)
    script = next((one for one in before_extensions if len(one) == 4 and one.isalpha()), "")
    known = script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT
    return Direction.RTL if known else Direction.LTR


def detect(text: str) -> str:
    """Return the language of a text: ar, fa, ur, he or en; a text without letters counts as ar.

    The script decides first, by its number of letters: a right-to-left one with a fifth of them,
    or Latin. Within the Arabic script, the function words and the letters that the other languages
    lack decide. Addresses, handles and code are no evidence. Only the first 200,000 characters
    count.
    """
    sample = _NO_PROSE.sub(" ", text[:_SAMPLE])
    arabic, hebrew = len(_ARABIC.findall(sample)), len(_HEBREW.findall(sample))
    latin = len(_LATIN.findall(sample))
    if max(arabic, hebrew) < _LEAST_SHARE * (arabic + hebrew + latin):
        return "en"
    return "he" if hebrew > arabic else _language_of_arabic_script(sample)


def _language_of_arabic_script(text: str) -> str:
    letters = Counter(text)
    words = Counter(_WORD.findall(text))
    scores = {
        language: 5 * sum(words[word] for word in _WORDS[language])
        + sum(letters[letter] for letter in _LETTERS[language])
        for language in _WORDS
    }
    return max(scores, key=scores.__getitem__)
