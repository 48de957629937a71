"""The body of a Word file → paragraphs with what each is by its style, and tables between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum

from lxml import etree

from exporter.arabic.bidi import paragraph_direction
from exporter.article import (
    Direction,
    Figure,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Text,
    inline_text,
)
from exporter.patterns import compiled
from exporter.readers.docx.numbering import Mark, Numbering
from exporter.readers.docx.package import Element, child, get, named, value
from exporter.readers.docx.properties import (
    Properties,
    Style,
    paragraph_properties,
    run_properties,
    toggle,
)
from exporter.readers.docx.runs import Run, inlines_of
from exporter.readers.docx.walking import Walker
from exporter.records import dataclass

_SPACES = compiled(r"[ ]*\t[ \t]*|[ ]{2,}")
_MOST_BOXES = 3


class Kind(StrEnum):
    """What a paragraph is by its style."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"
    CODE = "code"
    CAPTION = "caption"
    CONTENTS = "contents"


# The built-in styles have English names in every language of Word, in small letters here.
_KINDS = {
    "title": Kind.TITLE,
    "subtitle": Kind.SUBTITLE,
    "quote": Kind.QUOTE,
    "intense quote": Kind.QUOTE,
    "quotations": Kind.QUOTE,
    "block text": Kind.QUOTE,
    "caption": Kind.CAPTION,
    "image caption": Kind.CAPTION,
    "table caption": Kind.CAPTION,
    "html preformatted": Kind.CODE,
    "preformatted text": Kind.CODE,
    "source code": Kind.CODE,
    "code": Kind.CODE,
    "macro text": Kind.CODE,
    "toc heading": Kind.CONTENTS,
}
_HEADING = compiled(r"heading (\d)")
_CONTENTS = compiled(r"toc \d|table of figures|index \d")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: what it is and says, how it is set, and what floats beside it.

    `level` is that of a heading, from 1; `size` is in half points.
    """

    kind: Kind
    inlines: Inlines
    level: int = 0
    mark: Mark | None = None
    is_bold: bool = False
    is_centred: bool = False
    size: int = 0
    figures: tuple[Figure, ...] = ()
    boxes: tuple[tuple[Item, ...], ...] = ()
    caption: Inlines = ()

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return inline_text(self.inlines).strip()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its items, how many columns it is wide, whether it goes on from above."""

    items: tuple[Item, ...]
    columns: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its rows of cells, and whether its first row heads it."""

    rows: tuple[tuple[Cell, ...], ...]
    has_header: bool = False
    caption: Inlines = ()


Item = Line | Rows


@dataclass(slots=True)
class Reader:
    """Reads the paragraphs of a part in the language of the article."""

    walker: Walker
    numbering: Numbering
    language: str
    direction: Direction
    kept: list[Run] = field(default_factory=list)
    depth: int = 0

    @property
    def styles(self) -> Mapping[str, Style]:
        """The styles of the file."""
        return self.walker.styles

    def items(self, element: Element) -> Iterator[Item]:
        """Yield the paragraphs and tables of a body, a cell, a note or a box."""
        for each in element.iterchildren(etree.Element):
            match etree.QName(each).localname:
                case "p":
                    yield from self._paragraph(each)
                case "tbl":
                    yield self._table(each)
                case "sdt":
                    yield from self._controlled(each)
                case "altChunk":
                    self.walker.gathered.drop("altChunk")
                case "AlternateContent":
                    for choice in list(each.iterchildren(etree.Element))[:1]:
                        yield from self.items(choice)
                case "customXml" | "ins" | "moveTo" | "smartTag" | "sdtContent":
                    yield from self.items(each)
                case _:
                    pass

    def _controlled(self, element: Element) -> Iterator[Item]:
        """Yield what a content control holds, but for a list of contents that Word made."""
        gallery = element.find(f".//{named('w:docPartGallery')}")
        if "table of contents" in get(gallery, "w:val").lower():
            self.walker.gathered.drop("TOC")
            return
        content = child(element, "w:sdtContent")
        if content is not None:
            yield from self.items(content)

    # --- paragraphs -------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Iterator[Line]:
        said = child(element, "w:pPr")
        style = self.styles.get(value(said, "w:pStyle"), self.styles.get("", Style()))
        properties = paragraph_properties(said).over(style.properties)
        runs, figures, boxes = self.walker.paragraph(element)
        runs = [replace(run, language=run.language or _styled(run, style)) for run in runs]
        kind, level = _kind(style.name, properties)
        mark_properties = child(said, "w:rPr")
        if any(child(mark_properties, one) is not None for one in ("w:del", "w:moveFrom")):
            self.kept += runs  # its mark is deleted: the next paragraph goes on in it
            return
        runs, self.kept = [*self.kept, *runs], []
        if kind is Kind.CONTENTS:
            self.walker.gathered.drop("TOC")
            return
        line = Line(
            kind,
            self._inlines(runs, is_code=kind is Kind.CODE),
            level=level,
            mark=self._mark(properties),
            is_bold=_is_bold(runs),
            is_centred=bool(properties.centred),
            size=_size(element, self.styles),
            figures=tuple(figures),
            boxes=self._boxes(boxes),
        )
        if line.inlines or line.figures or line.boxes:
            yield line

    def _mark(self, properties: Properties) -> Mark | None:
        key = properties.list_key
        if key in ("", "0"):  # 0 takes a paragraph out of the list of its style
            return None
        return self.numbering.mark(key, properties.list_level or 0)

    def _boxes(self, boxes: Sequence[Element]) -> tuple[tuple[Item, ...], ...]:
        """Return the boxes of text of a paragraph; the walker is at another paragraph then."""
        if self.depth >= _MOST_BOXES:
            return ()
        self.depth += 1
        items = tuple(tuple(self.items(box)) for box in boxes)
        self.depth -= 1
        return tuple(filter(None, items))

    def _inlines(self, runs: list[Run], *, is_code: bool) -> Inlines:
        text = "".join(inline_text((run.inline,)) for run in runs)
        base = paragraph_direction(text, default=self.direction)
        inlines = inlines_of(runs, base=base, language=self.language)
        return inlines if is_code else _trimmed(inlines)

    # --- tables -----------------------------------------------------------------------------

    def _table(self, element: Element) -> Rows:
        rows = tuple(tuple(self._cells(row)) for row in _within(element, "tr"))
        first = next(_within(element, "tr"), None)
        return Rows(tuple(filter(None, rows)), _is_header(element, first))

    def _cells(self, row: Element) -> Iterator[Cell]:
        if any(child(child(row, "w:trPr"), one) is not None for one in ("w:del",)):
            return  # a tracked deletion of the whole row
        for cell in _within(row, "tc"):
            said = child(cell, "w:tcPr")
            merged = child(said, "w:vMerge")
            span = value(said, "w:gridSpan")
            yield Cell(
                tuple(self.items(cell)),
                columns=min(int(span), 63) if span.isdigit() and int(span) else 1,
                goes_on=merged is not None and get(merged, "w:val") != "restart",
            )


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through what only wraps them."""
    for each in element.iterchildren(etree.Element):
        local = etree.QName(each).localname
        if local == name:
            yield each
        elif local in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _within(each, name)


