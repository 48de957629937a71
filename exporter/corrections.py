"""Corrections: what the user says about an article, put over what was read."""

from __future__ import annotations

from dataclasses import replace

from exporter.arabic import dates
from exporter.arabic.languages import is_language_tag
from exporter.arabic.names import creator
from exporter.article import Metadata, Reading
from exporter.errors import UsageError
from exporter.identity import identify
from exporter.notices import NoticeCode
from exporter.records import dataclass

_ABOUT_DATES = (
    NoticeCode.DATE_AMBIGUOUS,
    NoticeCode.DATE_CONTRADICTORY,
    NoticeCode.DATE_OUTSIDE_CALENDAR,
    NoticeCode.DATE_RELATIVE,
    NoticeCode.DATE_COUNTED,
)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The user's own metadata; an empty value leaves what was read.

    `creators` are authors' names, `issued` is a date in ISO 8601 or as articles write it
    (`12 مايو 2024`), `language` a BCP 47 tag. Raises UsageError for a date or a language in
    another form; afterwards `issued` is in ISO 8601.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    publisher: str = ""
    issued: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        for text in (self.title, *self.creators, self.publisher):
            # A name in another encoding than the terminal's: half a character is no character.
            if any("\ud800" <= character <= "\udfff" for character in text):
                raise UsageError("text-undecodable", subject=text)
        if self.language and not is_language_tag(self.language):
            raise UsageError("language-wrong", subject=self.language)
        object.__setattr__(self, "issued", iso_date(self.issued, language=self.language))


def correct(reading: Reading, corrections: Corrections) -> Reading:
    """Return the reading with the corrections in it, and without the guesses they replace.

    The identifier is that of the article as it was read: with another an e-reader would take the
    corrected article for a new book.
    """
    if corrections == Corrections():
        return reading
    article = identify(reading.article)
    creators = tuple(map(creator, corrections.creators))
    metadata = replace(
        article.metadata,
        title=" ".join(corrections.title.split()) or article.metadata.title,
        creators=creators or article.metadata.creators,
        publisher=corrections.publisher or article.metadata.publisher,
        issued=corrections.issued or article.metadata.issued,
        language=corrections.language or article.metadata.language,
        date_line="" if corrections.issued else article.metadata.date_line,
    )
    settled = _settled(corrections)
    notices = tuple(notice for notice in reading.notices if notice.code not in settled)
    return Reading(replace(article, metadata=metadata), notices)


def _settled(corrections: Corrections) -> tuple[NoticeCode, ...]:
    title = (NoticeCode.TITLE_GUESSED,) if corrections.title else ()
    issued = _ABOUT_DATES if corrections.issued else ()
    language = (NoticeCode.LANGUAGE_GUESSED,) if corrections.language else ()
    return title + issued + language


def iso_date(text: str, *, language: str = "") -> str:
    """Return a user's date in ISO 8601; raises UsageError for what is none."""
    try:
        return Metadata(title="", issued=text.strip()).issued
    except ValueError as error:
        found = dates.parse(text, language=language)
        if not found:
            raise UsageError("date-wrong", subject=text) from error
        return found
