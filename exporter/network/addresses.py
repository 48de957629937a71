"""Addresses: URLs in the form that goes over the wire, and which IP addresses are public."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from exporter.errors import FetchError
from exporter.patterns import compiled
from exporter.records import dataclass

PORTS = {"http": 80, "https": 443}
"""The schemes that are fetched, with their usual ports."""

# RFC 3986 §2: the reserved and the unreserved characters, and what is percent-encoded already.
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_CONTROL = compiled(r"[\0-\x20\x7f]")
# RFC 6052 §2.1: an IPv4 address inside an IPv6 one, for networks without IPv4.
_NAT64 = IPv6Network("64:ff9b::/96")
# Not in every Python's table of what is not global.
_CLOSED = tuple(
    map(
        ip_network,
        "0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 192.88.99.0/24 198.18.0.0/15 ::/96 64:ff9b:1::/48 "
        "100::/64 2001:db8::/32 3fff::/20 fec0::/10".split(),
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes: `host` in ASCII, `target` the path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """The address as a URL, without a port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"

    def joined(self, reference: str) -> Address:
        """Return where a reference leads from here; raises FetchError as `address_of` does."""
        try:
            return address_of(urljoin(self.url, reference))
        except ValueError as error:
            raise FetchError("fetch-address", subject=reference, detail=str(error)) from error


def address_of(url: str) -> Address:
    """Return the address that a URL names, without its fragment.

    Raises FetchError for a scheme that isn't http or https, and for what isn't a URL at all.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError as error:
        raise FetchError("fetch-address", subject=url, detail=str(error)) from error
    if scheme not in PORTS:
        raise FetchError("fetch-scheme", subject=url, detail=scheme)
    if parts.username is not None:
        raise FetchError("fetch-address", subject=url, detail="user@")
    host = _ascii_host(parts, url)
    target = quote(parts.path or "/", safe=_KEPT)
    if parts.query:
        target += f"?{quote(parts.query, safe=_KEPT)}"
    return Address(scheme, host, PORTS[scheme] if port is None else port, target)


def _ascii_host(parts: SplitResult, url: str) -> str:
    """Return the host in small letters, an Arabic one as IDNA writes it (RFC 3490)."""
    host = parts.hostname or ""
    try:
        if ":" in host:  # an IPv6 address
            return ip_address(host).compressed
        encoded = host.encode("idna").decode("ascii")
    except ValueError as error:
        raise FetchError("fetch-address", subject=url, detail=host) from error
    if not encoded or _CONTROL.search(encoded):
        raise FetchError("fetch-address", subject=url, detail=host or "//")
    return encoded


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet.

    Not: this machine, a private, link-local or shared network (RFC 1918, 3927, 4193, 6598), the
    metadata services of clouds (169.254.169.254), multicast, and what is reserved. An IPv6
    address with an IPv4 one inside it is what that one is.
    """
    address = ip_address(text.partition("%")[0])
    inner = _inner(address)
    if inner is not None:
        return is_public(str(inner))
    closed = any(address in network for network in _CLOSED if network.version == address.version)
    return address.is_global and not closed and not address.is_multicast


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
