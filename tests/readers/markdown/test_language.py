"""The language of a note in Markdown: that of its front matter, else that of its words."""

from __future__ import annotations

import pytest

from exporter.readers.markdown import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source

ENGLISH = "# Sundials\n\nA sundial has a face and a pointer, and it wants nothing but the sun.\n"
PERSIAN = "# ساعت آفتابی\n\nاین ساعت به هیچ چیز نیاز ندارد و برای آن که کار کند آفتاب کافی است.\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, "en"), (PERSIAN, "fa"), (f"---\nlanguage: ar-TN\n---\n{ENGLISH}", "ar-TN")],
)
def test_the_language_is_told(text: str, language: str) -> None:
    (reading,) = read(Source("note.md", "note.md", text.encode()), ReadingOptions())
    assert reading.article.metadata.language == language
