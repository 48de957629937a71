"""Notes called in columns, on the page of their call.

Columns are all shorter by what their notes take, and shorter columns may call fewer notes. Stock
WeasyPrint 70 sets them with the room that the notes of the try before leave, and stops where a room
comes again; the notes that it was too small for go to the next page, and one may be lost. It also
leaves on the page the notes of columns that it takes off it, and has no room for those of a block
across the columns. Here the room is searched for in which the notes of what it leaves find place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes


@dataclass(slots=True)
class Search:
    """How much of the height of columns is kept for the notes that they call."""

    before: float
    """How high the notes are that are called before these columns."""
    most: float
    """How high the columns are without any."""
    step: float
    """So much may stay empty."""
    is_first: bool
    """Whether nothing is on the page before them."""
    kept: float = 0.0
    too_little: float = 0.0
    enough: float | None = None

    def goes_on(self, height: float) -> bool:
        """Whether to try with what is kept now, as the last try had notes of a height."""
        needed = height - self.before
        if needed > self.kept + _ROUNDING:
            self.too_little = self.kept
            if self.enough is None:
                return self._goes_lower(needed)
        else:
            self.enough = self.kept
            if self.kept - max(needed, self.too_little) <= self.step:
                return False
        room = self.enough - self.too_little
        if room <= self.step:
            self.kept = self.enough
        elif self.too_little < needed < self.enough:
            self.kept = needed
        else:
            self.kept = self.too_little + room / 2
        return True

    def _goes_lower(self, needed: float) -> bool:
        """Whether to try lower columns where no try had room for its notes."""
        if needed < self.most:
            self.kept = needed
            return True
        # What no page has room for stays as long as it is.
        if self.is_first or self.kept == self.most:
            return False
        room = self.most - self.kept
        # Columns without any height go to the next page.
        self.kept += room / 2 if room > self.step else room
        return True

    def limit(self, height: float) -> float:
        """Return how high all notes may be beside columns of a height."""
        return self.before + self.most - height + _ROUNDING


_ROUNDING = 0.01


def area_of(context: Any) -> float:
    """Return how high the area of the notes on this page is."""
    area = context.current_footnote_area
    return 0.0 if area.height == "auto" else float(area.margin_height())


def settle(context: Any, heights: list[float]) -> None:
    """Take the notes of what is set off the room of the page: in columns, stock does it at the end.

    The first of the heights is taken off already.
    """
    context.page_bottom += heights[0] - area_of(context)
    heights[:] = [area_of(context)]


def call_again(context: Any, columns: list[Any]) -> None:
    """Put back the notes of columns that were taken off the page with the next column.

    A column in which nothing finds room gives up all notes of the block that it goes on with.
    """
    for column in columns:
        for box in column.descendants():
            if box.footnote in context.footnotes:
                context.layout_footnote(box.footnote)


def is_apart(block: Any) -> bool:
    """Whether a block across the columns has to know the rest of its page, as one elsewhere does.

    The notes that it calls take room from it; a table may begin here and end on the next page.
    """
    return any(
        box.footnote is not None or isinstance(box, boxes.TableBox) for box in block.descendants()
    )


_IMPORTS = f"from {__name__} import Search, area_of, call_again, is_apart, settle"

EDITS = {
    "    context.in_column = True\n": f"    context.in_column = True\n    {_IMPORTS}\n",
    # A block across the columns finds room as one elsewhere does.
    "            block = column_children_or_block\n": """\
            block = column_children_or_block
            _report_footnotes(context, footnote_area_heights[-1])
            settle(context, footnote_area_heights)
            context.in_column = not is_apart(block)
""",
    "            skip_stack = None\n            if new_child is None:\n": """\
            skip_stack = None
            if not context.in_column:
                context.in_column = True
                footnote_area_heights[:] = [area_of(context)]
            if new_child is None:
""",
    "        # Find the total height available for the first run\n": """\
        _report_footnotes(context, footnote_area_heights[-1])
        settle(context, footnote_area_heights)
""",
    "        column_skip_stack = skip_stack\n        lost_space = inf\n": """\
        column_skip_stack = skip_stack
        lost_space = inf
        notes = Search(footnote_area_heights[0], max_height, style['font_size'], page_is_empty)
""",
    """\
                if last_footnotes_height not in footnote_area_heights:
                    # Footnotes have been rendered, try to re-render with the
                    # new footnote area height
                    height -= last_footnotes_height - footnote_area_heights[-1]
                    footnote_area_heights.append(last_footnotes_height)
                    continue
""": """\
                if notes.goes_on(last_footnotes_height):
                    height = max_height - notes.kept
                    continue
                footnote_area_heights[1:] = [notes.limit(height)]
                max_height = height
""",
    "                columns = []\n                break_page = True\n                break\n": """\
                call_again(context, columns)
                column_skip_stack = skip_stack
                break_page = not columns
                break
""",
    "        if stop_rendering:\n": "        if column_skip_stack or break_page:\n",
    "        context.in_column = False\n        return None,": """\
        settle(context, footnote_area_heights)
        context.in_column = False
        return None,""",
}
