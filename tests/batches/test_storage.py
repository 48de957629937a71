"""Articles come from and go to a storage behind fsspec as they do on this machine's disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import exporter
from exporter.batches.folders import Remote
from exporter.batches.storage import StoredNeighbours, is_storage
from exporter.cli import main
from exporter.errors import WriteError
from tests.batches.conftest import QUICK, articles, files_of, text_of
from tests.conftest import REPOSITORY, require_judges

Store = Any
"""A file system of fsspec, which has no types."""


@pytest.fixture
def memory() -> Iterator[Store]:
    """The storage of fsspec in memory, empty."""
    try:
        import fsspec
    except ImportError:
        require_judges(are_installed=False, what="the packages of the extra “storage”")
    filesystem = fsspec.filesystem("memory")
    filesystem.store.clear()
    yield filesystem
    filesystem.store.clear()


@pytest.fixture
def local(here: Path) -> Path:
    """Articles in a folder: texts, one with a picture, JSON Lines, an archive."""
    folder = articles(here / "in", 4)
    Image.new("RGB", (40, 40), "green").save(folder / "tree.png")
    (folder / "p.md").write_text(f"![شجرة](tree.png)\n\n{text_of('ن')}", encoding="utf-8")
    (folder / "lines.jsonl").write_text(
        "".join(f"{line}\n" for line in map(_line, sorted(folder.glob("*.txt")))), encoding="utf-8"
    )
    shutil.make_archive(str(here / "packed"), "zip", folder, "001.txt")
    return folder


def _line(path: Path) -> str:
    from exporter.article_json import to_json

    return to_json(next(exporter.read(path))).replace("عنوان", "خبر")


def names_in(filesystem: Store, folder: str) -> set[str]:
    return {path.rpartition("/")[2] for path in filesystem.find(folder)}


def test_a_batch_within_a_storage_writes_what_it_does_on_disk(memory: Store, local: Path) -> None:
    for path in local.iterdir():
        memory.pipe_file(f"/bucket/in/{path.name}", path.read_bytes())
    # What only this process sees has no pictures for the others.
    memory.rm("/bucket/in/p.md")
    (local / "p.md").unlink()
    exporter.batch("in", output="out", jobs=2, **QUICK)
    done = exporter.batch("memory://bucket/in", output="memory://bucket/out", jobs=2, **QUICK)
    assert done.failures == ()
    assert {
        name: memory.cat_file(f"/bucket/out/{name}") for name in files_of(Path("out"))
    } == files_of(Path("out"))
    assert names_in(memory, "/bucket/out") == {
        *files_of(Path("out")), "batch-report.json", "batch-report.html"
    }  # fmt: skip
    again = exporter.batch(
        "memory://bucket/in/*.txt", output="memory://bucket/out", changed=True, **QUICK
    )
    assert (again.written, again.unchanged) == (0, 4)


def test_the_file_of_another_in_a_storage_is_never_overwritten(memory: Store, local: Path) -> None:
    memory.pipe_file("/out/عنوان المقال رقم 1.epub", b"mine")
    done = exporter.batch(local / "001.txt", output="memory://out", **QUICK)
    assert done.notices == {"name-taken": 1}
    assert memory.cat_file("/out/عنوان المقال رقم 1.epub") == b"mine"
    assert "عنوان المقال رقم 1 (2).epub" in names_in(memory, "/out")


def same(folder: Path, name: str, identifier: str) -> None:
    """Write an article of one title, told from others by its identifier."""
    folder.mkdir(exist_ok=True)
    body = text_of("عنوان", ord(name)).partition("الكاتبة")[2]
    page = f"---\nidentifier: {identifier}\n---\n\n# عنوان\n\n{body}"
    (folder / f"{name}.md").write_text(page, encoding="utf-8")


def test_the_later_of_two_same_articles_is_the_one_that_stays_in_a_storage(
    memory: Store, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the earlier one is on its way."""
    same(here / "in", "a", "urn:uuid:5")
    same(here / "in", "b", "urn:uuid:5")
    exporter.batch("in", output="reference", **QUICK)
    stock, begun = Remote.bring, []

    def slow(self: Remote, name: str, path: Path) -> None:
        begun.append(name)
        if len(begun) == 1:
            time.sleep(1)
        stock(self, name, path)

    monkeypatch.setattr(Remote, "bring", slow)
    done = exporter.batch("in", output="memory://out", **QUICK)
    assert (done.written, done.notices["article-again"]) == (2, 1)
    assert begun[0] == begun[1]
    ((name, data),) = files_of(Path("reference")).items()
    assert memory.cat_file(f"/out/{name}") == data


