"""Where words may be stretched: the cases of `kashida.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.arabic.kashida import places

CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("kashida.txt").read_text(encoding="utf-8").splitlines()
    if "|" in line
]


@pytest.mark.parametrize(("word", "stretched"), CASES, ids=[word for word, _ in CASES])
def test_the_places_of_a_word(word: str, stretched: str) -> None:
    found = [f"{word[: place.index]}_{word[place.index :]}" for place in places(word)]
    assert found == ([] if stretched == "-" else stretched.split())
