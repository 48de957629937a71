"""Made files come to their places on a disk whole and together, over nobody else's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

import exporter
from exporter.batches.folders import Disk, Folder
from exporter.delivery import identifier_of
from exporter.errors import WriteError
from tests.batches.conftest import QUICK, articles, files_of
from tests.test_delivery import OTHER, OURS, _unsupported, epub, listed, pdf

FILES = {"مقال.pdf": "1.pdf", "مقال.epub": "2.epub"}
OTHERS = {name.replace("مقال", "مقال (2)"): part for name, part in FILES.items()}


@pytest.fixture
def staging(tmp_path: Path) -> Disk:
    """Where the files of an article wait, beside a folder for them."""
    (tmp_path / "out").mkdir()
    folder = Disk(tmp_path / "staged")
    folder.prepare()
    folder.write("1.pdf", pdf(OURS).data)
    folder.write("2.epub", epub(OURS).data)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "out")


@pytest.fixture(params=["links", "no links"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A disk with links, and one without, as FAT."""
    if request.param == "no links":
        monkeypatch.setattr(Path, "hardlink_to", _linked_on_fat)
    return str(request.param)


def _linked_on_fat(self: Path, target: Path) -> None:
    if self.exists():  # the system looks at the name first
        raise FileExistsError(self)
    _unsupported(self, target)


def test_an_article_that_takes_the_name_after_the_look_is_not_replaced_in_a_batch(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(here / "in", 1)
    (here / "in" / "000.txt").rename("in/a.txt")
    taken = Path("out/عنوان واحد لمقالات كثيرة.epub")
    stock = Disk.adopt

    def adopt(
        self: Disk, files: Mapping[str, str], staging: Folder, *, identifier: str
    ) -> None:  # called once the names were looked at
        taken.write_bytes(b"other")
        stock(self, files, staging, identifier=identifier)

    monkeypatch.setattr(Disk, "adopt", adopt)
    done = exporter.batch("in", output="out", **QUICK)
    assert (done.written, done.notices) == (1, {"name-taken": 1})
    assert taken.read_bytes() == b"other"
    assert f"{taken.stem} (2).epub" in files_of(Path("out"))


@pytest.mark.parametrize("way", ["write", "bring"])
def test_a_file_is_on_the_disk_before_it_has_its_name(
    out: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Else a power failure leaves an empty file where a whole one seemed to be."""
    out.prepare()
    (tmp_path / "made.pdf").write_bytes(b"whole")
    stock, synced = os.fsync, []

    def fsync(file: int) -> None:
        synced.append((os.fstat(file).st_size, os.fstat(file).st_ino, listed(out.path)))
        stock(file)

    monkeypatch.setattr(os, "fsync", fsync)
    if way == "write":
        out.write("a.pdf", b"whole")
    else:
        out.bring("a.pdf", tmp_path / "made.pdf")
    ((size, number, names),) = synced
    assert (size, number) == (len(b"whole"), (out.path / "a.pdf").stat().st_ino)
    assert "a.pdf" not in names


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("name", FILES)
def test_when_one_name_is_taken_all_files_of_the_article_get_another(
    out: Disk, staging: Disk, name: str
) -> None:
    (out.path / name).write_bytes(b"other")
    with pytest.raises(FileExistsError):
        out.adopt(FILES, staging, identifier=OURS)
    assert listed(out.path) == [name]
    out.adopt(OTHERS, staging, identifier=OURS)
    assert listed(out.path) == sorted([name, *OTHERS])
    assert (out.path / name).read_bytes() == b"other"
    assert [identifier_of(out.path / name) for name in OTHERS] == [OURS, OURS]
    assert listed(staging.path) == []


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("name", FILES)
def test_when_a_name_is_taken_after_the_look_no_file_is_lost(
    out: Disk, staging: Disk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another of them had its place by then, and one of the article's own was there."""
    (mine,) = FILES.keys() - {name}
    (out.path / mine).write_bytes(pdf(OURS).data if mine.endswith("pdf") else epub(OURS).data)
    linking = Path.hardlink_to

    def taken(self: Path, target: Path) -> None:
        if self.name == name:
            self.write_bytes(b"other")
        linking(self, target)

    monkeypatch.setattr(Path, "hardlink_to", taken)
    with pytest.raises(FileExistsError):
        out.adopt(FILES, staging, identifier=OURS)
    out.adopt(OTHERS, staging, identifier=OURS)
    assert (out.path / name).read_bytes() == b"other"
    assert [identifier_of(out.path / name) for name in OTHERS] == [OURS, OURS]


@pytest.mark.usefixtures("disk")
def test_a_file_that_has_its_place_goes_with_the_one_whose_name_is_taken_after_it(
    out: Disk, staging: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    linking = Path.hardlink_to

    def taken(self: Path, target: Path) -> None:
        if self.name == "مقال.epub":
            self.write_bytes(b"other")
        linking(self, target)

    monkeypatch.setattr(Path, "hardlink_to", taken)
    with pytest.raises(FileExistsError):
        out.adopt(FILES, staging, identifier=OURS)
    assert listed(out.path) == ["مقال.epub"]
    assert listed(staging.path) == ["1.pdf", "2.epub"]


@pytest.mark.parametrize("is_taken", [True, False])
@pytest.mark.parametrize("how", ["linked", "moved"])
def test_a_batch_that_was_killed_between_two_files_goes_on(
    out: Disk, staging: Disk, how: str, *, is_taken: bool
) -> None:
    part, path = staging.path / "1.pdf", out.path / "مقال.pdf"
    if how == "linked":
        path.hardlink_to(part)
    else:
        part.replace(path)
    if is_taken:
        (out.path / "مقال.epub").write_bytes(epub(OTHER).data)
        with pytest.raises(FileExistsError):
            out.adopt(FILES, staging, identifier=OURS)
        assert listed(out.path) == ["مقال.epub"]
    names = OTHERS if is_taken else FILES
    out.adopt(names, staging, identifier=OURS)
    assert [identifier_of(out.path / name) for name in names] == [OURS, OURS]


def test_a_file_that_is_gone_is_no_file_that_is_in_its_place(out: Disk, staging: Disk) -> None:
    staging.remove("1.pdf")
    with pytest.raises(WriteError):
        out.adopt(FILES, staging, identifier=OURS)
    assert listed(out.path) == []
