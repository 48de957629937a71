"""What each rule of normalisation does."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.arabic.normalisation.letters import presentation_forms, tatweel
from exporter.arabic.normalisation.lookalikes import lookalikes
from exporter.arabic.normalisation.marks import arabic_marks, dashes, ellipses
from exporter.arabic.normalisation.passages import Edit, Rewrite
from exporter.arabic.normalisation.quotes import quotes
from exporter.arabic.normalisation.rules import Rule
from exporter.arabic.normalisation.spaces import spaces, spaces_at_marks

REWRITES: Mapping[Rule, Rewrite] = {
    Rule.PRESENTATION_FORMS: presentation_forms,
    Rule.TATWEEL: tatweel,
    Rule.LOOKALIKES: lookalikes,
    Rule.ELLIPSES: ellipses,
    Rule.DASHES: dashes,
    Rule.QUOTES: quotes,
    Rule.MARKS: arabic_marks,
    Rule.SPACES: spaces,
    Rule.SPACES_AT_MARKS: spaces_at_marks,
}


def edits_of(rule: Rule, masked: str, *, language: str) -> tuple[Edit, ...]:
    """Return what a rule changes in a paragraph, in order; it is `masked` by `passages.masked`."""
    return tuple(REWRITES[rule](masked, language.lower().split("-")[0]))