def _is_header(table: Element, first: Element | None) -> bool:
    """Say whether the first row heads the table: it is repeated, or its style sets it apart."""
    if first is None:
        return False
    if toggle(child(first, "w:trPr"), "w:tblHeader"):
        return True
    said = child(table, "w:tblPr")
    look = child(said, "w:tblLook")
    style = value(said, "w:tblStyle").lower()
    is_marked = get(look, "w:firstRow") in {"1", "true"} or bool(_bits(get(look, "w:val")) & 0x20)
    return is_marked and style not in {"", "tablegrid", "tablenormal"}


def _bits(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _kind(name: str, properties: Properties) -> tuple[Kind, int]:
    """Return what a paragraph is by the name of its style, and the level of a heading."""
    if _CONTENTS.fullmatch(name):
        return Kind.CONTENTS, 0
    if found := _HEADING.match(name):
        return Kind.HEADING, int(found[1]) or 1
    if name in _KINDS:
        return _KINDS[name], 0
    if properties.outline is not None and 0 <= properties.outline <= 8:
        return Kind.HEADING, properties.outline + 1
    return Kind.TEXT, 0


def _styled(run: Run, style: Style) -> str:
    return style.properties.language_cs if run.rtl else style.properties.language


def _is_bold(runs: Sequence[Run]) -> bool:
    words = [run for run in runs if isinstance(run.inline, Text) and run.inline.text.strip()]
    return bool(words) and all(run.bold for run in words)


def _size(element: Element, styles: Mapping[str, Style]) -> int:
    """Return the size of a paragraph's first words, in half points; 0 where nothing says it."""
    style = styles.get(value(child(element, "w:pPr"), "w:pStyle"), styles.get("", Style()))
    run = next(iter(element.iter(named("w:r"))), None)
    own = run_properties(child(run, "w:rPr")).size
    return own or style.properties.size or 0


def _trimmed(inlines: Inlines) -> Inlines:
    """Return inlines without spaces and breaks at their edges, each other stretch of space one.

    Tabs stay: they part the halves of a line of verse.
    """
    made: list[Inline] = []
    for inline in inlines:
        spaced = _spaced(inline)
        if isinstance(spaced, Text) and made and isinstance(made[-1], Text):
            spaced = Text(made.pop().text + spaced.text)  # type: ignore[union-attr]
        made.append(spaced)
    while made and _is_blank(made[0]):
        made.pop(0)
    while made and _is_blank(made[-1]):
        made.pop()
    if made and isinstance(made[0], Text):
        made[0] = Text(made[0].text.lstrip())
    if made and isinstance(made[-1], Text):
        made[-1] = Text(made[-1].text.rstrip())
    return tuple(made)


def _spaced(inline: Inline) -> Inline:
    match inline:
        case Text(text):
            return Text(_SPACES.sub(lambda found: "\t" if "\t" in found[0] else " ", text))
        case _:
            return inline


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.text.strip())


def figures_of(line: Line) -> tuple[Figure, ...]:
    """Return the pictures that float beside a paragraph, and those that are all there is in it."""
    is_alone = all(isinstance(one, Image) or _is_blank(one) for one in line.inlines)
    own = (Figure(one) for one in line.inlines if is_alone and isinstance(one, Image))
    return (*line.figures, *own)
