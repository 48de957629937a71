"""Inlines as markup, and what the box around them says of them, for paper and screen alike.

Whatever is on a page comes through here, so it is no template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

from markupsafe import Markup, escape

from exporter.arabic.addresses import uri_of
from exporter.arabic.bidi import content_direction, paragraph_direction
from exporter.arabic.foreign import (
    foreign_runs,
    language_of_quoted,
    language_of_sentence,
    language_of_words,
    quoted_runs,
)
from exporter.arabic.isolates import is_kept_together
from exporter.arabic.printed_addresses import BREAK
from exporter.arabic.vocalisation import is_vocalised
from exporter.article import (
    CodeSpan,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Strong,
    Sub,
    Sup,
    Text,
    inline_text,
)
from exporter.article_view import ArticleView, Medium
from exporter.patterns import compiled
from exporter.transforms.addresses import LONGEST_WHOLE
from exporter.transforms.languages import language_of, unwrapped

_STARTS_WITH_A_NUMBER = compiled(r"[+(-]?\d")
_UNDETERMINED = "und"


class InlineMarkup:
    """Writes the inlines of one article, or of a page that is no article's.

    `paths` lead from the key of a picture to its address; `note_call` is the markup of the call of
    a note.
    """

    def __init__(
        self,
        article: ArticleView | None,
        *,
        medium: str,
        paths: Mapping[str, str],
        note_call: Callable[[str], Markup],
    ) -> None:
        self._article = article
        self._language = article.language if article else _UNDETERMINED
        self._is_on_screen = medium == Medium.SCREEN
        self._paths = paths
        self._note_call = note_call

    def inlines(self, nodes: Inlines, around: str = "") -> Markup:
        """Return inlines; `around` is the language of what they are in, if not the article's."""
        return Markup(self._all(nodes, around or self._language))  # noqa: S704 (escaped below)

    def own(self, nodes: Inlines) -> Markup:
        """Return words in a box that stays where the article's direction puts it.

        Such are an item, a cell, a heading.
        """
        return Markup(self._own(nodes, inline_text(nodes), language_of(nodes)))  # noqa: S704

    def room(self, nodes: Inlines, also: str = "", language: str = "") -> Markup:
        """Return the attributes of a box for what is in it; what `own` returns goes with it.

        They are its classes, such as that of words that need room for their marks, and the
        language that all of them are in, with that of its family.
        """
        language = language or language_of(nodes)
        return Markup(self._room(inline_text(nodes), language, also=also))  # noqa: S704

    def paragraph(self, nodes: Inlines) -> Markup:
        """Return a paragraph; one in another direction than the article's is turned as a whole."""
        own, text, language = self._whole.direction, inline_text(nodes), language_of(nodes)
        turned = paragraph_direction(text, default=own)
        if turned is own:
            inside, direction = self._own(nodes, text, language), ""
        else:
            language = language or language_of_sentence(text, self._language)
            around = language or self._language
            inside, direction = self._all(unwrapped(nodes, turned), around), f' dir="{turned}"'
        also = "introducing" if text.rstrip().endswith(":") else ""
        room = self._room(text, language, also=also)
        return Markup(f"<p{room}{direction}>{inside}</p>")  # noqa: S704

    def _own(self, nodes: Inlines, text: str, language: str) -> str:
        direction = content_direction(text, default=self._whole.direction)
        around = language or self._language
        inside = unwrapped(nodes, direction) if language else nodes
        if direction is self._whole.direction:
            return self._all(inside, around)
        spoken = language_of_sentence(text, around)
        words = self._all(inside, language or spoken or self._language)
        return f'<span dir="{direction}"{self._said(spoken)}>{words}</span>'

    def _room(self, text: str, language: str, *, also: str = "") -> str:
        vocalised = "vocalised" if is_vocalised(text) else ""
        family = self._whole.class_of(language) if language else ""
        names = " ".join(filter(None, (also, vocalised, family)))
        attributes = f' class="{escape(names)}"' if names else ""
        return f"{attributes}{self._said(language)}"

    def opposite(self, nodes: Inlines) -> str:
        """Return the class of an item on paper whose words run against its list.

        Spaces that are stretched would part them, and its last line begins where its marker is.
        """
        direction = self._whole.direction
        turned = content_direction(inline_text(nodes), default=direction)
        return "opposite" if not self._is_on_screen and turned is not direction else ""

    def said(self, language: str) -> Markup:
        """Return the attributes that say a language."""
        return Markup(self._said(language))  # noqa: S704

    def _said(self, language: str) -> str:
        if not language:
            return ""
        tag = escape(language)
        on_screen = f' xml:lang="{tag}"' if self._is_on_screen else ""
        return f' lang="{tag}"{on_screen}'

    @property
    def _whole(self) -> ArticleView:
        if self._article is None:
            raise LookupError("only an article has boxes")
        return self._article

    def _all(self, nodes: Inlines, around: str) -> str:
        return "".join([self._one(node, around) for node in nodes])

    def _one(self, node: Inline, around: str) -> str:  # noqa: C901 (one case a node)
        match node:
            case Text(text):
                runs = self._runs(text, around)
                return "".join([self._run(words, language) for words, language in runs])
            case Isolate():
                return self._isolate(node, around)
            case Emphasis(children):
                return f"<em>{self._all(children, around)}</em>"
            case Strong(children):
                return f"<strong>{self._all(children, around)}</strong>"
            case Link(children, href):
                inside = self._all(children, around)
                address = uri(href)
                return f'<a href="{escape(address)}">{inside}</a>' if address else inside
            case CodeSpan(text):
                return f'<code dir="ltr">{escape(text)}</code>'
            case NoteRef(note):
                return self._note_call(note)
            case Image(resource, alt):
                return f'<img src="{escape(self._paths[resource])}" alt="{escape(alt)}"/>'
            case LineBreak():
                return "<br/>"
            case Sub(children):
                return f"<sub>{self._all(children, around)}</sub>"
            case Sup(children):
                return f"<sup>{self._all(children, around)}</sup>"
            case _:
                assert_never(node)

    def _runs(self, text: str, around: str) -> Iterable[tuple[str, str]]:
        if self._quotes(around):
            return quoted_runs(text, around, outer=self._language)
        return foreign_runs(text, around)

    def _spoken(self, words: str, around: str) -> str:
        if self._quotes(around):
            return language_of_quoted(words, around, outer=self._language)
        return language_of_words(words, around)

    def _quotes(self, around: str) -> bool:
        """Whether words in the article's language are quoted in another one."""
        return self._article is not None and around != self._language

    def _run(self, words: str, language: str) -> str:
        written = escape(words)
        return f"<span{self._said(language)}>{written}</span>" if language else written

    def _isolate(self, node: Isolate, around: str) -> str:
        language = node.language or self._spoken(inline_text(node.children), around)
        name = _line_class(node)
        attributes = f' class="{name}"' if name else ""
        inside = self._all(node.children, language or around)
        return f'<span dir="{node.direction}"{attributes}{self._said(language)}>{inside}</span>'


def _line_class(isolate: Isolate) -> str:
    """Return where a line may end inside an isolate, as a class of the style sheet.

    Nowhere in a short word or number, such as `C++` or a telephone (`together`); anywhere in a
    long one, such as an address (`parted`), so that the line before it needn't be stretched.
    """
    text = inline_text(isolate.children)
    if BREAK in text:
        return "parted"
    is_word = " " not in text or is_kept_together(text)
    if len(text) <= LONGEST_WHOLE:
        return "together" if is_word or _STARTS_WITH_A_NUMBER.match(text) else ""
    return "parted" if is_word else ""


def uri(address: str) -> str:
    """Return an address as a link may hold it, empty for one that leads nowhere."""
    try:
        return uri_of(address)
    except ValueError:
        return ""
