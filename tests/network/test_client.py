"""What is fetched, and every way in which it can fail, against a server on this machine."""

from __future__ import annotations

import gzip
import random
import re
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from exporter.errors import FetchError
from exporter.messages import LANGUAGES
from exporter.network.cache import LARGEST_CACHE
from exporter.network.client import USER_AGENT
from exporter.network.cookies import cookies_in
from exporter.network.limits import Clock, Limits
from exporter.pagination import MOST_PAGES
from exporter.pictures.preparing import LARGEST_BYTES, LARGEST_SIZE, MOST_PIXELS
from tests.conftest import REPOSITORY
from tests.network.conftest import Connect
from tests.network.server import (
    CERTIFICATE,
    Page,
    Site,
    answer,
    bomb,
    dripping,
    endless,
    in_turn,
    raw,
    redirect,
    reset,
    serving,
    silent,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

PAGE = "<p>مقال</p>".encode()


def failure(connect: Connect, url: str, **given: object) -> FetchError:
    """The error of fetching an address, whose sentence is whole in both languages."""
    with pytest.raises(FetchError) as caught:
        connect(**given).fetch(url)
    for language in LANGUAGES:
        assert "{" not in caught.value.sentence(language=language)
    return caught.value


# --- what is fetched ------------------------------------------------------------------------


def test_a_page_comes_with_its_address_and_content_type(site: Site, connect: Connect) -> None:
    site.pages["/a"] = answer(PAGE, media_type='Text/HTML; Charset="Windows-1256"')
    fetched = connect().fetch(site.url("/a#part"))
    assert (fetched.url, fetched.data) == (site.url("/a"), PAGE)
    assert (fetched.media_type, fetched.charset) == ("text/html", "windows-1256")


def test_the_program_says_who_it_is(site: Site, connect: Connect) -> None:
    site.pages["/"] = answer(PAGE)
    connect().fetch(site.url(""))
    ((path, headers),) = site.requests
    assert path == "/"
    assert headers["User-Agent"] == USER_AGENT
    assert "Mozilla" not in USER_AGENT
    assert "Cookie" not in headers


def test_an_arabic_address_is_sent_as_urls_are(site: Site, connect: Connect) -> None:
    site.pages["*"] = answer(PAGE)
    connect().fetch(site.url("/مقال جديد/%D9%85?س=1&b=%20"))
    assert site.paths == [
        "/%D9%85%D9%82%D8%A7%D9%84%20%D8%AC%D8%AF%D9%8A%D8%AF/%D9%85?%D8%B3=1&b=%20"
    ]


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_a_packed_page_is_unpacked(
    encoding: str, pack: Callable[[bytes], bytes], site: Site, connect: Connect
) -> None:
    site.pages["/"] = answer(pack(PAGE), headers={"Content-Encoding": encoding})
    assert connect().fetch(site.url("/")).data == PAGE


def test_a_body_in_chunks_is_put_together(site: Site, connect: Connect) -> None:
    chunks = b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    site.pages["/"] = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert connect().fetch(site.url("/")).data == b"abcde"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int, site: Site, connect: Connect) -> None:
    site.pages |= {"/a": redirect("b?x=1", status=status), "/b": answer(PAGE)}
    assert connect().fetch(site.url("/a")).url == site.url("/b?x=1")


def test_a_cookie_that_a_redirect_sets_is_sent_on_the_way(site: Site, connect: Connect) -> None:
    site.pages["/"] = in_turn(
        answer(status=302, headers={"Location": "/", "Set-Cookie": "seen=1; Path=/"}),
        answer(PAGE),
    )
    network = connect()
    assert network.fetch(site.url("/")).data == PAGE
    assert site.requests[1][1]["Cookie"] == "seen=1"
    network.fetch(site.url("/"))
    assert "Cookie" not in site.requests[2][1]


