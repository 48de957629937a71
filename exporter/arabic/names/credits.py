"""Credits: a line that credits persons, agencies and papers, and the place they report from.

Such a line has one to four parts: `القاهرة - أحمد الريدي`, `أحمد علي- سبق- القاهرة:`,
`مويضي المطيري من الدمام`, `رويترز`. Each part is first told by what it is (an agency, a place, a
name), and what remains by the others: who is beside a place, what stands between a name and one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold, fold_words
from exporter.arabic.names.bylines import LONGEST, byline, byline_place, creator
from exporter.arabic.names.persons import person_score, split_names
from exporter.arabic.names.places import is_place
from exporter.arabic.names.roles import ROLES, roles_of
from exporter.arabic.names.words import AGENCIES, PRESS, REPORTERS, TITLES
from exporter.article import Creator, Role


@dataclass(frozen=True, slots=True)
class Credits:
    """Whom a line credits.

    `date` is a date line beside them, as it stands. `place` is where they report from, `rest` the
    words that say neither (`مراسلنا`, an identifier): both stand in no field of an article.
    """

    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    date: str = ""
    place: str = ""
    rest: tuple[str, ...] = ()


class _Kind(Enum):
    PERSON = auto()
    PRESS = auto()
    PLACE = auto()
    ROLE = auto()
    REST = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class _Item:
    """A part of a credit line; `part` counts those that dashes part, not those in a list."""

    text: str
    kind: _Kind
    part: int


_AROUND = " .:،,؛;|-–—ـ/*•\u00a0"
_SPACE = re.compile(r"\s+")
# A dash beside a space, a bar, a colon, quotation marks, brackets; «من» before a place.
_PARTING = re.compile(
    r"\s+[-–—ـ]+\s*|\s*[-–—]+\s+|\s*[–—]\s*|\s*[|:]\s*|\s*[()\[\]«»\"“”]\s*|\s+/\s+"
)
_FROM = re.compile(r"\s+(?:من|from|از)\s+")
_QUOTED = re.compile('[«"“](?P<name>[^«»"“”]{2,40})[»"”]')
_LIST = re.compile(r"\s*[،,؛;&+/]\s*")
_DOMAIN = re.compile(
    r"\S*[^\W\d_]{2}\.(?:نت|كوم|نيوز|com|net|org|info|tv|news|[a-z]{2})", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_](?:[\s.]+[^\W\d_]){1,4}\.?")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SENTENCE = re.compile(r"[؟?!…]|\.\s*\.")
_MOST_PARTS = 8
_SHAPE = 2
_MOST_WORDS, _MOST_WORDS_OF_A_PART = 9, 5
_NO_CREDIT = re.compile(r"[؟?!…«»\"“”\d]|\.\s*\.|[^\s.]{3,}\.$|\s(?:من|from|از)\s")
_DIGIT = re.compile(r"\d")
_DATE_JOINT = re.compile(r"(?:^|\s*)\|\s*|\s+[-–—ـ]\s+|\s*[،,]\s+")
# Agencies that are not named.
_GENERIC = frozenset(map(fold, "وكالات الوكالات agencies".split()))


def credits_of(line: str) -> Credits:
    """Return whom a line credits that is known to credit someone, such as a field `author`.

    What can't be told is a person when it could be one; nothing of the line is lost.
    """
    text, date = _parted_from_date(line)
    if not text:
        return Credits(date=date)
    if len(text) > LONGEST or _IDENTIFIER.fullmatch(text) or _SENTENCE.search(text):
        return Credits(date=date, rest=(text,))
    if (people := byline(text)) and not _PARTING.search(people[-1].name):
        return _of_byline(people, text, date=date)
    return _credits(_told_by_the_others(tuple(_items(text))), date=date)


def is_credit(line: str) -> bool:
    """Say whether a whole line credits someone by what is in it, more than a bare name.

    A byline, agencies, or a person or an agency beside a place. After a colon what only could be a
    name is none (`بيروت: ذاكرة المدينة`), and `القاهرة - وكالات` credits nobody.
    """
    text, date = _parted_from_date(line) if len(line) <= 2 * LONGEST else ("", "")
    if byline(text):
        return True
    if len(text.split()) > _MOST_WORDS or not text or _NO_CREDIT.search(line.replace(date, "")):
        return False
    items = tuple(_items(text))
    kinds = {item.kind for item in items}
    if kinds == {_Kind.ROLE, _Kind.PERSON}:
        return True
    if len(items) > _MOST_PARTS or kinds & {_Kind.REST, _Kind.ROLE}:
        return False
    if any(len(item.text.split()) > _MOST_WORDS_OF_A_PART for item in items):
        return False
    named = [item for item in items if item.kind is _Kind.PRESS and not _is_generic(item)]
    if kinds == {_Kind.PRESS}:
        return bool(named) and all(_is_agency(one.text) or _is_domain(one.text) for one in named)
    unknown = _unknown(items)
    if not unknown:
        is_two = len(kinds) > 1 and (bool(named) or _Kind.PERSON in kinds)
        return is_two or (kinds == {_Kind.PERSON} and bool(date))
    is_parted = ":" not in text or line.rstrip().endswith(":")
    return is_parted and _Kind.PLACE in kinds and _can_be_credited(unknown)


def _can_be_credited(unknown: Sequence[_Item]) -> bool:
    """Say whether parts beside a place can be one paper and one person."""
    words = [len(item.text.split()) for item in unknown]
    papers = sum(1 for number in words if number == 1)
    persons = sum(1 for item in unknown if person_score(item.text) >= _SHAPE)
    return papers <= 1 and persons <= 1 and papers + persons == len(unknown)


def _parted_from_date(line: str) -> tuple[str, str]:
    """Return a line without the date that a bar or a dash parts from it, and that date."""
    text = _SPACE.sub(" ", line).strip()
    if len(text) > 2 * LONGEST or not _DIGIT.search(text):
        return text.strip(_AROUND), ""
    for joint in islice(_DATE_JOINT.finditer(text), _MOST_PARTS):
        before, after = text[: joint.start()], text[joint.end() :]
        if date_line(after):
            return before.strip(_AROUND), after
        if date_line(before):
            return after.strip(_AROUND), before
    return text.strip(_AROUND), ""


# --- the parts ------------------------------------------------------------------------------


def _items(text: str) -> Iterator[_Item]:
    quoted = {found["name"].strip() for found in _QUOTED.finditer(text)}
    number = 0
    for at, half in enumerate(_FROM.split(text)):
        for part in _PARTING.split(half):
            if not part.strip(_AROUND):
                continue
            number += 1
            for text_of_item in _listed(part.strip(_AROUND)):
                kind = _kind(text_of_item, is_quoted=text_of_item in quoted)
                if at and kind is _Kind.UNKNOWN:
                    kind = _Kind.PLACE
                yield _Item(text_of_item, kind, number)


def _listed(part: str) -> Iterator[str]:
    """Yield the members of a list; a name with `and` in it is parted later."""
    for item in _LIST.split(part):
        if item.strip(_AROUND):
            yield from _at_hyphens(item.strip(_AROUND))


def _at_hyphens(item: str) -> Iterator[str]:
    """Yield what a hyphen without spaces joins, if one side is a place or an agency."""
    sides = item.split("-")
    if len(sides) == 2 and any(is_place(side) or _is_press(side) for side in sides):
        yield from sides
    else:
        yield item


def _kind(text: str, *, is_quoted: bool) -> _Kind:
    words = fold_words(text)
    if words in ROLES and words not in REPORTERS:
        return _Kind.ROLE
    if is_quoted or _is_press(text):
        return _Kind.PRESS
    if is_place(text):
        return _Kind.PLACE
    if _IDENTIFIER.fullmatch(text) or words in REPORTERS or words in TITLES:
        return _Kind.REST
    if words.split(" ", 1)[0] in REPORTERS and person_score(text) < 3:
        return _Kind.REST
    return _Kind.PERSON if byline(text) or person_score(text) >= 3 else _Kind.UNKNOWN


def _is_agency(text: str) -> bool:
    words = fold_words(text)
    letters = bool(_LETTERS.fullmatch(text)) and len(words.split()) > 1
    return letters or words.replace(" ", "") in AGENCIES


def _is_domain(text: str) -> bool:
    return bool(_DOMAIN.fullmatch(text))


def _is_generic(item: _Item) -> bool:
    return fold_words(item.text) in _GENERIC


def _is_press(text: str) -> bool:
    words = fold_words(text)
    return (
        _is_agency(text) or bool(PRESS.intersection(words.split())) or bool(_DOMAIN.fullmatch(text))
    )


# --- what the others tell -------------------------------------------------------------------


def _told_by_the_others(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    for rule in (_around_a_role, _whole_line, _likeliest_person, _beside_a_place, _left):
        items = rule(items)
    return items


def _as(item: _Item, kind: _Kind) -> _Item:
    return replace(item, kind=kind)


def _unknown(items: Sequence[_Item]) -> list[_Item]:
    return [item for item in items if item.kind is _Kind.UNKNOWN]


def _around_a_role(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """`X؛ ترجمة - Y`: what follows the word for a role is a person, two words before one too."""
    told = list(items)
    for at, item in enumerate(told):
        if item.kind is not _Kind.UNKNOWN:
            continue
        is_after = at > 0 and told[at - 1].kind is _Kind.ROLE
        is_before = at + 1 < len(told) and told[at + 1].kind is _Kind.ROLE
        if is_after or (is_before and person_score(item.text)):
            told[at] = _as(item, _Kind.PERSON)
    return tuple(told)


def _whole_line(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """`X`: a line of one part is a person, one word with the article (`الوطن`) a paper."""
    match items:
        case [_Item(kind=_Kind.UNKNOWN) as item]:
            is_person = person_score(item.text) or not fold(item.text).startswith("ال")
            return (_as(item, _Kind.PERSON if is_person else _Kind.PRESS),)
        case _:
            return items


def _likeliest_person(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """Without a person or an agency, the part that looks most like one is the person."""
    unknown = _unknown(items)
    if any(item.kind in (_Kind.PERSON, _Kind.PRESS) for item in items) or not unknown:
        return items
    best = max(unknown, key=lambda item: (person_score(item.text), item.part))
    if not person_score(best.text):
        return items
    return tuple(_as(item, _Kind.PERSON) if item is best else item for item in items)


def _beside_a_place(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """`اليوم - الرياض`: what is beside a place and no person is who publishes."""
    if not any(item.kind is _Kind.PLACE for item in items):
        return items
    return tuple(_as(item, _Kind.PRESS) if item.kind is _Kind.UNKNOWN else item for item in items)


def _left(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """`X- سبق- أبو عريش`: of what is left, the last is the place and others publish."""
    unknown = _unknown(items)
    kinds = {item.kind for item in items}
    named = [item for item in items if item.kind is _Kind.PRESS and not _is_generic(item)]
    is_place = bool(unknown) and bool(named or _Kind.PERSON in kinds) and _Kind.REST not in kinds
    place = unknown[-1] if is_place else None
    return tuple(
        _as(item, _Kind.PLACE if item is place else _Kind.PRESS)
        if item.kind is _Kind.UNKNOWN
        else item
        for item in items
    )


# --- the whole ------------------------------------------------------------------------------


def _credits(items: Sequence[_Item], *, date: str) -> Credits:
    def of(kind: _Kind) -> list[str]:
        return [item.text for item in items if item.kind is kind]

    named = [one.text for one in items if one.kind is _Kind.PRESS and not _is_generic(one)]
    generic = [one.text for one in items if one.kind is _Kind.PRESS and _is_generic(one)]
    return Credits(
        creators=tuple(_people(items)),
        publisher="، ".join(dict.fromkeys(named)),
        date=date,
        place="، ".join(dict.fromkeys(of(_Kind.PLACE))),
        rest=(*of(_Kind.REST), *generic),
    )


def _people(items: Sequence[_Item]) -> Iterator[Creator]:
    roles: tuple[Role, ...] = (Role.AUTHOR,)
    for item in items:
        match item.kind:
            case _Kind.ROLE:
                roles = roles_of(fold_words(item.text), written=item.text)
            case _Kind.PERSON:
                named = byline(item.text)
                yield from named or (
                    creator(name, role) for name in split_names(item.text) for role in roles
                )
            case _:
                pass


def _of_byline(people: tuple[Creator, ...], text: str, *, date: str) -> Credits:
    """Return the credits of a byline, without the agencies among its names."""
    press = [one.name for one in people if _is_press(one.name)]
    persons = tuple(one for one in people if one.name not in press)
    return Credits(persons, "، ".join(dict.fromkeys(press)), date, byline_place(text))
