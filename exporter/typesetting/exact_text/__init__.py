"""Exact text: what goes into a PDF comes out of it again, in every extractor.

The hooks belong together: a line drawn with our codes needs the fonts that have them.
"""

from exporter.typesetting.exact_text import drawing, embedding
from exporter.typesetting.hooks import together

__all__ = ["HOOKS"]

HOOKS = together((*drawing.HOOKS, embedding.HOOK))
