"""The catalogue of what the program says to its user: whole sentences, in English and Arabic."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "ar")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the sentences of one of `LANGUAGES`, by code."""
    return tomllib.loads((files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))


def sentence(code: str, *, language: str = "en") -> str:
    """Return the sentence with this code, its fields (`{subject}`, `{detail}` …) unfilled.

    A language without a catalogue gets English. Raises KeyError for a code nobody wrote.
    """
    return catalogue(language if language in LANGUAGES else "en")[code]
