"""A batch from beginning to end: its journal, its staging area, the run, the report."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from exporter.batches.folders import HIDDEN, Disk, Folder, Remote, folder_of
from exporter.batches.journal import Journal
from exporter.batches.order import Order
from exporter.batches.report import Batch, report
from exporter.batches.running import How, Watch, run
from exporter.batches.storage import is_of_this_process
from exporter.errors import UsageError, WriteError
from exporter.kept import state_folder
from exporter.messages import STANDARD_INPUT

_STAGED = "staged"
_JOURNAL = "journal.sqlite"


def batch(
    references: Sequence[str],
    order: Order,
    *,
    output: str,
    how: How = How(),
    journal: str = "",
    watch: Watch = lambda _done, _whole: None,
    language: str = "en",
) -> Batch:
    """Make the articles of the references into a folder or storage, and write the report there.

    `journal` is a folder of this machine for the journal; without it that is in the output, or in
    the user's own folder for state where the output is a storage. Raises ExporterError for what
    concerns all articles.
    """
    _check(references, output, how)
    folder = folder_of(output)
    place = _journal_folder(folder, journal)
    begun = time.monotonic()
    kept = Journal(place / _JOURNAL)
    try:
        resumed = run(
            references,
            order,
            how,
            journal=kept,
            output=folder,
            staging=_staging(folder, place, how),
            watch=watch,
        )
        return report(
            kept,
            folder,
            seconds=time.monotonic() - begun,
            resumed=resumed,
            language=language,
        )
    finally:
        kept.close()


def _check(references: Sequence[str], output: str, how: How) -> None:
    if STANDARD_INPUT in references:
        raise UsageError("batch-stdin", subject=STANDARD_INPUT)
    if how.scheduler and is_of_this_process(output):
        raise UsageError("cluster-output", subject=output)


def _journal_folder(output: Folder, named: str) -> Path:
    if named:
        return Path(named).expanduser()
    match output:
        case Disk(path):
            output.prepare()
            return path / HIDDEN
        case _:
            name = sha256(output.url.encode()).hexdigest()[:16]
            folder = state_folder(os.environ)
            if folder is None:
                raise WriteError("journal-homeless", subject=output.url)
            return folder / f"batch-{name}"


def _staging(output: Folder, place: Path, how: How) -> Folder:
    """Return where workers put files: on the disk of the output, or where all of them can."""
    match output:
        case Disk(path):
            return Disk((path / HIDDEN / _STAGED).absolute())
        case _ if how.scheduler:
            return Remote(output.shown(f"{HIDDEN}/{_STAGED}"))
        case _:
            return Disk((place / _STAGED).absolute())
