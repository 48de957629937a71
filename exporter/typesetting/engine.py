"""The engine: the one object that owns WeasyPrint's fonts and parsed style sheets in a process.

Nothing of WeasyPrint is changed outside it, so a host program's own WeasyPrint stays stock.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.request import OpenerDirector

from exporter.article import Direction, Resource
from exporter.errors import MissingLibraryError, WriteError
from exporter.notices import Notice, NoticeCode
from exporter.pictures.loading import Loader
from exporter.printing import Printing
from exporter.publication import PrintEdition
from exporter.records import dataclass
from exporter.rendering import RESOURCE_SCHEME
from exporter.typesetting.loading import load

# WeasyPrint prints advice and warns about the system's own fonts while it is imported; what
# matters of that is said by MissingLibraryError.
with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        load()
        import pydyf
        import weasyprint
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Document
        from weasyprint.pdf import generate_pdf
        from weasyprint.pdf.metadata import DocumentMetadata
        from weasyprint.text.ffi import pango
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        from exporter.typesetting import (
            columns,
            exact_text,
            figures,
            footnotes,
            justification,
            line_breaking,
            line_places,
            lines,
            link_annotations,
            long_documents,
            percentages,
            running_heads,
            sheets,
            standards,
            styles,
            tagging,
            text_indent,
            trailing_space,
            well_formed,
            wholes,
        )
        from exporter.typesetting.binding.fragment import Fragment, Spot, capture, spots_of
        from exporter.typesetting.exact_text.apart import fonts_apart
        from exporter.typesetting.finishing import (
            finish,
            finish_pages,
            finish_whole,
            keep_bytes,
        )
        from exporter.typesetting.fontconfig import BundledFonts
        from exporter.typesetting.glyphs import Glyphs, glyphs_of
        from exporter.typesetting.hooks import Hooks, is_active
        from exporter.typesetting.page_starts import print_edition
        from exporter.typesetting.parsed_css import parsed
        from exporter.typesetting.running_heads import margin_boxes_left_out
    except OSError as error:
        raise MissingLibraryError(
            "library-missing", subject="Pango", detail="libpango-1.0-0 libpangoft2-1.0-0"
        ) from error

HOOKS = (
    line_breaking.HOOK,
    *line_breaking.STARTS,
    trailing_space.HOOK,
    lines.ONCE,
    lines.ABOVE,
    justification.HOOK,
    *footnotes.HOOKS,
    figures.HOOK,
    wholes.HOOK,
    *running_heads.HOOKS,
    *long_documents.HOOKS,
    *styles.HOOKS,
    *percentages.HOOKS,
    *line_places.HOOKS,
    well_formed.HOOK,
    text_indent.HOOK,
    link_annotations.HOOK,
    columns.RULES,
    columns.LAYOUT,
    tagging.HOOK,
    *exact_text.HOOKS,
)
REPAIRS = """
/* WeasyPrint 70's own sheet has the sides of a description the wrong way round. */
dd { margin-inline: 40px 0; }
"""
"""What the engine puts before every style sheet, which may say otherwise."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF, where its anchors and its pages are, and what WeasyPrint complained of."""

    pdf: bytes
    page_map: Mapping[str, int]
    print_edition: PrintEdition
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Shell:
    """A PDF without a text, and its one page."""

    pdf: pydyf.PDF
    blank: Fragment


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A parsed style sheet with what WeasyPrint said of it, to be said again at each use.

    WeasyPrint keeps the `@counter-style` rules of a sheet apart from it.
    """

    parsed: weasyprint.CSS
    counters: CounterStyle
    complaints: tuple[str, ...]


class Engine:
    """Lays out XHTML and CSS with the given font files and nothing else of the machine.

    `jobs` is on how many cores at once a book may be laid out.
    """

    def __init__(self, font_files: Sequence[Path], *, jobs: int = 1) -> None:
        self.jobs = jobs
        self._font_files = tuple(font_files)
        self._process = os.getpid()
        self._forked: Engine | None = None
        self._fonts = BundledFonts(font_files)
        self._hooks = Hooks(HOOKS)
        self._sheets: dict[str, _Sheet] = {}

    def here(self) -> Engine:
        """Return this engine; in a process that was forked since, one of its own.

        Pango asks a thread for fonts, and a fork has none of its parent's threads.
        """
        if self._process == os.getpid():
            return self
        if self._forked is None:
            self._forked = Engine(self._font_files)
            self._forked._sheets = self._sheets  # noqa: SLF001 - of the same class
        return self._forked

    def prepare(self, css: str, *, printing: Printing = Printing()) -> None:
        """Parse a style sheet that forked processes are going to need."""
        self._sheet(css, printing=printing)

    def font_file(self, digest: bytes) -> bytes:
        """Return the file of the font with this SHA-256."""
        for file in self._font_files:
            data = file.read_bytes()
            if sha256(data).digest() == digest:
                return data
        raise LookupError("no font of this engine has this digest")

    def typeset(
        self,
        html: str,
        *,
        css: str,
        resources: Mapping[str, Resource],
        metadata: DocumentMetadata,
        identifier: str,
        direction: Direction,
        printing: Printing = Printing(),
    ) -> Typeset:
        """Return the document as a tagged PDF that keeps the standards wanted of it.

        `resource:KEY` in an image's `src` is a resource.
        """
        sheet = self._sheet(css, printing=printing)
        with self._hooks.applied(), _complaints() as complaints:
            document = self.lay_out(html, css=css, resources=resources, printing=printing)
            document.metadata = metadata
            pdf: bytes = document.write_pdf(
                finisher=partial(finish, direction=direction, printing=printing),
                pdf_tags=True,
                pdf_version=standards.version_of(printing),
                pdf_identifier=identifier.encode(),
            )
        notices = [
            Notice(NoticeCode.TYPESETTING_WARNING, detail=said)
            for said in (*sheet.complaints, *complaints)
        ]
        return Typeset(pdf, _page_map(document), print_edition(document), (*self.notices, *notices))

    def fragment(
        self,
        html: str,
        *,
        css: str,
        resources: Mapping[str, Resource],
        direction: Direction,
        labels: Mapping[str, str],
        printing: Printing = Printing(),
    ) -> Fragment:
        """Return a tagged document as a part of a book, its notices among what it holds.

        `labels` says what the target of a link is that leads to an anchor of the book.
        """
        sheet = self._sheet(css, printing=printing)
        with self._hooks.applied(), _complaints() as complaints, fonts_apart() as stubs:
            with margin_boxes_left_out():
                document = self.lay_out(html, css=css, resources=resources, printing=printing)
            pdf = _made(document, is_tagged=True)
            finish_pages(pdf, direction=direction, printing=printing)
            notices = [
                Notice(NoticeCode.TYPESETTING_WARNING, detail=said)
                for said in (*sheet.complaints, *complaints)
            ]
            return capture(
                document, pdf, stubs=stubs, labels=labels, notices=notices, printing=printing
            )

    def places(
        self, html: str, *, css: str, printing: Printing = Printing()
    ) -> tuple[int, Mapping[str, Spot]]:
        """Return how many pages a document has that is not drawn, and where its anchors are."""
        with self._hooks.applied(), _complaints(), margin_boxes_left_out():
            document = self.lay_out(html, css=css, resources={}, printing=printing)
            return len(document.pages), spots_of(document)

    def furniture(self, html: str, *, css: str, printing: Printing = Printing()) -> Fragment:
        """Return an untagged document of which the pages are to be drawn over others."""
        with self._hooks.applied(), _complaints(), fonts_apart() as stubs:
            document = self.lay_out(html, css=css, resources={}, printing=printing)
            pdf = _made(document, is_tagged=False)
            standards.conform(pdf, printing)
            return capture(document, pdf, stubs=stubs, labels={}, notices=())

    def shell(
        self,
        html: str,
        *,
        css: str,
        metadata: DocumentMetadata,
        direction: Direction,
        printing: Printing = Printing(),
    ) -> Shell:
        """Return what a book has besides its pages, and a page with nothing on it."""
        with self._hooks.applied(), fonts_apart(), margin_boxes_left_out():
            document = self.lay_out(html, css=css, resources={}, printing=printing)
            document.metadata = metadata
            pdf = _made(document, is_tagged=True)
            finish_pages(pdf, direction=direction, printing=printing)
            finish_whole(document, pdf, printing=printing)
            blank = capture(document, pdf, stubs=(), labels={}, notices=(), printing=printing)
            return Shell(pdf, blank)

    def render_pdf(self, html: str, *, css: str) -> bytes:
        """Return an untagged PDF, such as a cover needs.

        Raises WriteError for what WeasyPrint complains of: nothing but our own words is in it.
        """
        sheet = self._sheet(css)
        with self._hooks.applied(), _complaints() as complaints:
            document = self.lay_out(html, css=css, resources={})
            pdf: bytes = document.write_pdf(finisher=lambda _, made: keep_bytes(made))
        _refuse((*sheet.complaints, *complaints))
        return pdf

    def words(self, html: str, *, css: str) -> Sequence[Glyphs]:
        """Return the glyphs of a page with nothing but words, where the PDF would have them.

        Raises MoreThanWordsError for another page, and WriteError as `render_pdf` does.
        """
        sheet = self._sheet(css)
        with self._hooks.applied(), _complaints() as complaints:
            glyphs = glyphs_of(self.lay_out(html, css=css, resources={}).pages[0])
        _refuse((*sheet.complaints, *complaints))
        return glyphs

    def lay_out(
        self,
        html: str,
        *,
        css: str,
        resources: Mapping[str, Resource],
        printing: Printing = Printing(),
    ) -> Document:
        """Return the laid out pages, on sheets as large as they have to be for the printing."""
        fetcher = _ResourceFetcher(resources)
        sheet = self._sheet(css, printing=printing)
        with self._hooks.applied():
            page = weasyprint.HTML(string=html, base_url=RESOURCE_SCHEME, url_fetcher=fetcher)
            return page.render(
                font_config=self._fonts,
                stylesheets=[sheet.parsed],
                counter_style=sheet.counters.copy(),
                presentational_hints=True,  # <ol start>
            )

    @property
    def version(self) -> str:
        """What lays out and draws here."""
        return f"WeasyPrint {weasyprint.VERSION}, Pango {pango.pango_version()}"

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The hooks that could not be applied to this version of WeasyPrint."""
        return self._hooks.notices

    def _sheet(self, css: str, *, printing: Printing = Printing()) -> _Sheet:
        css = f"{css}{sheets.rule(printing)}"
        if css not in self._sheets:
            whole = f"{REPAIRS}{css}"
            state, counters, complaints = parsed(whole, lambda: self._parsed(whole))
            sheet = weasyprint.CSS.__new__(weasyprint.CSS)
            vars(sheet).update(state)
            self._sheets[css] = _Sheet(sheet, counters, complaints)
        return self._sheets[css]

    def _parsed(self, css: str) -> tuple[dict[str, object], CounterStyle, tuple[str, ...]]:
        with self._hooks.applied(), _complaints() as complaints:
            counters = CounterStyle()
            sheet = weasyprint.CSS(
                string=css,
                font_config=self._fonts,
                counter_style=counters,
                url_fetcher=_ResourceFetcher({}),
            )
        return vars(sheet), counters, tuple(complaints)


