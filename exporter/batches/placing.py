"""Placing: made files get their names in the order of the plan, and are brought to their places.

The rules are those of `delivery.py`, as if the articles had been exported one after another. A name
is written down before its files are moved, so that a batch which is killed between the two goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace

from exporter.batches.entries import Entry, State
from exporter.batches.folders import Folder, Remote
from exporter.batches.jobs import failed
from exporter.batches.journal import Journal
from exporter.delivery import candidates, name_notices
from exporter.errors import ExporterError
from exporter.filenames import safe_stem
from exporter.notices import Notice, NoticeCode

_AT_ONCE = 16
"""How many articles are sent to a storage at the same time."""

_COUNTED = {State.MADE, State.NAMED, State.DONE, State.UNCHANGED}
"""The states of an article that counts towards the limit of its source."""


class Placer:
    """Brings the files of a batch to their places as soon as all before them have theirs."""

    def __init__(
        self, journal: Journal, output: Folder, staging: Folder, *, digest: str, limit: int
    ) -> None:
        self._journal = journal
        self._output = output
        self._staging = staging
        self._digest = digest
        self._limit = limit
        self._next = journal.first_open()
        self.counted = Counter(journal.counted(before=self._next))
        # A storage answers slowly, but many at once; a disk is quick, and its names can be taken.
        self._senders = ThreadPoolExecutor(_AT_ONCE) if isinstance(output, Remote) else None
        self._sent: dict[Future[None], Entry] = {}
        self._present = output.present()

    def recover(self) -> None:
        """Make good what a batch that was killed left: files that are gone are made again."""
        with self._journal.step():
            for entry in tuple(self._journal.entries(State.MADE, State.NAMED)):
                if not all(self._is_kept(entry, number) for number in range(len(entry.files))):
                    self._journal.set(entry.job, State.WAITING)

    def _is_kept(self, entry: Entry, number: int) -> bool:
        is_placed = entry.state is State.NAMED and self._output.exists(entry.names[number])
        return is_placed or self._staging.exists(entry.files[number].name)

    def place(self) -> None:
        """Bring to their places the files of all articles before the first that isn't made yet."""
        while entries := self._journal.settled(self._next):
            for entry in entries:
                self._settle(entry)
            self._next = f"{entries[-1].job.place} "  # behind it, before those that follow

    def finish(self) -> None:
        """Wait for all that is on its way to a storage."""
        while self._sent:
            self._collect()
        self.close()

    def close(self) -> None:
        """Send nothing more."""
        if self._senders:
            self._senders.shutdown(cancel_futures=True)

    def _settle(self, entry: Entry) -> None:
        reference = entry.job.reference
        if self._limit and self.counted[reference] >= self._limit:
            self._leave(entry)
            return
        is_read = entry.failure is not None and entry.failure.was_read
        # Into a storage one that is DONE may be behind one that was still on its way.
        if is_read or entry.state in _COUNTED:
            self.counted[reference] += 1
            if self.counted[reference] == self._limit:
                with self._journal.step():
                    self._journal.leave(reference)
        if entry.state is State.MADE:
            entry = self._named(entry)
        if entry.state is State.NAMED:
            self._deliver(entry)

    def _leave(self, entry: Entry) -> None:
        """Let go of an article that is over the limit of its source."""
        if entry.state in {State.MADE, State.FAILED, State.UNCHANGED}:
            with self._journal.step():
                self._journal.set(entry.job, State.UNWANTED)
            for file in entry.files:
                self._staging.remove(file.name)

    # --- names -------------------------------------------------------------------------------

    def _named(self, entry: Entry) -> Entry:
        """Return the entry with the name that its files get, which is written down."""
        endings = [file.ending for file in entry.files]
        stem = next(
            one for one in candidates(entry.stem) if self._is_free(one, endings, entry.identifier)
        )
        notices = (*entry.notices, *name_notices(entry.stem, stem), *self._repeated(entry))
        with self._journal.step():
            self._journal.named(entry, stem, notices)
        return replace(entry, stem=stem, state=State.NAMED)

    def _is_free(self, stem: str, endings: Sequence[str], identifier: str) -> bool:
        """Whether a name is nobody's, or this article's own."""
        owner = self._journal.owner(stem)
        if owner is not None:
            return owner == identifier
        names = [f"{stem}{ending}" for ending in endings if self.is_taken(f"{stem}{ending}")]
        return all(self._output.identifier_of(name) == identifier != "" for name in names)

    def is_taken(self, name: str) -> bool:
        """Whether there is a file of this name; in a storage, whether there was at first."""
        return self._output.exists(name) if self._present is None else name in self._present

    def _repeated(self, entry: Entry) -> tuple[Notice, ...]:
        """Return the Notice that an article is in the batch a second time."""
        same = self._journal.same(entry)
        return (Notice(NoticeCode.ARTICLE_AGAIN, text=same),) if same else ()

    # --- files -------------------------------------------------------------------------------

    def _deliver(self, entry: Entry) -> None:
        if self._senders:
            # The later of two same articles replaces the earlier one, so it comes after it.
            while any(one.stem == entry.stem for one in self._sent.values()):
                self._collect()
            self._sent[self._senders.submit(self._adopt, entry)] = entry
            if len(self._sent) > 4 * _AT_ONCE:
                self._collect()
            return
        while True:
            try:
                self._adopt(entry)
            except FileExistsError:  # another program was first with this name
                with self._journal.step():
                    self._journal.free(entry)
                entry = self._named(replace(entry, stem=safe_stem(entry.title)))
            except ExporterError as error:
                self._fail(entry, error)
                return
            else:
                self._done(entry)
                return

    def _adopt(self, entry: Entry) -> None:
        parts = {name: file.name for name, file in zip(entry.names, entry.files, strict=True)}
        self._output.adopt(parts, self._staging, identifier=entry.identifier)

    def _collect(self) -> None:
        """Note what has come to its place in the storage, once something has."""
        for future in wait(self._sent, return_when=FIRST_COMPLETED).done:
            entry = self._sent.pop(future)
            try:
                future.result()
            except ExporterError as error:
                self._fail(entry, error)
            else:
                self._done(entry)

    def _done(self, entry: Entry) -> None:
        with self._journal.step():
            self._journal.set(entry.job, State.DONE)
            self._journal.remember(entry, self._digest)

    def _fail(self, entry: Entry, error: ExporterError) -> None:
        with self._journal.step():
            self._journal.failed(entry.job, failed(error, subject=entry.job.shown, was_read=True))
            self._journal.free(entry)
