"""Rendering: Publication + Theme → XHTML and CSS, through the theme's Jinja2 templates.

Templates hold inheritance, `if`, `for` and macros; whatever needs more is settled here first.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import jinja2
from jinja2.bccache import Bucket

from exporter import fonts
from exporter.arabic.abjad import LETTERS, to_abjad
from exporter.arabic.addresses import uri_of
from exporter.arabic.bidi import content_direction, paragraph_direction
from exporter.arabic.digits import DigitFamily, family_of, is_number, to_digits
from exporter.arabic.folding import fold_words
from exporter.arabic.languages import direction_of
from exporter.arabic.letters import letter, letters_of
from exporter.arabic.printed_addresses import BREAK, NO_BREAK
from exporter.arabic.vocalisation import is_vocalised
from exporter.article import (
    Article,
    Block,
    Blocks,
    Direction,
    Figure,
    Inline,
    Inlines,
    Isolate,
    List,
    ListKind,
    Role,
    Text,
    Verse,
    block_text,
    blocks_text,
    inline_text,
)
from exporter.errors import WriteError
from exporter.kept import keep, recalled
from exporter.publication import Publication
from exporter.sections import Section, SectionKind, sections_of
from exporter.shown_dates import calendars_of, dated_words, shown_date
from exporter.source_codes import SourceCode, codes_of, web_address
from exporter.themes import Digits, Justify, Links, Numerals, SourceNote, Theme
from exporter.transforms.addresses import (
    LONGEST_WHOLE,
    address_shown,
    is_address,
    with_addresses,
    with_breaks,
)
from exporter.transforms.direction import isolate_inlines, order_article, order_inlines
from exporter.transforms.mapping import calls_in, map_inlines
from exporter.verse import hemistich_width, is_classical
from exporter.version import __version__

COUNTER_STYLES = {
    DigitFamily.ARABIC: "arabic-indic",
    DigitFamily.PERSIAN: "persian",
    DigitFamily.WESTERN: "decimal",
}
"""The counter style of each family: CSS Counter Styles Level 3 §6.1."""

# The scheme under which the paper's engine finds an article's own resources, and nothing else.
RESOURCE_SCHEME = "resource:"


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
    face: fonts.Face
    calls: Callable[[str], int]
    """Counts the calls of a note while the article is rendered: 1 for the first."""

    @property
    def note_numbers(self) -> Mapping[str, int]:
        """The number of each note, by key."""
        return {key: number for number, key in enumerate(self.notes, start=1)}

    @property
    def is_plain_title(self) -> bool:
        """Whether the title is plain text, whose lines the engine can balance on paper."""
        return all(isinstance(one, Text) for one in self.title)

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
        return hemistich_width(verse, body=self.body, face=self.face)

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

    def on_paper(text: str) -> str:
        return shortened(text, theme) if medium is Medium.PAPER else ""

    return ArticleView(
        language=metadata.language,
        direction=direction,
        words=words,
        digits=digits,
        numerals=theme.numerals,
        title=runs(metadata.title),
        running_title=runs(on_paper(metadata.title)),
        subtitle=runs(metadata.subtitle),
        description=runs(standfirst),
        publisher=runs(metadata.publisher),
        subjects=tuple(map(runs, metadata.subjects)),
        rights=runs(metadata.rights),
        bylines=_bylines(article, words, runs),
        issued=metadata.issued,
        shown_date=shown_date(
            metadata.issued,
            words=words,
            digits=digits,
            calendars=calendars_of(metadata.language, theme.calendar),
        ),
        source=metadata.source,
        source_words=ordered((Text(metadata.source),)),
        source_address=with_breaks((address_shown(metadata.source),)),
        source_note=theme.source_note if medium is Medium.PAPER else SourceNote.TEXT,
        codes=codes_of(metadata.source, theme) if medium is Medium.PAPER else (),
        body=article.body,
        notes=article.notes,
        addresses=addresses,
        columns=theme.columns,
        room=theme.measure / theme.font_size,
        breadth=theme.type_area / theme.font_size,
        face=_drawing(article, theme) if medium is Medium.PAPER else theme.text.regular,
        calls=_calls(),
    )


def _printed(article: Article, theme: Theme) -> tuple[Article, Mapping[str, Blocks]]:
    """Return the article as paper has it, and of its notes those that stand in the line instead."""
    if theme.links is not Links.NONE:
        article = with_addresses(article)
    article = map_inlines(order_article(article), with_breaks)
    if theme.links is not Links.INLINE:
        return article, {}
    addresses = {key: blocks for key, blocks in article.notes.items() if is_address(key)}
    notes = {key: blocks for key, blocks in article.notes.items() if key not in addresses}
    return replace(article, notes=notes), addresses


def isolated(text: str) -> Inlines:
    """Return a text of the metadata, its runs in other directions isolated."""
    return isolate_inlines((Text(text),)) if text else ()


def _drawing(article: Article, theme: Theme) -> fonts.Face:
    return _face(f"{article.metadata.title}\n{blocks_text(article.body)}", theme)


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


def render_paper(publication: Publication, theme: Theme) -> str:
    """Return the XHTML of the whole publication, to be set by WeasyPrint."""
    return render_template("print.xhtml", theme, paper_context(publication, theme))


def paper_context(publication: Publication, theme: Theme, *, first: int = 1) -> dict[str, object]:
    """Return what a template of paper needs; `first` is the number of the first article."""
    return {
        "publication": publication,
        "articles": [view(article, theme, Medium.PAPER) for article in publication.articles],
        "first": first,
        "pictures": [
            {
                key: f"{RESOURCE_SCHEME}{name}"
                for key, name in resource_names(article, number).items()
            }
            for number, article in enumerate(publication.articles, start=first)
        ],
        "anchors": _anchors(),
    }


def resource_names(article: Article, number: int) -> Mapping[str, str]:
    """Return the name, after the scheme, of each resource of the article with this number.

    Two articles may call different pictures by one key.
    """
    return {key: f"{number}/{quote(key, safe='')}" for key in article.resources}


def render_chapter(
    article: Article, theme: Theme, *, stylesheets: Sequence[str], paths: Mapping[str, str]
) -> str:
    """Return the XHTML of one chapter of an e-book.

    `stylesheets` and `paths` (of the article's resources, by key) are relative to the chapter.
    """
    context = {
        "article": view(article, theme, Medium.SCREEN),
        "title": article.metadata.title,
        "stylesheets": stylesheets,
        "paths": paths,
        "anchors": _anchors(),
    }
    return render_template("chapter.xhtml", theme, context)


def render_template(name: str, theme: Theme, context: Mapping[str, object]) -> str:
    """Return any other template of the theme (a cover, a style sheet), with its own context.

    Raises WriteError naming the theme and the file for a template that Jinja2 can't render.
    """
    try:
        return _environment(theme.folders).get_template(name).render(context)
    except jinja2.TemplateError as error:
        detail = f"{_place(error, theme) or name}: {error}"
        raise WriteError("theme-broken", subject=theme.name, detail=detail) from error


def _place(error: jinja2.TemplateError, theme: Theme) -> str:
    """Return the file and the line of a template where an error arose, or nothing."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [(Path(frame.filename), frame.lineno) for frame in frames]
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        places.append((Path(error.filename), error.lineno))
    inside = [place for place in places if place[0].parent in theme.folders]
    return f"{inside[-1][0].name}, line {inside[-1][1]}" if inside else ""


def render_stylesheet(
    name: str,
    theme: Theme,
    publication: Publication,
    *,
    more: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """Return a style sheet of the theme with the publication's page and type, and `more`, in it."""
    lead = view(publication.articles[0], theme, Medium.SCREEN)
    context = {
        "theme": theme,
        "direction": publication.direction,
        "counter_style": lead.counter_style,
        "list_letters": {
            kind: letters_of(kind, language=lead.language)
            for kind in (ListKind.LETTERED, ListKind.ALPHABETICAL)
        },
        "numeral_style": "abjad" if theme.numerals is Numerals.ABJAD else lead.counter_style,
        "abjad": LETTERS,
        # What `--kashida` asks of the engine (`typesetting/kashida.py`).
        "stretched": theme.justify is Justify.KASHIDA,
        "has_italic": theme.text.has_italic,
        **more,
    }
    return render_template(name, theme, context)


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


def digit_family(article: Article, theme: Theme) -> DigitFamily:
    """Return the digits of what the program itself numbers or dates in an article."""
    if theme.digits is not Digits.AUTO:
        return DigitFamily(theme.digits)
    metadata = article.metadata
    text = f"{metadata.date_line}\n{blocks_text(article.body)}"
    return family_of(text, language=metadata.language)


def _bylines(
    article: Article, words: Mapping[str, str], runs: Callable[[str], Inlines]
) -> tuple[Byline, ...]:
    by_role: dict[Role, list[Inlines]] = {}
    for creator in article.metadata.creators:
        by_role.setdefault(creator.role, []).append(runs(creator.name))
    return tuple(Byline(words[role], tuple(names)) for role, names in by_role.items())


def _anchors() -> Callable[[], str]:
    """Return a function that gives the headings of one document their ids, in order."""
    numbers = count(1)
    return lambda: f"section-{next(numbers)}"


def _calls() -> Callable[[str], int]:
    """Return a function that counts the calls of each note of one article, in order."""
    numbers: dict[str, Iterator[int]] = {}
    return lambda key: next(numbers.setdefault(key, count(1)))


@cache
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    loaders = [jinja2.FileSystemLoader(folder) for folder in folders]
    # `naskh:print.xhtml` is the file of the theme that is extended, or of those that it extends.
    named = {
        folder.name: jinja2.ChoiceLoader(loaders[place:])
        for place, folder in enumerate(folders[1:], start=1)
    }
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*loaders, jinja2.PrefixLoader(named, delimiter=":")]),
        autoescape=jinja2.select_autoescape(["xhtml"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # what is kept of a template must not depend on our filters
        bytecode_cache=_Compiled(),
    )
    environment.filters["kind"] = _kind
    environment.filters["digits"] = to_digits
    environment.filters["is_classical"] = is_classical
    environment.filters["is_number"] = is_number
    environment.filters["vocalised"] = _vocalised
    environment.filters["has_calls"] = _has_calls
    environment.filters["text"] = _text
    environment.filters["alternative"] = _alternative
    environment.filters["uri"] = _uri
    environment.filters["line_class"] = _line_class
    environment.filters["own_direction"] = _own_direction
    environment.filters["words_direction"] = _words_direction
    return environment


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled by an earlier run, for Jinja2 to check and take."""

    def load_bytecode(self, bucket: Bucket) -> None:
        data = recalled("templates", self._name(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep("templates", self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        versions = (jinja2.__version__, sys.implementation.cache_tag or sys.version, __version__)
        return "\0".join((*versions, bucket.key, bucket.checksum))


def _kind(node: Block | Inline) -> str:
    """Return the name of a node's type, by which macros choose their markup."""
    return type(node).__name__


_END_OF_AYAH = "\N{ARABIC END OF AYAH}"
_STARTS_WITH_A_NUMBER = re.compile(r"[+(-]?\d")


def _line_class(isolate: Isolate) -> str:
    """Return where a line may end inside an isolate, as a class of the style sheet.

    Nowhere in a short word or number, such as `C++` or a telephone (`together`); anywhere in a
    long one, such as an address (`parted`), so that the line before it needn't be stretched.
    """
    text = inline_text(isolate.children)
    is_word = " " not in text or _END_OF_AYAH in text
    if len(text) <= LONGEST_WHOLE:
        return "together" if is_word or _STARTS_WITH_A_NUMBER.match(text) else ""
    return "parted" if is_word else ""


def _own_direction(inlines: Inlines, default: Direction) -> Direction | None:
    """Return the direction of a paragraph when it isn't that of its article."""
    direction = paragraph_direction(inline_text(inlines), default=default)
    return None if direction is default else direction


def _words_direction(inlines: Inlines, default: Direction) -> Direction | None:
    """Return the direction of words where it is not that of the box around them."""
    direction = content_direction(inline_text(inlines), default=default)
    return None if direction is default else direction


def _uri(address: str) -> str:
    """Return an address as a link may hold it, empty for one that leads nowhere."""
    try:
        return uri_of(address)
    except ValueError:
        return ""


def _alternative(figure: Figure) -> str:
    """Return what a picture shows, in words: its caption where nobody wrote an alternative."""
    return figure.image.alt or inline_text(figure.caption)


def _text(inlines: Inlines) -> str:
    """Return what the inlines say, without what is put in for the breaking of lines."""
    return inline_text(inlines).replace(BREAK, "").replace(NO_BREAK, "")


def _vocalised(inlines: Inlines) -> str:
    """Return the class of a text that needs room for its marks, empty for others."""
    return "vocalised" if is_vocalised(inline_text(inlines)) else ""


def _has_calls(inlines: Inlines) -> bool:
    return any(True for _ in calls_in(inlines))
