"""Archives of articles: names as they were meant, sizes bounded, nothing outside them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import exporter
from exporter import archives
from exporter.archives import open_archive
from exporter.cli import main
from exporter.errors import ExporterError, ReadError, SourceError
from exporter.readers import READERS
from exporter.sources import Source, split
from tests.readers.docx.build import zipped
from tests.readers.docx.test_reading import PNG

ARTICLE = "عنوان المقال\n\nفقرة من كلام المقال تنتهي بنقطة.\n"


def sources(data: bytes) -> list[Source]:
    return list(split(Source("a.zip", "a.zip", data), endings=READERS))


def test_the_articles_of_an_archive_are_read_in_order_of_their_names() -> None:
    data = zipped(
        {
            "ب/note.md": "# عنوان\n\nنص.",
            "أ.txt": ARTICLE,
            "c.exe": "x",
            ".hidden.txt": ARTICLE,
            "__MACOSX/._a.txt": "x",
            "lines.jsonl": '{"metadata": {"title": "x"}, "body": []}\n' * 2,
        }
    )
    assert [source.location for source in sources(data)] == [
        "a.zip: lines.jsonl, line 1",
        "a.zip: lines.jsonl, line 2",
        "a.zip: أ.txt",
        "a.zip: ب/note.md",
    ]


def test_a_picture_beside_an_article_in_an_archive_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    note = "# عنوان\n\nنص.\n\n![بئر](../صور/a.png)\n\n![خارج](../../a.png)\n"
    path.write_bytes(zipped({"مقالات/note.md": note, "صور/a.png": PNG}))
    (reading,) = exporter.read(path)
    (resource,) = reading.article.resources.values()
    assert resource.media_type == "image/png"
    assert [notice.code for notice in reading.notices] == ["resource-missing"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "cp720"])
def test_names_are_read_in_the_encoding_of_their_packer(encoding: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("XXXX.txt", ARTICLE)
    raw = "مقال".encode(encoding)
    stand_in = b"X" * 4
    data = out.getvalue()
    if len(raw) != len(stand_in):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("X" * len(raw) + ".txt", ARTICLE)
        data, stand_in = out.getvalue(), b"X" * len(raw)
    archive_ = open_archive(data.replace(stand_in + b".txt", raw + b".txt"), location="a.zip")
    assert archive_.names == ("مقال.txt",)


def test_no_name_leads_out_of_an_archive() -> None:
    names = ("../a.txt", "/a.txt", "C:/a.txt", "b/../../a.txt", "..\\a.txt")
    data = zipped(dict.fromkeys(names, ARTICLE) | {"good.txt": ARTICLE})
    assert [source.name for source in sources(data)] == ["good.txt"]


@pytest.mark.parametrize(
    "files", [{}, {"a.exe": "x"}, {".a.txt": "x"}], ids=["empty", "programs", "hidden"]
)
def test_an_archive_without_articles_says_what_it_could_hold(files: dict[str, str]) -> None:
    data = zipped(files or {"a/": ""})
    with pytest.raises(SourceError, match=r"\.docx.*\.md.*\.txt"):
        sources(data)


def test_bombs_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"a.txt": b" " * 30_000_000, "b.txt": ARTICLE})
    found = split(Source("a.zip", "a.zip", bomb), endings=READERS)
    assert next(found).name == "b.txt"
    with pytest.raises(ReadError) as caught:
        next(found)
    assert caught.value.code == "archive-bomb"
    monkeypatch.setattr(archives, "LARGEST_WHOLE", 20_000_000)
    with pytest.raises(ReadError) as caught:
        sources(bomb)
    assert caught.value.code == "too-much"
    monkeypatch.setattr(archives, "MOST_ENTRIES", 1)
    with pytest.raises(ReadError, match="1 files"):
        sources(bomb)


def test_one_file_of_an_archive_that_fails_leaves_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": ARTICLE, "b.docx": "x", "c.zip": zipped({"x": "y"})}))
    assert main(["read", str(path)]) == 1
    said = capsys.readouterr()
    assert "عنوان المقال" in said.out
    assert "b.docx" in said.err
    assert "archive inside an archive" in said.err


def test_patterns_are_expanded_by_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.md", "a.md", "c.txt", "in/d.md", "in/deep/e.md", "x[1].md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"# {name}\n\nنص.\n", encoding="utf-8")

    def titles(pattern: str) -> list[str]:
        return [reading.article.metadata.title for reading in exporter.read(pattern)]

    assert titles("*.md") == ["a.md", "b.md", "x[1].md"]
    assert titles("**/*.md") == ["a.md", "b.md", "in/d.md", "in/deep/e.md", "x[1].md"]
    assert titles("x[1].md") == ["x[1].md"]
    assert len(titles("*")) == 4
    with pytest.raises(SourceError, match="pattern"):
        titles("*.docx")


def test_limit_since_and_input_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2, 3):
        text = f"---\ntitle: رقم {number}\ndate: 2024-0{number}-15\n---\nنص المقال.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "4.bin").write_text("# عنوان\n\nنص.\n", encoding="utf-8")

    def titles(*words: str) -> list[str]:
        capsys.readouterr()
        assert main(["read", str(tmp_path), *words]) == 0
        lines = capsys.readouterr().out.splitlines()
        return [line.split("  ")[-1].strip() for line in lines if line.startswith("  title")]

    assert titles() == ["رقم 1", "رقم 2", "رقم 3"]
    assert titles("--limit", "2") == ["رقم 1", "رقم 2"]
    assert titles("--since", "2024-02-15") == ["رقم 2", "رقم 3"]
    assert titles("--since", "1 مارس 2024", "--limit", "1") == ["رقم 3"]
    assert titles("--since", "2030") == []
    assert main(["read", str(tmp_path), "--since", "2030"]) == 0
    assert "2030" in capsys.readouterr().err
    (reading,) = exporter.read(tmp_path / "4.bin", input_format="markdown")
    assert reading.article.metadata.title == "عنوان"
    assert len(list(exporter.read(tmp_path, limit=2, since="2024"))) == 2
    for wrong in ({"limit": -1}, {"since": "غدا"}, {"input_format": "pdf"}):
        with pytest.raises(ExporterError):
            list(exporter.read(tmp_path, **wrong))
    for word in ("0", "x", "-1"):
        assert main(["read", str(tmp_path), f"--limit={word}"]) == 2


def test_an_empty_archive_says_that_it_holds_no_article() -> None:
    packed = io.BytesIO()
    zipfile.ZipFile(packed, "w").close()
    with pytest.raises(SourceError) as caught:
        sources(packed.getvalue())
    assert caught.value.code == "source-archive-empty"


def test_a_word_file_that_is_stored_in_an_archive_does_not_make_the_archive_one() -> None:
    report = (Path(__file__).resolve().parent.parent / "seeds" / "report.docx").read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("report.docx", report)
    assert archives.is_office(report)
    assert archives.is_archive(packed.getvalue())


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        (lambda data: data[: len(data) // 2], "zip-none"),
        (lambda data: data.replace(b"words of an article", b"WORDS of an article"), "zip-sum"),
    ],
)
def test_what_is_wrong_with_an_archive_is_said_in_the_catalogue_s_words(
    damage: Callable[[bytes], bytes], cause: str
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", b"words of an article" * 20)
    with pytest.raises(ReadError) as refused:
        open_archive(damage(buffer.getvalue()), location="a.zip").read("a.txt")
    assert refused.value.detail == cause
    assert not re.search("[a-z]{4}", refused.value.sentence(language="ar").removeprefix("a.zip"))


@pytest.mark.parametrize(
    "type_", ["application/vnd.oasis.opendocument.text", "application/epub+zip"]
)
def test_a_document_that_is_packed_like_an_archive_is_told(tmp_path: Path, type_: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", type_)
        file.writestr("content.xml", "<x/>")
    with pytest.raises(ReadError) as caught:
        list(exporter.read(str(path)))
    assert caught.value.code == "format-document"
