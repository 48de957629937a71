"""Hooks: functions of WeasyPrint replaced while our engine works, and only for our engine.

Each hook names the function it replaces and the digest of its source. In another version of
WeasyPrint the digest differs, the stock function stays, and the user is told by a Notice.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import inspect
import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from exporter.notices import Notice, NoticeCode

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Hook:
    """A replacement for `module.function`; `make` gets the stock function and returns ours."""

    module: str
    function: str
    digest: str
    make: Callable[[Function], Function]

    @property
    def stock(self) -> Function:
        """The function as WeasyPrint has it at this moment."""
        function: Function = getattr(import_module(self.module), self.function)
        return function


def source_digest(function: Function) -> str:
    """Return the digest of a function's source by which a hook knows what it replaces."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]


# Whether the code running now (in this thread or task) was called by our engine.
_active: ContextVar[bool] = ContextVar("exporter_hooks_active", default=False)


class Hooks:
    """The hooks of one engine; those that don't fit this WeasyPrint are left out and noticed."""

    _lock = threading.Lock()
    _depth = 0
    _installed: Sequence[tuple[Any, str, Function]] = ()

    def __init__(self, hooks: Sequence[Hook]) -> None:
        self._hooks = [hook for hook in hooks if source_digest(hook.stock) == hook.digest]
        self.notices = tuple(
            Notice(NoticeCode.HOOK_FALLBACK, detail=f"{hook.module}.{hook.function}")
            for hook in hooks
            if hook not in self._hooks
        )

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """Apply the hooks in this thread until the end of the block; other threads see stock."""
        self._install()
        token = _active.set(True)
        try:
            yield
        finally:
            _active.reset(token)
            self._uninstall()

    def _install(self) -> None:
        with Hooks._lock:
            Hooks._depth += 1
            if Hooks._depth > 1:
                return
            installed = []
            for hook in self._hooks:
                module = import_module(hook.module)
                installed.append((module, hook.function, hook.stock))
                setattr(module, hook.function, _dispatch(hook.stock, hook.make(hook.stock)))
            Hooks._installed = installed

    def _uninstall(self) -> None:
        with Hooks._lock:
            Hooks._depth -= 1
            if Hooks._depth:
                return
            for module, name, stock in Hooks._installed:
                setattr(module, name, stock)
            Hooks._installed = ()


def _dispatch(stock: Function, ours: Function) -> Function:
    @functools.wraps(stock)
    def function(*args: Any, **kwargs: Any) -> Any:
        return (ours if _active.get() else stock)(*args, **kwargs)

    return function
