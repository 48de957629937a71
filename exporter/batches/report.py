"""The report of a batch: what was written, what failed and why, and the notices counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from markupsafe import Markup, escape

from exporter.batches.entries import Entry, State
from exporter.batches.folders import Folder
from exporter.batches.jobs import Failed
from exporter.batches.journal import Journal
from exporter.messages import place, sentence
from exporter.notices import Notice
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.version import __version__

NAME = "batch-report"
_OPTION = compiled(r"--[a-z][\w-]*(?: [a-z][\w,-]*)?", re.ASCII)
_SHOWN = 1000
"""How many articles and failures the page lists; the JSON has all."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was not written; `location` is what the user calls it."""

    location: str
    reason: Failed

    def sentence(self, *, language: str = "en") -> str:
        """Return what happened and what to do, as one sentence for the user."""
        return self.reason.sentence(language=language)

    def __str__(self) -> str:
        return self.sentence()


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch.

    `written` counts the articles of this batch, those of an earlier run that it went on from among
    them (`resumed`); `unwanted` are older than `since`, or more than `limit`; `notices` counts
    them by code; `seconds` is how long this run took. `report` are the JSON and the page.
    """

    written: int
    unchanged: int
    unwanted: int
    resumed: int
    failures: tuple[Failure, ...]
    notices: Mapping[str, int]
    seconds: float
    report: tuple[str, ...] = ()


@dataclass(slots=True)
class _Counted:
    """The notices of one code: how many, in how many articles, and the first of them."""

    first: Notice
    where: str
    notices: int = 0
    articles: int = 0


@dataclass(slots=True)
class _Summary:
    counts: Mapping[State, int]
    seconds: float
    resumed: int
    notices: dict[str, _Counted] = field(default_factory=dict)

    def of(self, *states: State) -> int:
        """Return how many articles are in some states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def an_hour(self) -> int:
        """How many articles an hour this run wrote."""
        written = max(0, self.of(State.DONE) - self.resumed)
        return round(written * 3600 / self.seconds) if self.seconds else 0


def report(
    journal: Journal, output: Folder, *, seconds: float, resumed: int, language: str
) -> Batch:
    """Write the report of a batch into its output and return what it says."""
    summary = _Summary(journal.counts(), seconds, resumed)
    for entry in journal.entries(State.DONE):
        _count(summary, entry)
    with TemporaryDirectory(prefix="exporter-") as folder:
        written = Path(folder) / "report.json", Path(folder) / "report.html"
        _write_json(written[0], journal, summary)
        _write_page(written[1], journal, summary, language=language)
        names = f"{NAME}.json", f"{NAME}.html"
        for name, path in zip(names, written, strict=True):
            output.bring(name, path)
    counted = {code: one.notices for code, one in sorted(summary.notices.items())}
    return Batch(
        written=summary.of(State.DONE),
        unchanged=summary.of(State.UNCHANGED),
        unwanted=summary.of(State.UNWANTED),
        resumed=resumed,
        failures=tuple(_failures(journal)),
        notices=counted,
        seconds=seconds,
        report=tuple(map(output.shown, names)),
    )


def _count(summary: _Summary, entry: Entry) -> None:
    for code, count in Counter(notice.code for notice in entry.notices).items():
        if code not in summary.notices:
            first = next(notice for notice in entry.notices if notice.code is code)
            summary.notices[code] = _Counted(first, entry.job.shown)
        summary.notices[code].notices += count
        summary.notices[code].articles += 1


def _failures(journal: Journal) -> Iterator[Failure]:
    for entry in journal.entries(State.FAILED):
        if entry.failure:
            yield Failure(entry.job.shown, entry.failure)


# --- JSON -----------------------------------------------------------------------------------


def _write_json(path: Path, journal: Journal, summary: _Summary) -> None:
    """Write the report as one object, an article a line: there may be a million."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.write("{\n")
        for name, value in _head(summary).items():
            file.write(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n")
        file.write('"failures": [')
        _write_lines(file.write, (_failure_json(one) for one in _failures(journal)))
        file.write('],\n"articles": [')
        _write_lines(file.write, map(_article_json, journal.entries(State.DONE, State.UNCHANGED)))
        file.write("]\n}\n")


def _write_lines(write: Callable[[str], object], lines: Iterator[Mapping[str, object]]) -> None:
    between = "\n"
    for line in lines:
        write(f"{between}{json.dumps(line, ensure_ascii=False)}")
        between = ",\n"
    write("\n")


def _head(summary: _Summary) -> Mapping[str, object]:
    return {
        "exporter": __version__,
        "written": summary.of(State.DONE),
        "unchanged": summary.of(State.UNCHANGED),
        "unwanted": summary.of(State.UNWANTED),
        "failed": summary.of(State.FAILED),
        "resumed": summary.resumed,
        "seconds": round(summary.seconds, 1),
        "articles_an_hour": summary.an_hour,
        "notices": {
            code: {"notices": one.notices, "articles": one.articles}
            for code, one in sorted(summary.notices.items())
        },
    }


def _failure_json(failure: Failure) -> Mapping[str, object]:
    reason = failure.reason
    return {
        "source": failure.location,
        "code": reason.code,
        "detail": reason.detail,
        "message": reason.sentence(),
    }


def _article_json(entry: Entry) -> Mapping[str, object]:
    return {
        "source": entry.job.shown,
        "state": "unchanged" if entry.state is State.UNCHANGED else "written",
        "title": entry.title,
        "identifier": entry.identifier,
        "files": list(entry.names),
        "notices": [
            {"code": one.code, "location": one.location, "text": one.text, "detail": one.detail}
            for one in entry.notices
        ],
    }


# --- the page -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    source: str
    links: tuple[tuple[str, str], ...]
    notices: int


def _write_page(path: Path, journal: Journal, summary: _Summary, *, language: str) -> None:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("exporter.batches", "."), autoescape=True, undefined=StrictUndefined
    )
    done = journal.entries(State.DONE)
    failures = ((one.location, _bare(one, language)) for one in _failures(journal))
    stream = environment.get_template("report.html").stream(
        say=lambda code: sentence(f"report-{code}", language=language),
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        head=_head(summary),
        failures=((source, _isolated(said)) for source, said in islice(failures, _SHOWN)),
        notices=[
            (code, one, _isolated(_quoting(one.first).sentence(language=language)))
            for code, one in sorted(summary.notices.items())
        ],
        articles=map(_row, islice(done, _SHOWN)),
        is_cut=max(summary.of(State.DONE), summary.of(State.FAILED)) > _SHOWN,
        shown=_SHOWN,
    )
    with path.open("wb") as file:
        stream.dump(file, encoding="utf-8", errors="replace")


def _quoting(notice: Notice) -> Notice:
    """Return the notice with its words from the article kept apart from the sentence (UAX #9)."""
    first, last = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    return replace(notice, text=f"{first}{notice.text}{last}" if notice.text else "")


def _isolated(said: str) -> Markup:
    """Return a sentence as HTML, an option in it with its value from left to right."""
    return Markup(_OPTION.sub(r'<bdi dir="ltr">\g<0></bdi>', str(escape(said))))  # noqa: S704 (escaped)


def _bare(failure: Failure, language: str) -> str:
    """Return the reason without the source before it, which has a column of its own."""
    subject = place(failure.location, language=language)
    return failure.sentence(language=language).removeprefix(f"{subject}: ")


def _row(entry: Entry) -> _Row:
    links = tuple(
        (quote(name), file.ending) for name, file in zip(entry.names, entry.files, strict=True)
    )
    return _Row(entry.title, entry.job.shown, links, len(entry.notices))
