"""Declarations of C libraries for cffi, parsed once and kept.

cffi parses C in Python, which takes long for the many declarations of WeasyPrint. What it makes
of them, as for a module that is compiled ahead, is kept in the user's cache folder as plain data.
"""

from __future__ import annotations

import marshal
import sys
from typing import Any

import _cffi_backend

from exporter.kept import kept

_NAME = "exporter.declared"


def declared(declarations: str) -> Any:  # noqa: ANN401 (cffi's FFI, which has no common type)
    """Return an FFI that knows the declarations, as `cffi.FFI()` does after `cdef`."""
    python = sys.implementation.cache_tag or sys.version
    key = "\0".join((_cffi_backend.__version__, python, f"marshal {marshal.version}", declarations))
    found = kept("declarations", key, lambda: marshal.dumps(_parsed(declarations)))
    arguments = marshal.loads(found)  # noqa: S302 - kept by ourselves
    return _cffi_backend.FFI(_NAME, **arguments)


def _parsed(declarations: str) -> dict[str, Any]:
    """Return the arguments of an FFI, as cffi writes them into a module that is to be imported."""
    import ast
    from tempfile import TemporaryDirectory

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
    return {str(word.arg): ast.literal_eval(word.value) for word in made.keywords}
