"""SOURCE_DATE_EPOCH is the only clock, and both outputs keep to it."""

import zipfile
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pikepdf
import pytest

from exporter import pipeline, themes
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.choices import Settings
from exporter.clock import build_date, moment_of_reading
from exporter.errors import UsageError
from exporter.publication import Cover, CoverKind


def stamps(issued: str) -> tuple[str, str]:
    """The PDF's creation date and the EPUB's modification date."""
    metadata = Metadata("عنوان", issued=issued, identifier="urn:uuid:0")
    article = Article(metadata, (Paragraph((Text("نص"),)),))
    theme = themes.load("naskh", Settings())
    cover = Cover(CoverKind.NONE)
    pdf, epub = pipeline.publish(article, theme, formats=["pdf", "epub"], cover=cover)
    with pikepdf.open(BytesIO(pdf.data)) as document:
        created = str(document.docinfo.get("/CreationDate", ""))
    with zipfile.ZipFile(BytesIO(epub.data)) as archive:
        package = archive.read("EPUB/content.opf").decode()
    return created, package.partition('"dcterms:modified">')[2].partition("<")[0]


def test_the_build_date_stands_in_both_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert stamps("2024-05-12") == ("D:20231114221320Z", "2023-11-14T22:13:20Z")
    assert stamps("") == ("D:20231114221320Z", "2023-11-14T22:13:20Z")


def test_without_one_the_article_s_own_date_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert stamps("2024-05-12") == ("D:20240512", "2024-05-12T00:00:00Z")


def test_without_any_date_nothing_invents_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert stamps("") == ("", "1980-01-01T00:00:00Z")


def test_a_build_date_that_is_no_number_is_refused() -> None:
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is yesterday"):
        build_date({"SOURCE_DATE_EPOCH": "yesterday"})


def test_what_was_just_given_is_read_at_the_build_date_or_now() -> None:
    here = timezone(timedelta(hours=3))

    def machine() -> datetime:
        return datetime(2024, 5, 12, 10, 20, 30, tzinfo=here)

    assert moment_of_reading({}, machine=machine) == "2024-05-12T10:20:30+03:00"
    built = {"SOURCE_DATE_EPOCH": "1700000000"}
    assert moment_of_reading(built, machine=machine) == "2023-11-14T22:13:20Z"
