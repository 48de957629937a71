"""References to bytes: files, folders, standard input, and what is none of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from exporter import sources
from exporter.errors import FetchError, SourceError
from exporter.fetching import Fetched
from exporter.readers import READERS
from exporter.sources import Source, load, locate, open_sources, split


def test_a_folder_gives_its_articles_in_order(tmp_path: Path) -> None:
    for name in ("ب.txt", "أ.txt", "c.json", "d.JSONL", ".hidden.txt", "e.pdf", "LICENSE"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "below.txt").mkdir()
    found = open_sources([str(tmp_path)], endings=READERS, stdin=None)
    assert [source.name for source in found] == ["c.json", "d.JSONL", "أ.txt", "ب.txt"]


def test_a_source_is_named_as_the_user_typed_it(tmp_path: Path) -> None:
    path = tmp_path / "مقال.txt"
    path.write_bytes(b"x")
    assert load(str(path), stdin=None) == Source(str(path), "مقال.txt", b"x", folder=str(tmp_path))


def test_a_broken_link_in_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("none.txt")
    (location,) = locate(str(tmp_path), endings=READERS)
    with pytest.raises(SourceError, match="no such file"):
        load(location, stdin=None)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("نص".encode(), ""),
        (b'{"metadata": {}}', "stdin.json"),
        (b'\xef\xbb\xbf\n{ "body" : []}', "stdin.json"),
        ("{قل هو الله أحد}".encode(), ""),
        ('{"قال": ثم سكت}'.encode(), ""),
    ],
)
def test_standard_input_is_text_or_what_read_json_prints(data: bytes, name: str) -> None:
    assert load("-", stdin=BytesIO(data)) == Source("-", name, data)


ONE = b'{"metadata": {"title": "x"}, "body": ["x"]}'
OVER_LINES = b'{"metadata": {"title": "x"},\n"body": [\n{"type": "rule"}\n]}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.jsonl", "A.JSONL", "stdin.json"])
def test_every_line_of_json_lines_is_a_source(name: str, encoding: str) -> None:
    lines = (ONE.decode(), "", '{"metadata": "ناقص', " ", ONE.decode(), "")
    data = "\r\n".join(lines).encode(encoding)
    found = list(split(Source("a", name, data)))
    assert [source.location for source in found] == ["a, line 1", "a, line 3", "a, line 5"]
    assert [source.data.decode().strip() for source in found] == [lines[0], lines[2], lines[4]]
    assert {source.name for source in found} == {name}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b"\n" + ONE + b"\n"),
        ("a.jsonl", b"\n \n"),
        ("a.jsonl", b"\xff\xfe\n\n\n"),
        ("a.json", OVER_LINES),
        ("stdin.json", OVER_LINES + b"\n" + OVER_LINES),
        ("stdin.json", b'{"body": ' + b"[" * 100_000 + b"}\n" + b"x"),
        ("a.txt", ONE + b"\n" + ONE),
        ("", "سطر\nوسطر".encode()),
    ],
)
def test_anything_else_is_a_source_as_it_is(name: str, data: bytes) -> None:
    source = Source("a", name, data)
    assert list(split(source)) == [source]


@pytest.mark.parametrize(
    ("link", "location"),
    [
        ("http://a.org", "http://a.org"),
        ("HTTPS://a.org/x.txt", "HTTPS://a.org/x.txt"),
        ("www.a.org/x", "https://www.a.org/x"),
    ],
)
def test_a_link_is_never_a_file(
    link: str, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert locate(link, endings=READERS) == (location,)
    with pytest.raises(FetchError, match="nothing is fetched"):
        load(location, stdin=None)


@pytest.mark.parametrize("link", ["feed:x", "s3://a/b", "file:/a", "ftp://a", "data:text/html,x"])
def test_a_link_that_cant_be_read_says_so(link: str) -> None:
    with pytest.raises(SourceError, match="only links of http and https") as caught:
        locate(link, endings=READERS)
    assert str(caught.value).startswith(link)


class Web:
    """A web of one page."""

    def fetch(self, url: str) -> Fetched:
        assert url == "https://www.a.org/x"
        return Fetched(
            "https://a.org/2024/%D9%85%D9%82%D8%A7%D9%84.html?a=b", b"x", "text/html", "utf-8"
        )


def test_a_link_is_fetched_and_named_after_the_end_of_its_address() -> None:
    (source,) = open_sources(["www.a.org/x"], endings=READERS, stdin=None, fetcher=Web())
    assert source == Source(
        "https://www.a.org/x",
        "مقال.html",
        b"x",
        url="https://a.org/2024/%D9%85%D9%82%D8%A7%D9%84.html?a=b",
        media_type="text/html",
        charset="utf-8",
    )


@pytest.mark.parametrize("name", ["C:\\a.txt", "ملاحظة: كلام.txt", "httpd.txt", "a//b.txt"])
def test_a_name_that_looks_a_little_like_a_link_is_a_file(name: str) -> None:
    assert locate(name, endings=READERS) == (name,)


def test_the_limit_of_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_SOURCE", 2_000_000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2_000_000)
    assert len(load(str(path), stdin=None).data) == 2_000_000
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(SourceError, match="larger than 2 MB"):
        load(str(path), stdin=None)
    with pytest.raises(SourceError, match="larger than 2 MB"):
        load("-", stdin=BytesIO(b"x" * 2_000_001))


@pytest.mark.parametrize("location", ["none.txt", "a\0b", "x" * 5000, "-"])
def test_what_cant_be_read_is_a_source_error(location: str) -> None:
    with pytest.raises(SourceError) as caught:
        load(location, stdin=None)
    assert str(caught.value).startswith("standard input" if location == "-" else location)
