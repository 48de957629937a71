"""Credits: a line that credits persons, agencies and papers, and the place they report from.

Such a line has one to four parts: `القاهرة - جان مراد`, `جان مراد- السطر- صنعاء:`,
`هند سعد من الدمام`, `رويترز`. Each part is first told by what it is (`parts`), and what
remains by the others: who is beside a place, what stands between a name and one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.arabic.folding import fold, fold_words
from exporter.arabic.names.bylines import LONGEST, byline, byline_place, creator
from exporter.arabic.names.parts import (
    IDENTIFIER,
    PARTING,
    SENTENCE,
    Item,
    Kind,
    is_generic,
    is_press,
    items_of,
    parted_from_date,
    signed_by,
    unknown_of,
)
from exporter.arabic.names.persons import person_score, split_names
from exporter.arabic.names.roles import roles_of
from exporter.article import Creator, Role
from exporter.records import dataclass


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


def credits_of(line: str) -> Credits:
    """Return whom a line credits that is known to credit someone, such as a field `author`.

    What can't be told is a person when it could be one; nothing of the line is lost.
    """
    text, date = parted_from_date(line)
    if not text:
        return Credits(date=date)
    if len(text) > LONGEST or IDENTIFIER.fullmatch(text) or SENTENCE.search(text):
        return Credits(date=date, rest=(text,))
    if (people := byline(text)) and not PARTING.search(people[-1].name):
        return _of_byline(people, text, date=date)
    return _credits(_told_by_the_others(tuple(items_of(text))), date=date)


# --- what the others tell -------------------------------------------------------------------


def _told_by_the_others(items: tuple[Item, ...]) -> tuple[Item, ...]:
    for rule in (_around_a_role, _whole_line, _likeliest_person, _beside_a_place, _left):
        items = rule(items)
    return items


def _as(item: Item, kind: Kind) -> Item:
    return replace(item, kind=kind)


def _around_a_role(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`X؛ ترجمة - Y`: what follows the word for a role is a person, two words before one too."""
    told = list(items)
    for at, item in enumerate(told):
        if item.kind is not Kind.UNKNOWN:
            continue
        is_after = at > 0 and told[at - 1].kind is Kind.ROLE
        is_before = at + 1 < len(told) and told[at + 1].kind is Kind.ROLE
        if is_after or (is_before and person_score(item.text)):
            told[at] = _as(item, Kind.PERSON)
    return tuple(told)


def _whole_line(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`X`: a line of one part is a person, one word with the article (`السطر`) a paper."""
    match items:
        case [Item(kind=Kind.UNKNOWN) as item]:
            is_person = person_score(item.text) or not fold(item.text).startswith("ال")
            return (_as(item, Kind.PERSON if is_person else Kind.PRESS),)
        case _:
            return items


def _likeliest_person(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Without a person or an agency, the part that looks most like one is the person."""
    unknown = unknown_of(items)
    if any(item.kind in (Kind.PERSON, Kind.PRESS) for item in items) or not unknown:
        return items
    best = max(unknown, key=lambda item: (person_score(item.text), item.part))
    if not person_score(best.text):
        return items
    return tuple(_as(item, Kind.PERSON) if item is best else item for item in items)


def _beside_a_place(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`السطر - صنعاء`: what is beside a place and no person is who publishes."""
    if not any(item.kind is Kind.PLACE for item in items):
        return items
    return tuple(_as(item, Kind.PRESS) if item.kind is Kind.UNKNOWN else item for item in items)


def _left(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`X- السطر- Y`: of what is left, the last is the place and others publish."""
    unknown = unknown_of(items)
    kinds = {item.kind for item in items}
    named = [item for item in items if item.kind is Kind.PRESS and not is_generic(item)]
    is_place = bool(unknown) and bool(named or Kind.PERSON in kinds) and Kind.REST not in kinds
    place = unknown[-1] if is_place else None
    return tuple(
        _as(item, Kind.PLACE if item is place else Kind.PRESS)
        if item.kind is Kind.UNKNOWN
        else item
        for item in items
    )


# --- the whole ------------------------------------------------------------------------------


def _credits(items: Sequence[Item], *, date: str) -> Credits:
    def of(kind: Kind) -> list[str]:
        return [item.text for item in items if item.kind is kind]

    named = [one.text for one in items if one.kind is Kind.PRESS and not is_generic(one)]
    generic = [one.text for one in items if one.kind is Kind.PRESS and is_generic(one)]
    return Credits(
        creators=tuple(_people(items)),
        publisher="، ".join(dict.fromkeys(named)),
        date=date,
        place="، ".join(dict.fromkeys(of(Kind.PLACE))),
        rest=(*of(Kind.REST), *generic),
    )


def _people(items: Sequence[Item]) -> Iterator[Creator]:
    roles: tuple[Role, ...] = (Role.AUTHOR,)
    for item in items:
        match item.kind:
            case Kind.ROLE:
                roles = roles_of(fold_words(item.text), written=item.text)
            case Kind.PERSON:
                named = byline(item.text) or signed_by(item.text)
                yield from named or (
                    creator(name, role) for name in split_names(item.text) for role in roles
                )
            case _:
                pass


def _of_byline(people: tuple[Creator, ...], text: str, *, date: str) -> Credits:
    """Return the credits of a byline, without the agencies among its names."""
    press = [one.name for one in people if is_press(one.name)]
    persons = tuple(one for one in people if one.name not in press)
    return Credits(persons, "، ".join(dict.fromkeys(press)), date, byline_place(text))
