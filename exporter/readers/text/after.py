"""What stands after the article of a page: buttons, boxes, headlines of others, comments, menus.

Everything there goes but sentences that the article shares words with, and what goes with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from exporter.arabic.boilerplate import BoilerplateClass, is_of_site, site_terms
from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold_words
from exporter.arabic.names import byline, looks_like_name
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, has_letters
from exporter.readers.text.junk import is_whole, kind_of
from exporter.readers.text.labels import Mark, Marks
from exporter.readers.text.lines import Document
from exporter.readers.text.lists import marker
from exporter.readers.text.page import is_furniture, shared

# Buttons and boxes after which an article may go on.
_PASSING = frozenset(
    (
        BoilerplateClass.SHARE,
        BoilerplateClass.META,
        BoilerplateClass.FOLLOW_US,
        BoilerplateClass.SOURCE,
        BoilerplateClass.CONTACT,
        BoilerplateClass.READ_ALSO,
        BoilerplateClass.CAPTCHA,
    )
)
_COMPARED = 20_000


def after(document: Document, marks: Marks) -> Marks:
    """Mark the lines of a page after its article."""
    article = "\n".join(map(document.text, document.prose))[:_COMPARED]
    end = _end(document)
    opener = _opener(document, end)
    new = {
        **dict(_passing(document, range(end, opener))),
        **dict(_tags(document, range(end, opener), article=article)),
        **dict(_following(document, range(opener, len(document)), article=article)),
    }
    return {at: mark for at, mark in new.items() if at not in marks or at >= opener}


# --- where the article ends -----------------------------------------------------------------

_NEAR_SHARE = 0.35
_POST = compiled(r"#\s?\d{1,4}")
_REPLY = compiled(r"(?:رد|re|پاسخ)\s*:\s*(?P<title>\S.{0,200})", re.IGNORECASE)


def _end(document: Document) -> int:
    """Return where the article ends in the stretch of prose, in which comments may stand too."""
    prose = document.prose
    cuts = (at for at in prose if at > prose.start and _is_cut(document, at))
    end = next(cuts, prose.stop)
    while end > prose.start + 1 and _is_sites_own(document, end - 1):
        end -= 1
    return end


def _is_cut(document: Document, at: int) -> bool:
    """Say whether comments, the next post of a forum, or a box about the author begin here."""
    text = document.text(at)
    if _POST.fullmatch(text):
        return True
    reply = _REPLY.fullmatch(text) if document.features[at].words < 40 else None
    if reply and fold_words(reply["title"]) == fold_words(document.text(document.title)):
        return True
    return _are_comments(document, at) or _is_authors_box(document, at)


_NEXT, _LOOKED_AHEAD, _FEWEST_REPLIES = 4, 40, 2
_REPLIES = frozenset(map(fold_words, "رد|الرد|reply|پاسخ|جواب دیں|הגב|להגיב|répondre".split("|")))


def _are_comments(document: Document, at: int) -> bool:
    """Say whether the word for comments stands over several answers or dates, or their rules."""
    if kind_of(document, at) is not BoilerplateClass.COMMENTS or not is_whole(document, at):
        return False
    below = range(at + 1, min(at + 1 + _LOOKED_AHEAD, len(document)))
    rules = [other for other in below if document.features[other].is_prose][:_FEWEST_REPLIES]
    if len(rules) == _FEWEST_REPLIES and all(site_terms(document.text(at)) for at in rules):
        return True
    answers = [
        other
        for other in below
        if fold_words(document.text(other)) in _REPLIES or date_line(document.text(other))
    ]
    return len(answers) >= _FEWEST_REPLIES and answers[0] <= at + _NEXT


def _is_authors_box(document: Document, at: int) -> bool:
    """Say whether the author's name stands alone again in the second half of the text."""
    prose, name = document.prose, fold_words(document.text(at)[:80])
    is_late = at >= prose.start + len(prose) // 2
    if not is_late or document.features[at].words > 5 or document.features[at].boilerplate:
        return False
    return name in _names(document)


def _names(document: Document) -> frozenset[str]:
    """Return the names that are credited between the title and the text, or right above it."""
    head = range(max(0, document.title - 3), document.prose.start)
    texts = [document.text(at) for at in head if document.features[at].words <= 8]
    credited = {creator.name for text in texts for creator in byline(text)}
    credited |= {text for text in texts if looks_like_name(text)}
    return frozenset(map(fold_words, credited))


def _is_sites_own(document: Document, at: int) -> bool:
    """Say whether a line at the end of the prose is what a site says of itself and its readers."""
    text = document.text(at)
    is_of_title = shared(text, document.text(document.title)) > _NEAR_SHARE
    return is_of_site(text) and not is_of_title


_FEWEST_IN_A_ROW = 8


def _opener(document: Document, end: int) -> int:
    """Return the first line after which nothing is expected of the article.

    It is a site's own by its wording or repetition, or the first of many bare lines.
    """
    bare, sections = 0, document.contents
    for at in range(end, len(document)):
        text, feature, kind = document.text(at), document.features[at], kind_of(document, at)
        if text in sections:
            continue
        if kind and kind not in _PASSING and (not feature.is_prose or kind in _NEVER):
            return at
        if not kind and (is_furniture(text, feature) or _is_opened_by_sense(document, at)):
            return at
        if _is_form(document, at):
            return at
        is_open = feature.ending in (Ending.NONE, Ending.CALL, Ending.ELLIPSIS)
        is_bare = is_open and not feature.is_prose and not marker(text).kind
        bare = bare + 1 if is_bare and not kind else 0
        if bare == _FEWEST_IN_A_ROW:
            return at - bare + 1
    return len(document)


