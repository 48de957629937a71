"""The table of readers: which one a source gets by its name."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from exporter import pipeline, readers
from exporter.cli import main
from exporter.errors import ReadError
from exporter.readers import READERS, ending_of, reader_for
from exporter.readers import text as plain_text
from exporter.sources import Source


@pytest.mark.parametrize(
    "name", ["", "article.txt", "ARTICLE.TXT", "article.text", "article", "د. محمد", "draft.2024"]
)
def test_plain_text(name: str) -> None:
    assert reader_for(Source("-", name, b"")) is plain_text.read


@pytest.mark.parametrize(
    ("media_type", "name", "ending"),
    [
        ("text/html", "article.php", ".html"),
        ("application/xhtml+xml", "a.txt", ".html"),
        ("text/plain", "notes", ".txt"),
        ("text/plain", "a.json", ".json"),
        ("text/plain", "a.php", ".txt"),
        ("application/json", "articles.jsonl", ".jsonl"),
        ("application/json", "articles", ".json"),
        ("application/rss+xml", "feed.json", ".rss"),
        ("text/xml", "feed", ".xml"),
        ("", "a.txt", ".txt"),
        ("", "a", ".html"),
        ("application/octet-stream", "a.txt", ".txt"),
        ("application/octet-stream", "a", "application/octet-stream"),
        ("image/png", "a.png", ".png"),
    ],
)
def test_something_fetched_is_told_by_its_media_type_first(
    media_type: str, name: str, ending: str
) -> None:
    source = Source("-", name, b"", url=f"https://a.org/{name}", media_type=media_type)
    assert ending_of(source) == ending


@pytest.mark.parametrize("ending", READERS)
def test_every_reader_can_be_loaded(ending: str) -> None:
    assert callable(reader_for(Source("-", f"article{ending}", b"")))


@pytest.mark.parametrize("name", ["paper.odt", "sheet.xlsx"])
def test_an_unknown_ending_is_refused(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        reader_for(Source(f"folder/{name}", name, b""))
    assert caught.value.code == "format-unknown"
    assert name in str(caught.value)


def test_a_pdf_is_refused_as_what_is_made_and_not_read() -> None:
    with pytest.raises(ReadError, match=r"paper\.pdf: articles are written as PDF"):
        reader_for(Source("paper.pdf", "paper.pdf", b"%PDF-1.7"))


def test_a_reader_of_another_distribution_reads_files_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    point = EntryPoint("story", "exporter.readers.text:read", readers.ENTRY_POINTS)
    found = EntryPoints([point])
    monkeypatch.setattr("importlib.metadata.entry_points", found.select)
    (tmp_path / "a.story").write_text("عنوان\n\nفقرة من كلام تنتهي بنقطة.\n", encoding="utf-8")
    (reading,) = pipeline.read(str(tmp_path))
    assert reading.article.metadata.title == "عنوان"
    assert main(["read", str(tmp_path)]) == 0
    assert "a.story" in capsys.readouterr().out
