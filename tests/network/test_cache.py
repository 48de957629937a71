"""What was fetched is used again as its site allows, and offline whatever it allows."""

from __future__ import annotations

import os
import stat
from email.utils import formatdate
from pathlib import Path

import pytest

from exporter.errors import FetchError, UsageError
from exporter.kept import cache_folder
from exporter.network.access import Keeping, Mode, access_of
from exporter.network.cache import DiskCache, Stored
from exporter.network.cookies import cookies_in
from exporter.network.freshness import lifetime
from exporter.network.limits import Clock
from exporter.network.transport import Response
from tests.network.conftest import Connect
from tests.network.server import Site, answer, conditional, redirect

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


class Day:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0
        self.clock = Clock(now=lambda: self.seconds)


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "below" / "cache")


def test_a_fresh_page_is_not_asked_for_again(
    site: Site, connect: Connect, cache: DiskCache
) -> None:
    day = Day()
    site.pages["/"] = answer(b"one", headers={"Cache-Control": "max-age=60"})
    for _ in range(2):
        fetched = connect(cache=cache, clock=day.clock).fetch(site.url("/"))
        assert (fetched.data, fetched.media_type, fetched.charset) == (b"one", "text/html", "utf-8")
    assert len(site.requests) == 1
    day.seconds += 61
    connect(cache=cache, clock=day.clock).fetch(site.url("/"))
    assert len(site.requests) == 2


def test_a_page_that_has_not_changed_is_not_sent_again(
    site: Site, connect: Connect, cache: DiskCache
) -> None:
    day = Day()
    site.pages["/"] = conditional(b"one", etag='"1"', headers={"Cache-Control": "max-age=9"})
    for _ in range(3):
        assert connect(cache=cache, clock=day.clock).fetch(site.url("/")).data == b"one"
        day.seconds += 8
    asked = [headers.get("If-None-Match") for _, headers in site.requests]
    assert asked == [None, '"1"']  # the answer without a body made the page fresh once more
    site.pages["/"] = conditional(b"two", etag='"2"')
    day.seconds += 100
    assert connect(cache=cache, clock=day.clock).fetch(site.url("/")).data == b"two"


@pytest.mark.parametrize("said", ["no-store", "private, No-Store"])
def test_what_may_not_be_kept_is_not(
    said: str, site: Site, connect: Connect, cache: DiskCache
) -> None:
    site.pages["/"] = answer(b"one", headers={"Cache-Control": said})
    connect(cache=cache).fetch(site.url("/"))
    assert not cache.folder.exists()


@pytest.mark.parametrize("status", [404, 503])
def test_failures_are_not_kept(status: int, site: Site, connect: Connect, cache: DiskCache) -> None:
    site.pages["/"] = answer(status=status)
    with pytest.raises(FetchError):
        connect(cache=cache, tries=1).fetch(site.url("/"))
    assert not cache.folder.exists()


HEADERS: list[tuple[dict[str, str], float]] = [
    ({}, 0),
    ({"cache-control": "max-age=60"}, 60),
    ({"cache-control": 'private, max-age="60"', "age": "20"}, 40),
    ({"cache-control": "no-cache, max-age=60"}, 0),
    ({"cache-control": "max-age=sixty"}, 0),
    ({"cache-control": "max-age=60", "vary": "*"}, 0),
    ({"expires": formatdate(1100), "date": formatdate(1000)}, 100),
    ({"expires": "0", "date": formatdate(1000)}, 0),
    ({"expires": formatdate(1100), "cache-control": "max-age=5"}, 5),
    ({"last-modified": formatdate(1000), "date": formatdate(2000)}, 100),
    ({"last-modified": formatdate(1), "date": formatdate(10**9)}, 86_400),
    ({"last-modified": "Thu", "date": formatdate(2000)}, 0),
]


@pytest.mark.parametrize(("headers", "seconds"), HEADERS)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: float) -> None:
    assert lifetime(Response(200, headers)) == seconds


# --- offline --------------------------------------------------------------------------------


