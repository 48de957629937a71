"""Rules for what a site puts after its article."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.arabic.boilerplate import BoilerplateClass, is_of_site
from exporter.readers.text.features import Ending, has_letters
from exporter.readers.text.junk import is_whole, kind_of
from exporter.readers.text.labels import Label, Mark, Marks
from exporter.readers.text.lines import Document
from exporter.readers.text.lists import marker
from exporter.readers.text.page import is_furniture, shared

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

    In a page that is everything but sentences that the article shares words with. Elsewhere all
    sentences that are no phrase of a site stay; and where no line of the text is prose or verse, at
    least half of the lines from there on must be a site's own.
    """
    content = (at + 1 for at, mark in marks.items() if _is_content(mark))
    if document.is_page:
        return dict(_after_a_page(document, marks))
    end = max([document.prose.stop, *content])
    rest = [at for at in range(end, len(document)) if at not in marks]
    phrases = [at for at in rest if _is_phrase(document, at)]
    if not phrases:
        return {}
    after = [at for at in rest if at >= phrases[0]]
    opens = any(_opens(document, at) for at in phrases)
    if end == 0 and len(phrases) * 2 < len(after):
        return {at: _surely(document, at) for at in phrases if is_whole(document, at)}
    if not opens or (len(phrases) == 1 and not _opens_headlines(document, phrases[0])):
        return {at: _surely(document, at) for at in phrases}
    return dict(_tail_marks(document, after))


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


# --- after the article of a page ------------------------------------------------------------

# How much of a sentence's words the article must have for the sentence to be the article's: less
# right after it than under the headlines of others.
_RELATED_SHARE, _NEAR_SHARE = 0.5, 0.35
_OTHERS = (BoilerplateClass.RELATED, BoilerplateClass.READ_ALSO, BoilerplateClass.TAGS)
_COMPARED = 20_000


def _after_a_page(document: Document, marks: Marks) -> Iterator[tuple[int, Mark]]:
    article = "\n".join(map(document.text, document.prose))[:_COMPARED]
    end = _end(document, article)
    opener = _opener(document, end)
    yield from _tags_before(document, end, opener, article=article)
    current = BoilerplateClass.NAVIGATION
    for at in range(opener, len(document)):
        current = kind_of(document, at) or current
        if at not in marks and not _is_articles(document, at, current, article=article):
            yield at, current


def _end(document: Document, article: str) -> int:
    """Return where the article ends: before what a site says of itself at the end of its prose."""
    end = document.prose.stop
    while end > document.prose.start + 1:
        text = document.text(end - 1)
        if document.features[end - 1].is_prose and not is_of_site(text):
            break
        if not is_of_site(text) or shared(text, document.text(document.title)) > _NEAR_SHARE:
            break
        end -= 1
    return end


_FEWEST_IN_A_ROW = 4


def _opener(document: Document, end: int) -> int:
    """Return the first line that is the site's: by its wording, repeated, or bare lines in a row."""
    bare = 0
    for at in range(end, len(document)):
        text, feature = document.text(at), document.features[at]
        if is_furniture(text, feature) or (feature.boilerplate and not feature.is_prose):
            return at - bare if bare > 1 else at
        if at < document.prose.stop and is_of_site(text):
            return at
        is_bare = feature.ending in (Ending.NONE, Ending.CALL, Ending.ELLIPSIS)
        is_bare = is_bare and not feature.is_prose and not marker(text).kind and ":" not in text
        bare = bare + 1 if is_bare else 0
        if bare == _FEWEST_IN_A_ROW:
            return at - bare + 1
    return len(document)


_MOST_WORDS_OF_A_TAG = 4


def _tags_before(
    document: Document, end: int, opener: int, *, article: str
) -> Iterator[tuple[int, Mark]]:
    """Yield the tags between the article's last sentence and the site's first own line."""
    between = range(end, opener)
    title = document.text(document.title)
    are_short = all(
        document.features[at].words <= _MOST_WORDS_OF_A_TAG
        and document.features[at].ending is Ending.NONE
        and not marker(document.text(at)).kind
        for at in between
    )
    if len(between) > 1 and are_short and opener < len(document):
        text = f"{title}\n{article}"
        if all(shared(document.text(at), text) == 1.0 for at in between):
            yield from ((at, BoilerplateClass.TAGS) for at in between)


def _is_articles(document: Document, at: int, current: BoilerplateClass, *, article: str) -> bool:
    """Say whether a sentence after a site's own lines goes on with the article."""
    text, feature = document.text(at), document.features[at]
    if not feature.is_prose or feature.boilerplate or feature.repeats > 1 or is_of_site(text):
        return False
    if current is BoilerplateClass.COMMENTS or not has_letters(text):
        return False
    return shared(text, article) >= (_RELATED_SHARE if current in _OTHERS else _NEAR_SHARE)
