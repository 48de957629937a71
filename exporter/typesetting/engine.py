"""The engine: the one object that owns WeasyPrint's fonts and parsed style sheets in a process.

Nothing of WeasyPrint is changed outside it, so a host program's own WeasyPrint stays stock.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from exporter.article import Direction, Resource
from exporter.errors import MissingLibraryError, WriteError
from exporter.notices import Notice, NoticeCode
from exporter.pictures.loading import Loader
from exporter.publication import PrintEdition
from exporter.rendering import RESOURCE_SCHEME
from exporter.typesetting.loading import load

# WeasyPrint prints advice and warns about the system's own fonts while it is imported; what
# matters of that is said by MissingLibraryError.
with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        load()
        import weasyprint
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Document
        from weasyprint.pdf.metadata import DocumentMetadata
        from weasyprint.text.ffi import pango
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        from exporter.typesetting import (
            column_rules,
            exact_text,
            footnotes,
            justification,
            line_breaking,
            lines,
            link_annotations,
            text_indent,
            trailing_space,
        )
        from exporter.typesetting.finishing import finish
        from exporter.typesetting.fontconfig import BundledFonts
        from exporter.typesetting.hooks import Hooks, is_active
        from exporter.typesetting.page_starts import print_edition
    except OSError as error:
        raise MissingLibraryError(
            "library-missing", subject="Pango", detail="libpango-1.0-0 libpangoft2-1.0-0"
        ) from error

HOOKS = (
    line_breaking.HOOK,
    trailing_space.HOOK,
    lines.ONCE,
    lines.ABOVE,
    justification.HOOK,
    footnotes.AREA,
    footnotes.LINES,
    text_indent.HOOK,
    link_annotations.HOOK,
    column_rules.HOOK,
    *exact_text.HOOKS,
)
_UA = "pdf/ua-1"

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
class _Sheet:
    """A parsed style sheet with what WeasyPrint said of it, to be said again at each use.

    WeasyPrint keeps the `@counter-style` rules of a sheet apart from it.
    """

    parsed: weasyprint.CSS
    counters: CounterStyle
    complaints: tuple[str, ...]


class Engine:
    """Lays out XHTML and CSS with the given font files and nothing else of the machine."""

    def __init__(self, font_files: Sequence[Path]) -> None:
        self._fonts = BundledFonts(font_files)
        self._hooks = Hooks(HOOKS)
        self._sheets: dict[str, _Sheet] = {}

    def typeset(
        self,
        html: str,
        *,
        css: str,
        resources: Mapping[str, Resource],
        metadata: DocumentMetadata,
        identifier: str,
        direction: Direction,
    ) -> Typeset:
        """Return the document as PDF/UA-1; `resource:KEY` in an image's `src` is a resource."""
        sheet = self._sheet(css)
        with self._hooks.applied(), _complaints() as complaints:
            document = self.lay_out(html, css=css, resources=resources, variant=_UA)
            document.metadata = metadata
            pdf: bytes = document.write_pdf(
                finisher=partial(finish, direction=direction),
                pdf_variant=_UA,
                pdf_identifier=identifier.encode(),
            )
        notices = [
            Notice(NoticeCode.TYPESETTING_WARNING, detail=said)
            for said in (*sheet.complaints, *complaints)
        ]
        return Typeset(pdf, _page_map(document), print_edition(document), (*self.notices, *notices))

    def render_pdf(self, html: str, *, css: str) -> bytes:
        """Return an untagged PDF, such as a cover needs.

        Raises WriteError for what WeasyPrint complains of: nothing but our own words is in it.
        """
        sheet = self._sheet(css)
        with self._hooks.applied(), _complaints() as complaints:
            document = self.lay_out(html, css=css, resources={}, variant=None)
            pdf: bytes = document.write_pdf()
        said = [
            complaint
            for complaint in (*sheet.complaints, *complaints)
            # It changes the size of fonts that go no further than the picture made of this.
            if not complaint.startswith("Using fontTools instead of HarfBuzz-Subset")
        ]
        if said:
            raise WriteError("layout-failed", subject="WeasyPrint", detail="; ".join(said))
        return pdf

    def lay_out(
        self, html: str, *, css: str, resources: Mapping[str, Resource], variant: str | None
    ) -> Document:
        """Return the laid out pages; `variant` is a PDF variant of WeasyPrint's."""
        fetcher = _ResourceFetcher(resources)
        page = weasyprint.HTML(string=html, base_url=RESOURCE_SCHEME, url_fetcher=fetcher)
        sheet = self._sheet(css)
        with self._hooks.applied():
            return page.render(
                font_config=self._fonts,
                stylesheets=[sheet.parsed],
                counter_style=sheet.counters.copy(),
                presentational_hints=True,  # <ol start>
                pdf_variant=variant,
            )

    @property
    def version(self) -> str:
        """What lays out and draws here."""
        return f"WeasyPrint {weasyprint.VERSION}, Pango {pango.pango_version()}"

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The hooks that could not be applied to this version of WeasyPrint."""
        return self._hooks.notices

    def _sheet(self, css: str) -> _Sheet:
        if css not in self._sheets:
            with self._hooks.applied(), _complaints() as complaints:
                counters = CounterStyle()
                parsed = weasyprint.CSS(
                    string=f"{REPAIRS}{css}",
                    font_config=self._fonts,
                    counter_style=counters,
                    url_fetcher=_ResourceFetcher({}),
                )
            self._sheets[css] = _Sheet(parsed, counters, tuple(complaints))
        return self._sheets[css]


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
        super().__init__(allowed_protocols=())
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
