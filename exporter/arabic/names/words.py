"""The tables of words.toml, folded for comparison."""

from __future__ import annotations

from pathlib import Path

from exporter.arabic.folding import folded_list, folded_phrases
from exporter.tables import parsed

_TABLES = parsed(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(folded_list(_TABLES[name]))


def _phrases(name: str) -> frozenset[str]:
    return frozenset(filter(None, folded_phrases(_TABLES[name].replace("\n", ""))))


GIVEN = _words("given")
ALSO_WORDS = _words("also-words")
FAMILY = _words("family")
PARTICLES = _words("particles")
PRESS = _words("press")
TITLES = _phrases("titles")
AGENCIES = frozenset(phrase.replace(" ", "") for phrase in _phrases("agencies"))
REPORTERS = _phrases("reporters")
PLACES = _phrases("places")
