"""Access: how far a user lets the program go into the network, and the Fetcher for it."""

from __future__ import annotations

import os
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.fetching import Fetched, Fetcher
from exporter.records import dataclass

if TYPE_CHECKING:
    from http.cookiejar import Cookie


class Mode(StrEnum):
    """Whether the network is asked, or the cache alone."""

    ONLINE = "online"
    OFFLINE = "offline"


class Reach(StrEnum):
    """Which machines may be reached: those of the public internet, or any."""

    PUBLIC = "public"
    ANY = "any"


class Keeping(StrEnum):
    """Where answers are kept for another time."""

    DISK = "disk"
    NOWHERE = "nowhere"


class Pacing(StrEnum):
    """Who takes turns at a host: the threads of this process, or all processes of this user."""

    PROCESS = "process"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Access:
    """What the program may do in the network, and the cookies that it shows there."""

    mode: Mode = Mode.ONLINE
    reach: Reach = Reach.PUBLIC
    keeping: Keeping = Keeping.DISK
    cookies: tuple[Cookie, ...] = ()
    pacing: Pacing = Pacing.PROCESS


def access_of(*, offline: bool, cache: bool, allow_private: bool, cookies: str | Path) -> Access:
    """Return the access that the words of the command ask for.

    Raises UsageError when the file of cookies can't be used.
    """
    given: tuple[Cookie, ...] = ()
    if str(cookies):
        from exporter.network.cookies import cookies_in

        given = cookies_in(Path(cookies))
    return Access(
        mode=Mode.OFFLINE if offline else Mode.ONLINE,
        reach=Reach.ANY if allow_private else Reach.PUBLIC,
        keeping=Keeping.DISK if cache else Keeping.NOWHERE,
        cookies=given,
    )


class NetworkOnUse:
    """A Fetcher that is made when it is first asked: most articles need no network at all."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def fetch(self, url: str) -> Fetched:
        """Return what is at an address; raises FetchError, and UsageError for a wrong proxy."""
        return self._network.fetch(url)

    @cached_property
    def _network(self) -> Fetcher:
        from exporter.kept import cache_folder
        from exporter.network.cache import DiskCache, NoCache
        from exporter.network.client import Network
        from exporter.network.limits import Limits
        from exporter.network.proxies import proxies_of_environment
        from exporter.network.transport import Wire

        limits = Limits()
        own = cache_folder(os.environ)
        folder = own if self.access.keeping is Keeping.DISK else None
        is_shared = own and self.access.pacing is Pacing.USER
        return Network(
            Wire(limits, self.access.reach, proxies_of_environment()),
            limits=limits,
            mode=self.access.mode,
            cache=DiskCache(folder) if folder else NoCache(),
            cookies=self.access.cookies,
            turns=own / "turns" if own and is_shared else None,
        )
