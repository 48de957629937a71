"""Columns: the rule between them in its gap, right to left too, and their ends made even sooner.

Stock WeasyPrint 70 draws a rule at the left of every column but the first: right to left that is
outside the last one, in the margin of the page. To make the last columns equally long it sets them
again and again, each time a pixel or less longer; here half an em longer, which no eye can tell.
A block across the columns that ends on another page goes on where it was broken: stock counts its
children as if they were columns, and fails.

What has notes to call is set with the room that its notes leave (`column_notes.py`).
"""

from __future__ import annotations

from exporter.typesetting import column_notes
from exporter.typesetting.hooks import Function, Hook, edited, edited_lines


def _make_rules(stock: Function) -> Function:
    return edited(
        stock,
        line="child.position_x - (box.style['column_rule_width'] + gap) / 2)",
        by="child.position_x - (box.style['column_rule_width'] + gap) / 2"
        " + (child.width + gap if box.style['direction'] == 'rtl' else 0))",
    )


_RESUMED = {
    "                column_skip_stack = resume_at\n                break\n": """\
                column_skip_stack = {0: resume_at}
                break
""",
    "context, block, original_bottom_space, skip_stack, containing_block,": """\
context, block, original_bottom_space,
                    skip_stack and (skip_stack[0] or skip_stack), containing_block,""",
}


def _make_layout(stock: Function) -> Function:
    return edited_lines(
        stock,
        {
            "add_height = 1 if lost_space == inf else lost_space": "add_height = "
            "max(style['font_size'] / 2, 0 if lost_space == inf else lost_space)",
            **_RESUMED,
            **column_notes.EDITS,
        },
    )


RULES = Hook("weasyprint.draw.border", "draw_column_rules", "e83939b1a206ecee", _make_rules)
LAYOUT = Hook("weasyprint.layout.block", "columns_layout", "7a05cce3272fc581", _make_layout)
