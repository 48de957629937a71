"""Bylines: lines that say in words who did what (`بقلم: …`, `حوار وتصوير: …`)."""

from __future__ import annotations

from exporter.arabic.folding import fold_words
from exporter.arabic.names.persons import is_plausible, looks_like_name, split_names, without_title
from exporter.arabic.names.places import name_and_place
from exporter.arabic.names.roles import OPENING, PART, aligned, is_sure, is_verb, roles_of
from exporter.article import Creator, Role

LONGEST = 120
"""The longest line that credits someone, in characters."""

_AROUND = " ()[]|-–—•*"


def byline(line: str) -> tuple[Creator, ...]:
    """Return the people whom a byline line credits, with their roles; none for another line.

    `بقلم: X`, `كتب X`, `حوار وتصوير: X`, `ترجمة: X`, several parts parted by dashes, several
    names joined by commas, slashes or waw.
    """
    if len(line) > LONGEST:
        return ()
    creators: list[Creator] = []
    for part in _parts(line.strip(_AROUND)):
        people = _part(part.strip())
        if not people:
            return ()
        creators += people
    return tuple(creators)


def byline_place(line: str) -> str:
    """Return the place that a byline gives beside its name; empty without one."""
    for part in _parts(line.strip(_AROUND)) if len(line) <= LONGEST else []:
        found = OPENING.match(aligned(part.strip()))
        _, place = name_and_place(part.strip()[found.end() if found else 0 :].strip(" :."))
        if place:
            return place
    return ""


def creator(name: str, role: Role = Role.AUTHOR) -> Creator:
    """Return a creator under the name as it is signed, filed without its title."""
    filed = without_title(name)
    return Creator(name, role, filed if filed != name else "")


def _parts(line: str) -> list[str]:
    cuts = [found.span() for found in PART.finditer(aligned(line))]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _part(text: str) -> tuple[Creator, ...]:
    found = OPENING.match(aligned(text))
    if not found:
        return ()
    rest, _ = name_and_place(text[found.end() :].strip(" :."))
    if not found["colon"].strip() and not _follows_a_verb(found["roles"], rest):
        return ()
    names = tuple(split_names(rest))
    if not names or any(not is_plausible(name) for name in names):
        return ()
    roles = roles_of(found["roles"], written=text[: found.end("roles")])
    return tuple(creator(name, role) for name in names for role in roles)


def _follows_a_verb(opening: str, rest: str) -> bool:
    """Say whether the words after an opening without a colon can only be a name."""
    if is_sure(opening):
        return bool(fold_words(rest))
    if not is_verb(opening):
        return False
    return looks_like_name(rest) or (opening.startswith("by") and len(rest.split()) <= 4)
