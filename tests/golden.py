"""Golden files: what a stage made, compared with what was once looked at and found right."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Golden:
    """Compares with the files of a folder; `--update-golden` writes them instead, never in CI."""

    folder: Path
    updating: bool

    def check(self, name: str, made: str) -> None:
        """Assert that the file of this name holds exactly what was made."""
        path = self.folder / name
        if self.updating and not os.environ.get("CI"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8")
        assert made == path.read_text(encoding="utf-8"), f"{path} differs"
