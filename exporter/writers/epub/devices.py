"""What each device needs of an e-book; why, and from which source, is in docs/devices.md."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from exporter.choices import Device
from exporter.records import dataclass

EPUB = "application/epub+zip"
KEPUB = "application/x-kobo-epub+zip"
"""The media type under which Kobo's firmware keeps books for its own renderer."""


class CoverPage(StrEnum):
    """Whether the cover has a page of its own in the book."""

    IN_SPINE = "in-spine"
    NONE = "none"


class Queries(StrEnum):
    """Whether the device gets the sheet of rules that ask for the width of the screen."""

    KEEP = "keep"
    DROP = "drop"


class Spans(StrEnum):
    """Whether every sentence is in a span, by which Kobo knows places."""

    KOBO = "kobo"
    NONE = "none"


class FontSwitch(StrEnum):
    """Whether the book says in Apple's own terms that its fonts are to be used."""

    APPLE = "apple"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a device needs; without anything it is a book for every reader.

    `contents_depth` is the most levels of contents, `largest` the most bytes that it takes.
    """

    media_type: str = EPUB
    cover_page: CoverPage = CoverPage.IN_SPINE
    queries: Queries = Queries.KEEP
    spans: Spans = Spans.NONE
    font_switch: FontSwitch = FontSwitch.NONE
    contents_depth: int = 3
    largest: int = 0


PROFILES: Mapping[Device, Profile] = {
    Device.GENERIC: Profile(),
    Device.KOBO: Profile(media_type=KEPUB, spans=Spans.KOBO),
    Device.KINDLE: Profile(
        cover_page=CoverPage.NONE, queries=Queries.DROP, contents_depth=2, largest=50_000_000
    ),
    Device.POCKETBOOK: Profile(queries=Queries.DROP),
    Device.KOREADER: Profile(queries=Queries.DROP),
    Device.APPLE: Profile(font_switch=FontSwitch.APPLE),
}
