"""What the tests of batches share: small articles, quickly made, and ways to look at what came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

QUICK: dict[str, Any] = {"to": "epub", "cover": "none", "fonts": "none", "offline": True}
"""The words with which an article is made in some milliseconds."""

REPORT = {"batch-report.json", "batch-report.html"}


def text_of(title: str, number: int = 0) -> str:
    """Return a short article."""
    return (
        f"{title}\n\nبقلم: ليلى الكاتبة\n\n"
        f"هذه الفقرة الأولى من المقال رقم {number}، وفيها كلام يكفي لكي تكون فقرة.\n\n"
        "وهذه الفقرة الثانية من المقال وفيها كلام آخر يكفي لكي تكون فقرة، وهي تنتهي بنقطة.\n"
    )


def articles(folder: Path, count: int) -> Path:
    """Write so many articles into a folder, one in three with the title of another."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        title = "عنوان واحد لمقالات كثيرة" if number % 3 == 0 else f"عنوان المقال رقم {number}"
        (folder / f"{number:03}.txt").write_text(text_of(title, number), encoding="utf-8")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files that a batch or an export wrote, by name."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in REPORT
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, an empty one; nobody's config is read."""
    places = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    for name in ("LC_ALL", "LC_MESSAGES", "EXPORTER_CONFIG", *places):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder
