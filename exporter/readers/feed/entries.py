"""A feed and its entries, whatever they are written in, and what their values mean."""

from __future__ import annotations

import html
import re
from email.utils import parsedate_to_datetime

from exporter.arabic.dates import date_line
from exporter.arabic.languages import is_language_tag
from exporter.article import Metadata
from exporter.patterns import compiled
from exporter.readers.text.decoding import clean
from exporter.records import dataclass

MOST_ENTRIES = 1_000
"""The most entries of a feed that are read, its newest by their order."""

_TAG = compiled(r"<[^<>]{0,2000}>")
_MAIL_AND_NAME = compiled(r"[\w.+-]{1,64}@[\w.-]{1,255}\s*\((?P<name>[^()]+)\)")
_MAIL = compiled(r"[\w.+-]{1,64}@[\w.-]{1,255}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `content` and `summary` are HTML, the dates ISO 8601.

    `has_full_text` says that the feed itself calls its content the whole text.
    """

    title: str = ""
    link: str = ""
    content: str = ""
    summary: str = ""
    has_full_text: bool = False
    authors: tuple[str, ...] = ()
    issued: str = ""
    modified: str = ""
    subjects: tuple[str, ...] = ()
    language: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it says of all its entries, and the entries in its order."""

    title: str = ""
    link: str = ""
    language: str = ""
    rights: str = ""
    entries: tuple[Entry, ...] = ()


def plain(text: str) -> str:
    """Return a value as plain text on one line: titles often hold HTML that is escaped twice."""
    bare = _TAG.sub("", html.unescape(text)) if "<" in text or "&" in text else text
    return " ".join(clean(html.unescape(bare))[0].split())


def author(text: str) -> str:
    """Return a person's name: RSS wants `a@b.org (Name)`; an address alone names nobody."""
    words = plain(text)
    found = _MAIL_AND_NAME.fullmatch(words)
    name = found["name"].strip() if found else words
    return "" if _MAIL.fullmatch(name) else name


def address(text: str) -> str:
    """Return a link that leads to the web; empty for anything else."""
    link = text.strip()
    return link if link.lower().startswith(("http://", "https://")) else ""


def language(text: str) -> str:
    """Return a language tag; empty for what is none."""
    tag = text.strip()
    return tag if is_language_tag(tag) else ""


def date(text: str) -> str:
    """Return a date as ISO 8601: those of RFC 822 and RFC 3339, and as articles write them."""
    words = " ".join(text.split())
    try:
        return _iso(parsedate_to_datetime(words).isoformat(timespec="seconds"))
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    found = re.sub(r"(\d\d:\d\d:\d\d)\.\d+", r"\1", words)
    return _iso(found) or date_line(words[:80]).issued


def _iso(text: str) -> str:
    iso = text.replace("+00:00", "Z")
    try:
        return Metadata(title="", issued=iso).issued
    except ValueError:
        return ""
