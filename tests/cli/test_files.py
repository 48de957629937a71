"""What the command writes and prints when all is well."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exporter.article_json import from_json
from exporter.cli import main
from tests.cli.samples import ARTICLE, outputs, run


def test_export_writes_both_files_and_prints_their_paths(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(article), "-o", "books"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "books/عنوان المقال الأول.pdf",
        "books/عنوان المقال الأول.epub",
    ]
    assert said.err == ""
    assert Path("books/عنوان المقال الأول.pdf").read_bytes().startswith(b"%PDF-")
    assert Path("books/عنوان المقال الأول.epub").read_bytes().startswith(b"PK")
    before = {path.name: path.read_bytes() for path in Path("books").iterdir()}
    assert main(["export", str(article), "-o", "books"]) == 0
    assert {path.name: path.read_bytes() for path in Path("books").iterdir()} == before


def test_options_may_stand_anywhere(article: Path) -> None:
    other = article.with_name("ثان.txt")
    other.write_text(ARTICLE.replace("الأول\n", "الثاني\n"), encoding="utf-8")
    assert main(["export", str(article), "--to=pdf", str(other), "-o", "out"]) == 0
    assert outputs(Path("out")) == {"عنوان المقال الأول.pdf", "عنوان المقال الثاني.pdf"}


def test_an_input_that_fails_does_not_stop_the_others(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", "none.txt", str(article), "none.json", "--to", "pdf"]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == "عنوان المقال الأول.pdf\n"
    assert [line.split(":")[0] for line in said.err.splitlines()] == ["none.txt", "none.json"]


def test_two_articles_of_one_title_are_two_files(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = article.with_name("ثان.txt")
    other.write_text(ARTICLE + "\nوهذه فقرة ثالثة فيها كلام ليس في المقال الآخر أبدًا.\n", "utf-8")
    assert main(["export", str(article), str(other), "--to", "pdf"]) == 0
    assert outputs(Path()) == {"عنوان المقال الأول.pdf", "عنوان المقال الأول (2).pdf"}
    assert "belongs to another file" in capsys.readouterr().err


def test_corrections_show_and_keep_the_identifier(
    article: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["read", str(article), "--json"]) == 0
    plain = from_json(capfdbinary.readouterr().out.decode()).article.metadata
    corrections = ["--title", "عنوان آخر", "--author", "هند", "--author", "ليلى"]
    corrections += ["--publisher", "دار", "--date", "12 مايو 2024", "--language", "fa"]
    assert main(["read", str(article), "--json", *corrections]) == 0
    metadata = from_json(capfdbinary.readouterr().out.decode()).article.metadata
    assert metadata.title == "عنوان آخر"
    assert [creator.name for creator in metadata.creators] == ["هند", "ليلى"]
    assert (metadata.publisher, metadata.issued, metadata.language) == ("دار", "2024-05-12", "fa")
    assert metadata.identifier == plain.identifier != ""


def test_the_config_file_is_read_and_the_command_line_wins(article: Path) -> None:
    Path("exporter.toml").write_text('to = "epub"\noutput = "books"\n', encoding="utf-8")
    assert main(["export", str(article)]) == 0
    assert outputs(Path("books")) == {"عنوان المقال الأول.epub"}
    assert main(["export", str(article), "--to", "pdf", "--name", "اسم"]) == 0
    assert "اسم.pdf" in outputs(Path("books"))


def test_the_cover_of_the_user(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("cover.png").write_bytes(b"no picture")
    assert main(["export", str(article), "--cover", "cover.png"]) == 2
    assert "cover.png: " in capsys.readouterr().err
    assert main(["export", str(article), "--cover", "none", "--to", "epub"]) == 0
    assert outputs(Path()) == {"عنوان المقال الأول.epub"}


# --- read -----------------------------------------------------------------------------------


def test_read_json_of_several_is_json_lines_and_reads_back(
    article: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    shutil.copy(article, "ثان.txt")
    assert main(["read", ".", "--json"]) == 0
    out = capfdbinary.readouterr().out
    lines = out.decode("utf-8").splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["metadata"]["title"] == "عنوان المقال الأول"
    piped = run("read", "-", "--json", stdin=out)
    assert (piped.stdout, piped.stderr, piped.returncode) == (out, b"", 0)


def test_read_shows_an_outline(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.write_text(ARTICLE + "\nتابعونا على تويتر\nاترك تعليقًا\n", encoding="utf-8")
    assert main(["read", str(article)]) == 0
    out = capsys.readouterr().out
    assert "title         عنوان المقال الأول" in out
    assert "ليلى الكاتبة (author)" in out
    assert out.count("  paragraph     ") == 2
    assert "اترك تعليقًا" in out


def test_the_outline_shows_lists_inside_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text("# عنوان\n\nنص.\n\n3. ماء\n4. خبز:\n   - قمح\n   - شعير\n", encoding="utf-8")
    assert main(["read", str(path)]) == 0
    rows = [line[16:] for line in capsys.readouterr().out.splitlines()]
    assert [row for row in rows if row[:1] in set("34 ")][-4:] == [
        "3. ماء",
        "4. خبز:",
        "   • قمح",
        "   • شعير",
    ]


def test_the_outline_keeps_names_apart_from_what_they_belong_to(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = [
        {"type": "paragraph", "inlines": [{"type": "note-ref", "note": "fn-a-long-one"}]},
        {
            "type": "quote",
            "children": [{"type": "paragraph", "text": "العلم نور."}],
            "attribution": "قول مأثور",
        },
    ]
    notes = {"fn-a-long-one": [{"type": "paragraph", "text": "نص الهامش"}]}
    page = article.with_name("page.article.json")
    whole = {"metadata": {"title": "عنوان"}, "body": body, "notes": notes}
    page.write_text(json.dumps(whole), encoding="utf-8")
    assert main(["read", str(page)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["quote", "العلم", "نور."] in lines
    assert ["—", "قول", "مأثور"] in lines
    (note,) = [words for words in lines if words[:1] == ["note"]]
    assert note[2:] == ["نص", "الهامش"]


def test_dropped_lines_are_counted_and_shown_with_v(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text(ARTICLE + "\nتابعونا على تويتر\nاترك تعليقًا\n", encoding="utf-8")
    assert main(["export", str(article), "--to", "pdf"]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(": 2 lines of boilerplate left out (“exporter read” shows them).")
    assert main(["export", str(article), "--to", "pdf", "-v"]) == 0
    assert "اترك تعليقًا" in capsys.readouterr().err
    assert main(["export", str(article), "--to", "pdf", "-q"]) == 0
    assert capsys.readouterr().err == ""


RELATIVE = ARTICLE.replace("\n", "\n\nقبل ٣ ساعات\n", 1)


def test_a_relative_date_counts_from_now_on_standard_input_and_from_nothing_in_a_file(
    article: Path,
) -> None:
    article.write_text(RELATIVE, encoding="utf-8")
    piped = from_json(run("read", "-", "--json", stdin=RELATIVE.encode()).stdout.decode())
    issued = datetime.fromisoformat(piped.article.metadata.issued)
    ago = datetime.now(UTC) - issued
    assert timedelta(hours=2, minutes=55) < ago < timedelta(hours=3, minutes=5)
    unknown = from_json(run("read", article, "--json").stdout.decode())
    assert unknown.article.metadata.issued == ""
    assert [notice.code for notice in unknown.notices] == ["date-relative"]
    built = {"SOURCE_DATE_EPOCH": "1700000000"}
    counted = from_json(run("read", article, "--json", environment=built).stdout.decode())
    assert counted.article.metadata.issued == "2023-11-14T19:13Z"


def test_verbose_reading_shows_what_told_the_language(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(article)]) == 0
    assert "language      ar\n" in capsys.readouterr().out
    assert main(["read", "-v", str(article)]) == 0
    assert "language      ar (" in capsys.readouterr().out
