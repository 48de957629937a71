"""WeasyPrint loaded in a third of its time, where nobody has loaded it yet.

WeasyPrint 70 parses its C declarations and style sheets whenever it is imported, and brings
libraries that few documents need. Here the declarations come parsed (`exporter.declarations`), the
sheets too (`parsed_css`), and the libraries when something of them is asked for. Another version
of WeasyPrint is loaded as it loads itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from exporter.declarations import declared
from exporter.kept import code_of
from exporter.postponed import postpone
from exporter.typesetting.parsed_css import parsed

DIGEST = "661d2947c7df96de"
"""That of WeasyPrint's modules of which something is taken apart or left for later below."""

_PACKAGE = "weasyprint"
_FFI = "weasyprint.text.ffi"
_HTML = "weasyprint.html"
_START, _END = "ffi = cffi.FFI()\nffi.cdef('''", "''')\n"

# What WeasyPrint's modules import by name: the library's module, and the name in it if any.
_LATER: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "weasyprint.css": {"ImageCmsProfile": ("PIL.ImageCms", "ImageCmsProfile")},
    "weasyprint.text.fonts": {
        "TTFont": ("fontTools.ttLib", "TTFont"),
        "woff2": ("fontTools.ttLib.woff2", ""),
    },
    "weasyprint.pdf.fonts": {
        "subset": ("fontTools.subset", ""),
        "TTFont": ("fontTools.ttLib", "TTFont"),
        "TTLibError": ("fontTools.ttLib", "TTLibError"),
        "ttFont": ("fontTools.ttLib.ttFont", ""),
        "instantiateVariableFont": ("fontTools.varLib.instancer", "instantiateVariableFont"),
    },
}
_STAND_INS = (
    *("fontTools", "fontTools.ttLib", "fontTools.varLib.instancer", "PIL.ImageCms"),
    "tinyhtml5",  # `well_formed.py` has few documents left for it
)

_POSTPONED = ("PIL.ExifTags",)


def load() -> None:
    """Import WeasyPrint."""
    if _PACKAGE in sys.modules:
        return
    sources = _sources()
    if _digest(sources) != DIGEST:
        import_module(_PACKAGE)
        return
    module = _ffi(sources[_FFI])
    postpone(*_POSTPONED)
    with _standing_in(), _sheets_parsed():
        sys.modules[_FFI] = module
        import_module(_PACKAGE)
    sys.modules["weasyprint.text"].__dict__["ffi"] = module


def _digest(sources: Mapping[str, str]) -> str:
    return sha256("\0".join(sources.values()).encode()).hexdigest()[:16]


def _sources() -> Mapping[str, str]:
    """Return the sources of the modules, by name; nothing of one that isn't where it was."""
    found = PathFinder.find_spec(_PACKAGE)
    places = (found.submodule_search_locations if found else None) or ()
    return {name: _source(name, places) for name in (_FFI, _HTML, *_LATER)}


def _source(name: str, places: Iterable[str]) -> str:
    inner = name.removeprefix(f"{_PACKAGE}.").replace(".", "/")
    files = (Path(place, f"{inner}{end}") for place in places for end in (".py", "/__init__.py"))
    file = next(filter(Path.is_file, files), None)
    return "" if file is None else file.read_text(encoding="utf-8")


def _ffi(source: str) -> ModuleType:
    """Return the module as its source makes it, with declarations that are parsed already."""
    before, _, rest = source.partition(_START)
    declarations, _, after = rest.partition(_END)
    module = ModuleType(_FFI)
    module.__spec__ = ModuleSpec(_FFI, None)
    module.__package__ = "weasyprint.text"
    module.__dict__["ffi"] = declared(declarations)
    rest = before.replace("import cffi\n", "") + after
    exec(code_of(rest, f"<{_FFI}>"), module.__dict__)  # noqa: S102 - WeasyPrint's own source
    return module


@contextmanager
def _standing_in() -> Iterator[None]:
    """Let what is to come later be imported by name."""
    put = [name for name in _STAND_INS if name not in sys.modules]
    if "fontTools" not in put:  # it is here already: nothing to be saved
        put = [name for name in put if not name.startswith("fontTools")]
    sys.modules.update({name: _StandIn(name) for name in put})
    try:
        yield
    finally:
        for name in put:
            sys.modules.pop(name, None)


class _StandIn(ModuleType):
    """A module of which a name is found when it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Later(self.__name__, name)


class _Later:
    """A function, a class or a module of a library, there when something is asked of it."""

    def __init__(self, home: str, name: str) -> None:
        self._home, self._name = home, name

    def __call__(self, *args: object, **options: object) -> Any:
        real: Callable[..., Any] = self._real()
        return real(*args, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)

    def _real(self) -> Any:
        """Put everything of this library in its place: an `except` needs the class itself."""
        for module, names in _LATER.items():
            held = vars(sys.modules[module])
            for name, (home, inner) in names.items():
                same = home.partition(".")[0] == self._home.partition(".")[0]
                if same and isinstance(held.get(name), _Later):
                    held[name] = _found(home, inner)
        return _found(self._home, self._name)


def _found(home: str, name: str) -> Any:
    module = import_module(home)
    return getattr(module, name) if name else module


@contextmanager
def _sheets_parsed() -> Iterator[None]:
    """Let WeasyPrint's own style sheets come as they were parsed before."""
    finder = _HtmlFinder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _HtmlFinder:
    """Finds the module that has WeasyPrint's own style sheets parsed, and nothing else."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name == _HTML else None
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _HtmlLoader(spec.loader.name, spec.loader.path)
        return spec


class _HtmlLoader(SourceFileLoader):
    """Runs that module with a `CSS` that remembers."""

    def exec_module(self, module: ModuleType) -> None:
        package = sys.modules[_PACKAGE].__dict__
        stock = package["CSS"]
        package["CSS"] = partial(_sheet, stock)
        try:
            super().exec_module(module)
        finally:
            package["CSS"] = module.__dict__["CSS"] = stock


def _sheet(stock: Any, *, string: str, counter_style: dict[str, Any] | None = None) -> Any:
    counters = {} if counter_style is None else counter_style

    def make() -> tuple[dict[str, Any], dict[str, Any]]:
        return vars(stock(string=string, counter_style=counters)), dict(counters)

    sheet = stock.__new__(stock)
    state, counted = parsed(string, make)
    vars(sheet).update(state)
    counters.update(counted)
    return sheet
