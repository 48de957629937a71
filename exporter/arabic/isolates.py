"""Patterns that readers expect whole: URLs, e-mail, versions, `C++`, ISO dates, times, phones.

UAX #9 would turn their parts round after an Arabic letter (`2024-05-12` shows as 12-05-2024), so
each becomes a left-to-right isolate. Ranges and scores (`1990-1995`, `2-1`) are not among them:
they are read right to left, as the standard orders them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.article import Direction, Inline, Isolate, Link, Text

_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
# Neither a Latin letter nor a digit may touch the pattern's ends: it would be part of a longer one.
_START = rf"(?<![\w@/.+#-])(?<!{_DIGIT})"
_END = rf"(?![\w@]|{_DIGIT})"

_URL = r"(?P<url>(?:https?://|www\.)[!-~]+)"
_PATTERNS = (
    _URL,
    rf"{_START}[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",  # e-mail
    rf"{_START}[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|io|gov|edu|info|dev)"
    r"(?:/[!-~]*)?" + _END,  # a bare host name
    rf"{_START}[@#][A-Za-z_]\w*",  # a handle or hash tag in Latin letters
    rf"{_START}(?:C\+\+|[A-Z]#|\.NET|[A-Za-z]\+\+)(?:{_DIGIT}+)?",
    rf"{_START}[A-Za-z_][\w.]*\(\)",  # a function's name
    rf"{_START}[vV]?{_DIGIT}+(?:\.{_DIGIT}+){{2,}}(?:-[A-Za-z0-9.]+)?{_END}",  # 3.11.4, 1.0.0-rc1
    rf"{_START}[vV]{_DIGIT}+(?:\.{_DIGIT}+)*(?:-[A-Za-z][A-Za-z0-9.]*)?{_END}",  # v2, v2.1-beta
    rf"{_DIGIT}+ ?°[CFK]{_END}",
    rf"{_START}{_DIGIT}+-[A-Za-z]+{_END}",  # 64-bit
    (
        rf"{_START}{_DIGIT}{{4}}-{_DIGIT}{{2}}-{_DIGIT}{{2}}(?:[T ]{_DIGIT}{{2}}:{_DIGIT}{{2}}"
        rf"(?::{_DIGIT}{{2}})?(?:Z|[+-]{_DIGIT}{{2}}:?{_DIGIT}{{2}})?)?{_END}"
    ),  # ISO 8601
    rf"{_START}{_DIGIT}{{1,2}}:{_DIGIT}{{2}}(?::{_DIGIT}{{2}})?{_END}",  # time
    (
        rf"(?<![\w+])(?<!{_DIGIT})(?:\+|00){_DIGIT}{{1,3}}"
        rf"(?:[ -]?\(?{_DIGIT}{{1,4}}\)?){{2,5}}{_END}"
    ),  # phone
    rf"{_START}0{_DIGIT}{{1,3}}(?:[ -]{_DIGIT}{{3,8}}){{1,3}}{_END}",
    rf"{_START}{_DIGIT}{{3}}-{_DIGIT}{{3}}-{_DIGIT}{{4}}{_END}",
)
_ISOLATED = re.compile("|".join(_PATTERNS), re.ASCII)
_SENTENCE_PUNCTUATION = ".,;:!?'\")]}>"


def isolate_patterns(text: str) -> Iterator[Inline]:
    """Yield the text as inlines, its patterns left-to-right isolates and its URLs links."""
    start = 0
    for match in _ISOLATED.finditer(text):
        found = _without_punctuation(match.group())
        if text[start : match.start()]:
            yield Text(text[start : match.start()])
        isolate = Isolate((Text(found),), Direction.LTR)
        yield Link((isolate,), _href(found)) if match["url"] else isolate
        start = match.start() + len(found)
    if text[start:]:
        yield Text(text[start:])


def _without_punctuation(found: str) -> str:
    """Leave a sentence's own punctuation outside; a closing bracket stays if it was opened."""
    end = len(found)
    open_brackets = found.count("(") - found.count(")")
    while end > 1 and found[end - 1] in _SENTENCE_PUNCTUATION:
        if found[end - 1] == ")":
            if open_brackets >= 0:
                break
            open_brackets += 1
        end -= 1
    return found[:end]


def _href(url: str) -> str:
    return url if "://" in url else f"https://{url}"
