"""The journal of a batch: an SQLite file that knows at any moment what is done and what is not.

Every step is one transaction, so a batch that is killed goes on from the last. Beside the jobs of
the present batch it keeps what each article was made of, for `--changed`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from exporter.batches.entries import Entry, Planned, State, as_json, entry_of, part_text, raw
from exporter.batches.jobs import Failed, Job, Known, Made, Part
from exporter.errors import WriteError, reason_of
from exporter.notices import Notice

FORM = "2"
"""The form of the tables; a journal of another one is begun anew."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    reference INTEGER NOT NULL,
    location BLOB NOT NULL,
    path BLOB NOT NULL,
    part TEXT NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    copy TEXT NOT NULL DEFAULT '',
    seen INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting',
    title TEXT NOT NULL DEFAULT '',
    identifier TEXT NOT NULL DEFAULT '',
    stem TEXT NOT NULL DEFAULT '',
    files TEXT NOT NULL DEFAULT '[]',
    now TEXT NOT NULL DEFAULT '',
    notices TEXT NOT NULL DEFAULT '[]',
    failure TEXT NOT NULL DEFAULT '',
    was_read INTEGER NOT NULL DEFAULT 0,
    UNIQUE (path, part)
);
CREATE INDEX job_by_place ON job (place);
CREATE INDEX job_by_state ON job (state, place);
CREATE TABLE name (stem TEXT PRIMARY KEY, identifier TEXT NOT NULL, job INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE INDEX name_by_identifier ON name (identifier);
CREATE TABLE article (
    path BLOB NOT NULL,
    part TEXT NOT NULL,
    digest TEXT NOT NULL,
    now TEXT NOT NULL,
    identifier TEXT NOT NULL,
    title TEXT NOT NULL,
    files TEXT NOT NULL,
    PRIMARY KEY (path, part)
) WITHOUT ROWID;
"""


class Journal:
    """The journal in a file; only one program at a time has it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = _connected(path)
        except (OSError, sqlite3.Error) as error:
            code = "journal-busy" if "locked" in str(error) else "journal-unusable"
            raise WriteError(code, subject=str(path), detail=reason_of(error)) from error
        self._base.row_factory = sqlite3.Row

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do all that is written meanwhile, or nothing of it."""
        try:
            with self._base:
                yield
        except sqlite3.Error as error:
            raise WriteError(
                "journal-unusable", subject=str(self.path), detail=str(error)
            ) from error

    # --- the batch ---------------------------------------------------------------------------

    def about(self, name: str) -> str:
        """Return what is noted of the whole batch under a name, empty for nothing."""
        row = self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, name: str, value: str) -> None:
        """Note something of the whole batch."""
        self._base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def begin(self) -> None:
        """Forget the jobs of another batch, but not what their articles were made of."""
        self._base.execute("DELETE FROM job")
        self._base.execute("DELETE FROM name")

    def add(self, plan: Iterable[Planned]) -> None:
        """Add the jobs of a plan after those that are there; what is there already stays.

        Lines that moved are read where they are now. Those that wait and aren't in the plan any
        more go.
        """
        seen = int(self.about("plans") or 0) + 1
        self.note("plans", str(seen))
        last = self._base.execute("SELECT max(substr(place, 1, 12)) FROM job").fetchone()[0]
        after = int(last) + 1 if last else 0
        self._base.executemany(
            "INSERT INTO job (place, reference, location, path, part, start, length, state, "
            "failure, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path, part) DO "
            "UPDATE SET seen = excluded.seen, start = excluded.start, length = excluded.length",
            (
                (
                    f"{after + number:012d}", one.reference, raw(one.location), raw(one.path),
                    part_text(one.part), one.part.start, one.part.length,
                    State.FAILED if one.failure else State.WAITING,
                    as_json(asdict(one.failure)) if one.failure else "", seen,
                )
                for number, one in enumerate(plan)
            ),
        )  # fmt: skip
        self._base.execute(
            "DELETE FROM job WHERE state = 'waiting' AND seen < ? AND length(place) = 12", (seen,)
        )

    def part(self, job: Job, parts: Sequence[Part], copy: str) -> None:
        """Put the jobs of its parts in the place of a job."""
        self._base.executemany(
            "INSERT OR IGNORE INTO job (place, reference, location, path, part, start, length, "
            "copy) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (f"{job.place}.{number:08d}", job.reference, raw(job.location), raw(job.path),
                 part_text(part), part.start, part.length, copy)
                for number, part in enumerate(parts)
            ),
        )  # fmt: skip
        self.set(job, State.PARTED)

    # --- jobs --------------------------------------------------------------------------------

    def waiting(self, *, most: int) -> tuple[Job, ...]:
        """Return the first jobs that wait, in order."""
        rows = self._base.execute(
            "SELECT * FROM job WHERE state = 'waiting' ORDER BY place LIMIT ?", (most,)
        )
        return tuple(entry_of(row).job for row in rows)

    def first_open(self) -> str:
        """Return the place of the first job with which something is left to do."""
        row = self._base.execute(
            "SELECT min(place) FROM job WHERE state IN ('waiting', 'made', 'named')"
        ).fetchone()
        return str(row[0] or "")

    def settled(self, place: str, *, most: int = 200) -> tuple[Entry, ...]:
        """Return the jobs from a place on that are made, or over, up to the first that waits."""
        waits = self._base.execute("SELECT min(place) FROM job WHERE state = 'waiting'").fetchone()
        rows = self._base.execute(
            "SELECT * FROM job WHERE place >= ? AND place < ? ORDER BY place LIMIT ?",
            (place, waits[0] or "~", most),
        )
        return tuple(map(entry_of, rows))

    def entries(self, *states: State) -> Iterator[Entry]:
        """Yield the jobs in some states, in order."""
        marks = ", ".join("?" * len(states))
        rows = self._base.execute(
            f"SELECT * FROM job WHERE state IN ({marks}) ORDER BY place",  # noqa: S608 - marks only
            states,
        )
        return map(entry_of, rows)

    def counts(self) -> Mapping[State, int]:
        """Return how many jobs are in each state."""
        rows = self._base.execute("SELECT state, count(*) FROM job GROUP BY state")
        return {State(row[0]): int(row[1]) for row in rows}

    def counted(self, *, before: str) -> Mapping[int, int]:
        """Return how many articles of each reference count towards a limit, up to a place."""
        rows = self._base.execute(
            "SELECT reference, count(*) FROM job WHERE place < ? AND (state IN ('done', "
            "'unchanged') OR (state = 'failed' AND was_read)) GROUP BY reference",
            (before,),
        )
        return {int(row[0]): int(row[1]) for row in rows}

    def made_of(self, reference: int) -> int:
        """Return how many articles of a reference are made and wait for those before them."""
        row = self._base.execute(
            "SELECT count(*) FROM job WHERE state = 'made' AND reference = ?", (reference,)
        ).fetchone()
        return int(row[0])

    def is_waiting(self, job: Job) -> bool:
        """Whether a job is still wanted and not done."""
        row = self._base.execute("SELECT state FROM job WHERE id = ?", (job.id,)).fetchone()
        return row is not None and row[0] == State.WAITING

    def set(self, job: Job, state: State) -> None:
        """Note how far a job is."""
        self._base.execute("UPDATE job SET state = ? WHERE id = ?", (state, job.id))

    def leave(self, reference: int) -> None:
        """Take the waiting jobs of a reference for unwanted."""
        self._base.execute(
            "UPDATE job SET state = 'unwanted' WHERE state = 'waiting' AND reference = ?",
            (reference,),
        )

    def made(self, job: Job, made: Made) -> None:
        """Note what a worker made."""
        self._base.execute(
            "UPDATE job SET state = 'made', title = ?, identifier = ?, stem = ?, files = ?, "
            "now = ?, notices = ? WHERE id = ?",
            (
                made.title, made.identifier, made.stem,
                as_json([asdict(one) for one in made.files]),
                as_json(asdict(made.now)), as_json([asdict(one) for one in made.notices]), job.id,
            ),
        )  # fmt: skip

    def failed(self, job: Job, failure: Failed) -> None:
        """Note why a job failed."""
        self._base.execute(
            "UPDATE job SET state = 'failed', failure = ?, was_read = ? WHERE id = ?",
            (as_json(asdict(failure)), int(failure.was_read), job.id),
        )

    def named(self, entry: Entry, stem: str, notices: Sequence[Notice]) -> None:
        """Note the name that the files of a job get."""
        self._base.execute(
            "UPDATE job SET state = 'named', stem = ?, notices = ? WHERE id = ?",
            (stem, as_json([asdict(one) for one in notices]), entry.job.id),
        )
        self._base.execute(
            "INSERT OR REPLACE INTO name VALUES (?, ?, ?)", (stem, entry.identifier, entry.job.id)
        )

    def free(self, entry: Entry) -> None:
        """Let the name of a job be nobody's again, unless the same article has it anew."""
        self._base.execute(
            "DELETE FROM name WHERE stem = ? AND job = ?", (entry.stem, entry.job.id)
        )

    def owner(self, stem: str) -> str | None:
        """Return whose name one is: the identifier of an article of this batch, None for nobody."""
        row = self._base.execute("SELECT identifier FROM name WHERE stem = ?", (stem,)).fetchone()
        return str(row[0]) if row else None

    def same(self, entry: Entry) -> str:
        """Return what the user calls an earlier article of this batch that is the same one."""
        row = self._base.execute(
            "SELECT job.* FROM name JOIN job ON job.id = name.job "
            "WHERE name.identifier = ? AND job.id <> ?",
            (entry.identifier, entry.job.id),
        ).fetchone()
        return entry_of(row).job.shown if row else ""

    # --- what articles were made of -----------------------------------------------------------

    def remember(self, entry: Entry, digest: str) -> None:
        """Keep what an article was made of, and by which order."""
        self._base.execute(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                raw(entry.job.path), part_text(entry.job.part), digest,
                as_json(asdict(entry.now) if entry.now else None),
                entry.identifier, entry.title, as_json(entry.names),
            ),
        )  # fmt: skip

    def known(self, job: Job, digest: str) -> tuple[Known, tuple[str, ...]] | None:
        """Return what an article was made of by such an order, and its files, if it was made."""
        row = self._base.execute(
            "SELECT now, files FROM article WHERE path = ? AND part = ? AND digest = ?",
            (raw(job.path), part_text(job.part), digest),
        ).fetchone()
        now = json.loads(row["now"]) if row else None
        return (Known(**now), tuple(json.loads(row["files"]))) if row and now else None

    def unchanged(self, job: Job, now: Known) -> None:
        """Note that an article is as it was."""
        key = (raw(job.path), part_text(job.part))
        row = self._base.execute(
            "SELECT identifier, title FROM article WHERE path = ? AND part = ?", key
        ).fetchone()
        self._base.execute(
            "UPDATE job SET state = 'unchanged', identifier = ?, title = ? WHERE id = ?",
            (row["identifier"], row["title"], job.id),
        )
        self._base.execute(
            "UPDATE article SET now = ? WHERE path = ? AND part = ?", (as_json(asdict(now)), *key)
        )


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=0)
    base.execute("PRAGMA locking_mode = EXCLUSIVE")  # given back when the process ends, however
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    with base:
        base.execute("BEGIN IMMEDIATE")
        tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master")}
        form = None
        if "about" in tables:
            form = base.execute("SELECT value FROM about WHERE name = 'form'").fetchone()
        if form is None or form[0] != FORM:
            for table in ("about", "job", "name", "article"):
                base.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in filter(str.strip, _TABLES.split(";")):
                base.execute(statement)
            base.execute("INSERT INTO about VALUES ('form', ?)", (FORM,))
    return base
