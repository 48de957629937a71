"""Tables that were parsed in an earlier run say what they said."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from exporter import tables

REPOSITORY = Path(__file__).resolve().parent.parent
OURS = sorted((*REPOSITORY.glob("exporter/**/*.toml"), *REPOSITORY.glob("templates/*/*.toml")))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "arabic-exporter" / "tables"


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_table_of_ours_is_kept_as_it_is(path: Path, folder: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = tomllib.loads(text)
    assert tables.parsed(text) == wanted
    assert len(list(folder.iterdir())) == 1
    assert tables.parsed(text) == wanted
    assert list(tables.parsed(text)) == list(wanted)


def test_a_table_with_a_date_is_parsed_each_time(folder: Path) -> None:
    assert tables.parsed("day = 2024-05-12") == tomllib.loads("day = 2024-05-12")
    assert not folder.exists()


def test_what_is_no_table_is_refused_each_time(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="line 1"):
            tables.parsed("= 1")
    assert not folder.exists()


def test_a_change_in_a_table_shows_in_the_next_run() -> None:
    assert tables.parsed("a = 1") == {"a": 1}
    assert tables.parsed("a = 2") == {"a": 2}
