"""The rules of normalisation by name, and the words with which a user chooses among them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Rule(StrEnum):
    """The rules by name, in the order in which they are applied."""

    PRESENTATION_FORMS = "presentation-forms"
    TATWEEL = "tatweel"
    LOOKALIKES = "lookalikes"
    ELLIPSES = "ellipses"
    DASHES = "dashes"
    QUOTES = "quotes"
    MARKS = "marks"
    SPACES = "spaces"
    SPACES_AT_MARKS = "spaces-at-marks"


RULES_OF_LETTERS = frozenset({Rule.PRESENTATION_FORMS, Rule.LOOKALIKES})
"""The rules that hold in verse as well, whose marks and spaces are the poet's."""

LANGUAGES = frozenset({"ar", "ckb", "fa", "ps", "ug", "ur"})
"""The primary subtags of the languages whose articles are normalised."""

_OFF = "no-"


def choices() -> tuple[str, ...]:
    """Return the words that choose rules; before each rule's name may stand `no-`."""
    return ("all", "none", *Rule)


def rules_of(words: Iterable[str]) -> frozenset[Rule]:
    """Return the rules that words choose, one after the other, starting from all of them.

    Where a rule's name is the first word, that rule stands alone; each further name adds its own,
    and `no-` before a name takes the rule away. Raises ValueError with the word that is none.
    """
    words = tuple(words)
    is_added_to_none = bool(words) and words[0] in {"none", *Rule}
    chosen = frozenset[Rule]() if is_added_to_none else frozenset(Rule)
    for word in words:
        name = word.removeprefix(_OFF)
        if word in {"all", "none"}:
            chosen = frozenset(Rule) if word == "all" else frozenset()
        elif name not in list(Rule):
            raise ValueError(word)
        else:
            chosen = chosen - {Rule(name)} if name != word else chosen | {Rule(name)}
    return chosen
