"""The pictures of docs/ereaders.md: `python -m tests.judges.pictures` takes them again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from exporter import pipeline, themes
from exporter.choices import Settings
from exporter.publication import Cover
from tests.judges import browser as judge

_ROOT = Path(__file__).parents[2]
_ARTICLE = _ROOT / "seeds" / "essay.txt"
_GAP = 8
_GREY = (128, 128, 128)
_HEIGHT = 600
_COLOURS = 32


def book() -> bytes:
    """Return the e-book of the essay."""
    (reading,) = pipeline.read(str(_ARTICLE))
    theme = themes.load("naskh", Settings())
    (epub,) = pipeline.publish(reading.article, theme, formats=["epub"], cover=Cover())
    return epub.data


def beside(pages: list[Image.Image]) -> Image.Image:
    """Return pages as they follow, from right to left, on one picture of few colours."""
    width, height = pages[0].size
    sheet = Image.new("RGB", (len(pages) * (width + _GAP) - _GAP, height), _GREY)
    for place, page in enumerate(reversed(pages)):
        sheet.paste(page, (place * (width + _GAP), 0))
    small = sheet.resize((sheet.width * _HEIGHT // height, _HEIGHT), Image.Resampling.LANCZOS)
    return small.quantize(_COLOURS, dither=Image.Dither.NONE)


def shots(reader: judge.Reader) -> list[Image.Image]:
    """Return the cover and the first page of the text."""
    pages = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(2):
            path = Path(folder, f"{number}.png")
            reader.picture(path)
            with Image.open(path) as page:
                pages.append(page.convert("RGB"))
            reader.go_to(reader.contents()[0].href)
    return pages


def main() -> None:
    """Take the pictures of all engines."""
    epub = book()
    with judge.browser() as started:
        for engine in judge.ENGINES:
            with judge.opened(started, epub, engine=engine) as reader:
                path = _ROOT / "docs" / "pictures" / f"reader-{engine}.png"
                beside(shots(reader)).save(path, optimize=True)


if __name__ == "__main__":
    main()
