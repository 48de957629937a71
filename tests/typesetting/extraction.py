"""Texts set on plain pages, and what each extractor is known to do to the words of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from weasyprint.pdf.metadata import DocumentMetadata

from exporter import publication, themes
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.choices import Justify, Settings
from exporter.publication import Cover
from exporter.rendering import render_paper, render_stylesheet
from exporter.transforms import transform
from exporter.typesetting.engine import Engine
from tests.judges.text import words

_REPOSITORY = Path(__file__).parents[2]
FONTS = ("Amiri", "Noto Naskh Arabic", "Scheherazade New", "Vazirmatn", "Noto Nastaliq Urdu")

# No title, folio and running head: on the page is the text and nothing else.
_TEXT_ALONE = """
@page { @top-center { content: none } @bottom-center { content: none } }
.title-block { display: none }
"""


@dataclass(frozen=True)
class Sample:
    """A text of one paragraph a line."""

    text: str
    language: str = "ar"

    @property
    def words(self) -> list[str]:
        return words(self.text)


def _prose(name: str) -> str:
    """Return the paragraphs of a sample article, without the lines before them."""
    text = (_REPOSITORY / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if len(line) > 100)


def _own(name: str) -> str:
    return (Path(__file__).parent / "texts" / f"{name}.txt").read_text(encoding="utf-8")


SAMPLES: Mapping[str, Sample] = {
    "prose": Sample(_prose("essay")),
    "vocalised": Sample(_prose("vocalised")),
    "mixed": Sample(_own("mixed")),
    "persian": Sample(_own("persian"), "fa"),
    "urdu": Sample(_own("urdu"), "ur"),
}


def typeset(
    engine: Engine,
    sample: Sample,
    *,
    font: str,
    page: str = "a5",
    justify: Justify | None = None,
) -> bytes:
    """Return the PDF of a sample alone on its pages, in the book theme."""
    paragraphs = tuple(Paragraph((Text(line),)) for line in sample.text.splitlines() if line)
    metadata = Metadata(
        title="نص",
        language=sample.language,
        identifier="urn:uuid:00000000-0000-5000-8000-00000000000e",
    )
    theme = themes.load("naskh", Settings(page=page, font=font, justify=justify))
    made = publication.single(transform(Article(metadata, paragraphs)), cover=Cover())
    return engine.typeset(
        render_paper(made, theme),
        css=render_stylesheet("print.css", theme, made) + _TEXT_ALONE,
        resources={},
        metadata=DocumentMetadata(title="نص", lang=sample.language),
        identifier=metadata.identifier,
        direction=made.direction,
    ).pdf


# --- what is known -------------------------------------------------------------------------


_TURNED = str.maketrans("«»()[]{}", "»«)(][}{")


def with_brackets_turned(found: str) -> str:
    """PDFBox and pdfium take a code for the shape that is seen, and mirror it."""
    return found.translate(_TURNED)


def with_latin_apart(found: Sequence[str]) -> list[str]:
    """pdfium returns a left-to-right phrase as a line of its own, and mirrors brackets."""
    fold = dict.fromkeys(map(ord, "«»()[]"), '"')
    found = [word.translate(fold) for word in found]
    return [part for word in found for part in re.findall("[A-Za-z0-9]+|[^A-Za-z0-9]+", word)]


def without_joiners(found: Sequence[str]) -> list[str]:
    """pdf.js leaves out all format characters."""
    return [word.replace("\N{ZERO WIDTH NON-JOINER}", "") for word in found]


def as_it_is(found: Sequence[str]) -> list[str]:
    """Nothing is forgiven."""
    return [*found]


Forgive = Callable[[Sequence[str]], list[str]]


def searched_words(text: str) -> list[str]:
    """Return what a reader would search for: each word once, without punctuation around it."""
    found = re.findall(r"[\w\u064b-\u065f\u0670\u200c]+", text)
    return list(dict.fromkeys(found))


def mark_orders(word: str) -> tuple[str, ...]:
    """A word with its marks as typed, composed, and with the two marks of a letter exchanged.

    They are canonically equivalent (The Unicode Standard §3.11), but a plain search goes by codes.
    """
    composed = unicodedata.normalize("NFC", word)
    pair = re.compile("([\u064b-\u065f\u0670])([\u064b-\u065f\u0670])")
    return tuple(dict.fromkeys((word, composed, pair.sub(r"\2\1", word))))
