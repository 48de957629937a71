"""The command `book`, and the same from Python."""

from __future__ import annotations

import inspect
from pathlib import Path
from zipfile import ZipFile

import pytest

import exporter
from exporter.cli import main
from exporter.cli.options import Command, options_of
from tests.cli.samples import outputs

LEDGER = """# الدفتر الثاني

فقرة أولى في الدفتر، فيها من الكلام ما يكفي لأن تكون فقرة.
"""

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ledger(article: Path) -> Path:
    path = article.with_name("دفتر.md")
    path.write_text(LEDGER, encoding="utf-8")
    return path


def chapters(path: Path) -> list[str]:
    """Return the text of each chapter of an e-book."""
    with ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if "article-" in name)
        return [archive.read(name).decode() for name in names]


def test_many_articles_are_one_file_of_each_format(
    article: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["book", str(article), str(ledger), "--title", "مختارات", "-o", "books"]
    assert main(arguments) == 0
    assert outputs(Path("books")) == {"مختارات.pdf", "مختارات.epub"}
    assert capsys.readouterr().out.splitlines() == ["books/مختارات.pdf", "books/مختارات.epub"]
    first, second = chapters(Path("books/مختارات.epub"))
    assert "عنوان المقال الأول" in first
    assert "الدفتر الثاني" in second


def test_what_is_said_of_a_book_of_many_sources_names_the_book(
    article: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not all its sources, which may be hundreds."""
    arguments = ["book", str(article), str(ledger), "--title", "مختارات", "--to", "epub"]
    Path("مختارات.epub").write_bytes(b"")
    assert main(arguments) == 0
    (line,) = [one for one in capsys.readouterr().err.splitlines() if "belongs to another" in one]
    assert ledger.name not in line
    assert line.startswith("مختارات:")


def test_a_source_that_fails_is_named_and_the_book_made_of_the_rest(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["book", "none.txt", str(article), "--title", "كتاب", "--to", "epub"]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == "كتاب.epub\n"
    assert said.err.startswith("none.txt:")
    assert len(chapters(Path("كتاب.epub"))) == 1


def test_without_any_article_there_is_no_book(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["book", "none.txt", "--title", "كتاب"]) == 1
    assert outputs(article.parent) == set()
    assert "no article could be read for the book" in capsys.readouterr().err


def test_the_same_source_twice_is_in_the_book_once(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["book", str(article), str(article), "--title", "كتاب", "--to", "epub"]
    assert main(arguments) == 0
    assert len(chapters(Path("كتاب.epub"))) == 1
    assert "is in the book already" in capsys.readouterr().err


def test_a_manifest_makes_the_same_book_from_anywhere(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article.with_name("دفتر.md").write_text(LEDGER, encoding="utf-8")
    manifest = article.with_name("book.toml")
    manifest.write_text(
        f"""
title = "كتاب"
editor = ["هند السالم"]
series = "دفاتر"
number = 4
to = ["epub"]
output = "out"
sources = ["{article.name}"]
[[part]]
title = "دفاتر"
sources = ["*.md"]
""",
        encoding="utf-8",
    )
    assert main(["book", "book.toml"]) == 0
    made = Path("out/كتاب.epub").read_bytes()
    monkeypatch.chdir(article.parent.parent)
    assert main(["book", str(manifest), "-j", "2"]) == 0
    assert (article.parent / "out/كتاب.epub").read_bytes() == made
    # An issue of a series is the same book under another title.
    assert main(["book", str(manifest), "--title", "آخر", "--name", "كتاب"]) == 0
    assert outputs(article.parent / "out") == {"كتاب.epub"}
    with ZipFile(article.parent / "out/كتاب.epub") as archive:
        assert "EPUB/text/part-002.xhtml" in archive.namelist()
        assert "آخر" in archive.read("EPUB/content.opf").decode()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('title = "ك"', "manifest-empty"),
        ("sources = 3", "config-list"),
        ('[[part]]\ntitle = "ك"', "manifest-part"),
        ('[part]\ntitle = "ك"', "manifest-part"),
        ('sources = ["a.txt"]\ncolour = "red"', "manifest-key-unknown"),
        ("sources = [", "config-syntax"),
    ],
)
def test_a_manifest_that_is_wrong_is_told_by_its_name(
    article: Path, text: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    article.with_name("book.toml").write_text(text, encoding="utf-8")
    assert main(["book", "book.toml", "--title", "ك"]) == 2, code
    assert "book.toml" in capsys.readouterr().err


def test_a_key_that_no_book_has_leads_to_the_help_of_books(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.with_name("book.toml").write_text('title = "ك"\nsources = "a"\ncolour = "red"')
    assert main(["book", "book.toml"]) == 2
    assert "exporter book --help" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "needs a title"),
        (["--title", "ك", "--number", "3"], "--series"),
        (["--title", "ك", "--series", "س", "--number", "ثلاثة"], "not the number of an issue"),
        (["--title", "ك", "--start", "verso"], "--start verso"),
        (["--title", "ك", "--index", "places"], "--index places"),
        (["--title", "ك", "-j", "0"], "no whole number"),
        (["--title", "ك", "book.toml"], "stands alone"),
        (["--title", "ك", "--date", "أمس"], "أمس"),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_read(
    article: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["book", str(article), *words]) == 2
    assert said in capsys.readouterr().err
    assert outputs(article.parent) == set()


def test_python_makes_the_book_that_the_command_makes(article: Path, ledger: Path) -> None:
    sources = [str(article), str(ledger)]
    assert main(["book", *sources, "--title", "كتاب", "--to", "epub", "-o", "one"]) == 0
    made = exporter.book(sources, title="كتاب", to="epub", output="two", jobs=2)
    assert [path.name for path in made.paths] == ["كتاب.epub"]
    assert made.paths[0].read_bytes() == Path("one/كتاب.epub").read_bytes()
    assert made.metadata.title == "كتاب"


def test_python_stops_at_the_first_source_that_fails(article: Path) -> None:
    with pytest.raises(exporter.ExporterError, match=r"none\.txt"):
        exporter.book([article, "none.txt"], title="كتاب")
    assert outputs(article.parent) == set()


@pytest.mark.usefixtures("article")  # in a folder of its own
def test_python_reads_the_sources_of_a_book_as_it_is_told() -> None:
    feed = ROOT / "seeds" / "feed.xml"
    made = exporter.book(feed, title="كتاب", to="epub", output="one", limit=1)
    assert len(chapters(made.paths[0])) == 1
    with pytest.raises(exporter.ExporterError, match=r"none\.txt"):  # asked for before the link is
        exporter.book("https://example.org/a", title="كتاب", cookies="none.txt")


def test_python_knows_the_words_of_the_command() -> None:
    words = set(inspect.signature(exporter.book).parameters) - {"sources"}
    options = {option.name for option in options_of(Command.BOOK)}
    left = {"config", "quiet", "verbose"}
    assert words == {name.replace("-", "_") for name in options - left}


@pytest.mark.usefixtures("article")
def test_python_says_what_reading_lost_and_takes_lists_as_words() -> None:
    lossy = ROOT / "seeds" / "news-scraped.txt"
    made = exporter.book(lossy, title="كتاب", to="epub", index="authors,subjects")
    (alone,) = exporter.export(lossy, to="epub")
    lost = {notice for notice in alone.notices if notice.code == "boilerplate-dropped"}
    assert lost
    assert lost <= set(made.notices)
