"""The Article: a closed tree of blocks and inlines with Dublin Core metadata.

Unsafe HTML can't be expressed in it, and every stage between a reader and a writer is a function
on it. Text is in logical order; direction is a node (`Isolate`), never a control character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from itertools import chain

from exporter.notices import Notice
from exporter.patterns import compiled
from exporter.records import dataclass


class Direction(StrEnum):
    """The base direction of a run or a page, as in HTML's `dir`."""

    RTL = "rtl"
    LTR = "ltr"


class Role(StrEnum):
    """What a creator did: MARC relator codes."""

    AUTHOR = "aut"
    TRANSLATOR = "trl"
    EDITOR = "edt"
    PHOTOGRAPHER = "pht"
    INTERVIEWER = "ivr"
    ILLUSTRATOR = "ill"
    COMPILER = "com"
    PROOFREADER = "pfr"


# --- addresses ------------------------------------------------------------------------------

LINK_SCHEMES = ("http:", "https:", "mailto:", "tel:", "ftp:")
"""What a link may begin with: nothing that runs a program or reads a local file."""


# --- inlines --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress emphasis; set in italic only where the family has a drawn italic."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink to an absolute URL; raises ValueError for one not of `LINK_SCHEMES`."""

    children: tuple[Inline, ...]
    href: str

    def __post_init__(self) -> None:
        if not self.href.lower().startswith(LINK_SCHEMES):
            raise ValueError(f"not an address that a link may have: {self.href!r}")


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A few words of code, always left to right."""

    text: str


@dataclass(frozen=True, slots=True)
class Isolate:
    """A run with a direction or a language of its own.

    UAX #9 §2.7: an isolate does not reorder its surroundings.
    """

    children: tuple[Inline, ...]
    direction: Direction
    language: str = ""


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The call of the note with this key in `Article.notes`."""

    note: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: the key of a resource and what it shows."""

    resource: str
    alt: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that ends where its author ended it."""


