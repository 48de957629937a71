"""Addresses on paper: decoded to what people read, and with the places where a line may end."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote

from exporter.arabic.addresses import uri_of
from exporter.patterns import compiled

BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a line may end inside an address; this and the next are no part of the text."""

NO_BREAK = "\N{WORD JOINER}"
"""Where none may: between `https://` and the host, and behind the sign of an option."""

_SCHEME = compiled(r"(?:https?|ftp)://|mailto:|tel:", re.IGNORECASE)
_ENCODED = compiled(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
# Letters, marks and digits of Latin, Greek, Cyrillic, Hebrew and Arabic, which the faces have.
_READ = compiled(
    r"[\u00b7\u00c0-\u024f\u0370-\u03ff\u0400-\u045f\u05d0-\u05ea\u060c\u061b\u061f\u0620-\u0655"
    r"\u0660-\u0669\u0670-\u06d3\u06d5\u06f0-\u06f9\u00ab\u00bb]+"
)
_PUNYCODE = compiled(r"(?<=[/.@])xn--[a-z0-9-]+(?=[/.:]|$)", re.IGNORECASE)
_ARABIC_LABEL = compiled(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff0-9\u0660-\u0669-]+")

# After these a line may end, but within `http://` and before the last sign of several (`...`).
_SIGNS = "/.?&=_#~-"
_PARTS = compiled(rf"(?<=[{_SIGNS}])(?![{_SIGNS}]|$)")
_FIRST_SIGN = compiled(r"(?<!\S)(-+)(?=[^\W\d_])")
# So many letters and digits without such a place may be parted anywhere.
_LONG = compiled(r"[A-Za-z0-9%+]{24,}")


def readable(address: str) -> str:
    """Return an address with its letters as people read them, not percent-encoded (RFC 3987).

    What would be another address (`%2F`), is not seen (spaces, marks of direction) or not drawn
    stays encoded, or is encoded.
    """
    with suppress(ValueError):  # what is no address stays as it is
        address = uri_of(address)
    decoded = _ENCODED.sub(lambda match: _decoded(match[0]), address)
    return _PUNYCODE.sub(lambda match: _label(match[0]), decoded)


def _decoded(encoded: str) -> str:
    text = unquote(encoded, errors="replace")
    return text if _READ.fullmatch(text) else encoded


def _label(encoded: str) -> str:
    """Return a name of a host in Arabic letters; others might look like what they are not."""
    try:
        label = encoded.encode("ascii").decode("idna")
    except UnicodeError:
        return encoded
    return label if _ARABIC_LABEL.fullmatch(label) else encoded


def shown(address: str) -> str:
    """Return an address as it is printed: that of e-mail and telephone without its scheme."""
    return re.sub(r"^(?:mailto|tel):", "", readable(address), flags=re.IGNORECASE)


def is_shown_by(words: str, address: str) -> bool:
    """Say whether the words of a link are its address, with or without what browsers hide."""
    return _bare(words) == _bare(address)


def _bare(address: str) -> str:
    text = _SCHEME.sub("", readable(address.strip()), count=1).removeprefix("www.")
    return text.rstrip("/").casefold()


def breakable(text: str, *, is_last: bool = True) -> str:
    """Return an address, or a part of one, with `BREAK` and `NO_BREAK` in it."""
    scheme = _SCHEME.match(text)
    start = scheme.end() if scheme else 0
    rest = _LONG.sub(lambda match: BREAK.join(match[0]), text[start:])
    broken = text[:start] + (NO_BREAK if scheme else "") + _PARTS.sub(BREAK, rest)
    return broken if is_last or not rest.endswith(tuple(_SIGNS)) else f"{broken}{BREAK}"


def held(text: str) -> str:
    """Return a text in which no line ends after the sign that a word begins with, as in `tar -x`.

    UAX #14 has a rule for it since Unicode 16 (LB20a), which Pango doesn't know yet.
    """
    return _FIRST_SIGN.sub(rf"\1{NO_BREAK}", text)
