"""What cameras and programs write beside a picture, as where it was taken: found and left out."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.patterns import compiled

# PNG 3rd ed. §11.2–11.3: what the picture itself is made of.
_CHUNKS = frozenset(b"IHDR PLTE tRNS IDAT IEND sRGB gAMA cHRM pHYs sBIT bKGD".split())
_PNG_SIGNATURE = 8

# T.81 §B.1: the markers of JPEG.
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APPLICATION = range(0xE0, 0xF0)
# JFIF's head, and Adobe's, without which CMYK and RGB are taken for something else.
_KEPT_APPLICATIONS = frozenset({0xE0, 0xEE})
# In a scan FF is followed by 00, by a restart, or by another marker, which ends it.
_MARKER = compiled(rb"\xff[^\x00\xd0-\xd7\xff]")


def has_other_chunks(data: bytes) -> bool:
    """Whether a PNG holds chunks that aren't part of the picture, or bytes after its end."""
    position = _PNG_SIGNATURE
    while position + 8 <= len(data):
        length, kind = int.from_bytes(data[position : position + 4]), data[position + 4 :][:4]
        if kind not in _CHUNKS:
            return True
        position += length + 12
        if kind == b"IEND":
            break
    return position != len(data)


def without_segments(data: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC, profiles, comments and what follows its end."""
    return data[:2] + b"".join(_segments(data))


def _segments(data: bytes) -> Iterator[bytes]:
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == _END:
            break
        if marker == 0xFF:  # filling
            position += 1
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4])
        if marker == _SCAN:
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data)
        is_foreign = marker in _APPLICATION and marker not in _KEPT_APPLICATIONS
        if not is_foreign and marker != _COMMENT:
            yield data[position:end]
        position = end
    yield b"\xff\xd9"
