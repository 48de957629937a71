"""Freshness: how long an answer may be used again without asking (RFC 9111)."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from exporter.network.transport import Response

_DAY = 86_400.0


def may_be_stored(response: Response) -> bool:
    """Whether an answer may be kept on disk: `no-store` says it may not (§5.2.2.5)."""
    return "no-store" not in directives(response.headers)


def lifetime(response: Response) -> float:
    """Return for how many seconds after its arrival an answer is fresh.

    §4.2.1: `max-age`, else `Expires`; §4.2.2: without either a tenth of the time since it was last
    changed, a day at most. What `Age` it had when it came is taken off.
    """
    said = directives(response.headers)
    if "no-cache" in said or response.headers.get("vary", "").strip() == "*":
        return 0.0
    age = _number(response.headers.get("age", ""))
    if "max-age" in said:
        return _number(said["max-age"]) - age
    date, expires = (_seconds(response.headers.get(name, "")) for name in ("date", "expires"))
    if "expires" in response.headers:
        return expires - date - age if expires and date else 0.0
    changed = _seconds(response.headers.get("last-modified", ""))
    if response.status != 200 or not changed or not date:
        return 0.0
    return min(max(date - changed, 0.0) / 10, _DAY) - age


def directives(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return the directives of Cache-Control with their values."""
    parts = (part.partition("=") for part in headers.get("cache-control", "").split(","))
    return {name.strip().lower(): value.strip(' "') for name, _, value in parts if name.strip()}


def wait_of(value: str, now: float) -> float:
    """Return the seconds that Retry-After asks for, a number or a date; 0 for anything else."""
    if value.strip().isdecimal():
        return float(value)
    moment = _seconds(value)
    return max(moment - now, 0.0) if moment else 0.0


def _number(text: str) -> float:
    return float(text) if text.isdecimal() and len(text) < 12 else 0.0


def _seconds(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
