"""Content: what the header Content-Type says, and which kinds are not worth their download."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message

from exporter.errors import FetchError

# No article and no picture is any of these; the rest is judged by its content.
_REFUSED_FAMILIES = ("audio/", "font/", "model/", "video/")
_REFUSED = frozenset(
    f"application/{name}"
    for name in (
        "epub+zip gzip java-archive ogg pdf vnd.android.package-archive vnd.apple.mpegurl "
        "vnd.microsoft.portable-executable vnd.rar x-7z-compressed x-bzip2 x-gzip "
        "x-iso9660-image x-msdownload x-rar-compressed x-tar x-xz zip"
    ).split()
)
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})

ACCEPTED_ENCODINGS = "gzip, deflate"
"""What requests ask for: what Python itself unpacks."""


def content_type(headers: Mapping[str, str]) -> tuple[str, str]:
    """Return media type and charset in small letters, empty where the header says nothing."""
    message = Message()
    message["Content-Type"] = headers.get("content-type", "")
    charset = message.get_param("charset")
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type, charset.strip().lower() if isinstance(charset, str) else ""


def check_kind(headers: Mapping[str, str], url: str) -> None:
    """Raise FetchError for a video, an archive and their like."""
    media_type, _ = content_type(headers)
    if media_type in _REFUSED or media_type.startswith(_REFUSED_FAMILIES):
        raise FetchError("fetch-content", subject=url, detail=media_type)


def check_encoding(headers: Mapping[str, str], url: str) -> None:
    """Raise FetchError for a compression that nobody asked for."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise FetchError("fetch-encoding", subject=url, detail=encoding)
