"""Declarations of C libraries for cffi, parsed once and kept.

cffi parses C in Python, which takes long for the many declarations of WeasyPrint. What it makes
of them, as for a module that is compiled ahead, is kept in the user's cache folder as plain data.
"""

from __future__ import annotations

import ast
import sys
from tempfile import TemporaryDirectory
from typing import Any

import _cffi_backend

from exporter.kept import kept

_NAME = "exporter.declared"


def declared(declarations: str) -> Any:  # noqa: ANN401 (cffi's FFI, which has no common type)
    """Return an FFI that knows the declarations, as `cffi.FFI()` does after `cdef`."""
    versions = (_cffi_backend.__version__, sys.implementation.cache_tag or sys.version)
    found = kept(
        "declarations", "\0".join((*versions, declarations)), lambda: _parsed(declarations)
    )
    return _cffi_backend.FFI(_NAME, **ast.literal_eval(found.decode("ascii")))


def _parsed(declarations: str) -> bytes:
    """Return the arguments of an FFI, as cffi writes them into a module that is to be imported."""
    from cffi import FFI, recompiler

    ffi = FFI()
    ffi.cdef(declarations)
    ffi.set_source(_NAME, None)
    with TemporaryDirectory() as folder:
        path = f"{folder}/declared.py"
        recompiler.make_py_source(ffi, _NAME, path)
        with open(path, encoding="ascii") as file:  # noqa: PTH123 - cffi wants a string
            module = ast.parse(file.read())
    made = next(node.value for node in module.body if isinstance(node, ast.Assign))
    if not isinstance(made, ast.Call):
        raise TypeError("cffi writes its modules in another form")
    arguments = {str(word.arg): ast.literal_eval(word.value) for word in made.keywords}
    return ascii(arguments).encode("ascii")
