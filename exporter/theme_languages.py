"""A theme in the language of an article: the family that its readers are used to.

So are passages in another language, and the articles of a book that are in another one than it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.article import Article
from exporter.font_library import beside
from exporter.fonts import FontFamily
from exporter.records import dataclass
from exporter.themes import Theme
from exporter.transforms.languages import language_of, primary
from exporter.transforms.mapping import runs_of

CLASS = "in-"
"""How the class begins of what is set in the family of its language: `in-ur`."""


@dataclass(frozen=True, slots=True)
class OwnFamily:
    """What of a publication is in a family of its own: its class in the markup, and how it is set.

    `families` are those that draw it, in order; `leading` is the height of its lines.
    """

    language: str
    families: tuple[str, ...]
    leading: float

    @property
    def name(self) -> str:
        """The class in the markup."""
        return f"{CLASS}{self.language}"


def in_language(theme: Theme, language: str) -> Theme:
    """Return the theme with the text family that it has for a language, if it has one."""
    name = theme.languages.get(primary(language), theme.font)
    if name == theme.font:
        return theme
    text = theme.library.family(name)
    return replace(
        theme,
        font=text.name,
        heading_font=text.name if theme.heading_font == theme.font else theme.heading_font,
        library=beside(text, own=theme.library.own),
    )


def family_in(theme: Theme, language: str) -> FontFamily:
    """Return the text family of a language."""
    return theme.library.family(theme.languages.get(primary(language), theme.font))


def class_of(theme: Theme, language: str, *, around: str) -> str:
    """Return the class of what is in another family than what is around it, empty for none.

    `around` is the name of that family.
    """
    own = primary(language)
    return f"{CLASS}{own}" if theme.languages.get(own, around) != around else ""


def own_families(theme: Theme, articles: tuple[Article, ...]) -> tuple[OwnFamily, ...]:
    """Return the families of the articles and passages that are not in that of the theme."""
    used = dict.fromkeys(own for article in articles for own in _used(theme, article))
    return tuple(
        OwnFamily(
            language,
            tuple(dict.fromkeys((family.name, *theme.families))),
            max(theme.least_leading, family.leading),
        )
        for language in used
        for family in (family_in(theme, language),)
    )


def _used(theme: Theme, article: Article) -> Iterator[str]:
    around = theme.languages.get(primary(article.metadata.language), theme.font)
    if around != theme.font:
        yield primary(article.metadata.language)
    for blocks in (article.body, *article.notes.values()):
        for run in runs_of(blocks):
            language = language_of(run)
            if language and class_of(theme, language, around=around):
                yield primary(language)
