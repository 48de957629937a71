"""Regular expressions as they were compiled in an earlier run.

Python compiles regular expressions in Python, at every start. What it makes of those of our modules
is kept in the user's cache folder, as the code of modules is beside them. An interpreter that goes
about it in another way is left to it.

In the program `exporter`, which is ours alone, what libraries compile while they are loaded is kept
as well.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from types import FrameType
from typing import Any, AnyStr

from exporter.kept import keep, recalled

_KIND = "patterns"

# An expression and its flags, and what `_sre.compile` takes besides: all flags, the code, the
# number of groups, and those with a name.
_Key = tuple[str | bytes, int]
_Code = tuple[int, bytes, int, dict[str, int]]

_IS_A_FUNCTION = 0x1  # `CO_OPTIMIZED` of `inspect`, which takes long to load

_missed: list[_Key] = []


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` does; for the expressions of modules, which never change."""
    key: _Key = (pattern, int(flags))
    code = _known().get(key)
    if code is None:
        _missed.append(key)
        return re.compile(pattern, flags)
    return _made(pattern, code)


def take_over() -> None:
    """Let `re.compile` find what was compiled in an earlier run, whoever calls it from now on."""
    if _engine() is None:
        return
    compiler: Any = import_module("re._compiler")
    stock = compiler.compile

    def compile_(pattern: Any, flags: int = 0) -> re.Pattern[Any]:  # noqa: ANN401 - as it is there
        if not isinstance(pattern, (str, bytes)):
            return stock(pattern, flags)  # type: ignore[no-any-return]
        key: _Key = (pattern, int(flags))
        code = _known().get(key)
        if code is not None:
            return _made(pattern, code)
        if _is_in_a_body(sys._getframe(1)):  # noqa: SLF001
            _missed.append(key)
        return stock(pattern, flags)  # type: ignore[no-any-return]

    compiler.compile = compile_


def _is_in_a_body(frame: FrameType | None) -> bool:
    """Whether a module or a class asks: of what functions compile there would be no end."""
    while frame is not None and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    return frame is not None and not frame.f_code.co_flags & _IS_A_FUNCTION


def _made(pattern: AnyStr, code: _Code) -> re.Pattern[AnyStr]:
    every, words, groups, named = code
    names: list[str | None] = [None] * (groups + 1)
    for name, number in named.items():
        names[number] = name
    made: re.Pattern[AnyStr] = _engine().compile(
        pattern, every, array("I", words).tolist(), groups, named, tuple(names)
    )
    return made


def remember() -> None:
    """Keep what had to be compiled in this run."""
    if _missed and _engine() is not None:
        new = {key: _code(*key) for key in _missed}
        _missed.clear()
        _known().update(new)
        keep(_KIND, _version(), marshal.dumps(_known()))


@cache
def _known() -> dict[_Key, _Code]:
    data = None if _engine() is None else recalled(_KIND, _version())
    return {} if data is None else marshal.loads(data)  # noqa: S302 - kept by ourselves


def _version() -> str:
    return f"{sys.implementation.name} {sys.version} {_engine().MAGIC}"


@cache
def _engine() -> Any:  # noqa: ANN401 - a module of CPython's own
    """Return the module that runs regular expressions, None where it isn't the one we know."""
    try:
        parser, compiler = import_module("re._parser"), import_module("re._compiler")
        engine = import_module("_sre")
    except ImportError:
        return None
    is_known = array("I").itemsize == engine.CODESIZE and hasattr(parser, "parse")
    return engine if is_known and hasattr(compiler, "_code") else None


def _code(pattern: str | bytes, flags: int) -> _Code:
    """Return what `re.compile` gives to the engine."""
    parsed = import_module("re._parser").parse(pattern, flags)
    code = import_module("re._compiler")._code(parsed, flags)  # noqa: SLF001
    state = parsed.state
    every = int(flags | state.flags)
    return every, array("I", code).tobytes(), state.groups - 1, dict(state.groupdict)
