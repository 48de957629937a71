"""Making: a job to the files of its article in the staging area, in a process that may be lost."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice

from exporter import clock, links, pipeline, themes, writers
from exporter.article import Reading
from exporter.article_json import to_json
from exporter.batches import opening
from exporter.batches.folders import Folder
from exporter.batches.jobs import (
    Failed,
    Job,
    Known,
    Made,
    Outcome,
    Parted,
    Staged,
    Unchanged,
    Unwanted,
    failed,
)
from exporter.batches.order import Order
from exporter.delivery import ending_of
from exporter.errors import FetchError
from exporter.fetching import Fetched, Fetcher
from exporter.filenames import safe_stem
from exporter.notices import NoticeCode
from exporter.publication import Artifact
from exporter.sources import Source

_FROM_ELSEWHERE = {
    NoticeCode.RESOURCE_MISSING,
    NoticeCode.PAGE_MISSING,
    NoticeCode.SUMMARY_ONLY,
}


class Maker:
    """What makes the articles of an order in this process, which it makes ready for them."""

    def __init__(self, order: Order, staging: Folder) -> None:
        self._order = order
        self._staging = staging
        self._fetcher = order.options.fetcher
        # Whoever gave the order may be another machine, with another clock.
        if order.built:
            os.environ[clock.VARIABLE] = order.built
        else:
            os.environ.pop(clock.VARIABLE, None)
        self._theme = themes.load(order.theme, order.settings)
        pipeline.engine(self._theme.library.faces)  # warm before the first article is timed
        for name in order.formats:
            writers.writer(name)

    def make(self, job: Job) -> Outcome:
        """Make the files of a job's article; whatever goes wrong is an outcome too."""
        try:
            found = opening.source_of(job, fetcher=self._fetcher, staging=self._staging)
            if isinstance(found, Source):
                return self._of_source(found, job)
            is_fetched = not job.copy and links.is_link(job.path)
            return Parted(found.parts, self._keep(found.whole) if is_fetched else job.copy)
        except Exception as error:  # noqa: BLE001 - the other articles are still to be made
            return _called(failed(error, subject=job.shown), job)

    def _keep(self, source: Source) -> str:
        """Keep what was fetched for the other articles in it; return the name of the copy."""
        name = f"{secrets.token_hex(8)}.copy"
        self._staging.write(name, opening.copy_of(source))
        return name

    def _of_source(self, source: Source, job: Job) -> Outcome:
        digest = sha256(source.data).hexdigest()
        known = job.known
        if known and known.is_alone and not source.url and known.source == digest:
            return Unchanged(known)
        gate = _Gate(self._fetcher)
        readings = self._readings(source, gate)
        entry = max(job.part.entry, 0)
        gate.is_open = entry == 0
        skipped = sum(1 for _ in islice(readings, entry))
        gate.is_open = True
        reading = next(readings, None) if skipped == entry else None
        if reading is None:
            return Unwanted()
        gate.is_open = False
        others = sum(1 for _ in readings) if job.part.entry < 0 else 0
        if others:
            parts = tuple(replace(job.part, entry=number) for number in range(others + 1))
            return Parted(parts, job.copy or (self._keep(source) if source.url else ""))
        now = Known(digest, _digest(reading), _is_alone(source, reading))
        if known and known.article == now.article:
            return Unchanged(now)
        return self._of_reading(reading, now, job)

    def _readings(self, source: Source, fetcher: Fetcher) -> Iterator[Reading]:
        order = self._order
        moment = order.moment if source.url and order.moment else order.options.now
        options = replace(order.options, now=moment, fetcher=fetcher)
        return pipeline.read_source(source, options=options, corrections=order.corrections)

    def _of_reading(self, reading: Reading, now: Known, job: Job) -> Outcome:
        order = self._order
        try:
            product = pipeline.produce(
                reading, self._theme, formats=order.formats, cover=order.cover
            )
            files = self._staged(product.artifacts)
        except Exception as error:  # noqa: BLE001 - the other articles are still to be made
            return failed(error, subject=job.shown, was_read=True)
        metadata = product.article.metadata
        return Made(
            title=metadata.title,
            identifier=metadata.identifier,
            stem=safe_stem(metadata.title),
            files=files,
            now=now,
            notices=product.notices,
        )

    def _staged(self, artifacts: Sequence[Artifact]) -> tuple[Staged, ...]:
        endings = [ending_of(artifact.media_type) for artifact in artifacts]
        files = tuple(Staged(f"{secrets.token_hex(8)}{one}", one) for one in endings)
        for file, artifact in zip(files, artifacts, strict=True):
            self._staging.write(file.name, artifact.data)
        return files


def _called(failure: Failed, job: Job) -> Failed:
    """Return a failure that calls the source as the user does."""
    return replace(failure, subject=job.location) if failure.subject == job.path else failure


def _digest(reading: Reading) -> str:
    return sha256(to_json(reading).encode("utf-8", "surrogatepass")).hexdigest()


def _is_alone(source: Source, reading: Reading) -> bool:
    """Whether the article depends on nothing but the bytes of its source."""
    from_elsewhere = any(notice.code in _FROM_ELSEWHERE for notice in reading.notices)
    return not (source.url or reading.article.resources or from_elsewhere)


class _Gate:
    """A fetcher that can be shut while articles are only counted."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self.is_open = True

    def fetch(self, url: str) -> Fetched:
        """Return what is at an address; raises FetchError."""
        if not self.is_open:
            raise FetchError("fetch-offline", subject=url)
        return self._fetcher.fetch(url)
