"""The choice a user has about pictures."""

from __future__ import annotations

from enum import StrEnum


class Images(StrEnum):
    """What becomes of pictures: in their colours, in grey as on e-ink, or left out."""

    EMBED = "embed"
    GREY = "grey"
    NONE = "none"
