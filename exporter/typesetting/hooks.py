"""Hooks: functions of WeasyPrint replaced while our engine works, and only for our engine.

Each hook names the function it replaces and the digest of its source. In another version of
WeasyPrint the digest differs, the stock function stays, and the user is told by a Notice.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import inspect
import linecache
import textwrap
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from importlib import import_module
from typing import Any, ClassVar

from exporter.kept import code_of
from exporter.notices import Notice, NoticeCode
from exporter.records import dataclass

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Hook:
    """A replacement for `module.function`; `make` gets the stock function and returns ours.

    A method's `function` has the class before it (`LayoutContext.add_broken_out_of_flow`).
    """

    module: str
    function: str
    digest: str
    make: Callable[[Function], Function]
    retold: tuple[tuple[str, str], ...] = ()
    """Other functions of the module that ours holds the sense of, with their digests."""

    @property
    def stock(self) -> Function:
        """The function as WeasyPrint itself has it."""
        return _stock((self.module, self.function))


def source_digest(function: Function) -> str:
    """Return the digest of a function's source by which a hook knows what it replaces."""
    return _digest(inspect.getsource(function))


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _quick_source(function: Function) -> str:
    """Return a function's source as its indentation shows it, in a fraction of `inspect`'s time."""
    first = function.__code__.co_firstlineno - 1
    lines = linecache.getlines(function.__code__.co_filename)[first:]
    indent = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    deeper = " " * (indent + 1)
    end = next(
        (
            number
            for number, line in enumerate(lines)
            if number and line.strip() and not line.startswith((deeper, " " * indent + ")"))
        ),
        len(lines),
    )
    while end and not lines[end - 1].strip():
        end -= 1
    return "".join(lines[:end])


def fits(hook: Hook) -> bool:
    """Whether WeasyPrint's functions are those that the hook was written for."""
    retold = ((_stock((hook.module, name)), digest) for name, digest in hook.retold)
    return all(_is(function, digest) for function, digest in ((hook.stock, hook.digest), *retold))


def _is(function: Function, digest: str) -> bool:
    # The quick look may only say yes: where it sees another end of the function, Python looks.
    return digest == _digest(_quick_source(function)) or digest == source_digest(function)


def together(hooks: Sequence[Hook]) -> tuple[Hook, ...]:
    """Return hooks of which none is to be applied without the others.

    When one doesn't fit, that one alone, which is left out and noticed.
    """
    return tuple(hook for hook in hooks if not fits(hook)) or tuple(hooks)


def edited(function: Function, *, line: str, by: str) -> Function:
    """Return a function with one line of its source put in another's place.

    For a long function of which one line is wrong. The digest of its hook says that the line is
    there; the new function stands where the old one does, and calls what that calls.
    """
    return edited_lines(function, {line: by})


def edited_lines(function: Function, edits: Mapping[str, str]) -> Function:
    """Return a function with a few lines of its source put in the place of others."""
    source = textwrap.dedent(_quick_source(function))
    for line, by in edits.items():
        if source.count(line) != 1:
            raise ValueError(f"not one line of {function.__qualname__}: {line}")
        source = source.replace(line, by)
    names: dict[str, Function] = {}
    code = code_of(source, f"<{function.__qualname__}, edited>")
    exec(code, function.__globals__, names)  # noqa: S102 - WeasyPrint's own source
    return names[function.__name__]


_Place = tuple[str, str]

# What the code running now, in this thread or task, has in place of WeasyPrint's functions.
_active: ContextVar[Mapping[_Place, Function] | None] = ContextVar("exporter_hooks", default=None)


def is_active() -> bool:
    """Whether WeasyPrint works for an engine of ours at this moment, in this thread or task."""
    return _active.get() is not None


def is_hooked(module: str, function: str) -> bool:
    """Whether the engine at work here has a function of its own in this place."""
    return (module, function) in (_active.get() or {})


class Hooks:
    """The hooks of one engine; those that don't fit this WeasyPrint are left out and noticed.

    A function that another module imported by name is hooked there, where it is looked up.
    """

    _lock = threading.Lock()
    _users: ClassVar[Counter[_Place]] = Counter()

    def __init__(self, hooks: Sequence[Hook]) -> None:
        fitting = [hook for hook in hooks if fits(hook)]
        self._functions = {(hook.module, hook.function): hook.make(hook.stock) for hook in fitting}
        self.notices = tuple(
            Notice(NoticeCode.HOOK_FALLBACK, detail=f"{hook.module}.{hook.function}")
            for hook in hooks
            if hook not in fitting
        )

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """Apply these hooks in this thread until the end of the block; other threads see stock."""
        if _active.get() is self._functions:
            yield
            return
        self._install()
        token = _active.set(self._functions)
        try:
            yield
        finally:
            _active.reset(token)
            self._uninstall()

    def _install(self) -> None:
        with Hooks._lock:
            for place in self._functions:
                Hooks._users[place] += 1
                if Hooks._users[place] == 1:
                    _put(place, _dispatch(place, _found(place)))

    def _uninstall(self) -> None:
        with Hooks._lock:
            for place in self._functions:
                Hooks._users[place] -= 1
                if not Hooks._users[place]:
                    _put(place, inspect.unwrap(_found(place)))


def _stock(place: _Place) -> Function:
    function: Function = inspect.unwrap(_found(place))
    return function


def _found(place: _Place) -> Function:
    holder, name = _holder(place)
    function: Function = getattr(holder, name)
    return function


def _put(place: _Place, function: Function) -> None:
    holder, name = _holder(place)
    setattr(holder, name, function)


@functools.cache
def _holder(place: _Place) -> tuple[Any, str]:
    """Return the module or class that holds a function, and the name it has there."""
    module, name = place
    *owners, name = name.split(".")
    return functools.reduce(getattr, owners, import_module(module)), name


@functools.cache
def _dispatch(place: _Place, stock: Function) -> Function:
    """Return a function that is the active engine's own for this place, and stock for all else."""

    @functools.wraps(stock)
    def function(*args: Any, **kwargs: Any) -> Any:
        ours = (_active.get() or {}).get(place, stock)
        return ours(*args, **kwargs)

    return function
