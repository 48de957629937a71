"""What is wrong with a text that is no JSON, as a cause of the message catalogue."""

from __future__ import annotations

import json

from exporter.messages import cause

# How Python's own messages begin.
_CAUSES = {
    "Expecting value": "json-value",
    "Expecting property name": "json-name",
    "Expecting ':'": "json-colon",
    "Expecting ','": "json-comma",
    "Unterminated string": "json-open",
    "Invalid control character": "json-control",
    "Invalid \\": "json-escape",
    "Extra data": "json-more",
    "Illegal trailing comma": "json-name",
}


def syntax_cause(error: Exception) -> str:
    """Return what is wrong and where, as the detail of an error."""
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    codes = [code for start, code in _CAUSES.items() if error.msg.startswith(start)]
    line = error.lineno if "\n" in error.doc.strip() else ""  # of one line the column says enough
    return cause(codes[0] if codes else "json-wrong", f"{line}:{error.colno}")
