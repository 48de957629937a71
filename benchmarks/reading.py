"""How well articles are read from text: one table, for a corpus of pages and articles with gold.

    python benchmarks/reading.py CORPUS

CORPUS holds `pages/ID.txt` (the text of a page with its menus) and `pages/ID.gold.json` (`title`,
`text`, `date`), `articles/NAME.txt` with `NAME.gold.json` (`body`: lines with `keep`), and
`articles.jsonl` (articles in fields); what is not there is left out. trafilatura and jusText read
the same lines, each a paragraph of HTML, where they are installed.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import mean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measure import normal, share, token_f1
from exporter.arabic.names import credits_of
from exporter.article import Heading, Reading, blocks_text, inline_text, walk
from exporter.errors import ExporterError
from exporter.readers.options import ReadingOptions
from exporter.readers.text import read
from exporter.sources import Source

ANNOTATED = tomllib.loads((Path(__file__).with_suffix(".toml")).read_text())["headings"]


def reading(text: str, name: str) -> Reading:
    """Return what the text reader makes of a text; an empty article where it refuses it."""
    from exporter.article import Article, Metadata

    try:
        return next(read(Source(name, name, text.encode()), ReadingOptions()))
    except ExporterError:
        return Reading(Article(Metadata(title=""), ()))


def load(path: Path) -> dict[str, Any]:
    """Return the gold beside a text."""
    gold: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return gold


# --- pages ----------------------------------------------------------------------------------


@dataclass
class Pages:
    """What came out of the pages: a figure each, and how many titles, dates, sub-headings."""

    scores: dict[str, float] = field(default_factory=dict)
    titles: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    found: int = 0
    wanted: int = 0
    right: int = 0


def headings_of(gold: dict[str, Any], name: str) -> list[str]:
    """Return a page's sub-headings: given, annotated, or those that its gold text shows."""
    lines = gold["text"].split("\n")
    if "headings" in gold:
        return [normal(line) for line in gold["headings"]]
    if name in ANNOTATED:
        return [normal(lines[number - 1]) for number in ANNOTATED[name]]
    short = (line for line in lines[:-1] if 0 < len(line.split()) <= 12)
    return [normal(line) for line in short if line.rstrip()[-1] not in ".:،؛!؟?…"]


def measure_pages(folder: Path) -> Pages:
    """Return what the text reader makes of the pages of a corpus."""
    pages = Pages()
    for path in sorted(folder.glob("*.txt")):
        gold, article = load(path), reading(path.read_text(encoding="utf-8"), path.name).article
        optional = {normal(line) for line in (*gold.get("either", ()), *gold.get("captions", ()))}
        pages.scores[path.stem] = token_f1(
            _without(blocks_text(article.body), optional), _without(gold["text"], optional)
        )
        pages.titles.append(normal(article.metadata.title) == normal(gold["title"]))
        if gold.get("date"):
            pages.dates.append(article.metadata.issued[:10] == gold["date"][:10])
        wanted = headings_of(gold, path.stem)
        blocks = walk(article.body)
        found = [normal(inline_text(each.inlines)) for each in blocks if isinstance(each, Heading)]
        pages.found += len(found)
        pages.wanted += len(wanted)
        pages.right += sum(1 for line in found if line in wanted)
    return pages


def _without(text: str, optional: set[str]) -> str:
    return "\n".join(line for line in text.split("\n") if normal(line) not in optional)


def as_html(text: str) -> str:
    """Return the lines of a text as paragraphs of HTML."""
    lines = (html.escape(line) for line in text.split("\n") if line.strip())
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"


def with_trafilatura(text: str) -> str:
    """Return what trafilatura keeps of a text's lines, in its precision mode."""
    import trafilatura

    return trafilatura.extract(as_html(text), favor_precision=True) or ""


def with_justext(text: str) -> str:
    """Return what jusText keeps of a text's lines, with its Arabic stop words."""
    import justext

    found = justext.justext(as_html(text).encode(), justext.get_stoplist("Arabic"))
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def measure_other(folder: Path, extract: Callable[[str], str]) -> list[float]:
    """Return the F1 of another extractor on each page."""
    return [
        token_f1(extract(path.read_text(encoding="utf-8")), load(path)["text"])
        for path in sorted(folder.glob("*.txt"))
    ]


# --- articles -------------------------------------------------------------------------------


def measure_articles(folder: Path) -> tuple[int, int, int, int]:
    """Return how many lines were kept, should be, were dropped, should be.

    A line counts as kept where its words stand in the body one after the other; a mark of a list,
    a rule and a gap between hemistichs are no words.
    """
    kept = to_keep = dropped = to_drop = 0
    for path in sorted(folder.glob("*.txt")):
        body = _words(
            blocks_text(reading(path.read_text(encoding="utf-8"), path.name).article.body)
        )
        for line in load(path)["body"]:
            words = _words(line["text"])
            if line["keep"] is True and words.strip():
                to_keep += 1
                kept += words in body
            elif line["keep"] is False:
                to_drop += 1
                dropped += words not in body
    return kept, to_keep, dropped, to_drop


