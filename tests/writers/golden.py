"""Golden files: what a writer made, compared with what was once looked at and found right."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).with_name("golden")


def assert_golden(name: str, made: str) -> None:
    """Compare with the file of this name; UPDATE_GOLDEN=1 writes it instead, and never in CI."""
    path = _FOLDER / name
    if os.environ.get("UPDATE_GOLDEN") and not os.environ.get("CI"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")
