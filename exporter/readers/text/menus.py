"""Rules for what a site puts over its article: menus, breadcrumbs, and the title said again."""

from __future__ import annotations

import re
from itertools import islice

from exporter.arabic.boilerplate import BoilerplateClass, is_trail
from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold, fold_words
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, has_letters, is_labelled
from exporter.readers.text.junk import kind_of
from exporter.readers.text.labels import Label, Marks, unmarked
from exporter.readers.text.lines import Document
from exporter.readers.text.page import credits_someone, is_furniture, is_sign


def menus(document: Document, marks: Marks) -> Marks:
    """Mark the title of an article that stands under a site's menus, and the menus."""
    if not document.is_page or document.title in marks:
        return {}
    above = (at for at in unmarked(document, marks) if at < document.title)
    navigation = {at: kind_of(document, at) or BoilerplateClass.NAVIGATION for at in above}
    return {**navigation, **_signs_above(document), document.title: Label.TITLE}


_MOST_LINES_OF_SIGNS = {Label.DATE: 9, Label.BYLINE: 3}


def _signs_above(document: Document) -> dict[int, Label]:
    """Return the date and the byline right above the title of a page, where none stand under it."""
    title = document.title
    under = range(title + 1, max(document.prose.start, title + 2))
    new: dict[int, Label] = {}
    for label, is_one in ((Label.DATE, _is_date), (Label.BYLINE, _is_credit)):
        above = range(max(_HEADER, title - _MOST_LINES_OF_SIGNS[label]), title)
        if not any(is_one(document.text(at)) for at in under):
            found = (at for at in reversed(above) if is_one(document.text(at)))
            new |= dict.fromkeys(islice(found, 1), label)
    return new


# The day of the visit stands in the first lines of a page.
_HEADER = 5


def _is_date(text: str) -> bool:
    return bool(date_line(text))


def _is_credit(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS_OF_A_BYLINE and credits_someone(text)


_MOST_WORDS_OF_A_LEFTOVER, _MOST_WORDS_OF_A_FACT = 3, 4


# Words that open a text as its first sub-heading.
_OPENING_HEADINGS = frozenset(
    map(
        fold_words,
        (
            "مقدمة|تمهيد|توطئة|مدخل|ملخص|الملخص|السؤال|نص السؤال|المستخلص|مقدمه|چکیده|خلاصه|"
            "تعارف|خلاصہ|סיכום|הקדמה|תקציר"
        ).split("|"),
    )
)
_MOST_BUTTONS, _MOST_WORDS_OF_A_BUTTON = 10, 5


def leftovers(document: Document, marks: Marks) -> Marks:
    """Mark what stands between the title of a page and its prose, and is a site's own.

    It is a phrase of sites, a short line under one, a section, a fact, a table of contents; and
    where they are few, any short line but one that opens a text.
    """
    if not document.is_page:
        return {}
    between = [
        at
        for at in range(document.title + 1, document.prose.start)
        if at not in marks and not is_sign(document.text(at), document.features[at])
    ]
    entries = (at for at in document.contents.values() if at not in marks)
    new = dict.fromkeys(entries, BoilerplateClass.NAVIGATION)
    for at in between:
        if kind := _leftover(document, at, above=new.get(at - 1)):
            new[at] = kind
    buttons = [at for at in between if at not in new and _is_button(document, at)]
    if len(buttons) <= _MOST_BUTTONS:
        new |= dict.fromkeys(buttons, BoilerplateClass.META)
    return new


def _leftover(
    document: Document, at: int, *, above: BoilerplateClass | None
) -> BoilerplateClass | None:
    text, feature = document.text(at), document.features[at]
    kind = kind_of(document, at) or above
    is_short = feature.words <= _MOST_WORDS_OF_A_LEFTOVER or feature.ending is Ending.CALL
    if kind and (feature.boilerplate or is_short):
        return kind
    if is_furniture(text, feature):
        return BoilerplateClass.NAVIGATION
    is_fact = feature.words <= _MOST_WORDS_OF_A_FACT and is_labelled(text)
    return BoilerplateClass.META if is_fact else None


def _is_button(document: Document, at: int) -> bool:
    feature = document.features[at]
    is_short = feature.words <= _MOST_WORDS_OF_A_BUTTON and feature.ending in (
        Ending.NONE,
        Ending.COLON,
    )
    is_subtitle = at == document.title + 1 and feature.words > _MOST_WORDS_OF_A_LEFTOVER - 1
    return is_short and not is_subtitle and fold_words(document.text(at)) not in _OPENING_HEADINGS


_CLOCK = compiled(r"\W*\d{1,2}[:.]\d\d(?:\s?[ap]m)?\W*", re.IGNORECASE)
_BUTTON = compiled(r"[A-Za-zأا]\s?[+−–-]?")


def _is_bare(text: str) -> bool:
    """Say whether a line has no letter and is no time of day, or is a button such as `A+`."""
    return bool(_BUTTON.fullmatch(text)) or not (has_letters(text) or _CLOCK.fullmatch(text))


def debris(document: Document, marks: Marks) -> Marks:
    """Mark the lines of a page that have no letter: numbers of comments, dots, arrows."""
    if not document.is_page:
        return {}
    bare = (at for at in unmarked(document, marks) if _is_bare(document.text(at)))
    undated = (at for at in bare if not date_line(document.text(at)))
    return dict.fromkeys(undated, BoilerplateClass.META)


_SHORT, _MOST_WORDS_OF_A_BYLINE = 4, 7
_MOST_LINES_ABOVE = 8
_MOST_WORDS_OF_A_CHANGE = 10
_CHANGE = compiled(r"(?:اخر تحديث|تاريخ التحديث|تم التحديث|last updated?)\s*[:|]?\s*\S")


def above(document: Document, marks: Marks) -> Marks:
    """Mark breadcrumbs, and times of change that are no date, above the prose.

    The first line that opens the text, with a colon too, ends what is above it.
    """
    new: dict[int, BoilerplateClass] = {}
    last = document.prose.start if document.prose else len(document) - 1
    for at in range(min(last, _MOST_LINES_ABOVE)):
        text, feature = document.text(at), document.features[at]
        if feature.ending in (Ending.SENTENCE, Ending.COLON) and feature.words > _SHORT:
            break
        if at not in marks and is_trail(text):
            new[at] = BoilerplateClass.NAVIGATION
        elif at not in marks and _is_change(document, at) and not date_line(text).modified:
            new[at] = BoilerplateClass.META
    return new


def _is_change(document: Document, at: int) -> bool:
    is_short = document.features[at].words <= _MOST_WORDS_OF_A_CHANGE
    return is_short and bool(_CHANGE.match(fold(document.text(at))))


def repeated_title(document: Document, marks: Marks) -> Marks:
    """Mark the line that says the title again right under it, or in a page's menus and tail.

    In a poem the title may be a line that returns.
    """
    titles = [at for at, mark in marks.items() if mark is Label.TITLE]
    if not titles:
        return {}
    title, words = titles[0], fold_words(document.text(titles[0])[:400])
    return {
        at: BoilerplateClass.NAVIGATION
        for at in unmarked(document, marks)
        if document.features[at].length <= 400
        and (at == title + 1 or (document.is_page and at not in document.prose))
        and fold_words(document.text(at)) == words
    }
