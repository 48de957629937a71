"""Fixtures of the writers' tests."""

from __future__ import annotations

import pytest

from exporter.publication import Cover
from tests.writers.book import ARTICLE, unpacked, written


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The files of the article that has everything, with its cover."""
    return unpacked(written(ARTICLE, cover=Cover()).data)
