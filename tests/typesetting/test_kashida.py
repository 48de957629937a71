"""Kashida: lines filled by stretching words, as calligraphers do."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import pvariance

import pytest

from exporter.arabic.kashida import TATWEEL
from exporter.typesetting.kashida import LIMITS
from tests.conftest import REPOSITORY
from tests.typesetting.layout import (
    ALL,
    CSS,
    drawn,
    drawn_width,
    edges,
    lay_out,
    lines,
    texts,
)

# A5 in the theme's own measures: 112 mm of 12.5 pt.
A5 = """
@page { size: 148mm 210mm; margin: 20mm 18mm 23mm }
html { font: 12.5pt/1.78 "FONT" } body { margin: 0 } p { margin: 0; text-align: justify }
"""
_SAMPLE = (REPOSITORY / "seeds" / "long-read.txt").read_text(encoding="utf-8").splitlines()
# A stroke that the author wrote is another matter, as in the abbreviation of the Hijri year.
PROSE = "".join(f"<p>{line}</p>" for line in _SAMPLE if len(line) > 200).replace(TATWEEL, "")
STRETCHED = "html { --kashida: prose }"


def spaces(css: str) -> list[float]:
    """By how much each justified line widens its spaces."""
    return [
        texts(line)[0].justification_spacing
        for line in lines(lay_out(PROSE, css=css))
        if texts(line)[0].justification_spacing
    ]


@pytest.mark.parametrize("font", ["Amiri", "Noto Naskh Arabic"])
def test_spaces_are_even(font: str) -> None:
    """The variance of the spaces falls by 70 % at least, and none is wider than before."""
    css = A5.replace("FONT", font)
    plain, stretched = spaces(css), spaces(css + STRETCHED)
    assert len(plain) > 90
    assert pvariance(stretched) < 0.3 * pvariance(plain)
    assert max(stretched) <= max(plain)
    assert min(stretched) >= min(0, *plain)


def test_every_line_is_as_wide_as_its_column_and_is_drawn_so() -> None:
    css = A5.replace("FONT", "Amiri") + STRETCHED
    full = [line for line in lines(lay_out(PROSE, css=css)) if TATWEEL in drawn(line)]
    assert len(full) > 60
    for line in full:
        left, right = edges(line)
        assert right - left == pytest.approx(112 / 25.4 * 96, abs=0.05)
        assert sum(map(drawn_width, texts(line))) == pytest.approx(right - left, abs=0.05)


def test_the_words_of_every_line_stay_the_same() -> None:
    css = A5.replace("FONT", "Amiri")
    plain = [drawn(line) for line in lines(lay_out(PROSE, css=css))]
    stretched = [drawn(line) for line in lines(lay_out(PROSE, css=css + STRETCHED))]
    assert [line.replace(TATWEEL, "") for line in stretched] == plain


def test_added_strokes_are_known_by_their_place() -> None:
    """They are no text: what draws the line leaves them out of the text that is extracted."""
    css = A5.replace("FONT", "Amiri") + STRETCHED
    found = 0
    for line in lines(lay_out(PROSE, css=css)):
        for text in texts(line):
            layout = text.pango_layout
            kashidas: frozenset[int] = getattr(layout, "kashidas", frozenset())
            encoded = layout.text.encode()
            assert all(encoded[at : at + 2].decode() == TATWEEL for at in kashidas)
            assert len(kashidas) == layout.text.count(TATWEEL)
            found += len(kashidas)
    assert found > 200


def test_a_line_has_few_kashidas_in_no_two_neighbours_one_a_word() -> None:
    css = A5.replace("FONT", "Amiri") + STRETCHED
    for line in lines(lay_out(PROSE, css=css)):
        words = drawn(line).split()
        stretched = [number for number, word in enumerate(words) if TATWEEL in word]
        assert len(stretched) <= max(1, round(len(words) * LIMITS["prose"].share))
        assert all(after - before > 1 for before, after in pairwise(stretched))
        assert all(len(re.findall(f"{TATWEEL}+", word)) <= 1 for word in words)
        assert all(word.count(TATWEEL) <= 4 for word in words)


def test_no_kashida_stands_under_another() -> None:
    css = A5.replace("FONT", "Amiri") + STRETCHED
    document = lay_out(PROSE, css=css)
    pairs = 0
    above: tuple[tuple[float, float], ...] = ()
    paragraph = None
    for line in lines(document):
        here = line.kashidas if hasattr(line, "kashidas") else ()
        if line.element is paragraph:
            for start, _ in here:
                assert not any(left < start < right for left, right in above)
                pairs += bool(above)
        above, paragraph = here, line.element
    assert pairs > 60


def test_last_lines_and_pages_that_do_not_ask_are_left_alone() -> None:
    css = A5.replace("FONT", "Amiri")
    assert TATWEEL not in "".join(drawn(line) for line in lines(lay_out(PROSE, css=css)))
    css += STRETCHED
    body = f"<h2>{PROSE[3:90]}</h2><p>كلمات قليلة في السطر الأخير</p>"
    css += "h2 { text-align: justify; --kashida: none }"
    assert TATWEEL not in "".join(drawn(line) for line in lines(lay_out(body, css=css)))


def test_nothing_is_stretched_where_the_strokes_would_come_out_as_text() -> None:
    hooks = tuple(hook for hook in ALL if hook.function != "draw_first_line")
    found = lines(lay_out(PROSE, css=A5.replace("FONT", "Amiri") + STRETCHED, hooks=hooks))
    assert TATWEEL not in "".join(map(drawn, found))


@pytest.mark.parametrize("markup", ['<span dir="ltr">{}</span>', "<b>{}</b>", "<i>{}</i>"])
def test_lines_with_runs_are_filled_to_both_edges(markup: str) -> None:
    run = markup.format("Chrome OS")
    sentence = f"يستخدم المستخدمون نظام {run} في المدرسة وفي البيت وفي الطريق كل يوم. "
    body = f"<p>{sentence * 6}</p>"
    *full, _ = lines(lay_out(body, css=CSS + STRETCHED))
    assert any(TATWEEL in drawn(line) for line in full)
    assert not any(TATWEEL in text.text for line in full for text in texts(line))
    for line in full:
        assert edges(line) == pytest.approx((20, 280), abs=0.05)
        places = sorted((text.position_x, text.width) for text in texts(line))
        for (left, width), (following, _) in pairwise(places):
            assert left + width == pytest.approx(following, abs=0.05)


def test_the_choice_depends_on_the_paragraph_only() -> None:
    paragraph = PROSE[: PROSE.index("</p>") + 4]
    css = A5.replace("FONT", "Amiri") + STRETCHED
    alone = [drawn(line) for line in lines(lay_out(paragraph, css=css))]
    pushed = lay_out(
        f'<div style="height: 130mm"></div>{PROSE[len(paragraph) :]}{paragraph}', css=css
    )
    assert len(pushed.pages) > 1
    assert [drawn(line) for line in lines(pushed)][-len(alone) :] == alone
    # The same lines, parted by the end of a page.
    parted = lay_out(f'<div style="height: 150mm"></div>{paragraph}', css=css)
    assert len(parted.pages) == 2
    assert [drawn(line) for line in lines(parted)] == alone


def test_vocalised_words_are_stretched_where_no_mark_floats() -> None:
    body = "<p>" + "وَقَالَ الكَاتِبُ الكَبِيرُ فِي المَدِينَةِ القَدِيمَةِ كَلَامًا جَمِيلًا. " * 8 + "</p>"
    found = "".join(drawn(line) for line in lines(lay_out(body, css=CSS + STRETCHED)))
    assert TATWEEL in found
    assert not re.search(f"[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]{TATWEEL}", found)
