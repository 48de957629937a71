"""The engine of Thorium Reader, made for Electron, as a script for the frames of any browser."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from tests.judges.javascript import node

_READERS = Path(__file__).with_name("readers")
_PACKAGE = _READERS / "node_modules" / "r2-navigator-js" / "dist"
_PRELOAD = _PACKAGE / "es8-es2017" / "src" / "electron" / "renderer" / "webview" / "preload.js"
_BUNDLER = _READERS / "node_modules" / "esbuild" / "bin" / "esbuild"
_STANDINS = {"electron": "electron"} | dict.fromkeys(
    ("crypto", "os", "path", "querystring", "tty", "url", "util"), "node"
)


def style_sheet(path: str) -> Path:
    """Return where a style sheet of Readium CSS is that a page asks for."""
    return _PACKAGE / "ReadiumCSS" / path


@cache
def preload() -> str:
    """Return the script that Thorium runs in every frame that shows a page of the book."""
    aliases = [f"--alias:{name}=./thorium/{file}.js" for name, file in _STANDINS.items()]
    bundled = subprocess.run(
        [
            str(node()),
            _BUNDLER,
            _PRELOAD.relative_to(_READERS),
            "--bundle",
            "--platform=browser",
            "--format=iife",
            "--define:global=globalThis",
            '--define:process.env.NODE_ENV="production"',
            *aliases,
        ],
        cwd=_READERS,
        capture_output=True,
        text=True,
        check=True,
    )
    return f"if (window !== top) {{ {bundled.stdout} }}"
