"""A batch writes what `export` writes, whatever the number of workers, and says what failed."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from PIL import Image

import exporter
from exporter.batches.journal import Journal
from exporter.cli import main
from exporter.cli.options import Command, options_of
from tests.batches.conftest import QUICK, articles, files_of, text_of
from tests.conftest import REPOSITORY

SEEDS = REPOSITORY / "seeds"


@pytest.fixture
def mixed(here: Path) -> list[str]:
    """Sources of every kind, with titles that stand more than once among them."""
    folder = articles(here / "articles", 5)
    readings = [next(exporter.read(path)) for path in sorted(folder.iterdir())[:3]]
    from exporter.article_json import to_json

    lines = [to_json(one).replace("عنوان المقال", "مقال آخر") for one in readings]
    (here / "lines.jsonl").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    with zipfile.ZipFile(here / "packed.zip", "w") as archive:
        for number, name in enumerate(("b.txt", "a.txt", "deep/c.md")):
            archive.writestr(name, text_of("عنوان واحد لمقالات كثيرة", 50 + number))
        archive.writestr("more.jsonl", lines[0] + "\n" + lines[1].replace("آخر", "ثالث"))
    shutil.copy(SEEDS / "feed.xml", here)
    shutil.copy(SEEDS / "saved-page.html", here)
    return ["articles", "lines.jsonl", "packed.zip", "feed.xml", "saved-page.html", "art*/00?.txt"]


def exported(sources: list[str], **words: object) -> dict[str, bytes]:
    """Return what `export` writes of the same sources."""
    shutil.rmtree("reference", ignore_errors=True)
    for source in sources:
        exporter.export(source, output="reference", **(QUICK | words))
    return files_of(Path("reference"))


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_batch_writes_the_files_of_export_under_the_same_names(
    mixed: list[str], jobs: int
) -> None:
    done = exporter.batch(mixed, output="out", jobs=jobs, **QUICK)
    assert done.failures == ()
    assert files_of(Path("out")) == exported(mixed)
    assert done.written == 5 + 3 + 5 + 2 + 1
    assert done.notices["name-taken"] == 3


def test_a_pdf_of_a_batch_is_that_of_export(here: Path) -> None:
    shutil.copy(SEEDS / "poem.txt", here)
    exporter.batch("poem.txt", output="out", page="a5", cover="none")
    exporter.export("poem.txt", output="reference", page="a5", cover="none")
    assert files_of(Path("out")) == files_of(Path("reference"))
    assert len(files_of(Path("out"))) == 2


def test_the_file_of_another_article_is_never_overwritten(here: Path) -> None:
    articles(here / "in", 2)
    Path("out").mkdir()
    taken = Path("out/عنوان واحد لمقالات كثيرة.epub")
    taken.write_bytes(b"mine")
    done = exporter.batch("in", output="out", **QUICK)
    assert taken.read_bytes() == b"mine"
    assert "عنوان واحد لمقالات كثيرة (2).epub" in files_of(Path("out"))
    assert done.notices == {"name-taken": 1}


def test_a_second_batch_replaces_the_files_of_the_first(here: Path) -> None:
    articles(here / "in", 4)
    exporter.batch("in", output="out", **QUICK)
    first = files_of(Path("out"))
    assert exporter.batch("in", output="out", **QUICK).written == 4
    assert files_of(Path("out")) == first


def test_an_article_that_is_there_twice_is_said_to_be(here: Path) -> None:
    articles(here / "one", 1)
    shutil.copytree("one", "two")
    done = exporter.batch(["one", "two"], output="out", jobs=2, **QUICK)
    assert (done.written, len(files_of(Path("out")))) == (2, 1)
    assert done.notices == {"article-again": 1}


@pytest.mark.parametrize("words", [{"limit": 2}, {"since": "2024-03-05"}, {"limit": 1}])
def test_limits_of_what_is_wanted_are_those_of_export(here: Path, words: dict[str, object]) -> None:
    for day in range(1, 8):
        text = text_of(f"مقال يوم {day}", day).replace("\n\nبقلم", f"\n\n2024-03-0{day}\n\nبقلم")
        (here / f"{day}.txt").write_text(text, encoding="utf-8")
    (here / "0.txt").write_text("", encoding="utf-8")
    shutil.copy(SEEDS / "feed.xml", here)
    sources = ["[1-7].txt", "feed.xml"]
    done = exporter.batch(["[0-7].txt", "feed.xml"], output="out", jobs=3, **(QUICK | words))
    assert files_of(Path("out")) == exported(sources, **words)
    assert done.unwanted > 0


@pytest.mark.parametrize("jobs", [1, 3])
def test_articles_of_a_source_that_holds_several_come_before_later_ones_within_a_limit(
    here: Path, jobs: int
) -> None:
    """Also when a later one was made before it was known that there are several."""
    (here / "in").mkdir()
    shutil.copy(SEEDS / "feed.xml", here / "in" / "0.xml")
    (here / "in" / "1.txt").write_text(text_of("مقال بعدها"), encoding="utf-8")
    done = exporter.batch("in/*.*", output="out", jobs=jobs, **(QUICK | {"limit": 2}))
    assert done.written == 2
    assert files_of(Path("out")) == exported(["in/*.*"], limit=2)


# --- what failed -----------------------------------------------------------------------------


def test_failures_are_listed_with_reasons_and_the_rest_is_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles(here / "in", 3)
    (here / "in" / "001.txt").write_bytes(b"\x00\x01\x02\xff\xfe" * 50)
    words = "batch in missing.txt no*.md ftp://example.org/a -o out --to epub -j 2".split()
    assert main([*words, "--cover", "none"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == ["out/batch-report.json", "out/batch-report.html"]
    *failed, summary = err.splitlines()
    assert [line.partition(":")[0] for line in failed[:3]] == [
        "in/001.txt", "missing.txt", "no*.md"
    ]  # fmt: skip
    assert "ftp" in failed[3]
    assert "written 2, failed 4" in summary
    assert len(files_of(Path("out"))) == 2


def test_the_report_has_all_of_it(here: Path) -> None:
    articles(here / "in", 4)
    (here / "in" / "002.txt").write_text("", encoding="utf-8")
    done = exporter.batch("in", output="out", **QUICK)
    report = json.loads(Path(done.report[0]).read_text(encoding="utf-8"))
    assert (report["written"], report["failed"]) == (3, 1)
    assert report["failures"][0]["source"] == "in/002.txt"
    assert report["failures"][0]["message"] == str(done.failures[0])
    written = {name for one in report["articles"] for name in one["files"]}
    assert written == files_of(Path("out")).keys()
    assert report["notices"] == {"name-taken": {"notices": 1, "articles": 1}}


def test_the_page_of_the_report_is_arabic_where_the_user_is(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(here / "in", 2)
    (here / "in" / "<b>.txt").write_text("", encoding="utf-8")
    monkeypatch.setenv("LANG", "ar_EG.UTF-8")
    assert main("batch in -o out --to epub -q".split()) == 1
    page = html.fromstring(Path("out/batch-report.html").read_bytes())
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert page.findtext(".//h1") == "تقرير الدفعة"
    assert page.findtext(".//bdi") == "in/<b>.txt"
    links = [unquote(link.get("href", "")) for link in page.iter("a")]
    assert len(links) == 2
    assert all((Path("out") / link).is_file() for link in links)


def test_the_words_of_an_article_keep_their_direction_in_the_report(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.txt").write_text('عنوان\n\nقال "نعم" ثم مضى إلى داره.\n', encoding="utf-8")
    monkeypatch.setenv("LANG", "ar_EG.UTF-8")
    main("batch a.txt -o out --to epub -q".split())
    page = html.fromstring(Path("out/batch-report.html").read_bytes())
    assert "--normalise no-quotes" in [one.text for one in page.iter("bdi")]
    isolate = "\N{FIRST STRONG ISOLATE}(.*?)\N{POP DIRECTIONAL ISOLATE}"
    assert 'قال "نعم" ← قال «نعم»' in re.findall(isolate, str(page.xpath("string()")))


def test_what_a_batch_can_not_take_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles(here / "in", 1)
    for words, said in {
        "batch -": "standard input",
        "batch in -j 0": "--jobs 0",
        "batch in --time-limit soon": "--time-limit soon",
        "batch in --page a9": "a9",
        "batch in -o nosuch://x": "nosuch",
        "batch in --theme gothic": "gothic",
    }.items():
        assert main(words.split()) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert said in line
    assert sorted(path.name for path in here.iterdir()) == ["in"]


def test_two_batches_can_not_work_on_one_output(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles(here / "in", 1)
    held = Journal(Path("out/.exporter-batch/journal.sqlite"))
    assert main("batch in -o out".split()) == 1
    assert "another batch" in capsys.readouterr().err
    held.close()
    assert main("batch in -o out --to epub".split()) == 0


# --- what is new -----------------------------------------------------------------------------


def test_only_what_changed_is_made_again(here: Path) -> None:
    articles(here / "in", 4)
    (here / "mine").mkdir()
    (here / "mine" / "theme.toml").write_text('extends = "naskh"\n', encoding="utf-8")
    style = here / "mine" / "epub.css"
    style.write_text("p { color: green }", encoding="utf-8")
    page = "![شجرة](tree.png)\n\n"
    (here / "in" / "p.md").write_text(f"# مقال بصورة\n\n{page}{text_of('ن')}", encoding="utf-8")
    Image.new("RGB", (40, 40), "green").save("in/tree.png")

    def again(**words: object) -> tuple[int, int]:
        done = exporter.batch("in", output="out", changed=True, **(QUICK | words))
        return done.written, done.unchanged

    assert again() == (5, 0)
    first = files_of(Path("out"))
    assert again() == (0, 5)
    (here / "in" / "001.txt").write_text(text_of("عنوان المقال رقم 1", 77), encoding="utf-8")
    (here / "in" / "new.txt").write_text(text_of("جديد"), encoding="utf-8")
    assert again() == (2, 4)
    Image.new("RGB", (40, 40), "red").save("in/tree.png")
    assert again() == (1, 5)
    next(Path("out").glob("*رقم 2.epub")).unlink()
    assert again() == (1, 5)
    assert files_of(Path("out")).keys() > first.keys()
    assert again(digits="western") == (6, 0)
    assert files_of(Path("out")) == exported(["in"], digits="western") | files_of(Path("out"))
    assert again(theme="./mine") == (6, 0)
    assert again(theme="./mine") == (0, 6)
    style.write_text("p { color: navy }", encoding="utf-8")
    assert again(theme="./mine") == (6, 0)


def as_lines(count: int) -> list[str]:
    """Return so many articles as lines."""
    from exporter.article_json import to_json

    paths = sorted(articles(Path("texts"), count).iterdir())
    return [to_json(next(exporter.read(path))) for path in paths]


def test_of_changed_lines_only_those_that_changed_are_made_again(here: Path) -> None:
    lines = as_lines(4)
    (here / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert exporter.batch("in.jsonl", output="out", changed=True, **QUICK).written == 4
    lines[0] = lines[0].replace("يكفي", "قد يكفي")
    (here / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = exporter.batch("in.jsonl", output="out", changed=True, **QUICK)
    assert (done.written, done.unchanged) == (1, 3)
    assert files_of(Path("out")) == exported(["in.jsonl"])


def test_lines_that_moved_while_a_batch_was_interrupted_are_read_where_they_are_now(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = as_lines(4)
    (here / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def stop(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    monkeypatch.setattr("exporter.batches.running._EVERY", 0.0)
    with pytest.raises(KeyboardInterrupt):
        exporter.batch("in.jsonl", output="out", jobs=1, progress=stop, **QUICK)
    (here / "in.jsonl").write_text("\n".join((f"{lines[0]}  ", *lines[1:])), encoding="utf-8")
    done = exporter.batch("in.jsonl", output="out", **QUICK)
    assert (done.written, done.failures) == (4, ())
    assert done.resumed > 0
    assert files_of(Path("out")) == exported(["in.jsonl"])


def test_what_failed_is_tried_again(here: Path) -> None:
    articles(here / "in", 2)
    (here / "in" / "000.txt").write_text("", encoding="utf-8")
    assert len(exporter.batch("in", output="out", changed=True, **QUICK).failures) == 1
    (here / "in" / "000.txt").write_text(text_of("أصلح"), encoding="utf-8")
    done = exporter.batch("in", output="out", changed=True, **QUICK)
    assert (done.written, done.unchanged, done.failures) == (1, 1, ())


# --- orders ----------------------------------------------------------------------------------

DIGEST = """
from exporter.batch_api import *
from exporter.batches.order import order_of
from exporter.api import Wanted, corrections_of, options_of
from exporter.choices import Settings
order = order_of(
    options=options_of(
        access_of(offline=True, cache=True, allow_private=False, cookies=""),
        images="embed", keep_everything=False, wanted=Wanted("", 0, ""),
    ),
    corrections=corrections_of("", ["هند"], publisher="", date="", language=""),
    theme="naskh", settings=Settings(), formats=("epub",), cover=cover_of("none"),
)
print(order.digest)
"""


def test_an_order_is_known_again_in_another_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(digests) == 1


def test_the_words_of_the_command_are_those_of_python() -> None:
    words = set(inspect.signature(exporter.batch).parameters) - {"sources", "progress"}
    flags = {option.name.replace("-", "_") for option in options_of(Command.BATCH)}
    assert words == flags - {"config", "verbose", "quiet"}
