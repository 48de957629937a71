"""Addresses: what readers and writers type as a URL, as the URI that a link may hold."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from exporter.patterns import compiled

# RFC 3986 §2.2: reserved characters keep their meaning; `[` and `]` have one in the host alone.
_KEPT = ":/?#@!$&'()*+,;=~%"
_LONE_PERCENT = compiled("%(?![0-9A-Fa-f]{2})")
_HOST = compiled(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\]")


def uri_of(address: str) -> str:
    """Return an address as a URI (RFC 3987 §3.1: other characters percent-encoded as UTF-8).

    Raises ValueError for an address without a host that could be one, or with no such port.
    """
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"}:
        host = parts.netloc.rpartition("@")[2]
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        if not _HOST.fullmatch(name) or (parts.port or 0) < 0:
            raise ValueError(f"not a host: {parts.netloc!r}")
    start, host, rest = address.partition(parts.netloc) if parts.netloc else (address, "", "")
    if not parts.netloc:
        return _encoded(address)
    return f"{start}{_encoded(host) if '[' not in host else host}{_encoded(rest)}"


def _encoded(text: str) -> str:
    return _LONE_PERCENT.sub("%25", quote(text, safe=_KEPT))
