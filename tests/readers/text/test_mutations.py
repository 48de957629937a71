"""Five thousand damaged texts: each ends in an article or in a clear error, in bounded time."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from exporter.article import Reading, blocks_text
from exporter.errors import ReadError
from exporter.readers.options import ReadingOptions
from exporter.readers.text import read
from exporter.sources import Source

HERE = Path(__file__).parent
TEXTS = [
    *sorted((HERE / "pages").glob("*.txt")),
    *sorted((HERE.parents[2] / "seeds").glob("*.txt")),
]
SENTENCE = "كانت القوافل تخرج من الواحة قبل طلوع الشمس بساعة حاملة ألواح الملح. "


def _cut(data: bytes, chance: random.Random) -> bytes:
    ends = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[ends[0] : ends[1]]


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _doubled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join(line for line in lines for _ in range(chance.choice((1, 1, 2, 5))))


def _joined(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice((b" ", b"", b"\t", b"\r")))


def _recoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "ignore")
    encodings = ("utf-8", "windows-1256", "utf-16-le", "utf-16", "iso8859-6")
    cut = chance.randrange(len(text) + 1)
    first, second = (chance.choice(encodings) for _ in range(2))
    return text[:cut].encode(first, "replace") + text[cut:].encode(second, "replace")


def _flipped(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _spread(data: bytes, chance: random.Random) -> bytes:
    marks = (
        "\N{ARABIC SHADDA}",
        "\N{ZERO WIDTH NON-JOINER}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        " ",
        "«",
    )
    text = data.decode("utf-8", "ignore")
    places = {chance.randrange(len(text) + 1) for _ in range(30)}
    return "".join(
        letter + (chance.choice(marks) * chance.choice((1, 40)) if at in places else "")
        for at, letter in enumerate(text)
    ).encode()


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _shuffled,
    _doubled,
    _joined,
    _recoded,
    _flipped,
    _spread,
)
EACH = 20


def _outcome(source: Source) -> Reading | str:
    try:
        (reading,) = read(source, ReadingOptions())
    except ReadError as error:
        return str(error)
    return reading


@pytest.mark.long
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_damaged_text_is_an_article_or_a_clear_error(path: Path) -> None:
    data = path.read_bytes()
    for number in range(EACH * len(MUTATIONS)):
        chance = random.Random(f"{path.stem} {number}")  # noqa: S311 (the same in every run)
        damaged = MUTATIONS[number % len(MUTATIONS)](data, chance)
        started = time.process_time()
        outcome = _outcome(Source(path.name, path.name, damaged))
        assert isinstance(outcome, Reading) or outcome.startswith(f"{path.name}: ")
        if isinstance(outcome, Reading):
            assert outcome.article.metadata.title
            assert blocks_text(outcome.article.body)
        assert time.process_time() - started < 10


LARGE: dict[str, Callable[[], str]] = {
    "one line of 2 MB": lambda: SENTENCE * 15_000,
    "one word of 2 MB": lambda: "ملح" * 350_000,
    "100,000 short lines": lambda: "\n".join(f"سطر {at}" for at in range(100_000)),
    "100,000 lines of menus": lambda: "الرئيسية\nأخبار\nثقافة\nمن نحن\n" * 25_000,
    "100,000 dates": lambda: "طريق الملح القديم\n12 مايو 2023\n" * 50_000,
    "20,000 questions": lambda: "* ما الملح؟\nهو ما بقي من البحر.\n" * 20_000,
    "a page of a page of a page": lambda: (HERE / "pages/ar_portal.txt").read_text("utf-8") * 150,
}


@pytest.mark.long
@pytest.mark.parametrize("kind", LARGE)
def test_a_large_text_takes_seconds_and_bounded_memory(kind: str) -> None:
    text = LARGE[kind]()
    source = Source("large.txt", "large.txt", text.encode())
    started = time.process_time()
    with suppress(ReadError):
        list(read(source, ReadingOptions()))
    assert time.process_time() - started < 60
    tracemalloc.start()
    with suppress(ReadError):
        list(read(Source("large.txt", "large.txt", source.data[:400_000]), ReadingOptions()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 120 * 400_000
