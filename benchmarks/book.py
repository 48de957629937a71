"""How long a book takes: processor time an article, by the number of articles, and memory.

    python -m benchmarks.book 100 1000 --jobs 2

Articles are the samples again and again, under titles of their own. Times are of the processor, of
all processes, so that other work on the machine counts little, and by the clock; the ratios are of
one run. Garbage is looked for as seldom as the command looks for it.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from exporter import pipeline, themes
from exporter.article import Article, blocks_text
from exporter.bookbinding import Arrangement, Edition, Entry, GroupBy, bind
from exporter.choices import Settings
from exporter.cli.main import GARBAGE
from exporter.errors import ExporterError
from exporter.publication import Cover, CoverKind, Index, Publication
from exporter.transforms import transform

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_SHORTEST = 400


@dataclass(frozen=True, slots=True)
class Measured:
    """What one book took: seconds of the processor and by the clock, megabytes of all, bytes."""

    articles: int
    seconds: float
    clock: float
    memory: float
    size: int

    def line(self, first: Measured) -> str:
        """Return a row of the table, its time an article against that of the first."""
        each = self.seconds / self.articles
        ratio = each / (first.seconds / first.articles)
        cells = (
            f"{self.articles}",
            f"{self.seconds:.1f} s",
            f"{1000 * each:.0f} ms",
            f"{ratio:.2f}",
            f"{self.clock:.1f} s",
            f"{self.memory:.0f} MB",
            f"{self.size / 1e6:.2f} MB",
        )
        return f"| {' | '.join(cells)} |"


def samples() -> Iterator[Article]:
    """Yield the sample articles that are long enough to be articles of a book."""
    for path in sorted(_SEEDS.iterdir()):
        if path.name == "README.md":  # the account of the samples
            continue
        try:
            readings = list(pipeline.read(str(path)))
        except ExporterError:  # the manifest
            continue
        articles = (transform(reading.article) for reading in readings)
        yield from (one for one in articles if len(blocks_text(one.body)) >= _SHORTEST)


def book_of(count: int) -> Publication:
    """Return a book of so many articles, with parts, contents and an index."""
    found = islice(cycle(list(samples())), count)
    entries = [Entry(_named(article, number)) for number, article in enumerate(found)]
    arrangement = Arrangement(group_by=GroupBy.SOURCE, indexes=(Index.AUTHORS,))
    theme = themes.load("naskh", Settings(page="a5"))
    cover = Cover(CoverKind.NONE)
    return bind(entries, Edition("كتاب"), arrangement, theme=theme, cover=cover).publication


def _named(article: Article, number: int) -> Article:
    metadata = article.metadata
    title = f"{metadata.title} {number}"
    named = replace(metadata, title=title, identifier=f"urn:x:{number}")
    return replace(article, metadata=named)


def measured(count: int, *, name: str, jobs: int) -> Measured:
    """Return what a book of so many articles takes in a format."""
    book = book_of(count)
    theme = themes.load("naskh", Settings(page="a5"))
    watch = _Memory()
    before, start = _processor_time(), time.monotonic()
    (artifact,) = pipeline.written(book, theme, formats=[name], jobs=jobs)
    seconds, clock = _processor_time() - before, time.monotonic() - start
    return Measured(count, seconds, clock, watch.peak(), len(artifact.data))


def _processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class _Memory:
    """The most memory of this process and those it started, shared pages counted once."""

    def __init__(self) -> None:
        self._peak = 0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def peak(self) -> float:
        """Stop looking, and return megabytes."""
        self._ended.set()
        return self._peak / 1024

    def _watch(self) -> None:
        while not self._ended.wait(0.25):
            own = os.getpid()
            started = Path(f"/proc/{own}/task/{own}/children").read_text("ascii").split()
            self._peak = max(self._peak, sum(map(_proportional, [str(own), *started])))


def _proportional(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[10, 100])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--to", default="pdf", choices=("pdf", "epub"))
    asked = parser.parse_args()
    gc.set_threshold(*GARBAGE)
    measured(2, name=asked.to, jobs=1)  # what is loaded once
    found = [measured(count, name=asked.to, jobs=asked.jobs) for count in asked.counts]
    print("| articles | processor | each | ratio | clock | memory | file |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for one in found:
        print(one.line(found[0]))


if __name__ == "__main__":
    main()
