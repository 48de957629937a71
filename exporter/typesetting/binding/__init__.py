"""One PDF out of documents that were laid out apart, on one core or on many.

A document is captured as a Fragment (`fragment.py`): plain data, with places for whatever the whole
book decides. When all are there, each is sealed (`sealing.py`) with its numbers, and the whole is
assembled (`assembly.py`) around one set of fonts (`codes.py`), one structure tree and one outline.
"""
