"""The `.article.json` format: a Reading as JSON and back, exactly.

`text` is the plain text of a block. `inlines`, `children` and `lines` stand beside it only where
plain text alone would not give the same Article, so that plain words are edited in one place.
"""

from exporter.article_json.reading import from_json, readings_from_json
from exporter.article_json.writing import to_json

__all__ = ["from_json", "readings_from_json", "to_json"]
