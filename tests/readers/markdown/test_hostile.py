"""Markdown that somebody wrote to do harm, or never to end."""

from __future__ import annotations

import contextlib
import time

import pytest

from exporter.article import Reading, blocks_text
from exporter.errors import ReadError
from exporter.readers.markdown import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source


def read_text(text: str) -> Reading:
    (reading,) = read(Source("note.md", "note.md", text.encode()), ReadingOptions())
    return reading


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        (LAUGHS, "line 3: an alias"),
        ("title: [unclosed\n", "line"),
        ("title: a\n\ttabbed: b\n", "line 3"),
        ("title: " + "[" * 3000 + "\n", ""),
        ("title: x\n" * 8000, "over 64000 characters"),
        ("- a: b\n", "key: value"),
    ],
)
def test_front_matter_that_is_broken_or_hostile_is_a_clear_error(matter: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(f"---\n{matter}---\nنص\n")
    assert caught.value.code == "front-matter-wrong"
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system [touch /tmp/hacked]",
        "!!python/name:os.system",
        "!!binary aGk=",
        "!include /etc/passwd",
    ],
)
def test_a_tag_of_yaml_makes_nothing(value: str) -> None:
    metadata = read_text(f"---\ntitle: {value}\n---\nنص\n").article.metadata
    assert "root:" not in metadata.title


def test_a_cut_front_matter_is_text() -> None:
    reading = read_text("---\ntitle: عنوان\nنص\n")
    assert "عنوان" in f"{reading.article.metadata.title}{blocks_text(reading.article.body)}"


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "* - 1. > "])
def test_what_is_nested_too_deeply_is_an_error(mark: str) -> None:
    with pytest.raises(ReadError, match="32 levels"):
        read_text(mark * 5000 + "نص\n")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 2_000,
        "![" * 2_000,
        "*a" * 12_000,
        "**a *b " * 5_000,
        "`" * 12_000,
        "".join("`" * n + " " for n in range(600)),
        "<" * 12_000,
        "<a " * 5_000,
        "<!--" * 5_000,
        "[^1]" * 5_000 + "\n\n[^1]: x\n",
        "^[" * 1_000,
        "| a " * 1_000 + "\n" + "|---" * 1_000 + "\n" + "| a " * 1_000 + "\n",
        "|a|b|\n|-|-|\n" + "|x|y|\n" * 5_000,
        "- a\n" * 5_000,
        "".join("  " * (n % 15) + "- a\n" for n in range(10_000)),
        "> a\n" * 5_000,
        "أ. ب\n" * 5_000,
        "{.a}\n" * 1_000 + "x",
        "[x]{.a" * 2_000,
        ": x\n" * 2_000,
        "a\n: x\n\n" * 1_000,
        "[x]: http://a.b\n" * 1_000,
        "::: note\n" * 1_000,
        "<b>" * 5_000,
        "~~" * 7_000,
        "&" * 12_000,
        "\\" * 12_000,
        "x\n" * 15_000,
    ],
    ids=lambda text: text[:9],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.monotonic()
    with contextlib.suppress(ReadError):
        read_text(f"{text}\n\nنص\n")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("text", ["x " * 1_000_001, "![" * 50_001])
def test_a_text_that_would_take_minutes_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="more in it than is read of one article"):
        read_text(text)
