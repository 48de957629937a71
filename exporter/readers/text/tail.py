"""Rules for what a site puts after its article."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.arabic.boilerplate import BoilerplateClass
from exporter.readers.text.after import after
from exporter.readers.text.junk import is_whole, kind_of
from exporter.readers.text.labels import Label, Mark, Marks
from exporter.readers.text.lines import Document

_SENTENCES_OF_SITES = (
    BoilerplateClass.COMMENTS,
    BoilerplateClass.CONTACT,
    BoilerplateClass.COPYRIGHT,
)
_BARE = (BoilerplateClass.RELATED, BoilerplateClass.READ_ALSO, BoilerplateClass.TAGS)
_OPENS_A_TAIL = frozenset(
    (
        BoilerplateClass.RELATED,
        BoilerplateClass.READ_ALSO,
        BoilerplateClass.COMMENTS,
        BoilerplateClass.NAVIGATION,
        BoilerplateClass.TAGS,
        BoilerplateClass.COPYRIGHT,
        BoilerplateClass.SHARE,
        BoilerplateClass.FOLLOW_US,
        BoilerplateClass.BACK_TO_TOP,
    )
)


def tail(document: Document, marks: Marks) -> Marks:
    """Mark what a site put after the article, from its first own line on.

    `after` does it for a page. Elsewhere all sentences that are no phrase of a site stay; and where
    no line of the text is prose or verse, at least half of the lines from there on must be a
    site's own.
    """
    content = (at + 1 for at, mark in marks.items() if _is_content(mark))
    if document.is_page:
        return after(document, marks)
    end = max([document.prose.stop, *content])
    rest = [at for at in range(end, len(document)) if at not in marks]
    phrases = [at for at in rest if _is_phrase(document, at)]
    if not phrases:
        return {}
    following = [at for at in rest if at >= phrases[0]]
    opens = any(_opens(document, at) for at in phrases)
    if end == 0 and len(phrases) * 2 < len(following):
        return {at: _surely(document, at) for at in phrases if is_whole(document, at)}
    if not opens or (len(phrases) == 1 and not _opens_headlines(document, phrases[0])):
        return {at: _surely(document, at) for at in phrases}
    return dict(_tail_marks(document, following))


def _is_phrase(document: Document, at: int) -> bool:
    """Say whether a line after the article is a site's own; a sentence only where it is sure."""
    sure = kind_of(document, at) in _SENTENCES_OF_SITES or not document.features[at].is_prose
    return bool(document.features[at].boilerplate) and sure


def _opens(document: Document, at: int) -> bool:
    return kind_of(document, at) in _OPENS_A_TAIL or _is_message(document, at)


def _is_message(document: Document, at: int) -> bool:
    """Say whether a line asks for messages to the author; numbers to send them to follow it."""
    return kind_of(document, at) is BoilerplateClass.CONTACT and not is_whole(document, at)


def _is_content(mark: Mark) -> bool:
    return mark in (Label.VERSE, Label.CODE)


def _opens_headlines(document: Document, at: int) -> bool:
    return _is_message(document, at) or (is_whole(document, at) and kind_of(document, at) in _BARE)


def _surely(document: Document, at: int) -> BoilerplateClass:
    return kind_of(document, at) or BoilerplateClass.NAVIGATION


def _tail_marks(document: Document, after: list[int]) -> Iterator[tuple[int, BoilerplateClass]]:
    current = BoilerplateClass.RELATED
    for at in after:
        current = kind_of(document, at) or current
        if _is_phrase(document, at) or not document.features[at].is_prose:
            yield at, current
