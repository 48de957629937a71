"""Markdown's inlines → an article's, with the few tags of HTML that people write between them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import field
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from exporter.arabic.languages import direction_of, is_language_tag
from exporter.article import (
    LINK_SCHEMES,
    Blocks,
    CodeSpan,
    Direction,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Paragraph,
    Strong,
    Sub,
    Sup,
    Text,
    inline_text,
)
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.text.decoding import clean
from exporter.records import dataclass

Attributes = Mapping[str, object]

_TAG = compiled(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>[^<>]*)>", re.DOTALL)
_ATTRIBUTE = compiled(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_WITHOUT_WORDS = frozenset({"script", "style", "template", "iframe", "object", "svg", "math"})
_HARMLESS = frozenset("abbr big center data dfn font ins mark nobr small span time u wbr".split())


@dataclass(slots=True)
class _Open:
    """A tag of HTML that is open, and what stands in it."""

    tag: str
    attributes: Attributes
    inside: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class Inliner:
    """Makes inlines of the tokens of one text, and keeps the notes and notices it comes upon."""

    parser: MarkdownIt
    env: MutableMapping[str, object]
    lines_before: int
    line: int = 0
    notes: dict[str, Blocks] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    @property
    def location(self) -> str:
        """The line that is being read, as notices say it."""
        return f"line {self.line + self.lines_before + 1}"

    def note(self, code: NoticeCode, text: str) -> None:
        """Add a Notice about the line that is being read."""
        self.notices.append(Notice(code, self.location, " ".join(text.split())))

    def parsed(self, text: str) -> Inlines:
        """Return the inlines of a piece of Markdown without blocks."""
        (inline,) = SyntaxTreeNode(self.parser.parseInline(text, self.env)).children
        return self.inlines(inline.children)

    def inlines(
        self, nodes: Sequence[SyntaxTreeNode], *, skipping: re.Pattern[str] | None = None
    ) -> Inlines:
        """Return the inlines of a paragraph's tokens, without space at its edges.

        `skipping` is a pattern of what is left out at the beginning.
        """
        made = list(self.made(nodes))
        if made and isinstance(made[0], Text):
            first = made[0].text
            found = skipping.match(first) if skipping else None
            made[0] = Text(first[found.end() if found else 0 :].lstrip())
        if made and isinstance(made[-1], Text):
            made[-1] = Text(made[-1].text.rstrip())
        return tuple(inline for inline in made if inline != Text(""))

    def made(self, nodes: Sequence[SyntaxTreeNode]) -> Inlines:
        """Return the inlines of tokens as they are, with the space at their edges."""
        stack = [_Open("", {})]
        for node in nodes:
            if node.type == "html_inline":
                self._tag(node.content, stack)
            else:
                stack[-1].inside += _INLINES[node.type](self, node)
        while len(stack) > 1:
            self._close(stack)
        return _joined(stack[0].inside)

    # --- tags of HTML -----------------------------------------------------------------------

    def _tag(self, markup: str, stack: list[_Open]) -> None:
        found = _TAG.fullmatch(markup)
        if not found:
            if not markup.startswith("<!--"):
                self.note(NoticeCode.MARKUP_DROPPED, markup)
            return
        tag, attributes = found["name"].lower(), _attributes(found["rest"])
        match tag:
            case "br":
                stack[-1].inside.append(LineBreak())
            case "img" if src := str(attributes.get("src", "")):
                stack[-1].inside.append(Image(src, str(attributes.get("alt", ""))))
            case _ if tag not in _TAGS and tag not in _HARMLESS and tag not in _WITHOUT_WORDS:
                self.note(NoticeCode.MARKUP_DROPPED, markup)
            case _ if not found["slash"]:
                stack.append(_Open(tag, attributes))
            case _ if tag in {one.tag for one in stack}:
                while self._close(stack) != tag:
                    pass
            case _:
                pass

    def _close(self, stack: list[_Open]) -> str:
        """Close the innermost tag, with what stands in it in the one around it."""
        inner = stack.pop()
        inside = _joined(inner.inside)
        if inner.tag in _WITHOUT_WORDS:
            self.note(NoticeCode.MARKUP_DROPPED, f"<{inner.tag}> {inline_text(inside)}")
        elif inner.tag in _TAGS:
            stack[-1].inside += _TAGS[inner.tag](self, inside, inner.attributes)
        else:
            isolate = isolated(inner.attributes)
            stack[-1].inside += isolate(inside) if isolate else inside
        return inner.tag

    def link(self, inside: Inlines, attributes: Attributes) -> Inlines:
        """Return a link, or its words alone where its address leads nowhere from an article."""
        href = str(attributes.get("href", ""))
        if href.lower().startswith(LINK_SCHEMES):
            return (Link(inside or (Text(href),), href),)
        if href:
            self.note(NoticeCode.MARKUP_DROPPED, f"[{inline_text(inside)}]({href})")
        return inside

    def struck(self, inside: Inlines, _: Attributes) -> Inlines:
        """Return words that are struck out as words: an article has no stroke."""
        self.note(NoticeCode.MARKUP_DROPPED, f"~~{inline_text(inside)}~~")
        return inside


def _attributes(text: str) -> Attributes:
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(text)
    }


def _joined(inlines: Sequence[Inline]) -> Inlines:
    """Return inlines with neighbouring texts made one."""
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)


def isolated(attributes: Attributes) -> Callable[[Inlines], Inlines] | None:
    """Return what puts inlines into the language and direction that attributes give, if any."""
    language = str(attributes.get("lang", ""))
    language = language if is_language_tag(language) else ""
    said = str(attributes.get("dir", "")).lower()
    if not language and said not in tuple(Direction):
        return None
    direction = Direction(said) if said in tuple(Direction) else direction_of(language)
    return lambda inside: (Isolate(inside, direction, language),) if inside else ()


def _bdi(_: Inliner, inside: Inlines, attributes: Attributes) -> Inlines:
    if isolate := isolated(attributes):
        return isolate(inside)
    # HTML §15.3.5: without `dir` the first strong character decides.
    strong = (unicodedata.bidirectional(character) for character in inline_text(inside))
    first = next((one for one in strong if one in {"L", "R", "AL"}), "AL")
    return (Isolate(inside, Direction.LTR if first == "L" else Direction.RTL),)


Wrap = Callable[[Inliner, Inlines, Attributes], Inlines]


def _wrapped(kind: Callable[[Inlines], Inline]) -> Wrap:
    return lambda _inliner, inside, _attributes: (kind(inside),) if inside else ()


def _code(_: Inliner, inside: Inlines, __: Attributes) -> Inlines:
    return (CodeSpan(inline_text(inside)),)


def _quoted(_: Inliner, inside: Inlines, __: Attributes) -> Inlines:
    return (Text("«"), *inside, Text("»"))


_TAGS: Mapping[str, Wrap] = {
    **dict.fromkeys(("em", "i", "cite", "var"), _wrapped(Emphasis)),
    **dict.fromkeys(("strong", "b"), _wrapped(Strong)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _code),
    **dict.fromkeys(("s", "del", "strike"), Inliner.struck),
    "sub": _wrapped(Sub),
    "sup": _wrapped(Sup),
    "bdi": _bdi,
    "bdo": _bdi,
    "q": _quoted,
    "a": Inliner.link,
}


# --- tokens ---------------------------------------------------------------------------------


def _text(inliner: Inliner, node: SyntaxTreeNode) -> Inlines:
    """Return the words of a token; a reference to a character may have made a control of them."""
    text, notices = clean(node.content)
    inliner.notices += notices
    return (Text(text.replace("\n", " ")),)


def _soft_break(_: Inliner, __: SyntaxTreeNode) -> Inlines:
    return (Text(" "),)


def _hard_break(_: Inliner, __: SyntaxTreeNode) -> Inlines:
    return (LineBreak(),)


def _code_token(_: Inliner, node: SyntaxTreeNode) -> Inlines:
    return (CodeSpan(node.content),)


def _around(function: Wrap) -> Callable[[Inliner, SyntaxTreeNode], Inlines]:
    def made(inliner: Inliner, node: SyntaxTreeNode) -> Inlines:
        return function(inliner, inliner.made(node.children), node.attrs)

    return made


def _span(_: Inliner, inside: Inlines, attributes: Attributes) -> Inlines:
    isolate = isolated(attributes)
    return isolate(inside) if isolate else inside


def _image(_: Inliner, node: SyntaxTreeNode) -> Inlines:
    """Return a picture; a path is that of a file, so nothing in it is escaped."""
    address = str(node.attrs.get("src", ""))
    is_path = ":" not in address.partition("/")[0]
    alt, _notices = clean(node.content)
    return (Image(unquote(address) if is_path else address, alt.replace("\n", " ")),)


def _note_call(inliner: Inliner, node: SyntaxTreeNode) -> Inlines:
    if "label" in node.meta:
        return (NoteRef(str(node.meta["label"])),)
    # A note written where it is called: ^[…]. No label has a circumflex.
    label = f"^{node.meta['id']}"
    if label not in inliner.notes:
        tokens = inliner.env["footnotes"]["list"][node.meta["id"]]["tokens"]  # type: ignore[index]
        inliner.notes[label] = (Paragraph(inliner.inlines(SyntaxTreeNode(tokens).children)),)
    return (NoteRef(label),)


_INLINES: Mapping[str, Callable[[Inliner, SyntaxTreeNode], Inlines]] = {
    "text": _text,
    "text_special": _text,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "code_inline": _code_token,
    "em": _around(_wrapped(Emphasis)),
    "strong": _around(_wrapped(Strong)),
    "s": _around(Inliner.struck),
    "link": _around(Inliner.link),
    "span": _around(_span),
    "image": _image,
    "footnote_ref": _note_call,
}
