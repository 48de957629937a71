"""The command `batch`: very many articles, with a bar of progress and a report at the end."""

from __future__ import annotations

import os
import time
from datetime import datetime

from exporter.batches.batch import batch as run_batch
from exporter.batches.order import MEGABYTES, SECONDS, Limits, Order, order_of
from exporter.batches.report import Batch
from exporter.batches.running import How, Selection, Start
from exporter.cli import settings
from exporter.cli.console import Console
from exporter.cli.inputs import settle
from exporter.cli.parser import Request
from exporter.clock import moment_of_reading
from exporter.config import Values
from exporter.errors import ExporterError
from exporter.messages import listed

_SHOWN = 20
"""How many failures are shown; the report has all."""

_WIDTH = 24


def batch(request: Request, console: Console) -> None:
    """Make the articles of a batch, say what failed, and print where its report is."""
    values = settle(request, console)
    order = _order(values)
    progress = Progress(console)
    try:
        done = run_batch(
            request.arguments,
            order,
            output=settings.one(values, "output") or ".",
            how=_how(values),
            journal=settings.one(values, "journal"),
            watch=progress.show,
            language=console.language,
        )
    except (SystemExit, KeyboardInterrupt):
        console.done()
        console.remark("batch-interrupted", detail=progress.counted)
        raise
    console.done()
    _say(done, console)


def _order(values: Values) -> Order:
    return order_of(
        options=settings.reading_options(values),
        corrections=settings.corrections(values),
        theme=settings.one(values, "theme"),
        settings=settings.look(values),
        formats=settings.formats(values),
        cover=settings.cover(values),
        limits=Limits(
            seconds=settings.count(values, "time-limit", SECONDS),
            megabytes=settings.count(values, "memory-limit", MEGABYTES),
        ),
        moment=moment_of_reading(os.environ, machine=lambda: datetime.now().astimezone()),
    )


def _how(values: Values) -> How:
    return How(
        selection=Selection.CHANGED if settings.is_on(values, "changed") else Selection.ALL,
        start=Start.ANEW if settings.is_on(values, "anew") else Start.RESUME,
        jobs=settings.count(values, "jobs", 0),
        scheduler=settings.one(values, "scheduler"),
    )


def _say(done: Batch, console: Console) -> None:
    for failure in done.failures[:_SHOWN]:
        reason = failure.reason
        error = ExporterError(reason.code, subject=reason.subject, detail=reason.detail)
        console.error(error, subject=failure.location)
    if len(done.failures) > _SHOWN:
        console.remark("batch-more-failed", detail=f"{len(done.failures) - _SHOWN:,}")
    numbers = {
        "written": done.written,
        "failed": len(done.failures),
        "unchanged": done.unchanged,
        "unwanted": done.unwanted,
        "resumed": done.resumed,
        "notices": sum(done.notices.values()),
    }
    parts = tuple(
        f"{console.say(f'report-{name}')} {number:,}"
        for name, number in numbers.items()
        if number or name == "written"
    )
    console.remark("batch-over", detail=listed(parts, language=console.language))
    for path in done.report:
        console.write(path)


class Progress:
    """A bar with the rate and the time that is left, as far as both can be known by now."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._begun = time.monotonic()
        self._first: int | None = None
        self.counted = "0"

    def show(self, done: int, whole: int) -> None:
        """Show how many articles are done, and of how many."""
        if self._first is None:
            self._first = done  # a batch that goes on
        self.counted = f"{done:,}/{whole:,}"
        seconds = time.monotonic() - self._begun
        made = done - self._first
        text = f"[{bar(done, whole)}] {self.counted}"
        if made > 0 and seconds > 0:
            rate = made / seconds
            left = clock_time((whole - done) / rate)
            text = f"{text} {self._console.say('batch-rate').format(rate=f'{rate:.1f}', left=left)}"
        self._console.progress(text)


def bar(done: int, whole: int) -> str:
    """Return a bar of characters that every terminal has, as wide as at its end."""
    filled = _WIDTH * done // whole if whole else 0
    return "=" * filled + "." * (_WIDTH - filled)


def clock_time(seconds: float) -> str:
    """Return a length of time as 4:05 or 1:04:05."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
