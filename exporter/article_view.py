"""An article as templates see it, in the words and digits of its language, for one medium."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from itertools import chain, count
from unicodedata import combining

from exporter import fonts
from exporter.arabic.abjad import to_abjad
from exporter.arabic.digits import DigitFamily, family_of, to_digits
from exporter.arabic.folding import fold_words
from exporter.arabic.languages import direction_of
from exporter.arabic.letters import letter, letters_of
from exporter.article import (
    Article,
    Blocks,
    Direction,
    Inlines,
    List,
    ListKind,
    Metadata,
    Paragraph,
    Role,
    Text,
    Verse,
    block_text,
    blocks_text,
    inline_text,
)
from exporter.choices import Digits, Links, Numerals, SourceNote
from exporter.records import dataclass
from exporter.sections import Section, SectionKind, sections_of
from exporter.shown_dates import calendars_of, dated_words, shown_date
from exporter.source_codes import SourceCode, codes_of, web_address
from exporter.theme_languages import class_of, family_in, in_language
from exporter.themes import Theme
from exporter.transforms.addresses import address_shown, is_address, with_addresses, with_breaks
from exporter.transforms.direction import (
    isolate_inlines,
    isolated_line,
    isolated_name,
    order_article,
    order_inlines,
)
from exporter.transforms.languages import language_of, primary
from exporter.transforms.mapping import map_inlines
from exporter.transforms.numbers import bind_number
from exporter.verse import hemistich_width

COUNTER_STYLES = {
    DigitFamily.ARABIC: "arabic-indic",
    DigitFamily.PERSIAN: "persian",
    DigitFamily.WESTERN: "decimal",
}
"""The counter style of each family: CSS Counter Styles Level 3 §6.1."""


_FEW, _SCANT = 4, 2
_LETTER = 0.36
"""So many lines are few for the last page of an article, and for a low one; how wide a letter is,
in em."""


class Medium(StrEnum):
    """What the page is read on: a screen's engine knows UAX #9, the paper's has to be helped."""

    PAPER = "paper"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Byline:
    """The creators of one role, under the theme's word for it."""

    label: str
    names: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as templates see it: metadata as inlines, words and digits of its language."""

    language: str
    direction: Direction
    theme: Theme
    """The theme in the article's language."""
    family_class: str
    """The class of an article that is in another family than its publication."""
    words: Mapping[str, str]
    digits: DigitFamily
    numerals: Numerals
    title: Inlines
    running_title: Inlines
    subtitle: Inlines
    description: Inlines
    publisher: Inlines
    subjects: tuple[Inlines, ...]
    rights: Inlines
    bylines: tuple[Byline, ...]
    issued: str
    shown_date: str
    source: str
    source_words: Inlines
    source_address: Inlines
    """The source on paper, as people read it."""
    source_note: SourceNote
    codes: tuple[SourceCode, ...]
    """The QR code of the source on paper, if there is one."""
    body: Blocks
    notes: Mapping[str, Blocks]
    addresses: Mapping[str, Blocks]
    """What stands as an address behind the words of a link, by the key of its note."""
    columns: int
    """How many columns the text has on paper."""
    room: float
    """The width of a column on paper, in em of the text."""
    breadth: float
    """The width of all columns on paper, in em of the text."""
    face: Callable[[], fonts.Face]
    """The face that draws most of the article."""
    calls: Callable[[str], int]
    """Counts the calls of a note while the article is rendered: 1 for the first."""

    @property
    def note_numbers(self) -> Mapping[str, int]:
        """The number of each note, by key."""
        return {key: number for number, key in enumerate(self.notes, start=1)}

    @property
    def ends_briefly(self) -> bool:
        """Whether the last paragraph, or item, has few lines on paper, as its letters tell."""
        return self.columns == 1 and 0 < self._last_lines <= _FEW

    @property
    def ends_scantily(self) -> bool:
        """Whether they are fewer than the last of a low page."""
        return self.columns == 1 and 0 < self._last_lines <= _SCANT

    @property
    def _last_lines(self) -> float:
        last = _last_words(self.body)
        return sum(not combining(character) for character in last) * _LETTER / self.room

    def marker(self, items: List, place: int) -> str:
        """Return what marks the item at a place from 0, in the article's digits or letters."""
        number = items.start + place
        counted = f"{self.numeral(number)}."
        match items.kind:
            case ListKind.BULLETED:
                return "•"
            case ListKind.NUMBERED:
                return counted
            case ListKind.LETTERED | ListKind.ALPHABETICAL:
                mark = letter(number, letters_of(items.kind, language=self.language))
                return f"{mark}." if mark else counted

    def numeral(self, number: int) -> str:
        """Return a number as lists and notes on paper have it."""
        letter = to_abjad(number) if self.numerals is Numerals.ABJAD else ""
        return letter or to_digits(number, self.digits)

    def hemistich_width(self, verse: Verse) -> float:
        """Return how wide the columns of a stanza are on paper, in em."""
        if language := self.language_of_verse(verse):
            return hemistich_width(verse, body=(), face=family_in(self.theme, language).regular)
        return hemistich_width(verse, body=self.body, face=self.face())

    def language_of_verse(self, verse: Verse) -> str:
        """Return the language of a stanza in another one than the article's, else ""."""
        runs = chain.from_iterable(line.hemistichs for line in verse.lines)
        languages = {language_of(run) for run in runs}
        return languages.pop() if len(languages) == 1 else ""

    def class_of(self, language: str) -> str:
        """Return the class of a passage in a language that has another family than the article."""
        return class_of(self.theme, language, around=self.theme.font) if language else ""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The body parted as that of a paper."""
        return sections_of(self.body)

    @property
    def abstract(self) -> Section | None:
        """The first abstract in the body, if there is one."""
        abstracts = (one for one in self.sections if one.kind is SectionKind.ABSTRACT)
        return next(abstracts, None)

    @property
    def source_is_link(self) -> bool:
        """Whether the source is an address that can be followed, not a name or a programme."""
        return bool(web_address(self.source))

    @property
    def counter_style(self) -> str:
        """The CSS counter style of the article's digits."""
        return COUNTER_STYLES[self.digits]


