"""Cookies: those of a user's file, each sent to its own domain only."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from email.message import Message
from http.client import HTTPResponse
from http.cookiejar import Cookie, CookieJar, LoadError, MozillaCookieJar
from pathlib import Path
from typing import cast
from urllib.request import Request

from exporter.errors import UsageError, reason_of


def cookies_in(path: Path) -> tuple[Cookie, ...]:
    """Return the cookies of a file `cookies.txt` in Netscape's form, as browsers export it.

    Raises UsageError when it can't be read or is of another form.
    """
    jar = MozillaCookieJar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it takes a broken line for an error of its own
            jar.load(str(path), ignore_discard=True, ignore_expires=True)
    except LoadError as error:
        raise UsageError("cookies-wrong", subject=str(path)) from error
    except (OSError, ValueError) as error:
        detail = reason_of(error)
        raise UsageError("cookies-unreadable", subject=str(path), detail=detail) from error
    for cookie in jar:
        # Browsers' extensions write 0 for a cookie that lasts as long as the browser is open.
        cookie.expires = cookie.expires or None
    return tuple(jar)


class Session:
    """The cookies of one fetch: the user's, and what its redirects set on the way."""

    def __init__(self, cookies: Iterable[Cookie]) -> None:
        self._jar = CookieJar()
        for cookie in cookies:
            self._jar.set_cookie(cookie)

    def header(self, url: str) -> str:
        """Return what the header Cookie says to an address, empty when there is nothing."""
        request = _request(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""

    def keep(self, lines: Iterable[str], url: str) -> None:
        """Keep what the Set-Cookie lines of an answer say."""
        self._jar.extract_cookies(cast(HTTPResponse, _Answer(lines)), _request(url))


def _request(url: str) -> Request:
    return Request(url)  # noqa: S310 - it is never opened


class _Answer:
    """As much of an answer as `CookieJar` looks at."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._message = Message()
        for line in lines:
            self._message["Set-Cookie"] = line

    def info(self) -> Message:
        return self._message
