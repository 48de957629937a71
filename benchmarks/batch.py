"""A long batch: what an article costs in processor time, disk and memory, and whether that grows.

    python -m benchmarks.batch                  # every sample 50 times, both formats
    python -m benchmarks.batch --times 500
    python -m benchmarks.batch --quick --times 1000   # e-books without fonts and covers, 10,000

Prints a table. Times are of the processors, so that what else runs on the machine counts little.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import exporter
from exporter.batches.limits import memory_of

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def main() -> None:
    """Run a batch of copies of the samples and print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quick", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exporter-") as name:
        folder = Path(name)
        count = copies(folder / "in", words.times)
        sizes = Sizes()
        begun, before = time.monotonic(), processor_time()
        look: Any = {"to": "epub", "fonts": "none", "cover": "none"} if words.quick else {}
        done = exporter.batch(
            folder / "in",
            output=folder / "out",
            jobs=words.jobs,
            offline=True,
            progress=sizes.note,
            **look,
        )
        seconds, spent = (
            time.monotonic() - begun,
            [after - one for after, one in zip(processor_time(), before, strict=True)],
        )
        out = sum(path.stat().st_size for path in (folder / "out").iterdir() if path.is_file())
        journal = (folder / "out" / ".exporter-batch" / "journal.sqlite").stat().st_size
    print(f"articles            {count} (written {done.written}, failed {len(done.failures)})")
    print(
        f"by the clock        {seconds:.0f} s, {count / seconds:.1f} a second, {words.jobs} at once"
    )
    print(f"workers             {1000 * spent[1] / count:.0f} ms of a processor an article")
    print(f"the command itself  {1000 * spent[0] / count:.1f} ms of a processor an article")
    print(f"files               {out / max(1, done.written) / 1000:.0f} kB an article")
    print(f"journal             {journal / count / 1000:.1f} kB an article")
    print("memory in MB, at    " + "".join(f"{share:>7.0%}" for share in SHARES))
    print("  largest worker    " + "".join(f"{one:>7}" for one in sizes.of_workers(count)))
    print("  the command       " + "".join(f"{one:>7}" for one in sizes.of_command(count)))


SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0)


def copies(folder: Path, times: int) -> int:
    """Write so many copies of each sample, each an article of its own where it is text."""
    folder.mkdir()
    samples = [path for path in sorted(SEEDS.iterdir()) if path.name != "README.md"]
    samples = [path for path in samples if path.suffix != ".xml"]
    for number in range(times):
        for path in samples:
            copy = folder / f"{number:05}-{path.name}"
            shutil.copyfile(path, copy)
            if path.suffix in {".txt", ".md"}:
                with copy.open("a", encoding="utf-8") as file:
                    file.write(f"\n\nهذه النسخة رقم {number} من هذا المقال، وهي تامة كغيرها.\n")
    return times * len(samples)


class Sizes:
    """How much memory the processes have while articles are made."""

    def __init__(self) -> None:
        self._seen: list[tuple[int, int, int]] = []

    def note(self, done: int, _whole: int) -> None:
        """Note the memory of this process and of the largest that it started."""
        workers = [memory_of(number) for number in started_by(os.getpid())]
        self._seen.append((done, memory_of(os.getpid()), max(workers, default=0)))

    def of_command(self, count: int) -> list[int]:
        """Return the megabytes of this process at each of SHARES."""
        return [self._at(share * count, 1) for share in SHARES]

    def of_workers(self, count: int) -> list[int]:
        """Return the megabytes of the largest worker at each of SHARES."""
        return [self._at(share * count, 2) for share in SHARES]

    def _at(self, done: float, which: int) -> int:
        seen = [one for one in self._seen if one[2]]
        nearest = min(seen, key=lambda one: abs(one[0] - done), default=(0, 0, 0))
        return nearest[which] // 10**6


def started_by(parent: int) -> list[int]:
    """Return the processes that a process started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def processor_time() -> tuple[float, float]:
    """Return the processor time of this process and of those that it started and ended."""
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return tuple(one.ru_utime + one.ru_stime for one in times)  # type: ignore[return-value]


if __name__ == "__main__":
    main()
