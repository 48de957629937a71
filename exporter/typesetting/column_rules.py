"""The rule between columns in the gap between them, also where columns run from right to left.

Stock WeasyPrint 70 draws it at the left of every column but the first: right to left that is
outside the last one, in the margin of the page.
"""

from __future__ import annotations

from exporter.typesetting.hooks import Function, Hook, edited


def _make(stock: Function) -> Function:
    return edited(
        stock,
        line="child.position_x - (box.style['column_rule_width'] + gap) / 2)",
        by="child.position_x - (box.style['column_rule_width'] + gap) / 2"
        " + (child.width + gap if box.style['direction'] == 'rtl' else 0))",
    )


HOOK = Hook("weasyprint.draw.border", "draw_column_rules", "e83939b1a206ecee", _make)
