"""Rendering: Publication + Theme → XHTML and CSS, through the theme's Jinja2 templates.

Templates hold inheritance, `if`, `for` and macros; what needs more `article_view` settles first.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2.bccache import Bucket

from exporter.arabic.abjad import LETTERS
from exporter.arabic.digits import is_number, to_digits
from exporter.arabic.letters import letters_of
from exporter.arabic.printed_addresses import BREAK, NO_BREAK, held
from exporter.arabic.vocalisation import is_vocalised
from exporter.article import (
    Article,
    Block,
    Figure,
    Inline,
    Inlines,
    ListKind,
    Verse,
    block_text,
    inline_text,
)
from exporter.article_view import COUNTER_STYLES, Medium, digit_family, digits_in, view
from exporter.choices import Justify, Numerals
from exporter.errors import WriteError
from exporter.inline_markup import InlineMarkup, uri
from exporter.kept import keep, recalled
from exporter.publication import Publication
from exporter.table_columns import fit, longest_breakable, records
from exporter.theme_languages import own_families
from exporter.themes import Theme
from exporter.transforms.languages import language_of
from exporter.transforms.mapping import calls_in
from exporter.verse import is_classical
from exporter.version import __version__

# The scheme under which the paper's engine finds an article's own resources, and nothing else.
RESOURCE_SCHEME = "resource:"


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
    lead = publication.articles[0]
    counter_style = COUNTER_STYLES[digit_family(lead, theme)]
    context = {
        "theme": theme,
        "direction": publication.direction,
        "counter_style": counter_style,
        "list_letters": {
            kind: letters_of(kind, language=lead.metadata.language)
            for kind in (ListKind.LETTERED, ListKind.ALPHABETICAL)
        },
        "numeral_style": "abjad" if theme.numerals is Numerals.ABJAD else counter_style,
        "abjad": LETTERS,
        # What `--kashida` asks of the engine (`typesetting/kashida.py`).
        "stretched": theme.justify is Justify.KASHIDA,
        "has_italic": theme.text.has_italic,
        # How the articles of a book begin.
        "start": "",
        "own_families": [
            (one, COUNTER_STYLES[digits_in(one.language, publication.articles, theme)])
            for one in own_families(theme, publication.articles)
        ],
        **more,
    }
    return render_template(name, theme, context)


def _anchors() -> Callable[[], str]:
    """Return a function that gives the headings of one document their ids, in order."""
    numbers = count(1)
    return lambda: f"section-{next(numbers)}"


_ESCAPED = ("xhtml",)
_OPTIONS: Mapping[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "optimized": False,  # what is kept of a template must not depend on our filters
}
"""These decide, with Jinja2 itself, what a template is compiled to."""


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
        autoescape=jinja2.select_autoescape(_ESCAPED),
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_Compiled(),
        **_OPTIONS,
    )
    environment.globals["inline_markup"] = InlineMarkup
    environment.filters["kind"] = _kind
    environment.filters["digits"] = to_digits
    environment.filters["is_classical"] = is_classical
    environment.filters["is_number"] = is_number
    environment.filters["is_vocalised"] = _is_vocalised
    environment.filters["has_calls"] = _has_calls
    environment.filters["longest_breakable"] = longest_breakable
    environment.filters["held"] = held
    environment.filters["fit"] = fit
    environment.filters["records"] = records
    environment.filters["text"] = _text
    environment.filters["alternative"] = _alternative
    environment.filters["uri"] = uri
    environment.filters["language"] = language_of
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
        options = repr((_ESCAPED, _OPTIONS))
        return "\0".join((*versions, options, bucket.key, bucket.checksum))


def _kind(node: Block | Inline) -> str:
    """Return the name of a node's type, by which macros choose their markup."""
    return type(node).__name__


def _alternative(figure: Figure) -> str:
    """Return what a picture shows, in words: its caption where nobody wrote an alternative."""
    return figure.image.alt or inline_text(figure.caption)


def _text(inlines: Inlines) -> str:
    """Return what the inlines say, without what is put in for the breaking of lines."""
    return inline_text(inlines).replace(BREAK, "").replace(NO_BREAK, "")


def _is_vocalised(verse: Verse) -> bool:
    """Say whether a stanza needs room for its marks."""
    return is_vocalised(block_text(verse))


def _has_calls(inlines: Inlines) -> bool:
    return any(True for _ in calls_in(inlines))
