"""Where a font moves letters across a space, lines are as Pango has them all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exporter import assets, fonts, pipeline, themes
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.choices import Justify, Settings
from exporter.fonts import AcrossSpaces
from exporter.typesetting import line_breaking
from exporter.typesetting.exact_text import paragraphs, words
from exporter.writers import pdf
from tests.typesetting.lookups import across_spaces
from tests.typesetting.test_words import bound

# What a word that is shaped alone may have in it.
SAFE = [chr(code) for code in range(0x21, 0x3000) if words._SAFE.fullmatch(chr(code))]
FOLDER = assets.fonts_folder()
SAID = [
    pytest.param(FOLDER / table["folder"] / face["file"], table["across-spaces"], id=face["file"])
    for table in fonts._tables()
    if "across-spaces" in table
    for face in table["face"]
]


@pytest.mark.parametrize(("file", "said"), SAID)
def test_what_is_said_of_a_font_is_what_its_rules_do(file: Path, said: tuple[str, str]) -> None:
    found = across_spaces(file, SAFE)
    expected = AcrossSpaces(*map(frozenset, said))
    assert [AcrossSpaces(frozenset(one), frozenset(two)) for one, two in found] == (
        [expected] if expected.after else []
    )


def test_a_font_with_rules_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        across_spaces(FOLDER / "noto-nastaliq-urdu" / "NotoNastaliqUrdu-Regular.ttf", SAFE)


KERNED = " ".join(
    (
        "في مدرسةٍ كبيرة كانت له كتبٌ كثيرة كلها عن المدينة كما كان يراها،",
        "وفيه كلامٌ طويل عن مكتبة كاملة كتبها وحده كالذي يكتب رسالة كل يوم.",
    )
    * 3
)


@pytest.fixture
def kerned() -> Article:
    body = tuple(Paragraph((Text(KERNED[start:]),)) for start in (0, 9, 23, 60))
    return Article(Metadata(title="نص", language="ar", identifier="urn:uuid:1"), body)


@pytest.mark.parametrize("justify", [Justify.KASHIDA, Justify.NONE])
def test_kerned_lines_are_the_same_file(
    kerned: Article, monkeypatch: pytest.MonkeyPatch, justify: Justify
) -> None:
    def set_here(width: int) -> bytes:
        settings = Settings(page=f"{width}x150mm", justify=justify)
        theme = themes.load("naskh", settings)
        return pdf.write(bound(kerned), theme, pipeline.engine()).data

    for width in (100, 111, 120):
        fast = set_here(width)
        with monkeypatch.context() as patch:
            patch.setattr(words, "_styled", lambda _: None)
            assert set_here(width) == fast


def test_kerned_lines_are_told_by_their_words(
    kerned: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise everything is as it was, only slower.
    asked = []

    def counted(text: str, *args: object) -> object:
        found = first_line(text, *args)
        if found is None and " ك" in text:
            asked.append(text)
        return found

    def no_asking(*_: object) -> object:
        raise AssertionError("Pango shapes a paragraph as a whole")

    first_line: Callable[..., object] = paragraphs.first_line
    monkeypatch.setattr(line_breaking, "first_line", counted)
    monkeypatch.setattr(paragraphs, "_asked", no_asking)
    pdf.write(bound(kerned), themes.load("naskh", Settings()), pipeline.engine())
    assert asked == []
