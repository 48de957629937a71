"""What a font's rules can do to the letters on both sides of a space, read from its tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

Glyphs = set[str]
Table = Any
"""A font or a table in it, as fontTools has them."""

_SPACE, _MARK = ord(" "), 3
# Nothing across a space: one glyph alone, or a mark on what is before it.
_ALONE = {"SingleSubst", "MultipleSubst", "AlternateSubst", "SinglePos"}
_MARKS = {"MarkBasePos", "MarkLigPos", "MarkMarkPos"}
# By these flags rules look beyond a space to what is behind it.
_BEYOND_BASES = 0x2 | 0x4
# Tables by which HarfBuzz shapes in place of those that are read here.
_OTHERS = {"kern", "kerx", "morx", "mort", "Silf"}


def across_spaces(file: Path, characters: Iterable[str]) -> set[tuple[str, str]]:
    """Return the letters that meet across a space in rules of the font: those before and after.

    Of a rule that is about more than one letter on each side, or about none on one of them, and of
    one that looks beyond a space, this raises ValueError.
    """
    font = TTFont(file)
    if not _OTHERS.isdisjoint(font.keys()):
        raise ValueError("the font has tables that are not read")
    space = font.getBestCmap()[_SPACE]
    forms = _forms(font, characters)
    known = {space}.union(*forms.values())
    classes = font["GDEF"].table.GlyphClassDef.classDefs

    def letters(glyphs: Glyphs) -> str:
        return "".join(sorted(one for one, own in forms.items() if own & glyphs))

    found = set()
    for flag, subtable in _subtables(font, "GSUB", "GPOS"):
        if flag & _BEYOND_BASES:
            raise ValueError("the font has rules that look beyond a space")
        for rule in _rules(subtable, font.getGlyphOrder()):
            places = [glyphs & known for glyphs in rule]
            for place in (at for at, glyphs in enumerate(places) if space in glyphs):
                after = places[place + 1] if place + 1 < len(places) else set()
                # Words never begin with a mark.
                if not all(places) or (after and all(classes.get(one) == _MARK for one in after)):
                    continue
                if place != 1 or len(places) != 3:
                    raise ValueError(f"the font has a rule of {len(places)} places with a space")
                found.add((letters(places[0]), letters(after)))
    return found


def _subtables(font: Table, *tables: str) -> Iterator[tuple[int, Table]]:
    for table in tables:
        for lookup in font[table].table.LookupList.Lookup:
            for subtable in lookup.SubTable:
                yield lookup.LookupFlag, getattr(subtable, "ExtSubTable", subtable)


def _forms(font: Table, characters: Iterable[str]) -> Mapping[str, Glyphs]:
    """Return every glyph that a character may become, alone or together with others."""
    become: dict[str, Glyphs] = defaultdict(set)
    for _, subtable in _subtables(font, "GSUB"):
        for old, new in _replacements(subtable):
            become[old].add(new)
    cmap = font.getBestCmap()
    return {one: _closure(cmap[ord(one)], become) for one in characters if ord(one) in cmap}


def _replacements(subtable: Table) -> Iterator[tuple[str, str]]:
    match type(subtable).__name__:
        case "SingleSubst":
            yield from subtable.mapping.items()
        case "MultipleSubst":
            yield from ((old, new) for old, news in subtable.mapping.items() for new in news)
        case "AlternateSubst":
            yield from ((old, new) for old, news in subtable.alternates.items() for new in news)
        case "LigatureSubst":
            for first, ligatures in subtable.ligatures.items():
                for one in ligatures:
                    yield from ((part, one.LigGlyph) for part in (first, *one.Component))
        case "ReverseChainSingleSubst":
            yield from zip(subtable.Coverage.glyphs, subtable.Substitute, strict=True)
        case _:  # what only says where others are used
            return


def _closure(glyph: str, become: Mapping[str, Glyphs]) -> Glyphs:
    found, waiting = {glyph}, [glyph]
    while waiting:
        new = become.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _rules(subtable: Table, order: Sequence[str]) -> Iterator[Sequence[Glyphs]]:
    """Yield the sequences that a subtable looks for: the glyphs of each place, as they are read."""
    name = type(subtable).__name__
    if name in _ALONE | _MARKS:
        return
    if name == "LigatureSubst":
        for first, ligatures in subtable.ligatures.items():
            yield from ([{first}, *({part} for part in one.Component)] for one in ligatures)
    elif name == "PairPos":
        yield from _pairs(subtable, order)
    elif name == "CursivePos":
        yield [set(subtable.Coverage.glyphs)] * 2
    elif name == "ReverseChainSingleSubst" or subtable.Format == 3:
        yield _coverages(subtable)
    else:
        kind = f"{'Chain' if 'Chain' in name else ''}{'Sub' if 'Subst' in name else 'Pos'}"
        contexts = _of_glyphs if subtable.Format == 1 else _of_classes
        yield from contexts(subtable, kind, order)


def _pairs(subtable: Table, order: Sequence[str]) -> Iterator[Sequence[Glyphs]]:
    if subtable.Format == 1:
        for first, pairs in zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True):
            yield from ([{first}, {one.SecondGlyph}] for one in pairs.PairValueRecord)
        return
    firsts = _classes(subtable.ClassDef1, subtable.Coverage.glyphs)
    seconds = _classes(subtable.ClassDef2, order)
    for first, record in enumerate(subtable.Class1Record):
        for second, values in enumerate(record.Class2Record):
            if any(any(vars(one).values()) for one in (values.Value1, values.Value2) if one):
                yield [firsts[first], seconds[second]]


def _coverages(subtable: Table) -> Sequence[Glyphs]:
    if hasattr(subtable, "BacktrackCoverage"):
        own = getattr(subtable, "InputCoverage", None) or [subtable.Coverage]
        places = (*subtable.BacktrackCoverage[::-1], *own, *subtable.LookAheadCoverage)
    else:
        places = tuple(subtable.Coverage)
    return [set(one.glyphs) for one in places]


def _of_glyphs(subtable: Table, kind: str, _: object) -> Iterator[Sequence[Glyphs]]:
    sets = getattr(subtable, f"{kind}RuleSet")
    for first, rules in zip(subtable.Coverage.glyphs, sets, strict=True):
        for rule in getattr(rules, f"{kind}Rule") if rules else ():
            before, after = getattr(rule, "Backtrack", ()), getattr(rule, "LookAhead", ())
            yield [{one} for one in (*before[::-1], first, *rule.Input, *after)]


def _of_classes(subtable: Table, kind: str, order: Sequence[str]) -> Iterator[Sequence[Glyphs]]:
    own = getattr(subtable, "InputClassDef", None) or subtable.ClassDef
    inner = _classes(own, order)
    before = _classes(getattr(subtable, "BacktrackClassDef", None), order)
    after = _classes(getattr(subtable, "LookAheadClassDef", None), order)
    for first, rules in enumerate(getattr(subtable, f"{kind}ClassSet")):
        for rule in getattr(rules, f"{kind}ClassRule") if rules else ():
            rest = rule.Input if hasattr(rule, "Input") else rule.Class
            yield [
                *(before[one] for one in getattr(rule, "Backtrack", ())[::-1]),
                inner[first] & set(subtable.Coverage.glyphs),
                *(inner[one] for one in rest),
                *(after[one] for one in getattr(rule, "LookAhead", ())),
            ]


def _classes(definition: Table, glyphs: Iterable[str]) -> Mapping[int, Glyphs]:
    """Return the glyphs of each class; those that are in none are in class 0."""
    classes: dict[int, Glyphs] = defaultdict(set)
    for glyph in glyphs if definition else ():
        classes[definition.classDefs.get(glyph, 0)].add(glyph)
    return classes
