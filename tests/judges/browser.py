"""Readers of e-books in a headless Chromium: the book as a person would see it in each."""

from __future__ import annotations

import json
import mimetypes
import os
import posixpath
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.judges import thorium

FOLDER = Path(__file__).with_name("readers")
FOLIATE, EPUBJS, THORIUM, READIUM = ENGINES = ("foliate", "epubjs", "thorium", "readium")
WINDOW = {"width": 600, "height": 800}
# Nothing listens there: every request is answered from memory, and those to other places fail.
_ORIGIN = "http://localhost"
_TIMEOUT = 30_000
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}


def chromium() -> str | None:
    """Return the path of the system's Chromium, or none."""
    return next(filter(None, map(shutil.which, _CHROMIUM)), None)


def is_installed() -> bool:
    """Whether the readers and the browser are there."""
    installed = (FOLDER / "node_modules" / name for name in ("foliate-js", "r2-navigator-js"))
    return chromium() is not None and all(folder.is_dir() for folder in installed)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser, without the network's sandboxing that root can't have."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield started
        finally:
            started.close()


@dataclass(frozen=True, slots=True)
class Contents:
    """A line of a reader's table of contents."""

    label: str
    href: str


class Reader:
    """A book opened in one engine."""

    def __init__(self, page: Page, engine: str) -> None:
        self._page = page
        self.engine = engine

    def ask(self, expression: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it answers
        """Return what an expression of `window.reader` gives in the page."""
        return self._page.evaluate(f"arguments => reader.{expression}(...arguments)", arguments)

    def probe(self, expression: str) -> Any:  # noqa: ANN401 - whatever it answers
        """Return what an expression of `window.probe` gives in the page."""
        return self._page.evaluate(f"() => {expression}")

    def contents(self) -> list[Contents]:
        """Return the lines of the table of contents in order."""
        return [Contents(one["label"].strip(), one["href"]) for one in self.ask("contents")]

    def go_to(self, href: str) -> None:
        """Go where a line of the contents leads, and wait until it is drawn."""
        self.ask("goTo", href)
        self.settle()

    def turn_left(self) -> None:
        """Turn to the page on the left."""
        self.ask("turnLeft")
        self.settle()

    def turn_right(self) -> None:
        """Turn to the page on the right."""
        self.ask("turnRight")
        self.settle()

    def seen(self, selector: str) -> list[str]:
        """Return the texts of the elements that are in the window."""
        texts = f"probe.seen({json.dumps(selector)}).map(element => probe.text(element))"
        return [str(text) for text in self.probe(texts)]

    def settle(self) -> None:
        """Wait for what the engine does after it said that it was done."""
        self._page.wait_for_timeout(350)

    def picture(self, path: Path) -> None:
        """Keep what is in the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._page.screenshot(path=path)


@contextmanager
def opened(started: Browser, epub: bytes, *, engine: str) -> Iterator[Reader]:
    """Open a book in an engine of `ENGINES`; a test that fails leaves a picture of it in `out/`."""
    files = _Files(epub)
    page = started.new_page(viewport=WINDOW)  # type: ignore[arg-type]
    page.set_default_timeout(_TIMEOUT)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/*", files.answer)
    if engine == THORIUM:
        page.add_init_script(thorium.preload())
    reader = Reader(page, engine)
    try:
        page.goto(f"{_ORIGIN}/{engine}.html")
        page.wait_for_function("() => window.opened")
        page.add_script_tag(path=FOLDER / "probe.js")
        reader.settle()
        yield reader
    except BaseException as error:
        name = re.sub(r"\W+", "-", os.environ.get("PYTEST_CURRENT_TEST", engine)).strip("-")
        reader.picture(Path("out", "readers", f"{name}.png"))
        error.add_note(f"errors in the page: {faults}; picture: out/readers/{name}.png")
        raise
    finally:
        page.close()


class _Files:
    """What the browser may ask for: the pages, the engines, the book, and the book unpacked."""

    def __init__(self, epub: bytes) -> None:
        self._epub = epub
        with zipfile.ZipFile(BytesIO(epub)) as archive:
            self._members = {name: archive.read(name) for name in archive.namelist()}

    def answer(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith(f"{_ORIGIN}/"):
            # Frames of text that an engine made itself need no answer from here.
            route.fallback() if url.startswith(("blob:", "data:")) else route.abort()
            return
        path = url.removeprefix(f"{_ORIGIN}/").partition("?")[0]
        body = self._body(path)
        if body is None:
            route.fulfill(status=404)
        else:
            route.fulfill(body=body, content_type=_media_type(path))

    def _body(self, path: str) -> bytes | None:
        if path == "book.epub":
            return self._epub
        if path == "unpacked/manifest.json":
            return json.dumps(manifest(self._members)).encode()
        if path.startswith("unpacked/"):
            return self._members.get(path.removeprefix("unpacked/"))
        if path.startswith("readium-css/"):
            return thorium.style_sheet(path.removeprefix("readium-css/")).read_bytes()
        file = (FOLDER / path).resolve()
        return file.read_bytes() if file.is_file() and FOLDER in file.parents else None


def _media_type(path: str) -> str:
    known = {".js": "text/javascript", ".xhtml": "application/xhtml+xml", ".ttf": "font/ttf"}
    guessed = known.get(Path(path).suffix) or mimetypes.guess_type(path)[0]
    return guessed or "application/octet-stream"


# --- Readium --------------------------------------------------------------------------------


def manifest(members: dict[str, bytes]) -> dict[str, object]:
    """Return the package of a book as a Readium Web Publication Manifest.

    The navigator takes nothing else; on the web a server makes it. It says what the package says.
    """
    container = etree.fromstring(members["META-INF/container.xml"])
    path = container.xpath("string(//c:rootfile/@full-path)", namespaces=_NAMESPACES)
    package = etree.fromstring(members[str(path)])
    folder = posixpath.dirname(str(path))
    items = {item.get("id"): item for item in package.iterfind(".//opf:item", _NAMESPACES)}
    spine = package.find("opf:spine", _NAMESPACES)
    assert spine is not None
    return {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {
            "@type": "http://schema.org/Book",
            "title": package.findtext(".//dc:title", namespaces=_NAMESPACES),
            "language": package.findtext(".//dc:language", namespaces=_NAMESPACES),
            "readingProgression": spine.get("page-progression-direction", "auto"),
        },
        "links": [
            {
                "rel": "self",
                "href": f"{_ORIGIN}/unpacked/manifest.json",
                "type": "application/webpub+json",
            }
        ],
        "readingOrder": [_link(items[one.get("idref")], folder) for one in spine],
        "resources": [_link(item, folder) for item in items.values()],
        "toc": _toc(members, items, folder),
    }


def _link(item: etree._Element, folder: str) -> dict[str, str]:
    link = {
        "href": posixpath.join(folder, item.get("href", "")),
        "type": item.get("media-type", ""),
    }
    return link | ({"rel": "cover"} if item.get("properties") == "cover-image" else {})


def _toc(
    members: dict[str, bytes], items: dict[str | None, etree._Element], folder: str
) -> list[dict[str, object]]:
    href = next(one.get("href", "") for one in items.values() if one.get("properties") == "nav")
    nav = etree.fromstring(members[posixpath.join(folder, href)])
    top = nav.find(".//h:nav[@epub:type='toc']/h:ol", _NAMESPACES)
    assert top is not None
    return [_toc_line(line, posixpath.join(folder, posixpath.dirname(href))) for line in top]


def _toc_line(line: etree._Element, folder: str) -> dict[str, object]:
    link, below = line.find("h:a", _NAMESPACES), line.find("h:ol", _NAMESPACES)
    assert link is not None
    return {
        "title": " ".join(str(link.xpath("string()")).split()),
        "href": posixpath.normpath(posixpath.join(folder, link.get("href", ""))),
        "children": [] if below is None else [_toc_line(child, folder) for child in below],
    }
