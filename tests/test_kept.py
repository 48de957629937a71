"""What is kept between runs: found again, made anew when it is damaged, and never half of it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter import rendering
from exporter.kept import kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield tmp_path / "arabic-exporter"
    for path in tmp_path.rglob("*"):
        path.chmod(0o700)


def never() -> bytes:
    raise AssertionError("it was kept")


def the_file(folder: Path) -> Path:
    (path,) = (folder / "things").iterdir()
    return path


def test_what_was_made_once_is_not_made_again() -> None:
    assert kept("things", "key", lambda: b"made") == b"made"
    assert kept("things", "key", never) == b"made"
    assert kept("things", "another", lambda: b"other") == b"other"
    assert kept("others", "key", lambda: b"apart") == b"apart"


@pytest.mark.parametrize("damage", [b"", b"made", b"\0" * 40, b"x" * 10_000])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes) -> None:
    kept("things", "key", lambda: b"made")
    the_file(folder).write_bytes(damage)
    assert kept("things", "key", lambda: b"again") == b"again"
    assert kept("things", "key", never) == b"again"


def test_the_file_of_another_key_is_not_taken(folder: Path) -> None:
    kept("things", "key", lambda: b"made")
    first = the_file(folder).read_bytes()
    the_file(folder).unlink()
    kept("things", "another", lambda: b"other")
    the_file(folder).write_bytes(first)
    assert kept("things", "another", lambda: b"again") == b"again"


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_others_could_have_written_is_not_taken(folder: Path, mode: int) -> None:
    kept("things", "key", lambda: b"made")
    the_file(folder).chmod(mode)
    assert kept("things", "key", lambda: b"again") == b"again"
    (folder / "things").chmod(0o777)
    assert kept("things", "key", lambda: b"anew") == b"anew"


def test_a_link_is_not_taken(folder: Path) -> None:
    kept("things", "key", lambda: b"made")
    path = the_file(folder)
    elsewhere = path.rename(folder / "elsewhere")
    path.symlink_to(elsewhere)
    assert kept("things", "key", lambda: b"again") == b"again"


def test_without_a_place_to_keep_it_all_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "arabic-exporter").write_text("a file where the folder should be")
    assert kept("things", "key", lambda: b"made") == b"made"
    monkeypatch.delenv("XDG_CACHE_HOME")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert kept("things", "key", lambda: b"made") == b"made"


def test_a_read_only_folder_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "things").mkdir(parents=True)

    def refused(*_: object) -> int:
        raise PermissionError("read-only")

    monkeypatch.setattr("exporter.kept.os.open", refused)  # root may write anywhere
    assert kept("things", "key", lambda: b"made") == b"made"
    assert not list((folder / "things").iterdir())


def test_old_things_go_and_the_folder_stays_small(folder: Path) -> None:
    for number in range(80):
        kept("things", str(number), lambda: b"made")
    assert len(list((folder / "things").iterdir())) == 64


def _many(_: int) -> list[bytes]:
    return [kept("things", str(n % 7), lambda n=n: bytes([n % 7]) * 90_000) for n in range(300)]  # type: ignore[misc]


def test_several_at_once_find_whole_things_only(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        for found in pool.map(_many, range(3)):
            assert all(one == bytes([n % 7]) * 90_000 for n, one in enumerate(found))
    assert {path.suffix for path in (folder / "things").iterdir()} == {".kept"}


@pytest.mark.parametrize(
    ("name", "value"), [("_OPTIONS", {"trim_blocks": False}), ("_ESCAPED", ("html",))]
)
def test_a_template_that_was_compiled_in_another_way_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    (tmp_path / "a.xhtml").write_text("{% if 1 %}\n{{ word }}{% endif %}")

    def rendered() -> str:
        environment = rendering._environment.__wrapped__((tmp_path,))
        return str(environment.get_template("a.xhtml").render(word="<"))

    assert rendered() == rendered() == "&lt;"
    monkeypatch.setattr(rendering, name, value)
    assert rendered() != "&lt;"
