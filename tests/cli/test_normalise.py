"""`--normalise` from the command line, the configuration file and Python."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import exporter
from exporter.cli import main

TEXT = 'رحلة الملح\n\nقال "نعم" , ثم مضى الرجل في طريقه إلى الواحة... ولم يعد منها.\n'


def shown(folder: Path) -> str:
    (book,) = folder.glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        return archive.read("EPUB/text/article-001.xhtml").decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "قال «نعم»، ثم مضى الرجل في طريقه إلى الواحة… ولم"),
        (["--normalise", "none"], 'قال "نعم" , ثم مضى الرجل في طريقه إلى الواحة... ولم'),
        (["--normalise", "no-quotes"], 'قال "نعم"، ثم مضى الرجل في طريقه إلى الواحة… ولم'),
        (["--normalise", "ellipses"], 'قال "نعم" , ثم مضى الرجل في طريقه إلى الواحة… ولم'),
    ],
)
def test_rules_are_chosen_on_the_command_line(
    article: Path, words: list[str], sentence: str
) -> None:
    article.write_text(TEXT, encoding="utf-8")
    assert main(["export", str(article), "--to", "epub", *words]) == 0
    assert sentence in shown(Path()).replace("&#34;", '"')


def test_rules_are_chosen_in_the_configuration_file(article: Path) -> None:
    article.write_text(TEXT, encoding="utf-8")
    Path("exporter.toml").write_text('normalise = ["no-quotes", "no-ellipses"]', encoding="utf-8")
    assert main(["export", str(article), "--to", "epub"]) == 0
    assert 'قال "نعم"، ثم' in shown(Path()).replace("&#34;", '"')


def test_rules_are_chosen_in_python(article: Path) -> None:
    article.write_text(TEXT, encoding="utf-8")
    (done,) = exporter.export(article, to="epub", normalise=["no-quotes", "no-marks"])
    assert 'قال "نعم" , ثم' in shown(Path()).replace("&#34;", '"')
    assert [one.detail for one in done.notices if one.code == "text-normalised"] == ["ellipses 1"]


def test_the_terminal_says_it_in_one_line(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text(TEXT, encoding="utf-8")
    main(["export", str(article), "--to", "epub"])
    (line,) = capsys.readouterr().err.splitlines()
    assert "quotation marks 2, Latin commas and question marks 1" in line
    main(["export", str(article), "--to", "epub", "-v"])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert any('"نعم" ← قال «نعم»' in line for line in lines)


def test_what_is_read_is_shown_as_its_author_typed_it(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text(TEXT, encoding="utf-8")
    main(["read", str(article), "--json"])
    read = json.loads(capsys.readouterr().out)
    assert read["body"][0]["text"].startswith('قال "نعم" , ثم')
    main(["export", str(article), "--to", "epub"])
    (book,) = Path().glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        assert read["metadata"]["identifier"] in archive.read("EPUB/content.opf").decode()


def test_a_rule_that_there_is_not_is_refused(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(article), "--normalise", "no-quotes,commas"]) == 2
    assert "--normalise commas" in capsys.readouterr().err
