"""Columns are made equally long in a few layouts, with every line where it would stand anyway."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from weasyprint.layout import block

from exporter.typesetting import columns
from exporter.typesetting.hooks import Hook
from tests.typesetting.layout import ALL, drawn, lay_out, lines

CSS = """
@page { size: 400px 900px; margin: 20px }
html { font: 10px Amiri }
body { margin: 0; columns: 2; column-gap: 20px }
h2 { font-size: 14px; break-after: avoid }
p { margin: 0 }
"""
HALF_AN_EM = 5
WORDS = "كلام يطول قليلا ثم ينتهي عند آخره، "
STOCK = tuple(hook for hook in ALL if hook is not columns.LAYOUT)


def body(sections: int) -> str:
    return "".join(f"<h2>عنوان</h2><p>{WORDS * (3 + number % 4)}</p>" for number in range(sections))


@pytest.mark.parametrize("sections", [3, 7, 19])
def test_columns_are_balanced_in_half_of_the_layouts(
    sections: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    stock = block.block_box_layout

    def counted(context: object, box: object, *args: object, **options: object) -> object:
        if getattr(box, "is_column", False):
            made.append(box)
        return stock(context, box, *args, **options)

    def layouts(hooks: Sequence[Hook]) -> int:
        made.clear()
        lay_out(body(sections), css=CSS, hooks=hooks)
        return len(made)

    monkeypatch.setattr(block, "block_box_layout", counted)
    assert 0 < layouts(ALL) <= layouts(STOCK) / 2


@pytest.mark.parametrize("count", [2, 5, 7, 12, 15])
def test_a_column_ends_within_half_an_em_of_where_the_smallest_steps_end_it(count: int) -> None:
    text = "".join(f"<p>{WORDS * (1 + number * 7 % 5)}</p>" for number in range(count))
    ours, theirs = (list(lines(lay_out(text, css=CSS, hooks=hooks))) for hooks in (ALL, STOCK))
    assert list(map(drawn, ours)) == list(map(drawn, theirs))
    for one, other in zip(ours, theirs, strict=True):
        assert one.position_x == pytest.approx(other.position_x)
        assert one.position_y == pytest.approx(other.position_y, abs=HALF_AN_EM)


@pytest.mark.parametrize("before", range(0, 90, 15))
def test_a_block_across_the_columns_goes_on_where_its_page_ended(before: int) -> None:
    css = f"{CSS} .across {{ column-span: all }}"
    above = "".join(f"<p>قبل {number}</p>" for number in range(before))
    across = "".join(f"<p>سطر {number}</p>" for number in range(120))
    document = lay_out(f"{above}<div class=across>{across}</div><p>بعد</p>", css=css)
    assert len(document.pages) > 1
    said = [drawn(line) for line in lines(document)]
    assert said[before:] == [*(f"سطر {number}" for number in range(120)), "بعد"]
