"""Web archives: a page with its pictures, as browsers save it in one file.

MHTML (RFC 2557) is a message in MIME; Safari's `.webarchive` is a property list.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin

from exporter.errors import ReadError
from exporter.patterns import compiled
from exporter.records import dataclass

if TYPE_CHECKING:
    from email.message import Message

_HEAD = 8_000
# Its header fields, up to the empty line (RFC 5322 §2.2).
_FIELDS = compiled(rb"\A\s*(?:[!-9;-~]+:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,60}")
_PROPERTY_LISTS, _MAIN = (b"bplist00", b"<?xml"), b"WebMainResource"
_PAGES = ("text/html", "application/xhtml+xml")
_LINKS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a web archive: its bytes, the encoding its part claims, and what lies with it."""

    data: bytes
    charset: str
    beside: Parts


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a web archive by their addresses; `address` is the page's own."""

    address: str
    _parts: Mapping[str, bytes]

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part by its address or its path from the page; None without it."""
        return self._parts.get(_absolute(self.address, name))


def is_web_archive(data: bytes) -> bool:
    """Say whether bytes are a page and what it shows, in MIME or in a property list."""
    if data.startswith(_PROPERTY_LISTS):
        return _MAIN in data and (data.startswith(b"bplist") or b"<plist" in data[:_HEAD])
    head = data[:_HEAD].lower()
    if b"multipart/related" not in head:
        return False
    fields = _FIELDS.match(head)
    return fields is not None and b"multipart/related" in fields[0] and b"mime-version" in fields[0]


def open_page(data: bytes, *, location: str) -> Page:
    """Return the page of a web archive, its own address said in it as browsers say it.

    Raises ReadError for an archive without a page.
    """
    opened = _of_safari(data) if data.startswith(_PROPERTY_LISTS) else _of_mime(data)
    if opened is None:
        raise ReadError("html-empty", subject=location)
    return opened


def _page(data: bytes, parts: Iterable[tuple[str, bytes]], *, charset: str, address: str) -> Page:
    beside = {_absolute(address, where): held for where, held in parts}
    is_ascii = not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    said = _said(address) if is_ascii else b""
    return Page(said + data, charset, Parts(address, beside))


def _absolute(address: str, reference: str) -> str:
    """Return the address of a part, however its letters are written."""
    try:
        return unquote(urldefrag(urljoin(address, reference)).url)
    except ValueError:
        return reference


def _said(address: str) -> bytes:
    """Return the comment in which a saved page says where it is from, empty for no link."""
    if not address.lower().startswith(_LINKS) or not address.isascii() or "--" in address:
        return b""
    return f"<!-- saved from url=({len(address):04}){address} -->\n".encode()


# --- MHTML ----------------------------------------------------------------------------------


def _of_mime(data: bytes) -> Page | None:
    from email import message_from_bytes  # what reads mail takes a while to load

    message = message_from_bytes(data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() in _PAGES), None)
    if page is None:
        return None
    address = _location(page) or str(message.get("Snapshot-Content-Location", "")).strip()
    # Of several with the same address the first counts.
    located = [(_location(part), _bytes_of(part)) for part in reversed(parts) if _location(part)]
    body = _bytes_of(page)
    # HTML calls some by their identifiers (RFC 2392), which are no paths: they get one each.
    for number, part in enumerate(parts):
        if identifier := _identifier(part):
            path = f"cid/{number}"
            body = body.replace(f"cid:{identifier}".encode(), path.encode())
            located.append((path, _bytes_of(part)))
    charset = page.get_content_charset() or ""
    return _page(body, located, charset=charset, address=address)


def _identifier(part: Message) -> str:
    """Return the identifier by which a page calls its picture, empty for another part."""
    said = str(part.get("Content-ID", "")).strip("<> \t\r\n")
    return said if part.get_content_maintype() == "image" else ""


def _location(part: Message) -> str:
    return "".join(str(part.get("Content-Location", "")).split())


def _bytes_of(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


# --- Safari ---------------------------------------------------------------------------------


def _of_safari(data: bytes) -> Page | None:
    import plistlib
    from xml.parsers.expat import ExpatError

    wrong = (ExpatError, ArithmeticError, AttributeError, LookupError, RecursionError)
    try:
        whole: Any = plistlib.loads(data)
        main, others = whole["WebMainResource"], whole.get("WebSubresources", [])
        located = [(str(one["WebResourceURL"]), bytes(one["WebResourceData"])) for one in others]
        page, address = bytes(main["WebResourceData"]), str(main.get("WebResourceURL", ""))
        charset = str(main.get("WebResourceTextEncodingName", ""))
    except (*wrong, TypeError, ValueError):
        return None
    return _page(page, located, charset=charset, address=address)
