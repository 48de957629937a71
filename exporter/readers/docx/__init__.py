"""The reader of Word files (.docx): the accepted text with lists, tables, notes, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from exporter.arabic.languages import detect, direction_of
from exporter.article import Article, Blocks, Metadata, Reading
from exporter.errors import ReadError
from exporter.readers.docx.blocks import blocks_of
from exporter.readers.docx.metadata import core_metadata
from exporter.readers.docx.numbering import Numbering, read_numbering
from exporter.readers.docx.package import Element, Package, Part, child, get, named, open_package
from exporter.readers.docx.paragraphs import Reader
from exporter.readers.docx.properties import Style, read_styles
from exporter.readers.docx.structure import entitled, headed
from exporter.readers.docx.walking import Gathered, Walker
from exporter.readers.opening import signed
from exporter.readers.options import ReadingOptions
from exporter.readers.text.decoding import removal
from exporter.records import dataclass
from exporter.sources import Source
from exporter.transforms.headings import level_blocks


def read(source: Source, options: ReadingOptions) -> Iterator[Reading]:  # noqa: ARG001
    """Yield the one article of a Word file; what a person wrote holds no boilerplate.

    Changes that were tracked are taken as accepted; comments, heads and feet of pages are not
    read, nor is anything outside the file. Raises ReadError for a file that is locked, damaged,
    of the old kind, or without text.
    """
    package = open_package(source.data, location=source.location)
    document = _Document(package, read_styles(package.part("styles")), Gathered())
    core = core_metadata(package.properties)
    items = list(document.reader(package.main).items(document.body))
    told, items = entitled(items, replace(core, creators=(), issued="", modified=""))
    body = level_blocks(blocks_of(headed(items)))
    if not body:
        raise ReadError("empty", subject=source.location)
    metadata, body, dates = signed(told, body)
    article = Article(
        document.metadata(metadata, core), body, document.notes(), document.gathered.resources
    )
    gathered = document.gathered
    yield Reading(article, (*gathered.notices, *removal(gathered.removed), *dates))


@dataclass(frozen=True, slots=True)
class _Document:
    """A Word file that is being read."""

    package: Package
    styles: Mapping[str, Style]
    gathered: Gathered

    @property
    def body(self) -> Element:
        """The element that holds the text."""
        root = self.package.main.root
        body = child(root, "w:body")
        return root if body is None else body

    @property
    def language(self) -> str:
        """The language of the words in the text."""
        return detect("".join(str(one.text or "") for one in self.body.iter(named("w:t"))))

    def reader(self, part: Part) -> Reader:
        """Return what reads a part: the text or the notes."""
        walker = Walker(self.package, part, self.styles, self.gathered)
        language = self.language
        return Reader(walker, self._numbering, language, direction_of(language))

    @property
    def _numbering(self) -> Numbering:
        return read_numbering(self.package.part("numbering"))

    def notes(self) -> Mapping[str, Blocks]:
        """Return the footnotes and endnotes, by the keys that their calls have."""
        return {
            f"{kind}-{get(note, 'w:id')}": blocks_of(list(reader.items(note)))
            for kind in ("footnote", "endnote")
            if (part := self.package.part(f"{kind}s")) is not None
            for reader in (self.reader(part),)
            for note in part.root.iterchildren(named(f"w:{kind}"))
            if get(note, "w:type") in {"", "normal"}
        }

    def metadata(self, read: Metadata, core: Metadata) -> Metadata:
        """Return what the text says of itself, and the core properties where it says nothing."""
        language = self.language
        is_told = core.language.lower().partition("-")[0] == language
        return replace(
            read,
            creators=read.creators or core.creators,
            issued=read.issued or core.issued,
            modified=read.modified or core.modified,
            language=core.language if is_told else language,
        )


__all__ = ["read"]
