"""Links in a batch: what holds many is fetched once, and a site is asked by one at a time."""

from __future__ import annotations

import io
import time
import zipfile
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import exporter
from exporter.network.limits import Limits
from tests.batches.conftest import files_of, text_of
from tests.conftest import REPOSITORY
from tests.network.conftest import site  # noqa: F401 (a fixture)
from tests.network.server import Page, Site, answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

QUICK: dict[str, Any] = {"to": "epub", "cover": "none", "fonts": "none", "allow_private": True}


@pytest.fixture(autouse=True)
def home(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without a proxy, with a cache of their own."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(here.parent / "cache"))
    return here


def test_a_feed_and_an_archive_are_fetched_once_however_many_articles_they_hold(
    site: Site,  # noqa: F811
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", text_of(f"مضغوط {number}", number))
    feed = (REPOSITORY / "seeds" / "feed.xml").read_bytes()
    site.pages |= {
        "/feed": answer(feed, media_type="application/rss+xml"),
        "/all.zip": answer(packed.getvalue(), media_type="application/octet-stream"),
    }
    links = [site.url("/feed"), site.url("/all.zip")]
    done = exporter.batch(links, output="out", jobs=2, cache=False, **QUICK)
    assert (done.written, done.failures) == (2 + 4, ())
    assert sorted(site.paths) == ["/all.zip", "/feed"]
    for link in links:
        exporter.export(link, output="reference", cache=False, **QUICK)
    assert files_of(Path("out")) == files_of(Path("reference"))


def timed(times: list[float], body: str) -> Page:
    """An article, and when it was asked for."""
    stock = answer(body.encode(), media_type="text/plain; charset=utf-8")

    def page(handler: BaseHTTPRequestHandler, running: Site) -> None:
        times.append(time.monotonic())
        stock(handler, running)

    return page


def test_a_site_is_asked_by_one_process_at_a_time_with_a_pause_between(
    site: Site,  # noqa: F811
) -> None:
    times: list[float] = []
    for number in range(5):
        site.pages[f"/{number}.txt"] = timed(times, text_of(f"مقال {number}", number))
    links = [site.url(f"/{number}.txt") for number in range(5)]
    done = exporter.batch(links, output="out", jobs=3, cache=False, **QUICK)
    assert done.written == 5
    gaps = [later - earlier for earlier, later in pairwise(sorted(times))]
    assert min(gaps) > 0.9 * Limits().pause


def test_a_page_that_is_not_there_is_a_failure_of_its_own(
    site: Site,  # noqa: F811
) -> None:
    site.pages["/a.txt"] = answer(text_of("مقال").encode(), media_type="text/plain")
    done = exporter.batch(
        [site.url("/none"), site.url("/a.txt")], output="out", jobs=2, cache=False, **QUICK
    )
    assert [failure.reason.code for failure in done.failures] == ["fetch-missing"]
    assert done.written == 1
