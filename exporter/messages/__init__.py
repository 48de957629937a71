"""The catalogue of what the program says to its user: whole sentences, in English and Arabic."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

from exporter import tables

LANGUAGES = ("en", "ar")

STANDARD_INPUT = "-"
"""The reference to standard input, which sentences call by its name."""

_COMMAS = {"en": ", ", "ar": "، "}
# Compiled when something is said that has them: few runs say it, and `exporter --help` none of it.
_LINE = r"(?:^|, )line (\d+)\Z"
_LINE_AND_COLUMN = r"(\d*):(\d+)"
_BYTE = r"byte (\d+)\Z"
_BYTE_ORDER = r"utf-16-[bl]e"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the sentences of one of `LANGUAGES`, by code."""
    # pkgutil, as importlib.resources alone takes a quarter of the time of `exporter --help`.
    data = pkgutil.get_data(__name__, f"{language}.toml") or b""
    return tables.parsed(data.decode())


def sentence(code: str, *, language: str = "en") -> str:
    """Return the sentence with this code, its fields (`{subject}`, `{detail}` …) unfilled.

    A language without a catalogue gets English. Raises KeyError for a code nobody wrote.
    """
    return catalogue(language if language in LANGUAGES else "en")[code]


def filled(code: str, fields: Mapping[str, str], *, language: str = "en") -> str:
    """Return a sentence with its fields filled.

    After a field's name the catalogue may say what kind of value it has, where that is written in
    another way in that language: `{detail:list}`, `{detail:encoding}`; `{detail:reason}` is the
    code of an error with its own detail behind it, `{detail:cause}` what `cause` returns,
    `{detail:rule}` a rule of normalisation and how often it was needed, of which
    `{detail:rule-name}` is the name that options have.
    """
    return _Filler(language).vformat(sentence(code, language=language), (), fields)


def listed(parts: tuple[str, ...], *, language: str = "en") -> str:
    """Return parts as a list in a sentence."""
    return _COMMAS.get(language, ", ").join(parts)


def place(location: str, *, language: str = "en") -> str:
    """Return a location (`-`, `line 12`, `a.jsonl, line 3`) as sentences call it."""
    line = re.search(_LINE, location)
    name = location[: line.start()] if line else location
    if name == STANDARD_INPUT:
        name = sentence("standard-input", language=language)
    number = sentence("line-number", language=language).format(number=line[1]) if line else ""
    return listed(tuple(filter(None, (name, number))), language=language)


def counted_rule(detail: str, *, language: str = "en") -> str:
    """Return a rule of normalisation and its count (`quotes 12`) as sentences have it."""
    rule, _, count = detail.partition(" ")
    names = catalogue(language if language in LANGUAGES else "en")
    return f"{names.get(f'rule-{rule}', rule)} {count}".rstrip()


def cause(code: str, path: str = "", *, extra: str = "", found: str = "") -> str:
    """Return why something is wrong, as the detail of an error whose sentence says `:cause`.

    `path` is where (`body[3].level`, or line and column as `3:14`, of which the line may be
    missing), `extra` what should be there and `found` what is.
    """
    return f"{code}\t{path}\t{extra}\t{found}".rstrip("\t")


class _Filler(Formatter):
    """The format of fields in a language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as Formatter's
        text = str(value)
        match format_spec:
            case "list":
                return listed(tuple(text.split(", ")), language=self._language)
            case "encoding":
                return self._encoding(text)
            case "reason":
                return self._reason(text)
            case "cause":
                return self._cause(text)
            case "rule":
                return counted_rule(text, language=self._language)
            case "rule-name":
                return text.partition(" ")[0]
            case _:
                return text

    def _reason(self, text: str) -> str:
        """Return the sentence of an error's code and its detail, without the subject before it."""
        code, _, detail = text.partition(" ")
        if code not in catalogue("en"):
            return text
        bare = sentence(code, language=self._language).removeprefix("{subject}: ")
        return self.vformat(bare, (), {"subject": "", "detail": detail})

    def _cause(self, text: str) -> str:
        """Return the sentence of a `cause`; words of a library are as they are."""
        code, _, rest = text.partition("\t")
        if f"cause-{code}" not in catalogue("en"):
            return text
        path, extra, found = (*rest.split("\t"), "", "", "")[:3]
        fields = {"path": self._where(path), "extra": extra}
        said = self._said(f"cause-{code}").format(**fields)
        return self._said("cause-found").format(cause=said, found=found) if found else said

    def _where(self, path: str) -> str:
        place = re.fullmatch(_LINE_AND_COLUMN, path)
        if place is None:
            return path or self._said("cause-top")
        codes = zip(("line-number", "column-number"), place.groups(), strict=True)
        numbers = (self._said(code).format(number=number) for code, number in codes if number)
        return listed(tuple(numbers), language=self._language)

    def _said(self, code: str) -> str:
        return sentence(code, language=self._language)

    def _encoding(self, text: str) -> str:
        byte = re.search(_BYTE, text)
        before = text[: byte.start()] if byte else text
        names = re.sub(_BYTE_ORDER, "UTF-16", before, flags=re.IGNORECASE)
        number = sentence("byte-number", language=self._language)
        parts = tuple(filter(None, names.replace("windows", "Windows").split(", ")))
        where = (number.format(number=byte[1]),) if byte else ()
        return listed((*parts, *where), language=self._language)
