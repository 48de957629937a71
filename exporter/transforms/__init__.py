"""Transforms: Article → Article, an explicit ordered tuple of small functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from exporter.article import Article
from exporter.transforms.direction import isolate_article
from exporter.transforms.headings import level_headings
from exporter.transforms.languages import mark_passages

TRANSFORMS: tuple[Callable[[Article], Article], ...] = (
    level_headings,
    isolate_article,
    mark_passages,
)


def transform(article: Article) -> Article:
    """Return the article after every transform, in order."""
    return reduce(lambda result, function: function(result), TRANSFORMS, article)
