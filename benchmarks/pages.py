"""How long a page of one long article takes, by the number of its pages.

    python -m benchmarks.pages              # about 50, 500 and 2,000 pages

The article is a sample again and again. Times are of the processor; the ratios are of one run.
"""

from __future__ import annotations

import argparse
import gc
import time
from dataclasses import dataclass, replace

from exporter import pipeline, themes, transforms
from exporter.choices import Settings
from exporter.publication import Cover, CoverKind, single
from exporter.writers import pdf

_ARTICLE = "seeds/essay.txt"


@dataclass(frozen=True, slots=True)
class Measured:
    """How many pages an article has, and the seconds of each."""

    pages: int
    each: float


def measured(times: int) -> Measured:
    """Return what the sample takes, so many times in one article."""
    (reading,) = pipeline.read(_ARTICLE)
    article = transforms.transform(reading.article)
    longer = single(replace(article, body=article.body * times), cover=Cover(CoverKind.NONE))
    theme, engine = themes.load("naskh", Settings(page="a5")), pipeline.engine()
    start = time.process_time()
    artifact = pdf.write(longer, theme, engine)
    seconds = time.process_time() - start
    pages = artifact.print_edition.starts[-1].page
    return Measured(pages, seconds / pages)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("times", nargs="*", type=int, default=[17, 167, 667])
    asked = parser.parse_args()
    gc.set_threshold(50_000, 20, 20)  # as the command has it
    measured(1)  # what is loaded once
    found = [measured(times) for times in asked.times]
    print("| pages | of each | ratio |\n| ---: | ---: | ---: |")
    for one in found:
        print(f"| {one.pages:,} | {1000 * one.each:.1f} ms | {one.each / found[0].each:.2f} |")


if __name__ == "__main__":
    main()
