"""Style sheets as WeasyPrint parsed them in an earlier run.

WeasyPrint parses its own sheets whenever it is imported, and ours in every process. What comes of
one is kept in the user's cache folder.
"""

from __future__ import annotations

import io
import marshal
import pickle
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

import cssselect2
import tinycss2
from cssselect2 import compiler

from exporter.kept import keep, recalled

_KIND = "sheets"
# What it fetches while it parses.
_FETCHING = ("@import", "@font-face", "@color-profile")


def parsed(css: str, make: Callable[[], Any]) -> Any:
    """Return what `make` has WeasyPrint make of a style sheet, and of nothing but it."""
    from weasyprint import VERSION  # which may be on its way to be imported

    if any(rule in css.lower() for rule in _FETCHING):
        return make()
    python = sys.implementation.cache_tag or sys.version
    versions = (VERSION, tinycss2.VERSION, cssselect2.VERSION, python)
    key = "\0".join((*versions, css))
    data = recalled(_KIND, key)
    if data is not None:
        return _Reader(io.BytesIO(data)).load()
    made = make()
    keep(_KIND, key, _written(made))
    return made


def _written(made: object) -> bytes:
    file = io.BytesIO()
    _Writer(file, pickle.HIGHEST_PROTOCOL).dump(made)
    return file.getvalue()


class _Writer(pickle.Pickler):
    """Writes the code of selectors, which cssselect2 compiles to functions without a name."""

    def reducer_override(self, made: Any) -> Any:
        if isinstance(made, FunctionType) and not made.__module__:
            return _function, (marshal.dumps(made.__code__),)
        return NotImplemented

    def persistent_id(self, made: object) -> str | None:
        return made if type(made) is str else None


class _Reader(pickle.Unpickler):
    """Reads every text as the one that is in Python's modules already: it is looked up quicker."""

    def persistent_load(self, text: str) -> str:
        return sys.intern(text)


def _function(code: bytes) -> FunctionType:
    return FunctionType(marshal.loads(code), vars(compiler))  # noqa: S302 - kept by ourselves
