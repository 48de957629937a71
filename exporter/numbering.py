"""Numbers of headings, figures and tables, where the theme wants them as papers have them.

They become part of the text, so that contents, outline, pages and e-book have the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from exporter.arabic.digits import DigitFamily, to_digits
from exporter.arabic.papers import is_counted, is_labelled, is_numbered
from exporter.article import (
    Article,
    Block,
    Blocks,
    Figure,
    Heading,
    Inlines,
    Table,
    Text,
    inline_text,
    walk,
)
from exporter.article_view import digit_family
from exporter.choices import Numbered
from exporter.publication import Publication
from exporter.themes import Theme, words_of
from exporter.transforms.mapping import map_figures

_FIRST = 2  # the title is level 1


def numbered(publication: Publication, theme: Theme) -> Publication:
    """Return the publication with the numbers that the theme gives, of each article its own."""
    if not theme.numbered:
        return publication
    articles = tuple(_article(article, theme) for article in publication.articles)
    return replace(publication, articles=articles)


def _article(article: Article, theme: Theme) -> Article:
    digits = digit_family(article, theme)
    words = words_of(theme, article.metadata.language)
    body = article.body
    for one in theme.numbered:
        match one:
            case Numbered.HEADINGS:
                body = _with_numbers(body, digits)
            case Numbered.FIGURES:
                body = _with_figures(body, _labels(words, "figure", digits))
            case Numbered.TABLES:
                body = _with_tables(body, _labels(words, "table", digits))
    return replace(article, body=body)


# --- headings -------------------------------------------------------------------------------


def _with_numbers(body: Blocks, digits: DigitFamily) -> Blocks:
    """Return the body with headings 1, 1-1, 1-1-1; as it is where their author numbered any."""
    headings = [inline_text(block.inlines) for block in body if isinstance(block, Heading)]
    if any(map(is_numbered, headings)):
        return body
    counted: list[int] = []

    def number(block: Block) -> Block:
        if not isinstance(block, Heading) or not is_counted(inline_text(block.inlines)):
            return block
        depth = block.level - _FIRST
        counted[depth:] = [counted[depth] + 1 if depth < len(counted) else 1]
        label = to_digits("-".join(map(str, counted)), digits)
        return replace(block, inlines=(Text(f"{label}.\N{NO-BREAK SPACE}"), *block.inlines))

    return tuple(map(number, body))


# --- captions -------------------------------------------------------------------------------

Label = Callable[[Inlines], Inlines]


def _labels(words: Mapping[str, str], key: str, digits: DigitFamily) -> Label:
    """Return a function that puts `الشكل 1: ` before one caption after the other."""
    numbers: Iterator[int] = count(1)

    def label(caption: Inlines) -> Inlines:
        number = to_digits(str(next(numbers)), digits)
        before = f"{words[key]}\N{NO-BREAK SPACE}{number}{words['colon']} "
        return (Text(before), *caption)

    return label


def _with_figures(body: Blocks, label: Label) -> Blocks:
    captions = [block.caption for block in walk(body) if isinstance(block, Figure)]
    if any(is_labelled(inline_text(caption)) for caption in captions):
        return body

    def number(figure: Figure) -> Figure:
        return replace(figure, caption=label(figure.caption)) if figure.caption else figure

    return map_figures(body, number)


def _with_tables(body: Blocks, label: Label) -> Blocks:
    captions = [block.caption for block in walk(body) if isinstance(block, Table)]
    if any(is_labelled(inline_text(caption)) for caption in captions):
        return body

    def number(block: Block) -> Block:
        if not isinstance(block, Table) or not block.caption:
            return block
        return replace(block, caption=label(block.caption))

    return tuple(map(number, body))
