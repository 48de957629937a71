"""Notices: everything that was dropped, guessed or replaced on the way, kept with the result."""

from __future__ import annotations

from enum import StrEnum

from exporter.messages import filled, place
from exporter.records import dataclass


class NoticeCode(StrEnum):
    """What can happen to an article without stopping its export."""

    BOILERPLATE_DROPPED = "boilerplate-dropped"
    BOILERPLATE_KEPT = "boilerplate-kept"
    LEDE_DROPPED = "lede-dropped"
    CAPTION_DROPPED = "caption-dropped"
    TITLE_GUESSED = "title-guessed"
    ENCODING_GUESSED = "encoding-guessed"
    ENCODING_REPAIRED = "encoding-repaired"
    BYTES_DAMAGED = "bytes-damaged"
    DATE_AMBIGUOUS = "date-ambiguous"
    DATE_CONTRADICTORY = "date-contradictory"
    DATE_OUTSIDE_CALENDAR = "date-outside-calendar"
    DATE_RELATIVE = "date-relative"
    DATE_COUNTED = "date-counted"
    DATE_NOT_CONVERTED = "date-not-converted"
    LANGUAGE_GUESSED = "language-guessed"
    CHARACTER_MISSING = "character-missing"
    RESOURCE_MISSING = "resource-missing"
    PICTURE_STILL = "picture-still"
    DRAWING_CLEANED = "drawing-cleaned"
    DRAWING_LETTERED = "drawing-lettered"
    PAGE_MISSING = "page-missing"
    NOTE_MISSING = "note-missing"
    NOTE_UNCALLED = "note-uncalled"
    NOTE_NESTED = "note-nested"
    CONTROL_REMOVED = "control-removed"
    HOOK_FALLBACK = "hook-fallback"
    TYPESETTING_WARNING = "typesetting-warning"
    NAME_TAKEN = "name-taken"
    ARTICLE_AGAIN = "article-again"
    COVER_LEAD_MISSING = "cover-lead-missing"
    ARTICLE_REPEATED = "article-repeated"
    BOOK_LARGE = "book-large"
    KEY_IGNORED = "key-ignored"
    VALUE_IGNORED = "value-ignored"
    MARKUP_DROPPED = "markup-dropped"
    SUMMARY_ONLY = "summary-only"
    TEXT_NORMALISED = "text-normalised"


@dataclass(frozen=True, slots=True)
class Notice:
    """One loss or guess.

    `location` says where (`line 12`, a block's number, a file), `text` keeps the words concerned
    in full, `detail` what the sentence needs besides (the class of boilerplate, an encoding …).
    """

    code: NoticeCode
    location: str = ""
    text: str = ""
    detail: str = ""

    def sentence(self, *, language: str = "en") -> str:
        """Return what happened as one sentence for the user."""
        fields = {
            "location": place(self.location, language=language),
            "text": self.text,
            "detail": self.detail,
        }
        return filled(self.code, fields, language=language)

    @property
    def message(self) -> str:
        """The English sentence, as it stands in `.article.json`."""
        return self.sentence()
