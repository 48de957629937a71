"""The rules in their order: features → labels, each rule on what those before it left free."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.arabic.boilerplate import BoilerplateClass, is_trail
from exporter.arabic.dates import date_line
from exporter.arabic.folding import fold
from exporter.patterns import compiled
from exporter.readers.text import boxes, captions, forms, head, menus, messages, publishers, tail
from exporter.readers.text.features import Ending, is_right_to_left
from exporter.readers.text.labels import Label, Mark, Marks, Rule, unmarked
from exporter.readers.text.lines import Document, Weight
from exporter.readers.text.lists import lists

_LONGEST_OF_A_PART, _LONGEST_TYPED = 8, 14
_GREETING = compiled(
    r"\W*(?:السلام عليكم|صباح الخير|مساء الخير|تحيه طيبه|بسم الله|اما بعد|عزيز[يت]|احبتي|اهلا)\b"
)
_ADDRESS = compiled(r"@\w|https?:|www\.")


def headings(document: Document, marks: Marks) -> Marks:
    """Mark phrases that stand over a paragraph, after the end of another or after the title.

    A numbered line between paragraphs is a heading too. The first line of an article without a
    title is none, nor is a line that only a comma or a colon closes.
    """
    free = set(unmarked(document, marks))
    new: dict[int, Mark] = {at: Label.HEADING for at in _sections(document) if at in free}
    signed = {document.text(at) for at, mark in marks.items() if mark is Label.BYLINE}
    free -= {at for at in free if document.text(at) in signed}
    for at in reversed(range(len(document) - 1)):
        # Of several phrases in a row, two can be headings: one of a part, one of a section.
        is_second = (
            at + 1 in new
            and at + 2 not in new
            and document.features[at].words <= _LONGEST_OF_A_PART
        )
        if (
            at not in free
            or (at + 1 in new and not is_second)
            or not _is_heading(document, marks, at)
        ):
            continue
        if is_second or _is_headed(document, marks, at + 1):
            new[at] = Label.HEADING
    return new


def _sections(document: Document) -> Iterator[int]:
    """Yield where the entries of a table of contents stand again."""
    entries = document.contents
    return (
        at
        for at in document.prose
        if document.text(at) in entries and at != entries[document.text(at)]
    )


def _is_heading(document: Document, marks: Marks, at: int) -> bool:
    feature = document.features[at]
    if at == 0 or not feature.is_phrase or feature.words > 12:
        return False
    text = document.text(at)
    is_other = date_line(text) or is_trail(text) or _ADDRESS.search(text)
    if is_other or _GREETING.match(fold(text)):
        return False
    if document.is_right_to_left and not is_right_to_left(text):
        return False
    before = document.features[at - 1]
    is_parted = document.lines[at].blank_before > 0 or not document.has_blank_lines
    is_parted = is_parted or isinstance(marks.get(at - 1), BoilerplateClass)
    return is_parted and (before.ending is not Ending.COLON or before.is_prose)


def _is_headed(document: Document, marks: Marks, at: int) -> bool:
    """Say whether the line can follow a heading: a paragraph, a list, verse, code or a turn."""
    mark = marks.get(at)
    if mark in (Label.LIST_ITEM, Label.VERSE, Label.CODE, Label.FENCE, Label.DIALOGUE):
        return True
    feature = document.features[at]
    is_text = mark in (None, Label.QUOTATION, Label.PARAGRAPH)
    lead_in = feature.ending is Ending.COLON and feature.words > 3
    return is_text and (feature.is_prose or lead_in)


def typed_headings(document: Document, marks: Marks) -> Marks:
    """Mark lines typed as headings, and short ones typed strong over what a heading can head."""
    new: dict[int, Mark] = {}
    for at in unmarked(document, marks):
        feature, weight = document.features[at], document.lines[at].weight
        is_short = feature.is_phrase or feature.ending is Ending.COLON
        is_strong = weight is Weight.STRONG and is_short and feature.words <= _LONGEST_TYPED
        is_over = at > 0 and at + 1 < len(document) and _is_headed(document, marks, at + 1)
        if weight is Weight.HEADING or (is_strong and is_over):
            new[at] = Label.HEADING
    return new


def paragraphs(document: Document, marks: Marks) -> Marks:
    """Mark every line that is left as a paragraph: nothing is dropped without a rule."""
    return dict.fromkeys(unmarked(document, marks), Label.PARAGRAPH)


RULES: tuple[Rule, ...] = (
    forms.fences,
    forms.indented_code,
    forms.thematic_breaks,
    forms.verse,
    messages.headers,
    publishers.source_label,
    menus.menus,
    menus.leftovers,
    menus.above,
    tail.tail,
    menus.debris,
    boxes.between,
    head.byline_and_date,
    forms.bare_code,
    captions.captions,
    head.title,
    menus.repeated_title,
    typed_headings,
    forms.free_verse,
    forms.editor_notes,
    forms.dialogue,
    head.standfirst,
    forms.pull_quotes,
    forms.quotations,
    lists,
    headings,
    paragraphs,
)


def label(document: Document) -> Marks:
    """Return what each line of a document is, by the first rule that says so."""
    marks: dict[int, Mark] = {}
    for rule in RULES:
        marks |= {at: mark for at, mark in rule(document, marks).items() if at not in marks}
    return dict(sorted(marks.items()))
