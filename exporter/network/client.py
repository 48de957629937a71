"""The client: a Fetcher that follows redirects, tries again politely and remembers answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from http.cookiejar import Cookie
from pathlib import Path

from exporter.errors import FetchError
from exporter.fetching import Fetched
from exporter.network.access import Mode
from exporter.network.addresses import Address, address_of
from exporter.network.cache import Cache, NoCache, Stored
from exporter.network.content import ACCEPTED_ENCODINGS, content_type
from exporter.network.cookies import Session
from exporter.network.freshness import lifetime, may_be_stored, wait_of
from exporter.network.limits import Clock, Limits
from exporter.network.pace import Pace, SharedPace
from exporter.network.transport import RETRIED, Response, Transport
from exporter.version import __version__

USER_AGENT = f"arabic-exporter/{__version__}"
"""The name that every request gives: the program's own, and no browser's."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STORED = _REDIRECTS | {200}
_OVERLOADED = frozenset({429, 502, 503, 504})
_STATUSES = {
    401: "fetch-forbidden",
    403: "fetch-forbidden",
    404: "fetch-missing",
    407: "fetch-proxy",
    410: "fetch-missing",
    429: "fetch-busy",
    451: "fetch-withheld",
    503: "fetch-busy",
}


class Network:
    """The network as a Fetcher; one of them serves a whole run, in any number of threads."""

    def __init__(
        self,
        transport: Transport,
        *,
        limits: Limits = Limits(),
        mode: Mode = Mode.ONLINE,
        cache: Cache = NoCache(),
        cookies: Iterable[Cookie] = (),
        clock: Clock = Clock(),
        turns: Path | None = None,
    ) -> None:
        self._transport = transport
        self._limits = limits
        self._mode = mode
        self._cache = cache
        self._cookies = tuple(cookies)
        self._clock = clock
        self._pace = SharedPace(limits.pause, clock, turns) if turns else Pace(limits.pause, clock)

    def fetch(self, url: str) -> Fetched:
        """Return what is at an `http` or `https` address after all redirects.

        Raises FetchError: each kind of failure has a code of its own.
        """
        end = self._clock.monotonic() + self._limits.total
        session = Session(self._cookies)
        address = address_of(url)
        for _ in range(self._limits.redirects + 1):
            response = self._answer(address, session, end)
            location = response.headers.get("location", "")
            if response.status not in _REDIRECTS or not location:
                return _fetched(response, address)
            session.keep(response.cookies, address.url)
            address = address.joined(location)
        most = str(self._limits.redirects)
        raise FetchError("fetch-redirects", subject=url, detail=most)

    def _answer(self, address: Address, session: Session, end: float) -> Response:
        """Return the answer of one address, from the cache where that is right."""
        key = self._key(address)
        stored = self._cache.get(key)
        if self._mode is Mode.OFFLINE:
            if stored is None:
                raise FetchError("fetch-not-cached", subject=address.url)
            return stored.response
        now = self._clock.now()
        if stored and stored.arrived <= now < stored.arrived + lifetime(stored.response):
            return stored.response
        headers = _headers(session.header(address.url), stored)
        response = self._persistent(address, headers, end)
        if response.status == 304 and stored:
            # RFC 9111 §4.3.4: the answer that is kept gets the new headers.
            kept = {**stored.response.headers, **_about_freshness(response)}
            response = replace(stored.response, headers=kept)
        if response.status in _STORED and may_be_stored(response):
            self._cache.put(key, Stored(response, self._clock.now()))
        return response

    def _key(self, address: Address) -> str:
        """Return the key of an address in the cache: another reader's page is another one."""
        header = Session(self._cookies).header(address.url)
        return f"{address.url} {sha256(header.encode()).hexdigest()}" if header else address.url

    def _persistent(self, address: Address, headers: dict[str, str], end: float) -> Response:
        """Return an answer, after further tries where one may help and time is left."""
        for attempt in range(1, self._limits.tries + 1):
            backoff = self._limits.backoff * 2 ** (attempt - 1)
            is_last = attempt == self._limits.tries
            try:
                response = self._sent(address, headers, end)
            except FetchError as error:
                if error.code not in RETRIED or is_last or not self._has_waited(backoff, end):
                    raise
                continue
            if response.status not in _OVERLOADED:
                return response
            asked = wait_of(response.headers.get("retry-after", ""), self._clock.now())
            if is_last or not self._has_waited(max(asked, backoff), end):
                return response
        raise AssertionError("the last try returns or raises")

    def _sent(self, address: Address, headers: dict[str, str], end: float) -> Response:
        with self._pace.turn(address.host):
            seconds = end - self._clock.monotonic()
            if seconds <= 0:
                raise FetchError("fetch-timeout", subject=address.url)
            return self._transport(address, headers, seconds)

    def _has_waited(self, seconds: float, end: float) -> bool:
        """Wait, unless that is longer than one waits or than there is time."""
        if seconds > min(self._limits.longest_wait, end - self._clock.monotonic()):
            return False
        self._clock.sleep(seconds)
        return True


def _headers(cookie: str, stored: Stored | None) -> dict[str, str]:
    known = stored.response.headers if stored else {}
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "text/html, application/xhtml+xml, image/*;q=0.9, */*;q=0.8",
        "Accept-Encoding": ACCEPTED_ENCODINGS,
        "Connection": "close",
        "Cookie": cookie,
        "If-None-Match": known.get("etag", ""),
        "If-Modified-Since": known.get("last-modified", ""),
    }
    return {name: value for name, value in headers.items() if value}


def _about_freshness(response: Response) -> dict[str, str]:
    names = ("cache-control", "date", "expires", "etag", "last-modified", "age", "vary")
    return {name: response.headers[name] for name in names if name in response.headers}


def _fetched(response: Response, address: Address) -> Fetched:
    if response.status not in {200, 203}:
        status = response.status
        code = _STATUSES.get(status, "fetch-server" if status >= 500 else "fetch-status")
        raise FetchError(code, subject=address.url, detail=str(status))
    media_type, charset = content_type(response.headers)
    return Fetched(address.url, response.body, media_type, charset)
