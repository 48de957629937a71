"""Identity: the name under which an e-reader knows an article, for good.

The rules below decide every identifier ever given. They never change: an e-reader would take the
article for a new book.

1. An article with an `http` or `https` source is named by its URL, as the RFC 4122 UUIDv5 in the
   URL namespace. Of the URL, scheme and host are put in lower case, the default port and the
   fragment go, an empty path becomes `/`, and the parameters `utm_*`, `fbclid` and `gclid` go;
   the other parameters stay in their order. A source whose host can't be told (`http://[x`)
   counts as none.
2. Any other article is named by its title, its first creator's name and its text, normalised one
   by one and joined by newlines, as the UUIDv5 in the namespace below. To normalise: NFC (but
   runs of more than 30 combining marks stay as they are); remove U+0640 (tatweel), U+064B to
   U+0652 and U+0670 (harakat); make each run of whitespace one space and strip it;
   `str.casefold`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from exporter.arabic.folding import nfc
from exporter.article import Article, Metadata, blocks_text
from exporter.patterns import compiled

_NAMESPACE = UUID("8f0c1d52-5a0e-5c5b-9a51-3d6f2c2a7b90")
_REMOVED = compiled("[\u0640\u064b-\u0652\u0670]")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_TRACKING = compiled(r"(utm_[^=]*|fbclid|gclid)(=.*)?", re.DOTALL)


def identify(article: Article) -> Article:
    """Return the article with the identifier `urn:uuid:…`, its own if it has one."""
    if article.metadata.identifier:
        return article
    identifier = f"urn:uuid:{_uuid(article)}"
    return replace(article, metadata=replace(article.metadata, identifier=identifier))


def _uuid(article: Article) -> UUID:
    metadata = article.metadata
    if metadata.source.lower().startswith(("http://", "https://")):
        with suppress(ValueError):
            return uuid5(NAMESPACE_URL, canonical_url(metadata.source))
    parts = (metadata.title, _first_creator(metadata), blocks_text(article.body))
    return uuid5(_NAMESPACE, "\n".join(map(normalise, parts)))


def _first_creator(metadata: Metadata) -> str:
    return metadata.creators[0].name if metadata.creators else ""


def normalise(text: str) -> str:
    """Return text as rule 2 above compares it."""
    return " ".join(_REMOVED.sub("", nfc(text)).split()).casefold()


def canonical_url(url: str) -> str:
    """Return a URL as rule 1 above compares it; raises ValueError when its host can't be told."""
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), parts.netloc.lower()
    kept = [one for one in parts.query.split("&") if one and not _TRACKING.fullmatch(one)]
    host = host.removesuffix(_DEFAULT_PORTS[scheme])
    return urlunsplit((scheme, host, parts.path or "/", "&".join(kept), ""))
