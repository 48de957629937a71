"""Links from end to end: the command and the API, against a site on this machine."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import exporter
from exporter import readers
from exporter.article import Article, Figure, Image, Metadata, Paragraph, Reading, Text
from exporter.cli import main
from exporter.errors import FetchError
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from tests.network.server import Site, answer, redirect
from tests.pictures.samples import drawn, file

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

ARTICLE = """\
عنوان المقال الأول

بقلم: ليلى الكاتبة

هذه الفقرة الأولى من المقال وفيها كلام طويل يكفي لكي تكون فقرة، وهي تنتهي بنقطة.
""".encode()
FRESH = {"Cache-Control": "max-age=1000"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without a proxy, without a config file and with a cache of their own."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "EXPORTER_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code, the output and the complaints of a command."""
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_link_is_exported(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.pages |= {
        "/short": redirect("/2024/article.txt"),
        "/2024/article.txt": answer(ARTICLE, media_type="text/plain; charset=utf-8"),
    }
    code, out, err = said(
        capsys, "export", site.url("/short"), "--allow-private", "-o", "books", "--to", "epub"
    )
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(Path("books") / "عنوان المقال الأول.epub")]


def test_a_link_to_this_machine_needs_leave(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "read", site.url("/a"))
    assert (code, out) == (1, "")
    assert "--allow-private" in err
    assert err.count("\n") == 1
    assert site.requests == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_link_that_fails_is_one_sentence_and_the_others_are_read(
    language: str, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", f"{language}.UTF-8")
    site.pages["/b.txt"] = answer(ARTICLE, media_type="text/plain")
    code, out, err = said(
        capsys, "read", site.url("/a"), site.url("/b.txt"), "file:/c", "--allow-private"
    )
    assert code == 1
    assert "عنوان المقال الأول" in out
    lines = err.splitlines()
    assert len(lines) == 2
    assert {site.url("/a"), "file:/c"} == {line.partition(": ")[0] for line in lines}
    assert any("404" in line for line in lines)


def test_offline_the_cache_is_read(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.pages["/a.txt"] = answer(ARTICLE, media_type="text/plain")
    words = ("read", site.url("/a.txt"), "--allow-private")
    assert said(capsys, *words, "--no-cache")[0] == 0
    assert said(capsys, *words, "--offline")[0] == 1
    assert said(capsys, *words)[0] == 0
    assert said(capsys, *words, "--offline")[0] == 0
    assert site.paths == ["/a.txt"] * 2


def test_the_config_file_may_keep_the_program_offline(
    site: Site, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "exporter.toml").write_text("offline = true\nallow-private = true\n")
    site.pages["/a.txt"] = answer(ARTICLE, media_type="text/plain")
    assert said(capsys, "read", site.url("/a.txt"))[0] == 1
    assert said(capsys, "read", site.url("/a.txt"), "--no-offline")[0] == 0


def test_cookies_come_from_a_file(
    site: Site, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "cookies.txt").write_text(
        "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc\n"
    )
    site.pages["/a.txt"] = answer(ARTICLE, media_type="text/plain")
    words = ("read", site.url("/a.txt"), "--allow-private", "--cookies", "cookies.txt")
    assert said(capsys, *words)[0] == 0
    assert site.requests[0][1]["Cookie"] == "session=abc"
    code, _, err = said(capsys, *words[:-1], "none.txt")
    assert code == 2
    assert "none.txt" in err


def test_what_is_no_article_says_so(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.pages["/a"] = answer(file("PNG"), media_type="image/png")
    code, _, err = said(capsys, "read", site.url("/a"), "--allow-private")
    assert code == 1
    assert "image/png" in err


# --- pictures -------------------------------------------------------------------------------


@pytest.fixture
def illustrated(home: Path) -> Path:
    """An article with a picture beside it, one on the web, and one that isn't there."""
    document = {
        "metadata": {"title": "مقال مصور"},
        "body": [
            "فقرة.",
            {"type": "figure", "image": "صورة.webp", "caption": "أولى"},
            {"type": "figure", "image": "ORIGIN/a.png", "caption": "ثانية"},
            {"type": "figure", "image": "../secret.png", "caption": "ثالثة"},
        ],
    }
    folder = home / "articles"
    folder.mkdir()
    (folder / "صورة.webp").write_bytes(file("WEBP", drawn()))
    (home / "secret.png").write_bytes(file("PNG"))
    path = folder / "a.article.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def located(illustrated: Path, site: Site) -> Path:
    text = illustrated.read_text(encoding="utf-8").replace("ORIGIN", site.origin)
    illustrated.write_text(text, encoding="utf-8")
    site.pages["/a.png"] = answer(file("PNG", drawn(size=(30, 30))), media_type="image/png")
    return illustrated


def test_pictures_are_in_the_book(
    located: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("export", str(located), "--to", "epub", "--name", "book", "--allow-private")
    code, _, err = said(capsys, *words)
    assert code == 0
    assert "../secret.png: the picture lies outside" in err
    assert "“ثالثة”" in err  # its caption
    assert err.count("\n") == 2
    with zipfile.ZipFile(home / "book.epub") as book:
        names = [name for name in book.namelist() if "picture" in name]
        (opf,) = [name for name in book.namelist() if name.endswith(".opf")]
        package = book.read(opf).decode()
    assert [Path(name).suffix for name in names] == [".jpg", ".png"]
    assert package.count('media-type="image/jpeg"') == 1


def test_the_article_in_json_holds_its_pictures(
    located: Path, site: Site, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    _, out, _ = said(capsys, "read", str(located), "--json", "--allow-private")
    resources = json.loads(out)["resources"]
    assert [one["media_type"] for one in resources] == ["image/jpeg", "image/png"]
    elsewhere = home / "elsewhere.article.json"
    elsewhere.write_text(out, encoding="utf-8")
    asked = len(site.requests)
    assert said(capsys, "read", str(elsewhere), "--json")[1] == out
    assert len(site.requests) == asked


@pytest.mark.parametrize("images", ["none", "NONE"])
def test_without_pictures_nothing_is_fetched(
    images: str, located: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "read", str(located), "--json", "--images", images)
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert [block["text"] for block in document["body"]] == ["فقرة."]
    assert (document["resources"], document["notices"], site.requests) == ([], [], [])


def test_an_unknown_choice_about_pictures(
    located: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "read", str(located), "--images", "some")
    assert code == 2
    assert "embed, grey, none" in err


def test_the_api_has_the_same_words(located: Path, site: Site) -> None:
    (reading,) = exporter.read(located, allow_private=True, images="grey", cache=False)
    assert len(reading.article.resources) == 2
    with pytest.raises(FetchError):
        list(exporter.read(site.url("/a.txt"), offline=True))
    article = Article(
        Metadata("مقال"),
        (Paragraph((Text("نص."),)), Figure(Image(site.url("/a.png"), "رسم"))),
    )
    (made,) = exporter.export(article, to="epub", allow_private=True)
    assert len(made.article.resources) == 1
    (made,) = exporter.export(article, to="epub", allow_private=False)
    assert "fetch-private" in made.notices[0].detail


# --- pages ----------------------------------------------------------------------------------


def read_page(source: Source, _options: ReadingOptions) -> Iterator[Reading]:
    """A reader of HTML for this test: the paragraphs of a page."""
    from lxml import html

    root = html.document_fromstring(source.data.decode())
    body = tuple(Paragraph((Text(p.text or ""),)) for p in root.iter("p"))
    yield Reading(Article(Metadata(root.findtext(".//h1") or ""), body))


def test_an_article_in_pages_is_one(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(readers.READERS, ".html", "tests.network.test_links:read_page")
    text = (
        "<h1>حكاية المرفأ</h1><p>{}</p><a href='/story?page=2'>2</a><a href='/story?page=3'>3</a>"
    )
    for number, path in enumerate(("/story", "/story?page=2", "/story?page=3"), start=1):
        site.pages[path] = answer(text.format(f"جزء {number}").encode(), headers=FRESH)
    code, out, err = said(capsys, "read", site.url("/story"), "--json", "--allow-private")
    assert (code, err) == (0, "")
    (line,) = out.splitlines()
    assert [one["text"] for one in json.loads(line)["body"]] == ["جزء 1", "جزء 2", "جزء 3"]
    site.pages.clear()
    _, again, _ = said(capsys, "read", site.url("/story"), "--json", "--allow-private", "--offline")
    assert again == out