def view(article: Article, theme: Theme, medium: Medium) -> ArticleView:
    """Return what a template needs of an article, its runs ordered for the medium."""
    metadata = article.metadata
    direction = direction_of(metadata.language)
    own = in_language(theme, metadata.language)
    words = dated_words(article, theme)
    digits = digit_family(article, theme)
    standfirst = _standfirst(article)
    addresses: Mapping[str, Blocks] = {}
    if medium is Medium.PAPER:
        article, addresses = _printed(article, theme)

    def ordered(inlines: Inlines) -> Inlines:
        paper = medium is Medium.PAPER
        return order_inlines(inlines, direction=direction) if paper else inlines

    def runs(text: str) -> Inlines:
        return ordered(isolated(text))

    def line(text: str) -> Inlines:
        return ordered(isolated_line(isolated(text), direction=direction))

    def name(text: str) -> Inlines:
        return ordered(isolated_name(isolated(text), direction=direction))

    def on_paper(text: str) -> str:
        return shortened(text, theme) if medium is Medium.PAPER else ""

    return ArticleView(
        language=metadata.language,
        direction=direction,
        theme=own,
        family_class=class_of(theme, metadata.language, around=theme.font),
        words=words,
        digits=digits,
        numerals=theme.numerals,
        title=runs(metadata.title),
        running_title=line(on_paper(metadata.title)),
        subtitle=runs(metadata.subtitle),
        description=runs(standfirst),
        publisher=name(metadata.publisher),
        subjects=tuple(map(name, metadata.subjects)),
        rights=line(metadata.rights),
        bylines=_bylines(article, words, name),
        issued=metadata.issued,
        shown_date=shown_date(
            metadata.issued,
            words=words,
            digits=digits,
            calendars=calendars_of(metadata.language, theme.calendar),
        ),
        source=metadata.source,
        source_words=ordered(isolated_name((Text(metadata.source),), direction=direction)),
        source_address=with_breaks((address_shown(metadata.source),)),
        source_note=theme.source_note if medium is Medium.PAPER else SourceNote.TEXT,
        codes=codes_of(metadata.source, theme) if medium is Medium.PAPER else (),
        body=article.body,
        notes=article.notes,
        addresses=addresses,
        columns=theme.columns,
        room=theme.measure / theme.font_size,
        breadth=theme.type_area / theme.font_size,
        face=cache(lambda: _face(f"{metadata.title}\n{blocks_text(article.body)}", own)),
        calls=_calls(),
    )


