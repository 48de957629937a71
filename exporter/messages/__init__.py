"""The catalogue of what the program says to its user: whole sentences, in English and Arabic."""

from __future__ import annotations

import pkgutil
import tomllib
from collections.abc import Mapping
from functools import cache

LANGUAGES = ("en", "ar")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the sentences of one of `LANGUAGES`, by code."""
    # pkgutil, as importlib.resources alone takes a quarter of the time of `exporter --help`.
    data = pkgutil.get_data(__name__, f"{language}.toml") or b""
    return tomllib.loads(data.decode())


def sentence(code: str, *, language: str = "en") -> str:
    """Return the sentence with this code, its fields (`{subject}`, `{detail}` …) unfilled.

    A language without a catalogue gets English. Raises KeyError for a code nobody wrote.
    """
    return catalogue(language if language in LANGUAGES else "en")[code]
