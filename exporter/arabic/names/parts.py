"""The parts of a line of credits, each told by what it is: a person, a place, an agency, a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import islice

from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold, fold_words
from exporter.arabic.names.bylines import LONGEST, byline, creator
from exporter.arabic.names.persons import person_score, split_names
from exporter.arabic.names.places import is_place
from exporter.arabic.names.roles import OPENING, ROLES, aligned, roles_of
from exporter.arabic.names.words import AGENCIES, PRESS, REPORTERS, TITLES
from exporter.article import Creator
from exporter.patterns import compiled
from exporter.records import dataclass


class Kind(Enum):
    """What a part is; REST is somebody unnamed, an identifier, or a title without a name."""

    PERSON = auto()
    PRESS = auto()
    PLACE = auto()
    ROLE = auto()
    REST = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a credit line; `part` counts those that dashes part, not those in a list."""

    text: str
    kind: Kind
    part: int


_AROUND = " .:،,؛;|-–—ـ/*•\u00a0"
_SPACE = compiled(r"\s+")
# A dash beside a space, a bar, a colon, quotation marks, brackets; «من» before a place.
PARTING = compiled(r"\s+[-–—ـ]+\s*|\s*[-–—]+\s+|\s*[–—]\s*|\s*[|:]\s*|\s*[()\[\]«»\"“”]\s*|\s+/\s+")
FROM = compiled(r"\s+(?:من|from|از)\s+")
_QUOTED = compiled('[«"“](?P<name>[^«»"“”]{2,40})[»"”]')
_LIST = compiled(r"\s*[،,؛;&+/]\s*")
_DOMAIN = compiled(
    r"[^\s@]*[^\W\d_]{2}\.(?:نت|كوم|نيوز|com|net|org|info|tv|news|[a-z]{2})", re.IGNORECASE
)
_LETTERS = compiled(r"[^\W\d_](?:[\s.]+[^\W\d_]){1,4}\.?")
IDENTIFIER = compiled(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
SENTENCE = compiled(r"[؟?!…]|\.\s*\.")
_MOST_PARTS = 8
NAMED = 3
_DIGIT = compiled(r"\d")
# Before the words for who wrote, and before those for when after a name: `في 3 مايو بواسطة X`.
_DATE_JOINT = compiled(
    r"(?:^|\s*)\|\s*|\s+[-–—ـ]\s+|\s*[،,]\s+|"
    r"\s+(?=(?:بواسطة|بقلم|كتبه|كتبها|كتبته|الكاتب|توسط|نوشته|نویسنده|از قلم|מאת|by|par)\s)|"
    r"\s+(?:في|بتاريخ|يوم|در|تاریخ|on|le)\s+(?=\S*\d)|"
    # A day with its month and its year stands right after a name, as in a line of two elements.
    r"\s+(?=(?:(?:يوم\s+)?ال[^\W\d]{2,8}\s*[،,]?\s+)?\d{1,2}(?:\s+[^\W\d]{2,9}\s*[،,]?\s+|[/.-]\d{1,2}[/.-])\d{4})|"
    r"\s+(?=\d{4}[/-]\d{1,2}[/-]\d{1,2})"
)
# Agencies that are not named.
_GENERIC = frozenset(map(fold, "وكالات الوكالات agencies".split()))


def parted_from_date(line: str) -> tuple[str, str]:
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


def items_of(text: str) -> Iterator[Item]:
    """Yield the parts of a line, and in each the members of its list."""
    quoted = {found["name"].strip() for found in _QUOTED.finditer(text)}
    number = 0
    for at, half in enumerate(FROM.split(text)):
        for part in PARTING.split(half):
            if not part.strip(_AROUND):
                continue
            number += 1
            for text_of_item in _listed(part.strip(_AROUND)):
                kind = _kind(text_of_item, is_quoted=text_of_item in quoted)
                if at and kind is Kind.UNKNOWN:
                    kind = Kind.PLACE
                yield Item(text_of_item, kind, number)


def _listed(part: str) -> Iterator[str]:
    """Yield the members of a list; a name with `and` in it is parted later."""
    for item in _LIST.split(part):
        if item.strip(_AROUND):
            yield from _at_hyphens(item.strip(_AROUND))


def _at_hyphens(item: str) -> Iterator[str]:
    """Yield what a hyphen without spaces joins, if one side is a place or an agency."""
    sides = item.split("-")
    if len(sides) == 2 and any(is_place(side) or is_press(side) for side in sides):
        yield from sides
    else:
        yield item


def _kind(text: str, *, is_quoted: bool) -> Kind:
    words = fold_words(text)
    if words in ROLES and words not in REPORTERS:
        return Kind.ROLE
    if is_quoted or is_press(text):
        return Kind.PRESS
    if is_place(text):
        return Kind.PLACE
    if IDENTIFIER.fullmatch(text) or words in REPORTERS or words in TITLES:
        return Kind.REST
    if words.split(" ", 1)[0] in REPORTERS and person_score(text) < NAMED:
        return Kind.REST
    is_person = byline(text) or signed_by(text) or person_score(text) >= NAMED
    return Kind.PERSON if is_person else Kind.UNKNOWN


def signed_by(text: str) -> tuple[Creator, ...]:
    """Return whom `تصوير هند سعد` credits, which without a colon could be prose elsewhere."""
    found = OPENING.match(aligned(text))
    name = text[found.end() :] if found else ""
    if not found or person_score(name) < NAMED:
        return ()
    roles = roles_of(found["roles"], written=text[: found.end("roles")])
    return tuple(creator(one, role) for one in split_names(name) for role in roles)


def is_agency(text: str) -> bool:
    """Say whether a text is the name of an agency, or letters such as `د. ب. أ`."""
    words = fold_words(text)
    letters = bool(_LETTERS.fullmatch(text)) and len(words.split()) > 1
    return letters or words.replace(" ", "") in AGENCIES


def is_domain(text: str) -> bool:
    """Say whether a text has the form of a site's name, as `السطر.نت`."""
    return bool(_DOMAIN.fullmatch(text))


def is_generic(item: Item) -> bool:
    """Say whether a part means agencies without naming one."""
    return fold_words(item.text) in _GENERIC


def is_press(text: str) -> bool:
    """Say whether a text names an agency, or has a word of papers, channels or sites in it."""
    words = fold_words(text)
    return (
        is_agency(text) or bool(PRESS.intersection(words.split())) or bool(_DOMAIN.fullmatch(text))
    )


def unknown_of(items: Sequence[Item]) -> list[Item]:
    """Return the parts that nothing in them tells."""
    return [item for item in items if item.kind is Kind.UNKNOWN]
