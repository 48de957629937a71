"""Files from artifacts: names for every system, no other file lost, nothing half done."""

from __future__ import annotations

import multiprocessing
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.delivery import deliver, identifier_of
from exporter.errors import WriteError
from exporter.filenames import LONGEST_STEM, safe_stem
from exporter.notices import NoticeCode
from exporter.publication import Artifact

OURS, OTHER = "urn:uuid:1", "urn:uuid:2"

NAMES = {
    "غزة: ماذا بعد؟": "غزة - ماذا بعد؟",
    "مباراة الساعة 10:30": "مباراة الساعة 10-30",
    "خدمة 24/7": "خدمة 24-7",
    'قال "نعم" <ثم> سكت*': "قال نعم ثم سكت",
    "a\\b|c": "a-b-c",
    "../../etc/passwd": "etc-passwd",
    "...خفي": "خفي",
    "-rf": "rf",
    "قال...": "قال",
    "سطر\nوسطر\tوثالث": "سطر وسطر وثالث",
    "\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe\N{POP DIRECTIONAL FORMATTING}": "fdp.exe",
    "أ\0ب\x1b[31m": "أب[31m",
    "می\N{ZERO WIDTH NON-JOINER}خواهم": "می\N{ZERO WIDTH NON-JOINER}خواهم",
    "CON": "CON_",
    "nul.txt": "nul_.txt",
    "Com1": "Com1_",
    "CONSOLE": "CONSOLE",
    "": "article",
    "؟": "؟",
    "???": "article",
    " \N{RIGHT-TO-LEFT MARK} ": "article",
    "e\N{COMBINING ACUTE ACCENT}t": "ét",
}


@pytest.mark.parametrize("title", NAMES)
def test_a_name_from_a_title(title: str) -> None:
    assert safe_stem(title) == NAMES[title]


def test_a_long_title_ends_at_a_word() -> None:
    title = "كلمات كثيرة " * 40
    stem = safe_stem(title)
    assert LONGEST_STEM - 12 < len(stem.encode()) <= LONGEST_STEM
    assert stem.split()[-1] in {"كلمات", "كثيرة"}


