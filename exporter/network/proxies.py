"""Proxies: what the environment says about the way out of this network."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit
from urllib.request import (  # type: ignore[attr-defined] # typeshed lacks the second
    getproxies_environment,
    proxy_bypass_environment,
)

from urllib3.util import make_headers

from exporter.errors import UsageError
from exporter.records import dataclass

_USUAL_PORT = 80


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy and the hosts (`no_proxy`) that are reached without it."""

    host: str
    port: int
    headers: Mapping[str, str]
    exempt: str = ""

    def passes_by(self, host: str) -> bool:
        """Whether a host is reached without the proxy."""
        return bool(proxy_bypass_environment(host, {"no": self.exempt}))


def proxies_of_environment() -> Mapping[str, Proxy]:
    """Return the proxies of `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, by scheme.

    Raises UsageError for one that isn't an HTTP proxy: going past it would tell the site what the
    user meant to hide.
    """
    named = getproxies_environment()
    found = {scheme: named.get(scheme) or named.get("all", "") for scheme in ("http", "https")}
    exempt = named.get("no", "")
    return {scheme: _proxy(url, exempt) for scheme, url in found.items() if url}


def _proxy(url: str, exempt: str) -> Proxy:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, port = parts.hostname or "", parts.port or _USUAL_PORT
    except ValueError as error:
        raise UsageError("proxy-wrong", subject=url) from error
    if parts.scheme != "http" or not host:
        raise UsageError("proxy-wrong", subject=url)
    credentials = (
        f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
    )
    return Proxy(host, port, make_headers(proxy_basic_auth=credentials), exempt)
