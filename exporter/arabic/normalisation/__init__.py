"""Normalisation: typed signs put right by named rules, each of which can be left out.

A rule never changes what is said. It sees a paragraph with everything that isn't its business out
of sight (`passages.py`) and says what it would put where (`rewriting.py`).
"""
