"""Addresses on paper: decoded to what people read, and with the places where a line may end."""

from __future__ import annotations

import re
from urllib.parse import unquote

BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a line may end inside an address; this and the next are no part of the text."""

NO_BREAK = "\N{WORD JOINER}"
"""Where none may: between `https://` and the host."""

_SCHEME = re.compile(r"(?:https?|ftp)://|mailto:|tel:", re.IGNORECASE)
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_UNSEEN = re.compile(r"[\s\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
_PUNYCODE = re.compile(r"(?<=[/.@])xn--[a-z0-9-]+(?=[/.:]|$)", re.IGNORECASE)
_ARABIC_LABEL = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff0-9\u0660-\u0669-]+")

# After these a line may end, but within `http://` and before the last sign of several (`...`).
_SIGNS = "/.?&=_#~-"
_PARTS = re.compile(rf"(?<=[{_SIGNS}])(?![{_SIGNS}]|$)")
# So many letters and digits without such a place may be parted anywhere.
_LONG = re.compile(r"[A-Za-z0-9%+]{24,}")


def readable(address: str) -> str:
    """Return an address with its letters as people read them, not percent-encoded (RFC 3987).

    What would be another address (`%2F`), or not be seen (spaces, marks of direction), stays.
    """
    decoded = _ENCODED.sub(lambda match: _decoded(match[0]), address)
    return _PUNYCODE.sub(lambda match: _label(match[0]), decoded)


def _decoded(encoded: str) -> str:
    text = unquote(encoded, errors="replace")
    return encoded if _UNSEEN.search(text) or not text.isprintable() else text


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
