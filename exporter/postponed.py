"""Modules that libraries import and few runs need: they come when something of them is asked for.

`importlib.util.LazyLoader` has the same aim, but the second `import` of a module loads it there, as
that looks at its `__spec__`.
"""

from __future__ import annotations

import sys
from _thread import RLock  # `threading` takes a millisecond
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_loading = RLock()
_begun: set[str] = set()


def postpone(*names: str) -> None:
    """Let each module be imported without being run, until an attribute of it is used.

    What is loaded already, or isn't there, is left alone. A package that a module is in is loaded.
    """
    for name in names:
        if name not in sys.modules and (spec := _found(name)) is not None:
            sys.modules[name] = module = _Postponed(name)
            vars(module).update(__spec__=spec, __loader__=spec.loader, __package__=spec.parent)
            vars(module).update(__file__=spec.origin)
            if spec.submodule_search_locations is not None:
                vars(module).update(__path__=spec.submodule_search_locations)
            if package := name.rpartition(".")[0]:
                setattr(sys.modules[package], name.rpartition(".")[2], module)


def _found(name: str) -> ModuleSpec | None:
    package = name.rpartition(".")[0]
    spec = PathFinder.find_spec(name, import_module(package).__path__ if package else None)
    return spec if spec is not None and spec.has_location else None


class _Postponed(ModuleType):
    """A module that has not run yet; then it is one like any other."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as modules have it
        with _loading:
            if type(self) is _Postponed and self.__name__ not in _begun:
                _begun.add(self.__name__)
                try:
                    self.__spec__.loader.exec_module(self)  # type: ignore[union-attr]
                finally:
                    _begun.discard(self.__name__)
                self.__class__ = ModuleType  # type: ignore[assignment]
                return getattr(self, name)
        return ModuleType.__getattribute__(self, name)  # of the class that it has by now