# --- failures -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "fetch-forbidden"),
        (403, "fetch-forbidden"),
        (404, "fetch-missing"),
        (407, "fetch-proxy"),
        (410, "fetch-missing"),
        (418, "fetch-status"),
        (204, "fetch-status"),
        (304, "fetch-status"),
        (429, "fetch-busy"),
        (451, "fetch-withheld"),
        (500, "fetch-server"),
        (502, "fetch-server"),
        (503, "fetch-busy"),
    ],
)
def test_a_status_says_what_is_wrong(status: int, code: str, site: Site, connect: Connect) -> None:
    site.pages["/"] = answer(status=status)
    error = failure(connect, site.url("/"))
    assert error.code == code
    assert str(status) in str(error)
    assert str(error).startswith(site.url("/"))


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (silent(1.5), "fetch-timeout"),
        (dripping(1.5), "fetch-timeout"),
        (dripping(1.5, head=True), "fetch-timeout"),
        (reset, "fetch-broken"),
        (raw(b""), "fetch-broken"),
        (raw(b"\0\1\2\r\n\r\n"), "fetch-broken"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), "fetch-broken"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "fetch-broken"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"), "fetch-broken"),
        (endless, "fetch-too-large"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx"), "fetch-too-large"),
        (bomb("gzip", 50), "fetch-too-large"),
        (bomb("deflate", 50), "fetch-too-large"),
        (answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "fetch-encoding"),
        (answer(b"x", headers={"Content-Encoding": "br"}), "fetch-encoding"),
        (answer(b"x", media_type="video/mp4"), "fetch-content"),
        (answer(b"x", media_type="application/ZIP; a=b"), "fetch-content"),
        (redirect("file:///etc/passwd"), "fetch-scheme"),
        (redirect("data:text/html,x"), "fetch-scheme"),
        (redirect("http://[::1"), "fetch-address"),
        (redirect("/"), "fetch-redirects"),
    ],
)
def test_a_server_that_misbehaves_is_left_in_time(
    page: Page, code: str, site: Site, connect: Connect
) -> None:
    site.pages["/"] = page
    begun = time.monotonic()
    error = failure(connect, site.url("/"), tries=1, total=0.6)
    assert error.code == code
    assert time.monotonic() - begun < 1.4


def test_any_bytes_are_an_answer_or_an_error(site: Site, connect: Connect) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    whole = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        b"Transfer-Encoding: chunked\r\nLocation: /a\r\nSet-Cookie: a=b; Max-Age=9\r\n"
        b"Cache-Control: max-age=1\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"
    )
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        site.pages["*"] = raw(bytes(data))
        with suppress(FetchError):
            connect(tries=1, redirects=2).fetch(site.url("/"))


def test_a_length_that_is_too_small_does_not_bring_more(site: Site, connect: Connect) -> None:
    site.pages["/"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")
    assert connect().fetch(site.url("/")).data == b"abc"


def test_nobody_is_there(connect: Connect) -> None:
    with serving() as site:
        gone = site.url("/")
    assert failure(connect, gone).code == "fetch-refused"


def test_a_name_that_nobody_has(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object, **_more: object) -> None:
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    error = failure(connect, "https://no.example.org/a")
    assert error.code == "fetch-name"
    assert "Name or service not known" in str(error)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/", "fetch-scheme"),
        ("//example.org/", "fetch-scheme"),
        ("https://", "fetch-address"),
        ("https://a:b@example.org/", "fetch-address"),
        ("https://example.org:99999/", "fetch-address"),
        ("https://[::1/", "fetch-address"),
        ("https://a b/", "fetch-address"),
        (f"https://{'a' * 64}.org/", "fetch-address"),
    ],
)
def test_what_is_no_address_of_a_page(url: str, code: str, connect: Connect) -> None:
    assert failure(connect, url).code == code


# --- TLS ------------------------------------------------------------------------------------


@pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])
def test_a_certificate_that_nobody_signed_is_refused(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(secure=True) as site:
        site.pages["/"] = answer(PAGE)
        url = site.url("/").replace("127.0.0.1", "localhost")
        assert failure(connect, url).code == "fetch-certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert connect().fetch(url).data == PAGE
        # The certificate is another name's.
        assert failure(connect, site.url("/")).code == "fetch-certificate"
        assert site.paths == ["/"]


def test_a_server_that_speaks_no_tls(site: Site, connect: Connect) -> None:
    url = site.url("/").replace("http:", "https:")
    assert failure(connect, url, tries=1).code == "fetch-broken"


# --- further tries --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [reset, answer(status=503), answer(status=429, headers={"Retry-After": "0"}), silent(0.5)],
)
def test_what_may_be_over_soon_is_tried_again(page: Page, site: Site, connect: Connect) -> None:
    site.pages["/"] = in_turn(page, page, answer(PAGE))
    assert connect().fetch(site.url("/")).data == PAGE
    assert len(site.requests) == 3


def test_tries_have_an_end(site: Site, connect: Connect) -> None:
    site.pages |= {"/a": reset, "/b": answer(status=503)}
    assert failure(connect, site.url("/a")).code == "fetch-broken"
    assert failure(connect, site.url("/b")).code == "fetch-busy"
    assert site.paths == ["/a"] * 3 + ["/b"] * 3


def test_what_will_not_change_is_asked_once(site: Site, connect: Connect) -> None:
    for path, page in {"/a": answer(status=404), "/b": answer(status=500)}.items():
        site.pages[path] = page
        failure(connect, site.url(path))
    assert site.paths == ["/a", "/b"]


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ("2", [2.0]),
        ("Thu, 01 Jan 1970 00:16:43 GMT", [3.0]),
        ("soon", [0.01]),
        ("", [0.01]),
    ],
)
def test_a_server_that_asks_for_patience_gets_it(
    asked: str, waited: list[float], site: Site, connect: Connect
) -> None:
    site.pages["/"] = in_turn(answer(status=503, headers={"Retry-After": asked}), answer(PAGE))
    slept: list[float] = []
    clock = Clock(now=lambda: 1000.0, monotonic=lambda: 0.0, sleep=slept.append)
    connect(clock=clock, longest_wait=10.0).fetch(site.url("/"))
    assert slept == waited


