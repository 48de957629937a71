"""The language of words in another script than the text around them, as a voice has to know it.

Nobody says it in most sources. What script and words tell is said, and no more: `en`, `fr`, `el`,
`he` …, else the script with an undetermined language (`und-Latn`, `und-Cyrl`; RFC 5646 §4.1).
Why names in plain letters are English is a decision of its own (docs/decisions/0023).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from exporter.arabic.languages import direction_of
from exporter.article import Direction
from exporter.patterns import compiled

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_GREEK = "\u0370-\u0373\u0376\u0377\u037b-\u037d\u0386-\u03ff\u1f00-\u1fff"
_CYRILLIC = "\u0400-\u0482\u048a-\u052f"
_HEBREW = "\u05d0-\u05f2"
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f"
_ARABIC_MARKS = "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
_SCRIPTS = {"Latn": _LATIN, "Grek": _GREEK, "Cyrl": _CYRILLIC, "Hebr": _HEBREW}
_MARKS = "\u0300-\u036f\u0591-\u05c7"
# The script of a language that is not written from right to left, where it isn't the Latin one.
_OWN = {"el": "Grek", "he": "Hebr", "yi": "Hebr"} | dict.fromkeys(
    ("ru", "uk", "bg", "sr", "mk", "be", "kk"), "Cyrl"
)

# Addresses, file names and code are no words of any language.
_NO_WORDS = compiled(r"\S*(?:://|@|www\.|[/\\_<>{}=|]|\w\.\w{2,}|\w\()\S*")
# One letter is a sign: x, y, π.
_WORD = compiled(rf"[{_LATIN}][{_LATIN}{_MARKS}'’]+")
_PLAIN = compiled(r"[\x00-\x7f‘’“”–—…\s]*")

# A name or an acronym; what is in small letters may be a word of any language: `charta damascena`.
_ENGLISH_LOOK = compiled(r"[A-Z]|ing\b|ness\b|ed\b|ware\b|ght|ck|ee|oo|sh|wh")
_ENGLISH = frozenset("the of and for in to with from by on at is are an as it or not that".split())
_FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "fr": frozenset("le la les des du de et en une est pour dans sur au aux par avec".split()),
    "de": frozenset("der die das und von für mit ist ein eine zum zur den dem auf".split()),
    "es": frozenset("el la los las del de en una para por".split()),
    "it": frozenset("il la gli di della del dei una nel alla".split()),
    "tr": frozenset("ve bir bu için ile da".split()),
}
_EVERY = frozenset().union(*_FUNCTION_WORDS.values()) - _ENGLISH
_RUSSIAN = compiled(r"[ыэё]|\b(?:что|это|или|для)\b", re.IGNORECASE)
_UKRAINIAN = compiled("[їєґ]|[^ў]*і[^ў]*$", re.IGNORECASE)
# How many different function words a sentence has at least; a title or a command has hardly one.
_FEWEST_FUNCTION_WORDS = 2


def is_running_text(words: Sequence[str]) -> bool:
    """Whether Latin words are a sentence, not a name, a title or a command."""
    small = [word for word in words if word.islower()]
    known = {word for word in small if word in _ENGLISH or word in _EVERY}
    return 2 * len(small) > len(words) and len(known) >= _FEWEST_FUNCTION_WORDS


def foreign_runs(text: str, around: str) -> Iterable[tuple[str, str]]:
    """Return a text in pieces, each with its language, which is "" where it is that around it."""
    own = _script_of(around)
    return _cut(text, around) if _letters_but(own).search(text) else ((text, ""),)


def _cut(text: str, around: str) -> Iterator[tuple[str, str]]:
    done = 0
    for match in _runs(_script_of(around)).finditer(text):
        language = language_of_words(match[0], around)
        if not language or _is_in_address(text, *match.span()):
            continue
        if match.start() > done:
            yield text[done : match.start()], ""
        yield match[0], language
        done = match.end()
    if done < len(text):
        yield text[done:], ""


def quoted_runs(text: str, around: str, *, outer: str) -> Iterator[tuple[str, str]]:
    """Do the same in words that `outer`, the language of a whole text, is around.

    Words in its letters are of it, which may be quoted there.
    """
    script = _script_of(outer)
    if script == _script_of(around):
        yield from foreign_runs(text, around)
        return
    done = 0
    for match in _phrases(script).finditer(text):
        if match.start() > done:
            yield from foreign_runs(text[done : match.start()], around)
        yield match[0], outer
        done = match.end()
    if done < len(text):
        yield from foreign_runs(text[done:], around)


def language_of_quoted(text: str, around: str, *, outer: str) -> str:
    """Return the language of words, `outer` for those in its letters."""
    script = _script_of(outer)
    if script != _script_of(around) and _phrases(script).fullmatch(text):
        return outer
    return language_of_words(text, around)


@lru_cache(maxsize=1024)
def language_of_sentence(text: str, around: str) -> str:
    """Return the language of a sentence in another script, which may quote words of `around`."""
    own = _phrases(_script_of(around)).sub(" ", text)
    return language_of_words(own, around)


@lru_cache(maxsize=1024)
def language_of_words(text: str, around: str) -> str:
    """Return the language of words that are all in one other script than what is around, or ""."""
    own = _script_of(around)
    if not text.isascii() and _own_letters(own).search(text):
        return ""
    found = ("Latn",) if text.isascii() and own != "Latn" else _scripts_in(text, own)
    words = text if text.isalpha() else _NO_WORDS.sub(" ", text)
    match found:
        case ("Latn",):
            return _of_latin(words)
        case ("Grek",):
            return "el" if re.search(f"[{_GREEK}{_MARKS}]{{2}}", words) else ""
        case ("Cyrl",):
            return _of_cyrillic(words)
        case ("Hebr",):
            return "he"
        case _:
            return ""


def _of_latin(text: str) -> str:
    found = _WORD.findall(text)
    if not found:
        return ""
    # What is all in capitals is an acronym: UN is no article.
    words = {word.lower() for word in found if not word.isupper()}
    is_plain = text.isascii() or bool(_PLAIN.fullmatch(text))
    if is_plain and words.isdisjoint(_EVERY):
        return "en" if _ENGLISH_LOOK.search(text) or words & _ENGLISH else "und-Latn"
    own = len(_ENGLISH & words)
    counts = {name: len(known & words) for name, known in _FUNCTION_WORDS.items()}
    best, *others = sorted(counts, key=lambda name: -counts[name])
    if counts[best] > max(counts[others[0]], own, is_plain):
        return best
    return "en" if is_plain and own else "und-Latn"


def _of_cyrillic(text: str) -> str:
    if _UKRAINIAN.search(text):
        return "uk" if re.search("[їєґ]", text, re.IGNORECASE) else "und-Cyrl"
    return "ru" if _RUSSIAN.search(text) else "und-Cyrl"


@cache
def _script_of(language: str) -> str:
    """Return which of the scripts here is that of a language, "" for the Arabic one."""
    primary, *rest = language.lower().split("-")
    said = next((one.title() for one in rest if len(one) == 4), "")
    script = said or _OWN.get(primary, "")
    is_latin = not script and direction_of(language) is Direction.LTR
    return script if script in _SCRIPTS else "Latn" if is_latin else ""


@cache
def _runs(own: str) -> re.Pattern[str]:
    """Return what a run of words in another script is; the marks between its words are in it."""
    words = [
        f"[{letters}][{letters}{_MARKS}'’]*"
        for script, letters in _SCRIPTS.items()
        if script != own
    ]
    return re.compile("|".join(f"{word}(?:[ .,&:–-]{{1,2}}{word})*" for word in words))


@cache
def _phrases(script: str) -> re.Pattern[str]:
    """Return what a run of words in one script is."""
    letters = _SCRIPTS.get(script, f"{_ARABIC}{_ARABIC_MARKS}")
    word = f"[{letters}][{letters}{_MARKS}'’]*"
    return re.compile(f"{word}(?:[ \u060c]{{1,2}}{word})*")


@cache
def _own_letters(own: str) -> re.Pattern[str]:
    return re.compile(f"[{_SCRIPTS.get(own, _ARABIC)}]")


@cache
def _letters_but(own: str) -> re.Pattern[str]:
    others = (letters for script, letters in _SCRIPTS.items() if script != own)
    return re.compile(f"[{''.join(others)}]")


def _scripts_in(text: str, own: str) -> tuple[str, ...]:
    found = (name for name in _SCRIPTS if name != own and _letters(name).search(text))
    return tuple(found)


@cache
def _letters(script: str) -> re.Pattern[str]:
    return re.compile(f"[{_SCRIPTS[script]}]")


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether a run is in an address or in code, which may be longer than it."""
    before = text.rfind(" ", 0, start) + 1
    after = text.find(" ", end)
    around = text[before : after if after >= 0 else len(text)]
    return " " not in text[start:end] and bool(_NO_WORDS.fullmatch(around))