def test_offline_everything_comes_from_the_cache(
    site: Site, connect: Connect, cache: DiskCache
) -> None:
    site.pages |= {
        "/a": redirect("/b"),
        "/b": answer(b"one", headers={"Cache-Control": "no-cache"}),
    }
    online = connect(cache=cache).fetch(site.url("/a"))
    asked = len(site.requests)
    assert connect(cache=cache, mode=Mode.OFFLINE).fetch(site.url("/a")) == online
    assert len(site.requests) == asked


def test_offline_what_was_never_fetched_is_an_error(
    site: Site, connect: Connect, cache: DiskCache
) -> None:
    with pytest.raises(FetchError, match="--offline") as caught:
        connect(cache=cache, mode=Mode.OFFLINE).fetch(site.url("/"))
    assert caught.value.code == "fetch-not-cached"
    assert "--offline" in caught.value.sentence(language="ar")
    assert site.requests == []


# --- on disk --------------------------------------------------------------------------------


def stored(body: bytes) -> Stored:
    return Stored(Response(200, {"etag": "x"}, body), 1.0)


def test_what_is_kept_is_the_users_own(cache: DiskCache) -> None:
    cache.put("a", stored(b"x\ny"))
    (path,) = cache.folder.iterdir()
    assert cache.get("a") == stored(b"x\ny")
    assert cache.get("b") is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damaged", [b"", b"{}", b"\xff\n", b"[]\nx", b'{"form": 1, "size": 1}\nab']
)
def test_a_damaged_file_counts_for_nothing(damaged: bytes, cache: DiskCache) -> None:
    cache.put("a", stored(b"x"))
    (path,) = cache.folder.iterdir()
    path.write_bytes(damaged)
    assert cache.get("a") is None
    cache.put("a", stored(b"y"))
    assert cache.get("a") == stored(b"y")


def test_a_cache_cut_short_counts_for_nothing(cache: DiskCache) -> None:
    cache.put("a", stored(b"whole"))
    (path,) = cache.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.get("a") is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, largest=3000)
    for number, key in enumerate("abc"):
        cache.put(key, stored(b"x" * 900))
        path = cache._path(key)
        os.utime(path, (number, number))
    assert cache.get("a")  # used just now
    cache.put("d", stored(b"x" * 900))
    assert [key for key in "abcd" if cache._path(key).exists()] == ["a", "c", "d"]


def test_a_folder_that_cant_be_written_stops_nothing(
    site: Site, connect: Connect, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    site.pages["/"] = answer(b"one")
    assert connect(cache=DiskCache(tmp_path / "file")).fetch(site.url("/")).data == b"one"


def test_what_was_read_with_cookies_is_kept_apart(
    site: Site, connect: Connect, cache: DiskCache, tmp_path: Path
) -> None:
    path = tmp_path / "cookies.txt"
    path.write_text(
        "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t4102444800\ta\tb\n",
        encoding="utf-8",
    )
    site.pages["/"] = answer(b"one", headers={"Cache-Control": "max-age=60"})
    connect(cache=cache).fetch(site.url("/"))
    connect(cache=cache, cookies=cookies_in(path)).fetch(site.url("/"))
    connect(cache=cache).fetch(site.url("/"))
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/arabic-exporter"),
        ({"HOME": "/h"}, "/h/.cache/arabic-exporter"),
        ({}, None),
    ],
)
def test_the_folder_is_that_of_the_system(
    environment: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder(environment) == (Path(folder) if folder else None)


# --- the words of the user ------------------------------------------------------------------


def test_the_words_of_a_user_are_access() -> None:
    access = access_of(offline=True, cache=False, allow_private=False, cookies="")
    assert (access.mode, access.keeping, access.cookies) == (Mode.OFFLINE, Keeping.NOWHERE, ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "can't be read"),
        (b"{}", "Netscape"),
        (b"# Netscape HTTP Cookie File\na\tb\n", "Netscape"),
    ],
)
def test_a_file_that_holds_no_cookies(data: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "cookies.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=words):
        access_of(offline=False, cache=True, allow_private=False, cookies=path)