@pytest.mark.parametrize("asked", ["3600", "9" * 30, "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_nobody_waits_for_an_hour(asked: str, site: Site, connect: Connect) -> None:
    site.pages["/"] = answer(status=429, headers={"Retry-After": asked})
    begun = time.monotonic()
    assert failure(connect, site.url("/")).code == "fetch-busy"
    assert time.monotonic() - begun < 1
    assert len(site.requests) == 1


def test_the_waits_double(site: Site, connect: Connect) -> None:
    site.pages["/"] = answer(status=503)
    slept: list[float] = []
    clock = Clock(now=time.time, monotonic=lambda: 0.0, sleep=slept.append)
    failure(connect, site.url("/"), clock=clock, backoff=0.25)
    assert slept == [0.25, 0.5]


def test_all_tries_together_keep_to_the_time(site: Site, connect: Connect) -> None:
    site.pages["/"] = silent(1)
    begun = time.monotonic()
    failure(connect, site.url("/"), tries=50, read=0.1, total=0.5)
    assert time.monotonic() - begun < 1


def test_a_host_is_not_asked_twice_at_once(site: Site, connect: Connect) -> None:
    site.pages["*"] = answer(PAGE)
    slept: list[float] = []
    clock = Clock(monotonic=lambda: 100.0, sleep=slept.append)
    network = connect(clock=clock, pause=0.5)
    for path in ("/a", "/b", "/c"):
        network.fetch(site.url(path))
    assert slept == [0.5, 0.5]


# --- cookies --------------------------------------------------------------------------------

COOKIES = """\
# Netscape HTTP Cookie File
127.0.0.1\tFALSE\t/\tFALSE\t4102444800\tsession\tabc
#HttpOnly_127.0.0.1\tFALSE\t/in\tFALSE\t0\tinner\tdef
127.0.0.1\tFALSE\t/\tTRUE\t4102444800\tsecure\tghi
127.0.0.1\tFALSE\t/\tFALSE\t1\told\tjkl
.example.org\tTRUE\t/\tFALSE\t4102444800\tother\tmno
"""


def test_cookies_go_to_their_own_site_only(site: Site, connect: Connect, tmp_path: Path) -> None:
    path = tmp_path / "cookies.txt"
    path.write_text(COOKIES, encoding="utf-8")
    network = connect(cookies=cookies_in(path))
    site.pages["*"] = answer(PAGE)
    network.fetch(site.url("/"))
    network.fetch(site.url("/in/a"))
    sent = [headers.get("Cookie", "") for _, headers in site.requests]
    assert sent == ["session=abc", "inner=def; session=abc"]


def test_cookies_do_not_follow_a_redirect_to_another_host(
    site: Site, connect: Connect, tmp_path: Path
) -> None:
    path = tmp_path / "cookies.txt"
    site.pages["/"] = redirect(f"http://localhost:{site.origin.rpartition(':')[2]}/b")
    path.write_text(COOKIES, encoding="utf-8")
    site.pages["/b"] = answer(PAGE)
    with pytest.MonkeyPatch.context() as patched:
        here = [(2, 1, 6, "", ("127.0.0.1", int(site.origin.rpartition(":")[2])))]
        patched.setattr("socket.getaddrinfo", lambda *_a, **_k: here)
        connect(cookies=cookies_in(path)).fetch(site.url("/"))
    assert "Cookie" in site.requests[0][1]
    assert "Cookie" not in site.requests[1][1]


def test_the_document_has_the_limits_of_the_program() -> None:
    text = (REPOSITORY / "docs" / "network.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE))
    limits = Limits()
    said = {
        "connecting": limits.connect,
        "waiting for the next bytes": limits.read,
        "an address with all its redirects and tries": limits.total,
        "the answer, unpacked": limits.size / 10**6,
        "redirects": limits.redirects,
        "tries": limits.tries,
        "wait before another try": limits.backoff,
        "pages of an article": MOST_PAGES,
        "the cache": LARGEST_CACHE / 10**6,
    }
    assert {name: float(rows[name].split()[0].rstrip(",")) for name in said} == said
    assert f"up to {limits.longest_wait:g} s" in rows["wait before another try"]
    width, height = LARGEST_SIZE
    assert f"{width} × {height} pixels" in text
    assert f"at most {LARGEST_BYTES / 10**6:g} MB" in text
    assert f"more than {MOST_PIXELS / 10**6:g}\nmillion pixels" in text
