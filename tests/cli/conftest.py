"""The fixture of every test of the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.samples import ARTICLE


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article in a folder of its own, which is the current one; nobody's config is read."""
    for name in ("LC_ALL", "LC_MESSAGES", "EXPORTER_CONFIG", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    path = folder / "مقال.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
