"""Titles: one for an article that came without."""

from __future__ import annotations

from dataclasses import replace

from exporter.arabic.titles import first_words
from exporter.article import Reading, blocks_text
from exporter.notices import Notice, NoticeCode


def titled(reading: Reading) -> Reading:
    """Call an article without a title by its first words, with a Notice."""
    article = reading.article
    if article.metadata.title.strip():
        return reading
    title = first_words(blocks_text(article.body))
    if not title:
        return reading
    notice = Notice(NoticeCode.TITLE_GUESSED, text=title)
    metadata = replace(article.metadata, title=title)
    return Reading(replace(article, metadata=metadata), (*reading.notices, notice))