@pytest.mark.parametrize(
    "cluster",
    [
        "ب\N{ARABIC SHADDA}\N{ARABIC FATHA}",
        "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
        "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}",
        "\N{REGIONAL INDICATOR SYMBOL LETTER L}\N{REGIONAL INDICATOR SYMBOL LETTER B}",
    ],
)
def test_a_long_word_ends_at_a_grapheme_cluster(cluster: str) -> None:
    cluster = unicodedata.normalize("NFC", cluster)
    stem = safe_stem(cluster * 100)
    assert len(stem.encode()) > LONGEST_STEM - len(cluster.encode())
    assert stem == cluster * (len(stem) // len(cluster))


@given(st.text())
def test_any_title_gives_a_name_that_every_system_stores(title: str) -> None:
    stem = safe_stem(title)
    assert stem
    assert len(stem.encode()) <= LONGEST_STEM + 1
    assert not set(stem) & set('<>:"/\\|?*\n\t\0')
    assert stem[0] not in ".- "
    assert stem[-1] not in ". "
    assert safe_stem(stem) == stem


def pdf(identifier: str, words: str = "") -> Artifact:
    """Return something that has an identifier where a PDF has it."""
    data = f"%PDF-1.7 <dc:identifier>{identifier}</dc:identifier> {words}".encode()
    return Artifact(data, "application/pdf")


def epub(identifier: str, words: str = "") -> Artifact:
    """Return something that has an identifier where an EPUB has it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "META-INF/container.xml", '<rootfiles><rootfile full-path="E/c.opf"/></rootfiles>'
        )
        archive.writestr(
            "E/c.opf",
            '<package version="3.0" unique-identifier="id"><dc:identifier>other</dc:identifier>'
            f'<dc:identifier id="id">{identifier}</dc:identifier>{words}</package>',
        )
    return Artifact(out.getvalue(), "application/epub+zip")


def listed(folder: Path) -> list[str]:
    """Return the names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_the_files_of_an_article(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    delivery = deliver([pdf(OURS), epub(OURS)], folder, stem="مقال", identifier=OURS)
    assert delivery.paths == (folder / "مقال.pdf", folder / "مقال.epub")
    assert delivery.notices == ()
    assert listed(folder) == ["مقال.epub", "مقال.pdf"]
    assert [identifier_of(path) for path in delivery.paths] == [OURS, OURS]


def test_a_rerun_replaces_its_own_files(tmp_path: Path) -> None:
    deliver([pdf(OURS), epub(OURS)], tmp_path, stem="مقال", identifier=OURS)
    again = [pdf(OURS, "جديد"), epub(OURS, "جديد")]
    delivery = deliver(again, tmp_path, stem="مقال", identifier=OURS)
    assert listed(tmp_path) == ["مقال.epub", "مقال.pdf"]
    assert [path.read_bytes() for path in delivery.paths] == [one.data for one in again]


@pytest.mark.parametrize("make", [pdf, epub])
def test_another_articles_file_is_never_overwritten(tmp_path: Path, make: object) -> None:
    assert callable(make)
    first = deliver([make(OTHER)], tmp_path, stem="مقال", identifier=OTHER)
    before = first.paths[0].read_bytes()
    for _ in range(2):
        delivery = deliver([make(OURS)], tmp_path, stem="مقال", identifier=OURS)
        assert delivery.paths[0].stem == "مقال (2)"
        (notice,) = delivery.notices
        assert (notice.code, notice.text) == (NoticeCode.NAME_TAKEN, "مقال")
    assert first.paths[0].read_bytes() == before
    assert len(listed(tmp_path)) == 2


@pytest.mark.parametrize("name", ["مقال.pdf", "مقال.epub"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 notes of the user", b"PK\3\4 damaged"])
def test_a_file_that_is_not_ours_stays(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    delivery = deliver([pdf(OURS), epub(OURS)], tmp_path, stem="مقال", identifier=OURS)
    assert (tmp_path / name).read_bytes() == data
    assert {path.stem for path in delivery.paths} == {"مقال (2)"}


def test_an_article_without_identifier_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "مقال.pdf").write_bytes(b"")
    delivery = deliver([pdf("")], tmp_path, stem="مقال", identifier="")
    assert delivery.paths[0].name == "مقال (2).pdf"


def test_a_mention_of_the_identifier_is_no_claim_to_it(tmp_path: Path) -> None:
    (tmp_path / "مقال.pdf").write_bytes(pdf(OTHER, words=OURS).data)
    delivery = deliver([pdf(OURS)], tmp_path, stem="مقال", identifier=OURS)
    assert delivery.paths[0].name == "مقال (2).pdf"


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "مقال.pdf").mkdir()
    delivery = deliver([pdf(OURS)], tmp_path, stem="مقال", identifier=OURS)
    assert delivery.paths[0].name == "مقال (2).pdf"


@pytest.mark.parametrize("folder", ["file", "file/below", "/proc/exporter", "/proc"])
def test_a_folder_that_takes_no_files_is_an_error(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError) as caught:
        deliver([pdf(OURS)], tmp_path / folder, stem="مقال", identifier=OURS)
    assert str(tmp_path / folder) in str(caught.value)
    assert listed(tmp_path) == ["file"]


def _unsupported(_self: Path, _target: Path) -> None:
    raise OSError(95, "Operation not supported")


@pytest.mark.parametrize("step", ["open", "replace"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_when_the_second_file_fails_the_first_does_not_appear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, stop: type[BaseException], step: str
) -> None:
    (tmp_path / "آخر.pdf").write_bytes(b"x")
    if step == "replace":  # as on FAT, which has no links
        monkeypatch.setattr(Path, "hardlink_to", _unsupported)
    stepping, done = getattr(Path, step), []

    def second_fails(self: Path, *arguments: str) -> object:
        done.append(self)
        if len(done) == 2:
            raise stop
        return stepping(self, *arguments)

    monkeypatch.setattr(Path, step, second_fails)
    with pytest.raises((stop, WriteError)):
        deliver([pdf(OURS), epub(OURS)], tmp_path, stem="مقال", identifier=OURS)
    assert len(done) == 2
    assert listed(tmp_path) == ["آخر.pdf"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, OSError])
def test_nothing_half_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    deliver([pdf(OURS)], tmp_path, stem="مقال", identifier=OURS)

    def interrupted(_self: Path, _target: Path) -> None:
        raise stop

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises((stop, WriteError)):
        deliver([pdf(OURS, "جديد")], tmp_path, stem="مقال", identifier=OURS)
    assert listed(tmp_path) == ["مقال.pdf"]
    assert (tmp_path / "مقال.pdf").read_bytes() == pdf(OURS).data


def _deliver_elsewhere(folder: str, number: int) -> None:
    artifact = Artifact(f"{number}".encode(), "application/pdf")
    deliver([artifact], Path(folder), stem="عنوان", identifier=f"urn:uuid:{number}")


def test_an_article_that_takes_the_name_after_the_look_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def token(_: int) -> str:  # asked for once the names were looked at, before any is taken
        (tmp_path / "مقال.bin").write_bytes(b"other")
        return "0"

    monkeypatch.setattr("exporter.delivery.secrets.token_hex", token)
    artifact = Artifact(b"mine", "application/x-unknown-to-all")
    delivery = deliver([artifact], tmp_path, stem="مقال", identifier="urn:x")
    assert (tmp_path / "مقال.bin").read_bytes() == b"other"
    assert delivery.paths == (tmp_path / "مقال (2).bin",)


def test_no_article_is_lost_when_processes_write_the_same_title(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        jobs = [
            context.Process(target=_deliver_elsewhere, args=(str(folder), number))
            for number in range(4)
        ]
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
        assert {path.read_bytes() for path in folder.iterdir()} == {b"0", b"1", b"2", b"3"}
