"""Links: what among references is an address, and how an address is called as a source."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from exporter.errors import SourceError

# A scheme of two letters or more, as one letter is a drive of Windows.
_LINK = r"(?i:[a-z][a-z0-9+.-]+://|(?:https?|ftp|file|data|feed|mailto):|www\.)"


def is_link(reference: str) -> bool:
    """Whether a reference is an address and no path; `www.example.org` is one."""
    return re.match(_LINK, reference) is not None


def url_of(reference: str) -> str:
    """Return the URL that a link means: `www.` without a scheme is https.

    Raises SourceError for a scheme that isn't fetched, as file:, ftp: and data:.
    """
    scheme = reference.partition(":")[0].lower()
    if scheme in {"http", "https"}:
        return reference
    if reference.lower().startswith("www."):
        return f"https://{reference}"
    raise SourceError("link-scheme", subject=reference, detail=scheme)


def name_of(url: str) -> str:
    """Return the last segment of a URL's path as the name of a file, empty for a bare host."""
    return unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