def _last_words(blocks: Blocks) -> str:
    match blocks:
        case (*_, Paragraph(inlines)):
            return inline_text(inlines)
        case (*_, List(items=(*_, last))):
            return _last_words(last)
        case _:
            return ""


def _printed(article: Article, theme: Theme) -> tuple[Article, Mapping[str, Blocks]]:
    """Return the article as paper has it, and of its notes those that stand in the line instead."""
    if theme.links is not Links.NONE:
        article = with_addresses(article)
    article = map_inlines(order_article(map_inlines(article, bind_number)), with_breaks)
    if theme.links is not Links.INLINE:
        return article, {}
    addresses = {key: blocks for key, blocks in article.notes.items() if is_address(key)}
    notes = {key: blocks for key, blocks in article.notes.items() if key not in addresses}
    return replace(article, notes=notes), addresses


def isolated(text: str) -> Inlines:
    """Return a text of the metadata, its runs in other directions isolated."""
    return isolate_inlines((Text(text),)) if text else ()


_WORDS_BEFORE_A_TEASER = 12


def _standfirst(article: Article) -> str:
    """Return the description, unless it is a teaser: words with which the text begins anyway.

    A place and an agency may stand before them.
    """
    description = article.metadata.description
    opening = fold_words(block_text(article.body[0])) if article.body else ""
    teaser = fold_words(description.rstrip(" .…"))
    before, found, _ = f" {opening} ".partition(f" {teaser} ")
    is_teaser = bool(teaser and found) and len(before.split()) <= _WORDS_BEFORE_A_TEASER
    return "" if is_teaser else description


def shortened(title: str, theme: Theme) -> str:
    """Return as many words of the title as one line over the column holds."""
    column = theme.type_area / (theme.font_size * theme.running_title)
    face = _face(title, theme)
    words = title.split()
    used = -fonts.width(" ", face)
    for number, word in enumerate(words):
        used += fonts.width(" ", face) + fonts.width(word, face)
        if used > column * 0.94:  # the ellipsis, and what another face would add
            return " ".join(words[:number]) + "…"
    return title


def _face(text: str, theme: Theme) -> fonts.Face:
    """Return the face that a text is drawn with, where the theme's own family lacks its letters."""
    return fonts.drawing(text, theme.chain).regular


def digits_in(language: str, articles: Sequence[Article], theme: Theme) -> DigitFamily:
    """Return the digits of what the program numbers in a language: those of its first article."""
    first = (one for one in articles if primary(one.metadata.language) == language)
    return digit_family(next(first, Article(Metadata("", language=language), ())), theme)


def digit_family(article: Article, theme: Theme) -> DigitFamily:
    """Return the digits of what the program itself numbers or dates in an article."""
    if theme.digits is not Digits.AUTO:
        return DigitFamily(theme.digits)
    metadata = article.metadata
    text = f"{metadata.date_line}\n{blocks_text(article.body)}"
    return family_of(text, language=metadata.language)


def _bylines(
    article: Article, words: Mapping[str, str], name: Callable[[str], Inlines]
) -> tuple[Byline, ...]:
    by_role: dict[Role, list[Inlines]] = {}
    for creator in article.metadata.creators:
        by_role.setdefault(creator.role, []).append(name(creator.name))
    return tuple(Byline(words[role], tuple(names)) for role, names in by_role.items())


def _calls() -> Callable[[str], int]:
    """Return a function that counts the calls of each note of one article, in order."""
    numbers: dict[str, Iterator[int]] = {}
    return lambda key: next(numbers.setdefault(key, count(1)))
