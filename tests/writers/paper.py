"""The pages of an article as boxes, before they are drawn."""

from __future__ import annotations

from collections.abc import Iterator

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from exporter import publication, themes
from exporter.article import Article
from exporter.choices import Settings
from exporter.publication import Cover
from exporter.rendering import render_paper, render_stylesheet
from exporter.transforms import transform
from exporter.writers.pdf import resources_of
from tests.typesetting.layout import engine

MM = 96 / 25.4
"""Layout is in CSS pixels."""


def laid_out(article: Article, **settings: object) -> Document:
    name = str(settings.pop("theme", "naskh"))
    theme = themes.load(name, Settings(**settings))  # type: ignore[arg-type]
    bound = publication.single(transform(article), cover=Cover())
    return engine().lay_out(
        render_paper(bound, theme),
        css=render_stylesheet("print.css", theme, bound),
        resources=resources_of(bound, theme),
    )


def of_class(document: Document, name: str) -> Iterator[tuple[int, boxes.Box]]:
    """Every box of the elements of a class with the number of its page, from 0."""
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            element = box.element
            if element is not None and name in element.get("class", "").split():
                yield number, box


def texts(box: boxes.Box) -> list[boxes.TextBox]:
    return [one for one in box.descendants() if isinstance(one, boxes.TextBox) and one.text]


def ink(box: boxes.Box) -> tuple[float, float]:
    """The left and the right edge of the text of a box."""
    found = texts(box)
    return (
        min(text.position_x for text in found),
        max(text.position_x + text.width for text in found),
    )
