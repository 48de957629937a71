"""Any bytes as any format: an article or a clear error, soon; and nothing outside is touched."""

from __future__ import annotations

import builtins
import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exporter import pipeline
from exporter.article_json import from_json, to_json
from exporter.corrections import Corrections
from exporter.errors import ExporterError
from exporter.readers import endings
from exporter.readers.options import ReadingOptions
from exporter.readers.recognition import Format
from exporter.sources import Source, split
from tests.conftest import REPOSITORY

SEEDS = ("note.md", "report.docx", "feed.xml", "essay.txt")
_SLOWEST = 10.0


def outcome(name: str, data: bytes, input_format: str = "") -> None:
    """Read a source as the program does: what comes of it is an article, or one of our errors."""
    started = time.monotonic()
    options = ReadingOptions(input_format=input_format)
    error: ExporterError | None = None
    try:
        for source in split(Source(name, name, data), endings=endings()):
            for reading in pipeline.read_source(source, options=options, corrections=Corrections()):
                assert reading.article.body
                assert from_json(to_json(reading)) == reading
    except ExporterError as raised:
        error = raised
    assert error is None or (str(error).startswith(name) and error.sentence(language="ar"))
    assert time.monotonic() - started < _SLOWEST


HOSTILE = (
    b"---\na: &a [*a]\n---\n",
    b"<rss><channel><item><title>&x;</title></item></channel></rss>",
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": 1}, 2, null]}',
    b"PK\x03\x04[Content_Types].xml_rels/.rels",
    b"<feed><entry><content type='xhtml'>x</content></entry></feed>",
    b"\xff\xfe<\0h\0t\0m\0l\0>\0",
    b"[^1][^1]\n\n[^1]: [^1]\n",
    b": x\n\n```verse\n```\n\n::: note\n:::\n",
)


@given(
    data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)),
    input_format=st.sampled_from(Format),
)
@example(HOSTILE[0], Format.MARKDOWN)
@example(HOSTILE[1], Format.FEED)
@example(HOSTILE[2], Format.FEED)
@example(HOSTILE[3], Format.DOCX)
@example(HOSTILE[4], Format.FEED)
@example(HOSTILE[5], Format.HTML)
@example(HOSTILE[6], Format.MARKDOWN)
@example(HOSTILE[7], Format.MARKDOWN)
@settings(max_examples=150)
def test_any_bytes_as_any_format(data: bytes, input_format: Format) -> None:
    outcome("input", data, input_format)


MARKS = (
    "# > - * _ ` ~ [ ] ( ) ! | : < > { } = ^ & \\ \n \t أ ب 1. ::: --- *** ```verse [^1] ".split(
        " "
    )
)


@given(
    st.lists(st.sampled_from([*MARKS, "\n", "\n\n", " ", "    ", "نص", "<b>", "</b>"]), max_size=40)
)
@settings(max_examples=150)
def test_any_marks_as_markdown(parts: list[str]) -> None:
    outcome("note.md", "".join(parts).encode())


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, moved, doubled or cut."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(out)), chance.randint(1, 60)
        match chance.randrange(5):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case 3:
                other = chance.randrange(len(out) or 1)
                out[at:at] = out[other : other + length]
            case _:
                out[at:at] = chance.choice((b"<", b"&", b"[", b"*", b"\0", b"\xff", b"---\n", b"{"))
        if not out:
            break
    return bytes(out)


def rezipped(data: bytes, chance: random.Random) -> bytes:
    """Return a Word file with one of its parts mutated, soundly packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name == chosen else part)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_mutations_of_the_samples(name: str) -> None:
    data = (REPOSITORY / "seeds" / name).read_bytes()
    chance = random.Random(name)  # noqa: S311 - the same mutations in every run
    for number in range(400):
        changed = (
            rezipped(data, chance)
            if name.endswith(".docx") and number % 4
            else mutated(data, chance)
        )
        outcome(name, changed)


def test_reading_opens_no_file_and_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets are closed to all tests; here a file that is opened fails as well."""
    inputs = {name: (REPOSITORY / "seeds" / name).read_bytes() for name in SEEDS}
    hostile = {
        "a.md": b"---\ntitle: !!python/object/apply:os.system [id]\n---\n"
        b"![x](/etc/passwd) ![y](file:///etc/passwd) <img src='../../etc/passwd'>\n\n"
        b"<iframe src='file:///etc/passwd'></iframe><link rel=stylesheet href=http://e.org/a>\n",
        "a.xml": b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><rss><channel><item><title>x</title>'
        b"<description>x</description></item></channel></rss>",
    }
    for name, data in (inputs | hostile).items():  # so that all modules are loaded
        outcome(name, data)

    opened = Path.open

    def refuse(path: Path, *words: object, **more: object) -> object:
        # Which readers are installed stands in files of their distributions.
        assert path.name == "entry_points.txt", path
        return opened(path, *words, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "open", lambda *words, **_: pytest.fail(str(words)))
        patched.setattr(Path, "open", refuse)
        for name, data in (inputs | hostile).items():
            outcome(name, data)
