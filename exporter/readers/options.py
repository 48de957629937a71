"""The choices a user has in reading."""

from __future__ import annotations

from enum import StrEnum

from exporter.fetching import OFFLINE, Fetcher
from exporter.pictures.choice import Images
from exporter.records import dataclass


class Boilerplate(StrEnum):
    """What becomes of a site's own lines around an article."""

    DROP = "drop"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a source is read.

    KEEP leaves the site's lines in the body as paragraphs; `fetcher` brings what an article has
    elsewhere, as its pictures and further pages; `images` says what becomes of the pictures. `now`
    is the ISO date-time from which `قبل ٣ ساعات` is counted, empty where the time at which the
    source was written down isn't known: nothing here has a clock. `input_format` is a format of
    `readers.recognition`, empty to tell it; `since` is an ISO date before which nothing is wanted,
    `limit` the most articles of one reference, 0 for all.
    """

    boilerplate: Boilerplate = Boilerplate.DROP
    fetcher: Fetcher = OFFLINE
    now: str = ""
    images: Images = Images.EMBED
    input_format: str = ""
    since: str = ""
    limit: int = 0

    def is_wanted(self, issued: str) -> bool:
        """Say whether an article of an ISO date is wanted; one without a date is."""
        day = min(len(issued), len("2024-05-14"))
        return not issued or issued[:day] >= self.since[:day]
