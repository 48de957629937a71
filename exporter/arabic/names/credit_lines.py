"""Lines that do nothing but credit someone, told from titles and sentences by what is in them."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.arabic.names.bylines import LONGEST, byline
from exporter.arabic.names.parts import (
    FROM,
    NAMED,
    Item,
    Kind,
    is_agency,
    is_domain,
    is_generic,
    items_of,
    parted_from_date,
    unknown_of,
)
from exporter.arabic.names.persons import person_score
from exporter.arabic.names.places import is_place
from exporter.patterns import compiled

_SHAPE = 2
_MOST_PARTS, _MOST_WORDS, _MOST_WORDS_OF_A_PART = 8, 9, 5
_NO_CREDIT = compiled(r"[؟?!…«»\"“”\d]|\.\s*\.|[^\s.]{3,}\.$")
_QUOTED_NAME = compiled('[«"“][^«»"“”]{2,40}[»"”]')


def is_credit(line: str) -> bool:
    """Say whether a whole line credits someone by what is in it, more than a bare name.

    A byline, agencies, or a person or an agency beside a place. After a colon what only could be a
    name is none (`بيروت: ذاكرة المدينة`), and `القاهرة - وكالات` credits nobody.
    """
    text, date = parted_from_date(line) if len(line) <= 2 * LONGEST else ("", "")
    if not text or len(text.split()) > _MOST_WORDS:
        return False
    if byline(text) or _is_from_a_place(text):
        return True
    if _NO_CREDIT.search(line.replace(date, "")) or FROM.search(text):
        return False
    items = tuple(items_of(text))
    if any(len(item.text.split()) > _MOST_WORDS_OF_A_PART for item in items):
        return False
    if {item.kind for item in items} == {Kind.PERSON} and len(items) == 1:
        return bool(date)
    return len(items) <= _MOST_PARTS and _are_credits(
        items, text, is_signed=line.rstrip().endswith(":")
    )


def _is_from_a_place(text: str) -> bool:
    """Say whether a line is `هند سعد من الدمام` or `«السطر» من صنعاء`."""
    who, *places = FROM.split(text)
    if len(places) != 1 or not is_place(places[0]):
        return False
    return bool(_QUOTED_NAME.fullmatch(who)) or person_score(who) >= NAMED


def _are_credits(items: Sequence[Item], text: str, *, is_signed: bool) -> bool:
    """Say whether parts credit someone: with a name or an agency in them, or beside a place.

    A colon at the end of the line (`is_signed`) is that of a credit; after one within, what could
    be anything credits nobody.
    """
    kinds = {item.kind for item in items}
    named = [item for item in items if item.kind is Kind.PRESS and not is_generic(item)]
    unknown = unknown_of(items)
    is_known = bool(named) and all(is_agency(one.text) or is_domain(one.text) for one in named)
    is_parted = is_signed or ":" not in text
    if kinds == {Kind.PRESS}:
        return is_known
    if not unknown:
        is_named = bool(named) if is_parted else is_known
        return len(kinds) > 1 and (is_named or Kind.PERSON in kinds)
    if Kind.ROLE in kinds or not is_parted or not _can_be_credited(unknown):
        return False
    if Kind.PLACE in kinds:
        return True
    is_sure = any(is_agency(item.text) for item in items) or Kind.PERSON in kinds
    return is_sure and len(unknown) == 1 and (is_signed or bool(kinds & {Kind.REST, Kind.PRESS}))


def _can_be_credited(unknown: Sequence[Item]) -> bool:
    """Say whether parts can be one paper and one person."""
    words = [len(item.text.split()) for item in unknown]
    papers = sum(1 for number in words if number == 1)
    persons = sum(1 for item in unknown if person_score(item.text) >= _SHAPE)
    return papers <= 1 and persons <= 1 and papers + persons == len(unknown)
