"""Readers: Source → Readings, one module a format, found in a table by the name's ending."""
