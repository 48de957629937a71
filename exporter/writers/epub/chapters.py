"""A chapter: an article's XHTML, with what the book has to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from exporter.article import (
    Article,
    CodeSpan,
    Direction,
    Heading,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    NoteRef,
    Text,
    walk,
)
from exporter.article_view import isolated
from exporter.errors import WriteError
from exporter.records import dataclass
from exporter.rendering import render_chapter
from exporter.theme_languages import CLASS
from exporter.themes import Theme
from exporter.writers.epub.embedding import StyledText
from exporter.writers.epub.weights import is_bold

_XHTML = "{http://www.w3.org/1999/xhtml}"
# As epub.css sets them.
_STRESSED = frozenset({"em", "i", "cite"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEAVY = _HEADINGS | {"b", "strong", "th", "dt"}
_MONOSPACED = frozenset({"code", "pre", "kbd", "samp"})
_DEEPEST = 3
_PARSER = etree.XMLParser(
    resolve_entities=False, huge_tree=True, remove_comments=True, remove_pis=True
)


@dataclass(frozen=True, slots=True)
class _Faces:
    """The elements that a style sheet sets in bold, and those in italic."""

    bold: frozenset[str]
    italic: frozenset[str]


class _Style(NamedTuple):
    """What a style sheet sets a text in, as `StyledText` has it."""

    bold: bool = False
    italic: bool = False
    monospaced: bool = False
    heading: bool = False
    language: str = ""


_PLAIN = _Style()

# Stress is a slant in Latin letters, a weight in scripts that have none.
_FACES = {
    Direction.LTR: _Faces(_HEAVY, _STRESSED),
    Direction.RTL: _Faces(_HEAVY | _STRESSED, frozenset()),
}


@dataclass(frozen=True, slots=True)
class NavPoint:
    """A line of the contents: its label, where it leads, and the lines under it."""

    label: Inlines
    href: str
    children: tuple[NavPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's file, its part of the contents, its text by style, its pictures' texts."""

    id: str
    path: str
    data: bytes
    contents: NavPoint
    texts: tuple[StyledText, ...]
    alternatives: tuple[str, ...]


def chapter_of(
    article: Article,
    theme: Theme,
    *,
    number: int,
    stylesheets: Sequence[str],
    paths: Mapping[str, str],
    bold: frozenset[str],
) -> Chapter:
    """Return the article as the chapter with this number.

    `stylesheets` and `paths` (of pictures, by resource key) are relative to the book, `bold` is
    what their rules set in bold (`bold_names`). Raises
    WriteError naming the article when it can't be well-formed XHTML.
    """
    identifier = f"article-{number:03}"
    path = f"text/{identifier}.xhtml"
    title = article.metadata.title
    try:
        markup = render_chapter(
            article,
            theme,
            stylesheets=[f"../{stylesheet}" for stylesheet in stylesheets],
            paths={key: f"../{picture}" for key, picture in paths.items()},
        )
        data = markup.strip().encode()
        root = _parsed(data)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise WriteError("chapter-broken", subject=title, detail=str(error)) from error
    headings = _headings(article, root, path)
    contents = NavPoint(label_of(isolated(title)), path, headings)
    alternatives = tuple(image.get("alt", "") for image in root.iter(f"{_XHTML}img"))
    return Chapter(identifier, path, data, contents, _texts_of(root, bold), alternatives)


def cut_to(point: NavPoint, depth: int) -> NavPoint:
    """Return a line of the contents with so many levels at most, itself the first."""
    children = [cut_to(child, depth - 1) for child in point.children] if depth > 1 else []
    return replace(point, children=tuple(children))


def texts_of(document: bytes, *, bold: frozenset[str]) -> tuple[StyledText, ...]:
    """Return the texts of another document of the book, by style."""
    return _texts_of(_parsed(document), bold)


def _parsed(document: bytes) -> etree._Element:
    return etree.fromstring(document, _PARSER)


def _texts_of(root: etree._Element, bold: frozenset[str]) -> tuple[StyledText, ...]:
    """Return each style once, with its words once: what fonts are asked for."""
    words: dict[_Style, dict[str, None]] = {}
    _gather(root, _PLAIN, words, direction=root.get("dir", Direction.RTL), bold=bold)
    return tuple(StyledText(" ".join(found), *style) for style, found in words.items())


def _gather(
    element: etree._Element,
    around: _Style,
    words: dict[_Style, dict[str, None]],
    *,
    direction: str,
    bold: frozenset[str],
) -> None:
    style = _inside(around, (element.tag, element.get("class", ""), direction), bold)
    if found := (element.text or "").split():
        words.setdefault(style, {}).update(dict.fromkeys(found))
    for child in element:
        _gather(child, style, words, direction=direction, bold=bold)
        if found := (child.tail or "").split():
            words.setdefault(style, {}).update(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def _inside(around: _Style, look: tuple[str, str, str], bold: frozenset[str]) -> _Style:
    """Return the style of what is in an element, by that of what is around it.

    `look` is its tag and its classes, and the direction of the document.
    """
    tag, classes, direction = look
    name, faces = tag.removeprefix(_XHTML), _FACES[Direction(direction)]
    return _Style(
        bold=around.bold
        or name in faces.bold
        or is_bold("" if name in _STRESSED else name, classes, bold),
        italic=around.italic or name in faces.italic,
        monospaced=around.monospaced or name in _MONOSPACED,
        heading=around.heading or name in _HEADINGS,
        language=_own_language(classes) or around.language,
    )


def _own_language(classes: str) -> str:
    """Return the language of what is set in a family for it."""
    own = (name.removeprefix(CLASS) for name in classes.split() if name.startswith(CLASS))
    return next(own, "")


def _headings(article: Article, root: etree._Element, path: str) -> tuple[NavPoint, ...]:
    """Nest the headings of levels 2 and 3; each has its id in the markup, in the same order."""
    anchored = [
        element.get("id", "")
        for element in root.iter(*(f"{_XHTML}h{level}" for level in range(2, 7)))
        if element.get("id")
    ]
    headings = [block for block in walk(article.body) if isinstance(block, Heading)]
    points: list[NavPoint] = []
    for heading, anchor in zip(headings, anchored, strict=False):
        if heading.level > _DEEPEST:
            continue
        point = NavPoint(label_of(heading.inlines), f"{path}#{anchor}")
        if heading.level == _DEEPEST and points:
            parent = points.pop()
            point = NavPoint(parent.label, parent.href, (*parent.children, point))
        points.append(point)
    return tuple(points)


def label_of(inlines: Inlines) -> Inlines:
    """Return inlines as a label: directions kept; links, emphasis, notes and pictures gone."""
    return tuple(part for inline in inlines for part in _label_parts(inline))


def _label_parts(inline: Inline) -> Inlines:
    match inline:
        case Text() | CodeSpan():
            return (inline,)
        case Isolate(children, direction, language):
            return (Isolate(label_of(children), direction, language),)
        case LineBreak():
            return (Text(" "),)
        case NoteRef() | Image():
            return ()
        case _:
            return label_of(inline.children)