_MOST_WORDS_OF_A_FIELD = 5


def _is_form(document: Document, at: int) -> bool:
    """Say whether two fields of a form begin here: short lines that a colon ends."""
    both = (at, at + 1)
    return at + 1 < len(document) and all(
        document.features[other].ending is Ending.COLON
        and document.features[other].words <= _MOST_WORDS_OF_A_FIELD
        for other in both
    )


def _is_opened_by_sense(document: Document, at: int) -> bool:
    return _is_cut(document, at) or (at < document.prose.stop and _is_sites_own(document, at))


# --- between the article and the site's first own line ------------------------------------------

_MOST_WORDS_OF_A_TAG, _MOST_HEADLINES = 4, 6


def _passing(document: Document, part: range) -> Iterator[tuple[int, Mark]]:
    """Yield buttons and boxes after which the article may go on, and what stands in them.

    That is the headlines under `اقرأ أيضا`, and a few short lines between two buttons.
    """
    kinds: dict[int, BoilerplateClass] = {}
    headlines = 0
    for at in part:
        kind, feature = kind_of(document, at), document.features[at]
        if kind and not feature.is_prose:
            headlines = _MOST_HEADLINES if kind is BoilerplateClass.READ_ALSO else 0
            kinds[at] = kind
        elif headlines and feature.ending in (Ending.NONE, Ending.CALL) and not feature.is_prose:
            headlines -= 1
            kinds[at] = BoilerplateClass.READ_ALSO
        else:
            headlines = 0
    yield from kinds.items()
    yield from _between_buttons(document, [*kinds, part.stop], kinds)


_MOST_BETWEEN = 3


def _between_buttons(
    document: Document, buttons: list[int], kinds: dict[int, BoilerplateClass]
) -> Iterator[tuple[int, Mark]]:
    for above, below in pairwise(buttons):
        lines = range(above + 1, below)
        are_short = all(
            document.features[at].words <= _MOST_WORDS_OF_A_FIELD
            and document.features[at].ending is not Ending.SENTENCE
            and not marker(document.text(at)).kind
            for at in lines
        )
        if len(lines) <= _MOST_BETWEEN and are_short:
            yield from ((at, kinds[above]) for at in lines)


def _tags(document: Document, part: range, *, article: str) -> Iterator[tuple[int, Mark]]:
    """Yield the tags between the article's last sentence and the site's first own line."""
    lines = [at for at in part if not document.features[at].boilerplate]
    text = f"{document.text(document.title)}\n{article}"
    are_tags = len(lines) > 1 and all(
        document.features[at].words <= _MOST_WORDS_OF_A_TAG
        and document.features[at].ending is Ending.NONE
        and not marker(document.text(at)).kind
        and shared(document.text(at), text) == 1.0
        for at in lines
    )
    if are_tags and part.stop < len(document):
        yield from ((at, BoilerplateClass.TAGS) for at in lines)


# --- after it -------------------------------------------------------------------------------

# How much of a sentence's words the article must have for the sentence to be the article's, under
# the headlines of others.
_RELATED_SHARE = 0.5
_OTHERS = (
    BoilerplateClass.RELATED,
    BoilerplateClass.TAGS,
    BoilerplateClass.NAVIGATION,
    BoilerplateClass.META,
)
_NEVER = (BoilerplateClass.COMMENTS, BoilerplateClass.COPYRIGHT)


def _following(document: Document, part: range, *, article: str) -> Iterator[tuple[int, Mark]]:
    current = _kind_of_opener(document, part)
    kinds: dict[int, BoilerplateClass] = {}
    for at in part:
        current = kind_of(document, at) or current
        kinds[at] = current
    goes_on = False
    for at in reversed(part):
        kept = _goes_on(document, at, kinds[at], article=article)
        is_heading = goes_on and document.features[at].is_phrase and not kind_of(document, at)
        if not kept and not is_heading:
            yield at, kinds[at]
        goes_on = kept


def _kind_of_opener(document: Document, part: range) -> BoilerplateClass:
    if not part:
        return BoilerplateClass.NAVIGATION
    if _is_authors_box(document, part.start):
        return BoilerplateClass.META
    return BoilerplateClass.COMMENTS if _is_cut(document, part.start) else BoilerplateClass.RELATED


def _goes_on(document: Document, at: int, kind: BoilerplateClass, *, article: str) -> bool:
    """Say whether a sentence after a site's own lines goes on with the article."""
    text, feature = document.text(at), document.features[at]
    if not feature.is_prose or feature.boilerplate or feature.repeats > 1 or is_of_site(text):
        return False
    if kind in _NEVER or not has_letters(text) or feature.ending is Ending.ELLIPSIS:
        return False
    return shared(text, article) >= (_RELATED_SHARE if kind in _OTHERS else _NEAR_SHARE)