def _words(text: str) -> str:
    letters = "".join(c if c.isalnum() or unicodedata_mark(c) else " " for c in normal(text))
    words = [word for word in letters.split() if not word.isdigit()]
    return f" {' '.join(words)} "


def unicodedata_mark(character: str) -> bool:
    """Say whether a character is a mark on the letter before it."""
    import unicodedata

    return unicodedata.category(character) == "Mn"


# --- articles in fields ---------------------------------------------------------------------


@dataclass
class Fields:
    """What came out of articles joined from their fields."""

    bodies: list[float] = field(default_factory=list)
    titles: int = 0
    dates: int = 0
    dated: int = 0
    names: int = 0
    named: int = 0


# Words alone: no paper or city beside the name, no list. What is known as an agency is no name.
_PLAIN_NAME = re.compile(r"(?!.* من )[^\W\d_ـ]+(?: [^\W\d_ـ]+){1,4}")


def joined(row: dict[str, str]) -> str:
    """Return an article as people copy it: its fields, a blank line between them."""
    parts = (row["title"], row["author"], row["date"], row["standfirst"])
    return "\n\n".join([*filter(str.strip, parts), *filter(str.strip, row["body"].split("\n"))])


def _day(date: str) -> str:
    """Return the day of a date in ISO 8601 or as in RFC 5322, empty for another form."""
    if re.match(r"\d{4}-\d\d-\d\d", date):
        return date[:10]
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except ValueError:
        return ""


def measure_fields(path: Path) -> Fields:
    """Return what the text reader makes of articles joined from their fields."""
    result = Fields()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        if not row.get("body") or not row.get("title"):
            continue
        article = reading(joined(row), row["id"]).article
        metadata = article.metadata
        result.bodies.append(token_f1(blocks_text(article.body), row["body"]))
        result.titles += normal(metadata.title) == normal(row["title"])
        if day := _day(row["date"]):
            result.dated += 1
            result.dates += metadata.issued[:10] == day
        author = normal(row["author"])
        if _PLAIN_NAME.fullmatch(author) and credits_of(author).creators:
            result.named += 1
            result.names += [creator.name for creator in metadata.creators] == [author]
    return result


# --- the table ------------------------------------------------------------------------------


def rows(corpus: Path) -> Iterator[Sequence[str]]:
    """Yield the rows of the table."""
    if (corpus / "pages").is_dir() and any((corpus / "pages").glob("*.txt")):
        yield from _page_rows(corpus / "pages")
    if (corpus / "articles").is_dir():
        kept, to_keep, dropped, to_drop = measure_articles(corpus / "articles")
        yield "articles: lines to keep, kept", share(kept, to_keep), "100 %"
        yield "articles: lines to drop, dropped", share(dropped, to_drop), "≥ 95 %"
    if (corpus / "articles.jsonl").is_file():
        found = measure_fields(corpus / "articles.jsonl")
        yield "fields: body, mean F1", f"{mean(found.bodies):.4f}", "≥ 0.99"
        yield "fields: body, worst F1", f"{min(found.bodies):.4f}", ""
        yield "fields: titles", share(found.titles, len(found.bodies)), "≥ 98 %"
        yield "fields: dates", share(found.dates, found.dated), "≥ 98 %"
        yield "fields: plain names of authors", share(found.names, found.named), "≥ 95 %"


def _page_rows(folder: Path) -> Iterator[Sequence[str]]:
    pages = measure_pages(folder)
    scores = list(pages.scores.values())
    worst = min(pages.scores, key=pages.scores.__getitem__)
    yield "pages: body, mean F1", f"{mean(scores):.4f}", "≥ 0.97"
    yield f"pages: body, worst F1 ({worst})", f"{min(scores):.4f}", "≥ 0.92"
    yield "pages: titles", share(sum(pages.titles), len(pages.titles)), "all"
    yield "pages: dates", share(sum(pages.dates), len(pages.dates)), "all"
    precision = pages.right / pages.found if pages.found else 1.0
    recall = pages.right / pages.wanted if pages.wanted else 1.0
    yield "pages: sub-headings, precision", f"{precision:.2f} of {pages.found}", "≥ 0.90"
    yield "pages: sub-headings, recall", f"{recall:.2f} of {pages.wanted}", "≥ 0.90"
    others = {"keep everything": str, "trafilatura": with_trafilatura, "jusText": with_justext}
    for name, extract in others.items():
        try:
            found = measure_other(folder, extract)
        except ImportError:
            continue
        yield f"  {name}: mean F1, worst", f"{mean(found):.4f}, {min(found):.4f}", ""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    corpus = parser.parse_args().corpus
    table = [("what", "measured", "aim"), *rows(corpus)]
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    for row in table:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


if __name__ == "__main__":
    main()
