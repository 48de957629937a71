"""What the command says, and how it ends, when an input or a request is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from exporter.cli import main
from exporter.sources import LARGEST_SOURCE
from tests.cli.samples import ARTICLE, JUNK, check_failure, outputs, run

INPUTS: Mapping[str, bytes] = {
    "فارغ.txt": b"",
    "أبيض.txt": b" \n\n\t\n",
    "حشو.txt": JUNK.encode(),
    "ثنائي.txt": bytes(range(256)) * 20,
    "تالف.txt": ARTICLE.encode()[:80] + 40 * b"\xd8\x20\xff" + ARTICLE.encode()[80:],
    "كبير.txt": "ك".encode() * (LARGEST_SOURCE // 2 + 1),
    "كتاب.docx": b"PK\3\4",
    "تالف.json": b'{"metadata": ',
    "غريب.json": b'{"title": "x"}',
    "فارغ.json": b"",
}


@pytest.mark.parametrize("command", [["export", "-o", "out"], ["read"], ["read", "--json"]])
@pytest.mark.parametrize("name", INPUTS)
def test_a_bad_input_is_one_sentence(
    article: Path, *, capsys: pytest.CaptureFixture[str], name: str, command: list[str]
) -> None:
    article.with_name(name).write_bytes(INPUTS[name])
    code = main([*command, name])
    said = capsys.readouterr()
    check_failure(code, said.err, subject=name)
    assert said.out == ""
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "reference",
    ["none.txt", "empty", "https://example.org/a.txt", "www.example.org", "file:///etc/passwd"],
)
def test_a_reference_to_nothing_is_one_sentence(
    article: Path, capsys: pytest.CaptureFixture[str], reference: str
) -> None:
    article.with_name("empty").mkdir()
    article.with_name("empty").joinpath(".hidden.txt").write_text(ARTICLE, encoding="utf-8")
    check_failure(main(["export", reference]), capsys.readouterr().err, subject=reference)
    assert outputs(Path()) == set()


@pytest.mark.parametrize("folder", ["file", "file/below", "/proc/exporter"])
def test_an_unwritable_output_is_one_sentence(
    article: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    Path("file").write_text("x", encoding="utf-8")
    code = main(["export", str(article), "--to", "pdf", "-o", folder])
    check_failure(code, capsys.readouterr().err, subject=folder)
    assert outputs(Path()) == set()


GOOD = '{"metadata": {"title": "عنوان"}, "body": ["فقرة."]}'
OTHER = GOOD.replace("عنوان", "آخر")
LINES = f'{GOOD}\n[]\n\n{{"metadata": \n{OTHER}\n'


def test_a_bad_line_of_json_lines_loses_no_other(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.with_name("a.jsonl").write_text(LINES, encoding="utf-8")
    assert main(["export", "a.jsonl", "--to", "epub"]) == 1
    said = capsys.readouterr()
    assert said.out == "عنوان.epub\nآخر.epub\n"
    assert [line.split(": ")[0] for line in said.err.splitlines()] == [
        "a.jsonl, line 2",
        "a.jsonl, line 4",
    ]
    assert "column 14" in said.err


def test_a_bad_line_of_standard_input_loses_no_other() -> None:
    read = run("read", "-", "--json", stdin=LINES.encode())
    assert read.returncode == 1
    titles = [json.loads(line)["metadata"]["title"] for line in read.stdout.splitlines()]
    assert titles == ["عنوان", "آخر"]
    assert len(read.stderr.splitlines()) == 2


def test_one_line_of_two_megabytes_is_read(article: Path) -> None:
    article.write_text(f"عنوان المقال\n\n{'كلمة ' * 220_000}.\n", encoding="utf-8")
    assert main(["read", str(article)]) == 0


# --- what is wrong with a request -----------------------------------------------------------

REQUESTS: Mapping[str, Sequence[str]] = {
    "exporter": [],
    "article.txt": ["article.txt"],
    "--theme": ["--theme"],
    "exporter export": ["export"],
    "exporter read": ["read", "--json"],
    "--colour": ["export", "a.txt", "--colour", "red"],
    "none-such": ["export", "a.txt", "--theme", "none-such"],
    "docx": ["export", "a.txt", "--to", "pdf,docx"],
    "--to": ["export", "a.txt", "--to", ","],
    "a3": ["export", "a.txt", "--page", "a3"],
    "0x0mm": ["export", "a.txt", "--page", "0x0mm"],
    "99": ["export", "a.txt", "--margins", "99,99"],
    "wide": ["export", "a.txt", "--margins", "wide"],
    "--binding top": ["export", "a.txt", "--binding", "top"],
    "--justify left": ["export", "a.txt", "--justify", "left"],
    "--numerals roman": ["export", "a.txt", "--numerals", "roman"],
    "--digits roman": ["export", "a.txt", "--digits", "roman"],
    "Comic": ["export", "a.txt", "--font", "Comic"],
    "huge": ["export", "a.txt", "--font-size", "huge"],
    "12.13.2024": ["export", "a.txt", "--date", "12.13.2024x"],
    "عربي": ["read", "a.txt", "--language", "عربي"],
    "--title": ["read", "a.txt", "--title", ""],
    "--author": ["read", "a.txt", "--author", "ليلى", "--author", " "],
    "--name": ["export", "a.txt", "--name="],
    "--config": ["export", "a.txt", "--config", ""],
    "--output": ["export", "a.txt", "-o", ""],
    "a/b": ["export", "a.txt", "--name", "a/b"],
    "cover.jpg": ["export", "a.txt", "--cover", "cover.jpg"],
    "none.toml": ["export", "a.txt", "--config", "none.toml"],
    "--page": ["export", "a.txt", "--page"],
    "csh": ["completion", "csh"],
    "exporter completion": ["completion"],
    "zsh": ["completion", "bash", "zsh"],
    "now": ["doctor", "now"],
}


@pytest.mark.parametrize("subject", REQUESTS)
def test_a_wrong_request_is_one_sentence_before_anything_is_read(
    article: Path, capsys: pytest.CaptureFixture[str], subject: str
) -> None:
    assert article.exists()
    code = main(REQUESTS[subject])
    said = capsys.readouterr()
    check_failure(code, said.err, subject=subject, expected=2)
    assert said.out == ""
    assert "a.txt:" not in said.err
    assert outputs(Path()) == set()


def test_completion_without_a_shell_says_which_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["completion"]) == 2
    assert capsys.readouterr().err == (
        "exporter completion: say for which shell, one of bash, zsh, fish, "
        "as in “exporter completion bash”.\n"
    )


def test_standard_input_is_called_by_its_name() -> None:
    for language, name in (("en", "standard input: "), ("ar", "الدخل القياسي: ")):
        ended = run("read", "-", stdin=b"", environment={"LC_ALL": language})
        assert ended.stderr.decode().startswith(name)


def test_an_empty_value_in_the_config_file_is_refused(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("exporter.toml").write_text('publisher = ""\n', encoding="utf-8")
    code = main(["read", str(article)])
    check_failure(code, capsys.readouterr().err, subject="--publisher", expected=2)
