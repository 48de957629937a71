"""The Python API: what `import exporter` offers, and what it leaves alone."""

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import exporter
from exporter.article import Link, Paragraph, Text
from exporter.cli.options import Command, options_of
from exporter.errors import WriteError
from exporter.writers import epub
from tests.conftest import REPOSITORY

ESSAY = REPOSITORY / "seeds" / "essay.txt"


def test_every_public_name_is_there_and_nothing_else() -> None:
    assert sorted(exporter.__all__) == exporter.__all__
    for name in exporter.__all__:
        assert getattr(exporter, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = exporter.nothing


def test_read_corrects_with_the_words_of_the_command() -> None:
    (reading,) = exporter.read(
        ESSAY,
        title="عنوان",
        author=["أول", "ثان"],
        publisher="دار",
        date="2020-01-02",
        language="fa",
    )
    metadata = reading.article.metadata
    assert metadata.title == "عنوان"
    assert [creator.name for creator in metadata.creators] == ["أول", "ثان"]
    assert (metadata.publisher, metadata.issued, metadata.language) == ("دار", "2020-01-02", "fa")


def test_export_takes_a_path_a_reading_or_an_article(tmp_path: Path) -> None:
    (reading,) = exporter.read(ESSAY)
    article = exporter.Article(
        exporter.Metadata("مقال مصنوع", creators=(exporter.Creator("كاتب"),)),
        (Paragraph((Text("نص قصير."),)),),
    )
    for source in (ESSAY, reading, article):
        (export,) = exporter.export(source, output=tmp_path, to=["epub"])
        (path,) = export.paths
        assert path.stem == export.article.metadata.title
        assert export.article.metadata.identifier.startswith("urn:uuid:")


@pytest.mark.parametrize("to", ["epub", "EPUB,epub", ["epub"], ("epub", "epub"), " epub "])
def test_formats_are_named_as_on_the_command_line(tmp_path: Path, to: str | list[str]) -> None:
    (export,) = exporter.export(ESSAY, output=tmp_path, to=to, name="مقال.epub")
    assert [path.name for path in export.paths] == ["مقال.epub"]


def test_both_formats_in_one_word(tmp_path: Path) -> None:
    (export,) = exporter.export(ESSAY, output=tmp_path, to="epub, pdf")
    assert [path.suffix for path in export.paths] == [".epub", ".pdf"]


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        ({"to": "docx"}, "docx"),
        ({"to": ""}, "--to"),
        ({"to": []}, "--to"),
        ({"name": "a/b"}, "a-b"),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_written(
    tmp_path: Path, request_: dict[str, Any], word: str
) -> None:
    with pytest.raises(exporter.ExporterError, match=word) as caught:
        exporter.export(ESSAY, output=tmp_path / "out", **request_)
    assert caught.value.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_an_article_that_fails_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise WriteError("epub-failed", subject="عنوان", detail="x")

    monkeypatch.setattr(epub, "write", fails)
    with pytest.raises(WriteError):
        exporter.export(ESSAY, output=tmp_path, to="pdf,epub")
    assert list(tmp_path.iterdir()) == []


def test_export_has_the_words_of_the_command(tmp_path: Path) -> None:
    (export,) = exporter.export(
        ESSAY,
        output=tmp_path,
        to="pdf",
        page="a5",
        margins=20,
        binding="right",
        digits="western",
        calendar="both",
        cover="none",
        title="عنوان آخر",
    )
    assert [path.name for path in export.paths] == ["عنوان آخر.pdf"]
    words = set(inspect.signature(exporter.export).parameters) - {"source"}
    flags = {option.name.replace("-", "_") for option in options_of(Command.EXPORT)}
    assert words == flags - {"config", "verbose", "quiet"}


@pytest.mark.parametrize(
    ("word", "wrong"),
    [("page", 5), ("font", 12), ("font_size", "large"), ("margins", ["20mm"]), ("margins", "20")],
)
def test_a_value_of_another_kind_is_not_blamed_on_the_theme(
    tmp_path: Path, word: str, wrong: object
) -> None:
    with pytest.raises(exporter.ExporterError) as refused:
        exporter.export(ESSAY, output=tmp_path, **{word: wrong})  # type: ignore[arg-type]
    assert str(refused.value).startswith(f"{word}: ")
    assert "naskh" not in str(refused.value)


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("digits", "roman"),
        ("calendar", "julian"),
        ("binding", "top"),
        ("justify", "left"),
        ("links", "footnotes"),
        ("source_note", "barcode"),
        ("normalise", "no-commas"),
        ("numerals", "roman"),
        ("page", "a9"),
        ("theme", "gothic"),
        ("font", "Comic"),
        ("to", "doc"),
        ("cover", "missing.png"),
        ("date", "tomorrow"),
        ("language", "!"),
        ("name", "a/b"),
        ("title", "\udce9"),
    ],
)
def test_a_wrong_word_is_a_sentence_that_names_it(tmp_path: Path, word: str, wrong: str) -> None:
    with pytest.raises(exporter.ExporterError) as refused:
        exporter.export(ESSAY, output=tmp_path, **{word: wrong})  # type: ignore[arg-type]
    assert ascii(wrong)[1:-1] in ascii(str(refused.value))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("date", ["2025-02-31", "2025-13", "12/05/2024"])
def test_a_day_that_no_calendar_has_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        exporter.Metadata("عنوان", issued=date)


@pytest.mark.parametrize("href", ["javascript:alert(1)", " https://a.org", "/etc/passwd", "#a", ""])
def test_a_link_that_leads_nowhere_good_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        Link((Text("رابط"),), href)


IMPORT = """
import os, sys
before = dict(os.environ)
import exporter
assert dict(os.environ) == before
heavy = {"weasyprint", "ebooklib", "jinja2", "lxml", "PIL", "uharfbuzz"} & set(sys.modules)
assert not heavy, heavy
list(exporter.read("seeds/essay.txt"))
heavy = {"weasyprint", "PIL", "urllib3", "ssl", "http.cookiejar"} & set(sys.modules)
assert not heavy, heavy
"""


def test_import_changes_nothing_and_neither_it_nor_a_text_loads_anything_heavy() -> None:
    subprocess.run([sys.executable, "-c", IMPORT], check=True, cwd=REPOSITORY)


def test_read_takes_a_clock(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"عنوان\n\nقبل ساعتين\n\n{'هذه جملة من النص. ' * 8}", encoding="utf-8")
    (reading,) = exporter.read(path, now="2024-05-12T10:00+03:00")
    assert reading.article.metadata.issued == "2024-05-12T08:00+03:00"
    with pytest.raises(exporter.ExporterError, match="yesterday"):
        next(exporter.read(path, now="yesterday"))