def _made(document: Document, *, is_tagged: bool) -> pydyf.PDF:
    """Return the PDF of a document before it is written, as `Document.write_pdf` makes it."""
    return generate_pdf(document, None, 1, **DEFAULT_OPTIONS | {"pdf_tags": is_tagged})


def _refuse(complaints: Sequence[str]) -> None:
    said = [
        complaint
        for complaint in complaints
        # It changes the size of fonts that go no further than the picture made of this.
        if not complaint.startswith("Using fontTools instead of HarfBuzz-Subset")
    ]
    if said:
        raise WriteError("layout-failed", subject="WeasyPrint", detail="; ".join(said))


def _page_map(document: Document) -> dict[str, int]:
    """Return the first page of each anchor: a box that goes on over pages repeats its own."""
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    return pages


# What is prepared as other pictures are; a data: URL of another kind is nobody's.
_PICTURES_IN_DRAWINGS = ("data:image/png;base64,", "data:image/jpeg;base64,")


class _ResourceFetcher(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint the article's own resources, and the pictures inside its drawings."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        # Without the openers of WeasyPrint's own, of which none is asked.
        OpenerDirector.__init__(self)
        self._fail_on_errors = False
        self._resources = resources

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        if url.startswith(_PICTURES_IN_DRAWINGS):
            picture = Loader().load(url)
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
        key = url.removeprefix(RESOURCE_SCHEME)
        if not url.startswith(RESOURCE_SCHEME) or key not in self._resources:
            raise ValueError(f"not a resource of the article: {url}")
        resource = self._resources[key]
        return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})


class _Complaints(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        # The logger is the whole process's: another thread's WeasyPrint is not our concern.
        if is_active():
            self._messages.append(record.getMessage())


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather what WeasyPrint logs as a warning or an error."""
    messages: list[str] = []
    handler = _Complaints(messages)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
