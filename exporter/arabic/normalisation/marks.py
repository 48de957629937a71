"""Ellipses, dashes and the marks of the Arabic script, typed with the keys of a Latin keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.arabic.normalisation.passages import (
    DIGIT,
    LATIN,
    LETTER,
    MARK,
    OBJECT,
    Edit,
    is_arabic,
    is_in_arabic_script,
    is_latin,
    strong_after,
    strong_before,
)
from exporter.patterns import compiled

_DOTS = compiled(rf"(?<![.…{LATIN}{DIGIT}/\\_])\.{{3,4}}(?![.…{LATIN}{DIGIT}/\\_])")

_NEAR_CODE = rf"{LATIN}{DIGIT}<>=!|+*/\\{OBJECT}-"
_HYPHENS = compiled(rf"(?<![{_NEAR_CODE}])-{{2,3}}(?![{_NEAR_CODE}])")
_LONE_HYPHEN = compiled(r"(?:(?<=[ \u00a0])|^)-(?=[ \u00a0])", re.MULTILINE)
_HYPHENS_AROUND = compiled(
    rf"(?<=[ \u00a0])-(?=[ \u00a0]?[{LETTER}«])[^-–—\n]{{2,200}}?(?<=[{LETTER}{MARK}{DIGIT}»)])"
    r"[ \u00a0]?-(?=[ \u00a0،؛,;.:؟!]|$)"
)

_LATIN_MARK = compiled("[,;?]")
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
_CLOSING = "»”’\"')]}؟?!%٪"
_OPENING = "«“‘\"'([{"
_SENTENCE_END = compiled(r"[.!?؟\n]")
_LATIN_RUN = compiled(
    rf"(?:[{LATIN}{OBJECT}][^\s{LETTER}]*\s+){{0,9}}[{LATIN}{OBJECT}][^\s{LETTER}]*\Z"
)
_MOST_LATIN_WORDS = 2


def ellipses(text: str, _language: str) -> Iterator[Edit]:
    """Make three or four dots an ellipsis; two are a pause of their own, and more are a blank."""
    if not is_in_arabic_script(text):
        return
    for match in _DOTS.finditer(text):
        if not _is_among_latin(text, *match.span()):
            yield Edit(*match.span(), "…")


def dashes(text: str, _language: str) -> Iterator[Edit]:
    """Make a hyphen that stands for a dash one: doubled, between spaces, around an aside."""
    if not is_in_arabic_script(text):
        return
    edits = {*_doubled_hyphens(text), *_lone_hyphens(text), *_hyphens_around(text)}
    yield from sorted(edits, key=lambda edit: edit.start)


def _doubled_hyphens(text: str) -> Iterator[Edit]:
    for match in _HYPHENS.finditer(text):
        around = f"{text[: match.start()][-1:]} {text[match.end() :][:1]}"
        is_alone = not strong_before(text, match.start()) and not strong_after(text, match.end())
        if is_alone or _is_among_latin(text, *match.span()):
            continue
        is_long = len(match[0]) == 3 or (around == around.strip() and len(around) == 3)
        yield Edit(*match.span(), "—" if is_long else "–")


def _lone_hyphens(text: str) -> Iterator[Edit]:
    for match in _LONE_HYPHEN.finditer(text):
        sides = (strong_before(text, match.start()), strong_after(text, match.end()))
        if any(map(is_arabic, sides)):
            yield Edit(*match.span(), "–")


def _hyphens_around(text: str) -> Iterator[Edit]:
    for match in _HYPHENS_AROUND.finditer(text):
        yield Edit(match.start(), match.start() + 1, "–")
        yield Edit(match.end() - 1, match.end(), "–")


def arabic_marks(text: str, _language: str) -> Iterator[Edit]:
    """Make the comma, semicolon and question mark of an Arabic sentence Arabic ones."""
    if not is_in_arabic_script(text):
        return
    for match in _LATIN_MARK.finditer(text):
        if _belongs_to_arabic(text, match.start()):
            yield Edit(*match.span(), _ARABIC_MARKS[match[0]])


def _belongs_to_arabic(text: str, place: int) -> bool:
    """Say whether a mark stands in an Arabic sentence, not in a number or in Latin words."""
    before = text[:place].rstrip(f"{_CLOSING} \u00a0–-")[-1:]
    after = text[place + 1 :][:1]
    if re.match(f"[{LETTER}{MARK}\u0640]", before):
        return not is_latin(after) or text[place] == ","
    if not (before.isdigit() or is_latin(before) or before == OBJECT):
        return False
    if after and not (after.isspace() or is_arabic(after) or after in f"{_CLOSING}،؛"):
        return False
    if before.isdigit() and text[place] != "?":
        return is_arabic(strong_after(text, place + 1))
    return _ends_latin_words(text, place)


def _ends_latin_words(text: str, place: int) -> bool:
    """Say whether a few Latin words or a number before a mark are in an Arabic sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, place)]
    sentence = text[ends[-1] if ends else 0 : place]
    if not is_in_arabic_script(sentence):
        return False
    run = _LATIN_RUN.search(sentence.rstrip(f"{_CLOSING} \u00a0"))
    if run and (
        len(run[0].split()) > _MOST_LATIN_WORDS or sentence[: run.start()][-1:] in _OPENING
    ):
        return False
    return text[place] == "?" or is_arabic(strong_after(text, place + 1))


def _is_among_latin(text: str, start: int, end: int) -> bool:
    return is_latin(strong_before(text, start)) and is_latin(strong_after(text, end))