def test_the_name_of_an_article_stays_its_own_when_the_same_one_could_not_be_sent_before(
    memory: Store, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, identifier in (("a", "urn:uuid:5"), ("b", "urn:uuid:5"), ("c", "urn:uuid:6")):
        same(here / "in", name, identifier)
    stock, begun = Remote.bring, []

    def failing(self: Remote, name: str, path: Path) -> None:
        begun.append(name)
        if len(begun) == 1:
            raise WriteError("storage-failed", subject=name, detail="no")
        stock(self, name, path)

    monkeypatch.setattr(Remote, "bring", failing)
    done = exporter.batch("in", output="memory://out", **QUICK)
    assert (done.written, len(done.failures)) == (2, 1)
    assert {"عنوان.epub", "عنوان (2).epub"} < names_in(memory, "/out")


@pytest.mark.usefixtures("memory", "local")
def test_a_user_without_a_home_is_asked_for_a_folder_for_the_journal(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the user of a container may be, who is in no list of users."""

    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(Path, "home", home)
    assert main(["batch", "in", "-o", "memory://out", "--to", "epub"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "--journal" in line
    done = exporter.batch("in/001.txt", output="memory://out", journal=here / "kept", **QUICK)
    assert done.written == 1


def test_what_is_there_is_not_asked_of_a_storage_file_by_file(
    memory: Store, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(here / "in", 3)
    words: dict[str, Any] = {"output": "memory://out", "changed": True, **QUICK}
    assert exporter.batch("in", **words).written == 3
    memory.rm("/out/عنوان المقال رقم 1.epub")
    asked: list[str] = []

    def exists(_self: Remote, name: str) -> bool:
        asked.append(name)
        return False

    monkeypatch.setattr(Remote, "exists", exists)
    done = exporter.batch("in", **words)
    assert (done.written, done.unchanged) == (1, 2)
    assert asked == []


@pytest.mark.usefixtures("memory")
def test_a_batch_that_goes_on_into_a_storage_makes_no_more_than_its_limit(here: Path) -> None:
    """The second article was there before the first when it was killed, the third not begun."""
    articles(here / "in", 3)
    words: dict[str, Any] = {"output": "memory://out", "journal": "journal", "limit": 2, **QUICK}
    assert exporter.batch("in", **words).written == 2
    with closing(sqlite3.connect("journal/journal.sqlite")) as journal, journal:
        states = [row[0] for row in journal.execute("SELECT state FROM job ORDER BY place")]
        assert states == ["done", "done", "unwanted"]
        journal.execute("UPDATE about SET value = 'no' WHERE name = 'finished'")
        journal.execute("UPDATE job SET state = 'named' WHERE place LIKE '%0'")
        journal.execute("UPDATE job SET state = 'waiting' WHERE place LIKE '%2'")
    done = exporter.batch("in", **words)
    assert (done.written, done.unwanted) == (2, 1)


@pytest.mark.usefixtures("local", "memory")
def test_the_command_takes_urls_for_input_and_output(capsys: pytest.CaptureFixture[str]) -> None:
    """`file://` goes the way of every other storage; workers find what lies beside an article."""
    exporter.batch(["in", "packed.zip"], output="reference", jobs=2, **QUICK)
    here = Path().absolute()
    words = f"batch file://{here}/in file://{here}/packed.zip -o file://{here}/out -j 2"
    assert main(f"{words} --to epub --cover none --fonts none --offline".split()) == 0
    assert f"file://{here}/out/batch-report.json" in capsys.readouterr().out
    assert files_of(Path("out")) == files_of(Path("reference"))
    assert sorted(path.name for path in Path("out").iterdir() if path.suffix == ".part") == []


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("name", ["../secret.png", "a/../../secret.png", "{here}/secret.png", ".."])
def test_nothing_above_an_article_in_a_storage_is_read_for_it(here: Path, name: str) -> None:
    (here / "in" / "a").mkdir(parents=True)
    for path in ("secret.png", "in/tree.png"):
        (here / path).write_bytes(b"picture")
    beside = StoredNeighbours(f"file://{here}/in")
    assert beside.read("a/../tree.png") == b"picture"
    assert beside.read(name.format(here=here)) is None


@pytest.mark.usefixtures("local")
def test_what_is_missing_in_a_storage_is_a_failure_and_a_wrong_kind_an_error(
    memory: Store,
) -> None:
    memory.mkdir("/empty")
    done = exporter.batch(
        ["memory://in/none.txt", "memory://empty", "in/000.txt"], output="out", **QUICK
    )
    assert [failure.reason.code for failure in done.failures] == [
        "source-missing", "source-folder-empty"
    ]  # fmt: skip
    with pytest.raises(exporter.ExporterError, match="no storage of this kind"):
        exporter.batch("in", output="nosuch://x", **QUICK)


@pytest.mark.usefixtures("memory")
def test_a_storage_that_shows_half_files_gets_them_by_another_name_first(
    local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Remote(f"file://{local}/store")
    folder.prepare()
    written: list[str] = []
    from fsspec.implementations.local import LocalFileSystem

    stock = LocalFileSystem.put_file

    def put_file(self: Store, path: str, target: str, **words: object) -> None:
        written.append(target)
        stock(self, path, target, **words)

    monkeypatch.setattr(LocalFileSystem, "put_file", put_file)
    folder.bring("a.txt", local / "000.txt")
    assert (local / "store" / "a.txt").read_bytes() == (local / "000.txt").read_bytes()
    assert [name.endswith(".part") for name in written] == [True]
    assert [path.name for path in (local / "store").iterdir()] == ["a.txt"]


def test_without_the_extra_one_sentence_says_what_to_install(here: Path) -> None:
    articles(here / "in", 1)
    (here / "fsspec.py").write_text("raise ImportError('No module named fsspec')")
    done = subprocess.run(
        [sys.executable, "-m", "exporter", "batch", "in", "-o", "memory://out"],
        env={**os.environ, "PYTHONPATH": f"{here}:{REPOSITORY}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "arabic-exporter[storage]" in line


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("s3://bucket/a.txt", True),
        ("zip://*.txt::s3://bucket/a.zip", True),
        ("https://example.org/a", False),
        ("www.example.org", False),
        ("C:\\articles\\a.txt", False),
        ("مقال: أول.txt", False),
    ],
)
def test_a_url_of_storage_is_told_from_a_path_and_a_link(reference: str, expected: bool) -> None:  # noqa: FBT001
    assert is_storage(reference) is expected
