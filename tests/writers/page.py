"""Articles for the PDF's tests, and what is in the page made of one."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pypdfium2

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Creator,
    Inline,
    Metadata,
    Paragraph,
    Role,
    Text,
)
from exporter.choices import Settings
from exporter.publication import Artifact, Cover
from tests.judges.text import logical

METADATA = Metadata(
    title="عنوان عن Google Chrome وأثره",
    creators=(
        Creator("محمد علي"),
        Creator("سعاد حسن", Role.TRANSLATOR),
        Creator("ليلى فارس", Role.INTERVIEWER),
        Creator("نادر عمر", Role.PHOTOGRAPHER),
    ),
    publisher="مجلة التجربة",
    issued="2024-05-12",
    language="ar",
    source="https://example.org/a/b?c=1",
    description="مقدمة قصيرة تمهد للقارئ طريقه.",
    subjects=("تجربة", "طباعة"),
    rights="حقوق النشر محفوظة",
    identifier="urn:uuid:00000000-0000-5000-8000-000000000001",
)
PROSE = "هذه فقرة من نص عربي لتجربة الصفحة، وفيها أسماء مثل Google Chrome وأرقام مثل 2023. " * 6


def p(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def article(*body: Paragraph, **metadata: str) -> Article:
    return Article(replace(METADATA, **metadata), body or (p(PROSE),))  # type: ignore[arg-type]


def make(made: Article, **settings: object) -> Artifact:
    theme = themes.load("naskh", Settings(**settings))  # type: ignore[arg-type]
    (artifact,) = pipeline.publish(made, theme, formats=["pdf"], cover=Cover())
    return artifact


def text_of(artifact: Artifact) -> str:
    with pymupdf.open(stream=artifact.data) as document:
        return logical("\n".join(page.get_text() for page in document))


def pdfium_text(artifact: Artifact) -> str:
    document = pypdfium2.PdfDocument(artifact.data)
    try:
        return logical("\n".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def fonts_of(artifact: Artifact) -> set[str]:
    with pymupdf.open(stream=artifact.data) as document:
        return {font[3] for page in document for font in page.get_fonts()}
