"""How well articles are read from pages: one table, beside other extractors on the same pages.

    python benchmarks/html_pages.py CORPUS

CORPUS holds `pages/ID.html` with `pages/ID.gold.json` (`title`, `text`, and `date` where it is
known). The figure is the F1 of two multisets of words, parted by white space after NFC: the text
of the body (captions of pictures counted in `ours`) against `text`. A title is right when its
words are; a date when its day is. The others are given the page as it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import mean
from typing import Any

from lxml import html

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measure import normal, share, token_f1
from exporter.article import Metadata, blocks_text
from exporter.errors import ExporterError
from exporter.readers.html import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source

Extract = Callable[[bytes], tuple[str, Metadata]]


def ours(data: bytes) -> tuple[str, Metadata]:
    """Return what this program reads."""
    try:
        reading = next(read(Source("page", "page.html", data), ReadingOptions()))
    except ExporterError:
        return "", Metadata(title="")
    return blocks_text(reading.article.body), reading.article.metadata


def trafilatura(data: bytes) -> tuple[str, Metadata]:
    """Return what trafilatura finds in its precise mode, with its title and date."""
    import trafilatura as library

    text = library.extract(data, favor_precision=True, include_comments=False) or ""
    found = library.extract_metadata(data)
    title, date = (getattr(found, name, None) or "" for name in ("title", "date"))
    return text, Metadata(title=title, issued=date)


def readability(data: bytes) -> tuple[str, Metadata]:
    """Return what readability-lxml finds, with its short title."""
    from readability import Document

    document = Document(data.decode("utf-8", errors="replace"))
    text = html.fromstring(document.summary()).text_content()
    return text, Metadata(title=document.short_title() or "")


def resiliparse(data: bytes) -> tuple[str, Metadata]:
    """Return what resiliparse finds as the main content."""
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(data.decode("utf-8", errors="replace"), main_content=True)
    return text, Metadata(title="")


EXTRACTORS: Mapping[str, Extract] = {
    "ours": ours,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
}


def table(corpus: Path) -> str:
    """Return the figures of every extractor on the pages of a corpus, and their means."""
    pages = sorted((corpus / "pages").glob("*.html"))
    golds = [_gold(page) for page in pages]
    found = {
        name: [extract(page.read_bytes()) for page in pages] for name, extract in EXTRACTORS.items()
    }
    lines = [f"{'page':24}" + "".join(f"{name:>18}" for name in found)]
    scores = {
        name: [token_f1(text, gold["text"]) for (text, _), gold in zip(made, golds, strict=True)]
        for name, made in found.items()
    }
    for at, page in enumerate(pages):
        lines.append(f"{page.stem:24}" + "".join(f"{scores[name][at]:18.4f}" for name in found))
    rows = {
        "mean": [f"{mean(scores[name]):.4f}" for name in found],
        "worst": [f"{min(scores[name]):.4f}" for name in found],
        "titles": [_titles(made, golds) for made in found.values()],
        "dates": [_dates(made, golds) for made in found.values()],
    }
    lines += [f"{name:24}" + "".join(f"{cell:>18}" for cell in row) for name, row in rows.items()]
    return "\n".join(lines)


def _gold(page: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(page.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return gold


def _titles(made: list[tuple[str, Metadata]], golds: list[dict[str, Any]]) -> str:
    right = sum(
        normal(metadata.title) == normal(gold["title"])
        for (_, metadata), gold in zip(made, golds, strict=True)
    )
    return share(right, len(golds))


def _dates(made: list[tuple[str, Metadata]], golds: list[dict[str, Any]]) -> str:
    dated = [
        (metadata.issued[:10], gold["date"][:10])
        for (_, metadata), gold in zip(made, golds, strict=True)
        if gold.get("date")
    ]
    return share(sum(mine == theirs for mine, theirs in dated), len(dated))


def main() -> None:
    """Print the table of a corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    print(table(parser.parse_args().corpus))


if __name__ == "__main__":
    main()
