"""Transforms: Article → Article, an explicit ordered tuple of small functions."""