@dataclass(frozen=True, slots=True)
class Sub:
    """Subscript."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Sup:
    """Superscript."""

    children: tuple[Inline, ...]


Inline = (
    Text | Emphasis | Strong | Link | CodeSpan | Isolate | NoteRef | Image | LineBreak | Sub | Sup
)
Inlines = tuple[Inline, ...]

DEEPEST = 32
"""The most blocks and inlines inside one another that are read: more than any article has."""


# --- blocks ---------------------------------------------------------------------------------


class ListKind(StrEnum):
    """How the items of a list are marked.

    LETTERED is in the order of the abjad (أ ب ج د), ALPHABETICAL in that of the alphabet (أ ب ت ث);
    in an article of another script both are its own letters.
    """

    BULLETED = "bulleted"
    NUMBERED = "numbered"
    LETTERED = "lettered"
    ALPHABETICAL = "alphabetical"


class AsideRole(StrEnum):
    """What stands beside the running text."""

    EDITOR_NOTE = "editor-note"
    PULL_QUOTE = "pull-quote"
    SIDEBAR = "sidebar"


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading; the article's title is level 1, so `level` is 2 to 6."""

    inlines: Inlines
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class List:
    """A list; an item is a sequence of blocks, so that lists nest."""

    items: tuple[tuple[Block, ...], ...]
    kind: ListKind = ListKind.BULLETED
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means: one meaning or several, each a sequence of blocks.

    A term without a meaning shares those of the next one.
    """

    term: Inlines
    meanings: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of terms with their definitions, as in a glossary."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation with the name under it, if any."""

    children: tuple[Block, ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class VerseLine:
    """A line of verse: one part, or the two hemistichs (صدر، عجز) of a classical line."""

    hemistichs: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Verse:
    """A stanza."""

    lines: tuple[VerseLine, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and credit."""

    image: Image
    caption: Inlines = ()
    credit: Inlines = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `header` and `rows` are rows of cells of inlines."""

    rows: tuple[tuple[Inlines, ...], ...]
    header: tuple[Inlines, ...] = ()
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code, its lines and spaces kept."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Blocks beside the running text."""

    children: tuple[Block, ...]
    role: AsideRole = AsideRole.SIDEBAR


Block = (
    Heading | Paragraph | List | Definitions | Quote | Verse | Figure | Table | Code | Rule | Aside
)
Blocks = tuple[Block, ...]


# --- the article ----------------------------------------------------------------------------

# EPUB 3.3 Appendix D.3.7: decimal numbers with points between them.
_POSITION = compiled(r"[0-9]+(\.[0-9]+)*")
_ISO_DATE = compiled(
    r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?"
)


def _is_iso_date(text: str) -> bool:
    """Whether the text is a year, a month, a day or a date-time that the calendar has."""
    if not _ISO_DATE.fullmatch(text):
        return False
    day, _, time = text.partition("T")
    whole = "-".join([*day.split("-"), "01", "01"][:3])
    try:
        datetime.fromisoformat(f"{whole}T{time}" if time else whole)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Creator:
    """A person who made the article."""

    name: str
    role: Role = Role.AUTHOR
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Dublin Core terms of an article; an empty string says that the article has none.

    `issued` and `modified` are ISO 8601 dates (a year, a month, a day or a date-time; Gregorian).
    `date_line` is the line that gave the date as the article wrote it, which tells the months and
    the calendar of its region. `description` is the standfirst. `title_romanised` and
    `subtitle_romanised` are the titles in Latin letters; `group_position` is the place in
    `is_part_of`: a number, or several with points between them. Raises ValueError for a date or a
    position in another form.
    """

    title: str
    subtitle: str = ""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    issued: str = ""
    modified: str = ""
    language: str = "ar"
    source: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    rights: str = ""
    is_part_of: str = ""
    identifier: str = ""
    date_line: str = ""
    title_romanised: str = ""
    subtitle_romanised: str = ""
    group_position: str = ""

    def __post_init__(self) -> None:
        if self.group_position and not _POSITION.fullmatch(self.group_position):
            raise ValueError(f"not a position in a series: {self.group_position!r}")
        for date in (self.issued, self.modified):
            if date and not _is_iso_date(date):
                raise ValueError(f"not an ISO 8601 date: {date!r}")


@dataclass(frozen=True, slots=True)
class Resource:
    """The bytes of a picture, where they came from and what they are (a media type)."""

    source: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Article:
    """An article: metadata, body, notes by key, pictures by key."""

    metadata: Metadata
    body: Blocks
    notes: Mapping[str, Blocks] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a source."""

    article: Article
    notices: tuple[Notice, ...] = ()


# --- plain text -----------------------------------------------------------------------------


def inline_text(inlines: Iterable[Inline]) -> str:
    """Return the plain text of inlines, in logical order; a picture counts for nothing."""
    return "".join([one.text if isinstance(one, Text) else _inline_text(one) for one in inlines])


def _inline_text(inline: Inline) -> str:
    match inline:
        case Text(text) | CodeSpan(text):
            return text
        case LineBreak():
            return "\n"
        case NoteRef() | Image():
            return ""
        case _:
            return inline_text(inline.children)


def block_text(block: Block) -> str:  # noqa: C901 (one case a node)
    """Return a block's plain text: lines parted by newlines, hemistichs and cells by tabs."""
    match block:
        case Heading(inlines) | Paragraph(inlines):
            return inline_text(inlines)
        case Verse(lines):
            return "\n".join("\t".join(map(inline_text, line.hemistichs)) for line in lines)
        case List(items):
            return "\n".join(blocks_text(item) for item in items)
        case Definitions(items):
            parts = ((inline_text(item.term), *map(blocks_text, item.meanings)) for item in items)
            return "\n".join(filter(None, chain.from_iterable(parts)))
        case Code(text):
            return text
        case Table():
            rows = (block.header, *block.rows) if block.header else block.rows
            cells = "\n".join("\t".join(map(inline_text, row)) for row in rows)
            return "\n".join(filter(None, (inline_text(block.caption), cells)))
        case Figure():
            return "\n".join(filter(None, map(inline_text, (block.caption, block.credit))))
        case Quote(children, attribution):
            return "\n".join(filter(None, (blocks_text(children), inline_text(attribution))))
        case Aside(children):
            return blocks_text(children)
        case Rule():
            return ""


def blocks_text(blocks: Iterable[Block]) -> str:
    """Return the plain text of blocks, one after the other."""
    return "\n".join(filter(None, map(block_text, blocks)))


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block in reading order, each before the blocks inside it."""
    for block in blocks:
        yield block
        match block:
            case Quote(children) | Aside(children):
                yield from walk(children)
            case List(items):
                for item in items:
                    yield from walk(item)
            case Definitions(definitions):
                for meaning in chain.from_iterable(item.meanings for item in definitions):
                    yield from walk(meaning)
            case _:
                pass
