"""File names from titles, good on Linux, macOS, Windows and the FAT of e-readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exporter.errors import UsageError
from exporter.patterns import compiled
from exporter.writers import WRITERS

LONGEST_STEM = 240
"""UTF-8 bytes of a stem: 255 a name (ext4, exFAT), less an ending and a number in brackets."""

WITHOUT_TITLE = "article"
"""The stem of an article whose title leaves nothing that a name may hold."""

# Windows: "Naming Files, Paths, and Namespaces".
_PARTING = compiled(r"\s*[:/\\|]+\s*")
_FORBIDDEN = compiled(r'[<>"?*]')
_RESERVED = compiled(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)", re.IGNORECASE)
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_EDGES = f" .-~{_JOINERS}"


def given_stem(name: str) -> str:
    """Return the name that a user gave for the files, without a format's ending.

    Raises UsageError, with a name that would do, for one that not every system can store.
    """
    stem = name
    for ending in WRITERS:
        stem = stem.removesuffix(f".{ending}")
    if stem and safe_stem(stem) != stem:
        raise UsageError("name-wrong", subject=name, detail=safe_stem(stem))
    return stem


def safe_stem(title: str) -> str:
    """Return the name, without an ending, of a file for something with this title.

    It is in NFC, at most `LONGEST_STEM` bytes of UTF-8, cut at the end of a word, or of a
    grapheme cluster where one word alone is too long.
    """
    visible = "".join(map(_visible, unicodedata.normalize("NFC", title)))
    parted = _FORBIDDEN.sub("", _PARTING.sub(_dash, visible))
    stem = _shortened(" ".join(parted.split()).strip(_EDGES)).rstrip(_EDGES)
    if not stem:
        return WITHOUT_TITLE
    base = stem.partition(".")[0].rstrip()
    return f"{stem[: len(base)]}_{stem[len(base) :]}" if _RESERVED.fullmatch(base) else stem


def _visible(character: str) -> str:
    """Return the character, a space for what parts words, and nothing for what is not seen."""
    if character.isspace():
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
    return "" if hidden and character not in _JOINERS else character


def _dash(parting: re.Match[str]) -> str:
    """Return `-` for the colon of 10:30 and ` - ` for the one between a title and the rest."""
    return "-" if len(parting[0].strip()) == len(parting[0]) else " - "


def _shortened(text: str) -> str:
    if len(text.encode()) <= LONGEST_STEM:
        return text
    kept = _longest_prefix(text.split(" "), " ")
    return kept or _longest_prefix(list(_clusters(text)), "")


def _longest_prefix(parts: list[str], separator: str) -> str:
    size = -len(separator)
    for number, part in enumerate(parts):
        size += len(separator) + len(part.encode())
        if size > LONGEST_STEM:
            return separator.join(parts[:number])
    return separator.join(parts)


def _clusters(text: str) -> Iterator[str]:
    """Yield the grapheme clusters, by the rules of UAX #29 that composed text needs."""
    cluster = ""
    for character in text:
        if cluster and not _extends(character, cluster):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster


def _extends(character: str, cluster: str) -> bool:
    if unicodedata.category(character).startswith("M") or character in _JOINERS:  # GB9, GB9a
        return True
    if "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}" <= character <= "\U0001f3ff":  # GB9
        return True
    if cluster.endswith("\N{ZERO WIDTH JOINER}"):  # GB11
        return True
    return _is_regional(character) and len(cluster) == 1 and _is_regional(cluster)  # GB12


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
