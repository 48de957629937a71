"""Verse on paper: equal columns, the staggered form where they find no room, free verse."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from exporter.arabic.kashida import TATWEEL
from exporter.article import Article, Quote, Text, Verse, VerseLine
from exporter.choices import Justify
from tests.writers.page import METADATA, PROSE, make, p
from tests.writers.paper import MM, ink, laid_out, of_class, texts

PLAIN = (
    ("سل الشمس أين تبيت الليالي", "وأين تخبئ لون النهار"),
    ("وكيف تعود إلينا صباحا", "كأن لم تسر في طريق القفار"),
    ("وقل للمسافر نحو الجبال", "سلام عليك ورفق المسير"),
)
# The same, with a mark on every letter that has a sound.
VOCALISED = (
    ("سَلِ الشَّمْسَ أَيْنَ تَبِيتُ اللَّيَالِي", "وَأَيْنَ تُخَبِّئُ لَوْنَ النَّهَارِ"),
    ("وَكَيْفَ تَعُودُ إِلَيْنَا صَبَاحًا", "كَأَنْ لَمْ تَسِرْ فِي طَرِيقِ القِفَارِ"),
)
LONG = (("قف بالديار التي لم يبق ساكنها فيها وسلم", "على الأطلال والدمن التي طال المدى فيها"),)


def verse(lines: tuple[tuple[str, ...], ...]) -> Verse:
    return Verse(tuple(VerseLine(tuple((Text(part),) for part in line)) for line in lines))


def poem(*blocks: Verse | Quote) -> Article:
    return Article(METADATA, (p(PROSE), *blocks, p(PROSE)))


def hemistichs(document: Document) -> list[boxes.InlineBlockBox]:
    found = of_class(document, "hemistich")
    return [box for _, box in found if isinstance(box, boxes.InlineBlockBox)]


def spans(document: Document) -> list[tuple[float, float]]:
    return [ink(box) for box in hemistichs(document)]


@pytest.mark.parametrize("lines", [PLAIN, VOCALISED], ids=["plain", "vocalised"])
@pytest.mark.parametrize("justify", [Justify.KASHIDA, Justify.SPACES])
@pytest.mark.parametrize("font", ["Amiri", "Noto Naskh Arabic"])
def test_hemistichs_stand_in_two_equal_columns(
    lines: tuple[tuple[str, str], ...], justify: Justify, font: str
) -> None:
    document = laid_out(poem(verse(lines)), page="a5", justify=justify, font=font)
    found = spans(document)
    first, second = found[::2], found[1::2]
    assert all(span == pytest.approx(first[0], abs=0.05) for span in first)
    assert all(span == pytest.approx(second[0], abs=0.05) for span in second)
    (left, right), (end, gap) = first[0], second[0]
    assert right - left == pytest.approx(gap - end, abs=0.05)
    assert left - gap > 1.5 * 12.5 / 72 * 96, "a gap stands between them"
    centre = (18 + 112 / 2) * MM
    assert (right + end) / 2 == pytest.approx(centre, abs=1)


def test_verse_is_stretched_by_kashida_and_only_when_asked() -> None:
    stretched = "".join(
        text.pango_layout.text
        for box in hemistichs(laid_out(poem(verse(PLAIN)), page="a5"))
        for text in texts(box)
    )
    assert TATWEEL in stretched
    spaced = laid_out(poem(verse(PLAIN)), page="a5", justify=Justify.SPACES)
    drawn = [text.pango_layout.text for box in hemistichs(spaced) for text in texts(box)]
    assert TATWEEL not in "".join(drawn)


def test_no_mark_floats_over_a_stroke_of_vocalised_verse() -> None:
    found = hemistichs(laid_out(poem(verse(VOCALISED)), page="a5"))
    drawn = "".join(text.pango_layout.text for box in found for text in texts(box))
    assert TATWEEL in drawn
    assert not re.search(f"[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]{TATWEEL}", drawn)


def test_without_justification_hemistichs_begin_together() -> None:
    found = spans(laid_out(poem(verse(PLAIN)), page="a5", justify=Justify.NONE))
    assert {round(right) for _, right in found[::2]} == {round(found[0][1])}
    assert len({round(left) for left, _ in found[::2]}) > 1


def test_long_lines_break_into_the_staggered_form() -> None:
    """The second hemistich on a line of its own, at the end of the column."""
    document = laid_out(poem(verse(PLAIN)), page="70x110mm", margins=(15.0, 10.0))
    tops = [box.position_y for box in hemistichs(document)]
    assert all(after != before for before, after in pairwise(tops))
    found = spans(document)
    assert {round(right) for _, right in found[::2]} == {round(60 * MM)}
    assert {round(left) for left, _ in found[1::2]} == {round(10 * MM)}
    widths = {round(right - left, 1) for left, right in found}
    assert len(widths) == 1


def test_a_hemistich_longer_than_the_column_stays_inside_it() -> None:
    document = laid_out(poem(verse(LONG)), page="60x110mm", margins=(15.0, 10.0))
    for left, right in spans(document):
        assert left >= 10 * MM - 0.05
        assert right <= 50 * MM + 0.05


def test_the_second_of_two_hemistichs_longer_than_the_column_begins_further_in() -> None:
    (_, first), (_, second) = spans(laid_out(poem(verse(LONG)), page="60x110mm", margins=(15, 10)))
    assert first == pytest.approx(50 * MM, abs=0.05)
    assert second == pytest.approx(46 * MM, abs=0.05)


def test_no_empty_line_parts_hemistichs_that_fill_theirs_and_nothing_is_said() -> None:
    made = poem(verse(LONG * 2))
    boxes_of = hemistichs(laid_out(made, page="60x110mm", margins=(15.0, 10.0)))
    steps = {round(after.position_y - before.position_y) for before, after in pairwise(boxes_of)}
    assert max(steps) <= round(boxes_of[0].height) + 1
    assert make(made, page="60x110mm", margins=(15.0, 10.0)).notices == ()


@pytest.mark.parametrize("width", range(60, 140, 2))
def test_the_halves_of_a_line_never_touch_whatever_room_there_is(width: int) -> None:
    document = laid_out(poem(verse(PLAIN)), page=f"{width}x110mm", margins=(15.0, 10.0))
    found = hemistichs(document)
    for first, second in zip(found[::2], found[1::2], strict=True):
        step = second.position_y - first.position_y
        if step == 0:
            left, _ = ink(first)
            _, right = ink(second)
            assert left - right > 1.5 * first.style["font_size"]
        elif step > 0:  # not on the next page
            assert step < 1.5 * first.height


def test_stanzas_stand_in_the_same_columns() -> None:
    document = laid_out(poem(verse(PLAIN[:1]), verse(PLAIN[1:])), page="a5")
    found = spans(document)
    assert all(span == pytest.approx(found[0], abs=0.05) for span in found[::2])


def test_verse_in_a_quotation_has_its_columns_too() -> None:
    found = spans(laid_out(poem(Quote((verse(PLAIN),))), page="a4"))
    assert all(span == pytest.approx(found[0], abs=0.05) for span in found[::2])
    assert all(span == pytest.approx(found[1], abs=0.05) for span in found[1::2])


def test_a_single_hemistich_stands_between_the_columns() -> None:
    *_, single = spans(laid_out(poem(verse((*PLAIN, ("يا ليل طل يا صبح قف",)))), page="a5"))
    assert sum(single) / 2 == pytest.approx((18 + 112 / 2) * MM, abs=1)


def test_free_verse_keeps_its_lines() -> None:
    lines = (("وحدي",), ("أعد على أصابعي النجوم",), ("وأنتظر",))
    document = laid_out(poem(verse(lines)), page="a5")
    shown = [
        "".join(text.text for text in texts(box)).strip()
        for _, box in of_class(document, "line")
        if isinstance(box, boxes.LineBox)
    ]
    assert shown == [line for (line,) in lines]


@pytest.mark.parametrize("count", [40, 60, 90])
def test_a_poem_across_the_columns_goes_on_on_the_next_page(count: int) -> None:
    document = laid_out(poem(verse(LONG * count)), theme="sahafa", page="a4")
    pages = [
        page
        for page, box in of_class(document, "line")
        if isinstance(box, boxes.BlockBox) and not isinstance(box, boxes.LineBox)
    ]
    assert len(pages) == count
    assert len(set(pages)) > 1
