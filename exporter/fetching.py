"""Fetching: what a stage may ask of the network, and what it gets back."""

from __future__ import annotations

from typing import Protocol

from exporter.errors import FetchError
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes at an address.

    `url` is the address after all redirects; `media_type` and `charset` are those of the
    Content-Type header, in small letters, empty where it says nothing.
    """

    url: str
    data: bytes
    media_type: str = ""
    charset: str = ""


class Fetcher(Protocol):
    """Something that brings the bytes at an `http` or `https` address."""

    def fetch(self, url: str) -> Fetched:
        """Return what is at an address; raises FetchError, which says why it can't."""


class Neighbours(Protocol):
    """What lies beside an article that is no file of this machine: its pictures."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file by its path from the article; None for what isn't there."""


class NoNetwork:
    """The fetcher of a program that stays offline."""

    def fetch(self, url: str) -> Fetched:
        """Raise FetchError: nothing is fetched."""
        raise FetchError("fetch-offline", subject=url)


OFFLINE = NoNetwork()
